// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope {

/// Splits a text into words the way the Penn Treebank does, because GloVe and most pre-tokenised data follow it: a
/// field of such data ("n't", "'s", "u.s.", "1,000", "-lrb-", "``") stays the token it is, and raw text ("don't stop.")
/// becomes the same tokens ("do", "n't", "stop", "."). Tokens are well-formed UTF-8. Works for every script; the rules:
///
/// - Blanks of any kind part tokens: U+00A0 and the other Unicode spaces, control characters, the zero-width space.
///   Invisible layout signs (soft hyphen, byte order mark, direction marks) are left out, inside a word too.
/// - A word is a run of letters, digits and combining marks. Marks, ZWJ and ZWNJ stay with the letter before them.
/// Nothing
///   is composed or decomposed: text and vectors must agree on the form of their accents.
/// - Inside a word stay: hyphens (well-known), apostrophes before a letter (o'brien, l'eau), underscores and @
/// (a@b.org),
///   & between letters (at&t), a middle dot (Catalan), Hebrew geresh and gershayim, and between digits . , : / (3.14,
///   1,000, 10:30, 1/2). Periods stay in acronyms (u.s., e.g.), before com, org, net, edu and gov, after one Latin
///   letter other than i (j. smith) and after common abbreviations (mr., inc., etc.). A web address is one token.
/// - English contractions part before 's 'm 'd 're 've 'll and n't: it|'s, do|n't, ca|n't. Standing alone those, and
/// 'em,
///   'til, 'tis, '70s and the like, are one token. The typographic apostrophe and hyphens in a word become ' and -.
/// - Every other sign is a token of its own. Runs of one of . - _ ` ' = * ~ and of dashes and ellipses are one token
///   ("...", "--", "``"), and so are -lrb- and its kin, HTML entities (&amp;) and stand-ins such as <unk>. The Penn
///   Treebank's escapes \/ and \* lose their backslash.
/// - An emoji is one token with its variation selector, skin tone, keycap, tags, joined emoji; so is a pair of flag
/// letters.
/// - Chinese is written without blanks: each Han character is a token, and each Hiragana character; a Katakana run is
///   one word (as UAX #29 has it). Thai, Lao, Khmer and Burmese, which would need a dictionary, keep their runs of
///   letters.
/// - An ill-formed byte is U+FFFD and counts as a letter, so that its word stays whole (and unknown).
/// - No token is longer than 65,536 code points; longer runs are cut there.
struct TokenizerOptions
{
    bool lower_case = true; // simple lower-case mapping of each code point, Unicode 14, whatever the language
};

EMBEDSCOPE_EXPORT std::vector<std::string> tokenize(std::string_view text, const TokenizerOptions& options = {});

/// Calls `visit` with each token of the text in order, without keeping them; the view ends with the call.
EMBEDSCOPE_EXPORT void forEachToken(std::string_view text, const TokenizerOptions& options,
                                    const std::function<void(std::string_view)>& visit);

} // namespace embedscope
