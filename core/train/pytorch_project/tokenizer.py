# SPDX-License-Identifier: GPL-3.0-or-later
"""Splits a text into words by the rules of the Penn Treebank, as the training did: the same tokens for every text.

The classes of characters and the lower-case mapping come from unicode_tables.py, not from this Python, whose Unicode
may be another version.
"""
from __future__ import annotations

import re
from bisect import bisect_right

from unicode_tables import CLASS_RANGES, LOWER_RANGES

LONGEST_FIELD = 65536

JOINER = "\u200d"
KEYCAP = "\u20e3"
EMOJI_STYLE = "\ufe0f"
APOSTROPHES = "'\u2019"
HYPHENS = "-\u2010\u2011"
ALWAYS_JOINING = HYPHENS + "_@\u00b7\u05f3\u05f4"  # the middle dot is Catalan, geresh and gershayim are Hebrew
PLAIN_SIGNS = str.maketrans({"\u2019": "'", "\u2010": "-", "\u2011": "-"})

# Runs of these are one token, as in "..." or "--"; other signs stand alone.
RUN_SIGNS = ".-_`'=*~\u2014\u2026"
ADDRESS_STARTS = ("http://", "https://", "ftp://", "www.")
ADDRESS_ENDS = ".,;:!?)]}>'\""
DOMAINS = frozenset("com org net edu gov".split())
# Words that keep their period. "no." is not here: more often it ends a sentence.
ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof st jr sr vs etc inc corp co ltd bros sen rep gov gen lt col capt sgt maj rev jan feb aug sept "
    "oct nov dec calif fla dept".split()
)
CONTRACTIONS = frozenset("s m d re ve ll".split())
# What begins with an apostrophe and is one word.
CLITICS = frozenset("s m d re ve ll em til tis n cause twas t bout".split())
BRACKETS = ("-lrb-", "-rrb-", "-lsb-", "-rsb-", "-lcb-", "-rcb-")

ENTITY = re.compile(r"&#?[0-9A-Za-z]{1,10};")
PLACEHOLDER = re.compile(r"<[0-9A-Za-z]{1,20}>")
DECADE = re.compile(r"[0-9]{2}s?")
ASCII_WORD = re.compile(r"[0-9A-Za-z]+")
SURROGATE = re.compile("[\ud800-\udfff]")


class _Kinds(dict):
    """Character -> the letter of its class in CLASS_RANGES, "S" (symbol) for those in none."""

    _firsts = [first for first, _, _ in CLASS_RANGES]

    def __missing__(self, char: str) -> str:
        code = ord(char)
        i = bisect_right(self._firsts, code) - 1
        found = i >= 0 and code <= CLASS_RANGES[i][1]
        self[char] = kind = CLASS_RANGES[i][2] if found else "S"
        return kind


def _lower_table() -> dict[int, int]:
    return {
        code: code + difference
        for first, last, step, difference in LOWER_RANGES
        for code in range(first, last + 1, step)
    }


def _class_pattern(kind: str) -> str:
    """The inside of a regular expression's brackets for all characters of a class."""
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last, each in CLASS_RANGES if each == kind)


_KINDS = _Kinds()
_LOWER = _lower_table()
_SPACES = re.compile(f"[{_class_pattern('B')}]+")
# The Penn Treebank's escapes \/ and \* lose their backslash, and invisible signs of layout are left out.
_LEFT_OUT = re.compile(rf"\\(?=[/*])|[{_class_pattern('I')}]")


def tokenize(text: str, lower_case: bool = True) -> list[str]:
    """The tokens of a text. A surrogate, as errors="surrogateescape" makes of a byte that is no UTF-8, is U+FFFD."""
    tokens: list[str] = []
    for field in _SPACES.split(SURROGATE.sub("\ufffd", text)):
        field = _LEFT_OUT.sub("", field)
        for begin in range(0, len(field), LONGEST_FIELD):
            tokens += _Field(field[begin : begin + LONGEST_FIELD]).tokens(lower_case)
    return tokens


class _Field:
    """Characters between blanks, each with its class and its lower case (always one character) beside it."""

    def __init__(self, text: str):
        self.text = text
        self.low = text.translate(_LOWER)
        self.kinds = "".join(map(_KINDS.__getitem__, text))

    def tokens(self, lower_case: bool) -> list[str]:
        source = self.low if lower_case else self.text
        if ASCII_WORD.fullmatch(self.text):
            return [source]
        found = []
        begin = 0
        while begin < len(source):
            ends, is_word = self.token_ends(begin)
            for end in ends:
                token = source[begin:end]
                found.append(token.translate(PLAIN_SIGNS) if is_word else token)
                begin = end
        return found

    def token_ends(self, begin: int) -> tuple[list[int], bool]:
        """Where the token at `begin`, or each part of the contraction there, ends, and whether it is a word: then its
        typographic apostrophes and hyphens become plain ones."""
        if self.kinds[begin] == "S":
            end, is_word = self.symbol_end(begin)
            return [end], is_word
        if not self.is_word(begin):
            return [self.east_asian_end(begin)], False
        end = max(self.address_end(begin), self.keycap_end(begin))
        if end > begin:
            return [end], False
        end = self.word_end(begin)
        return [*self.contraction_cuts(begin, end), end], True

    # Questions about one place; behind the end of the field the answer is no.

    def char(self, i: int) -> str:
        return self.text[i : i + 1]

    def is_word(self, i: int) -> bool:
        """Letters, digits and the marks on them make words."""
        return i < len(self.kinds) and self.kinds[i] in "LDM"

    def is_letter(self, i: int) -> bool:
        return i < len(self.kinds) and self.kinds[i] == "L"

    def is_hyphen(self, i: int) -> bool:
        return i < len(self.text) and self.text[i] in HYPHENS

    def run_end(self, i: int) -> int:
        while self.is_word(i):
            i += 1
        return i

    # Words.

    def word_end(self, begin: int) -> int:
        end = self.acronym_end(begin)
        if end > begin:
            if not (self.is_hyphen(end) and self.is_word(end + 1)):
                return end
            end += 1
        while end < len(self.text):
            if end > begin and self.keycap_end(end) > end:
                return end
            between = end > begin and self.is_word(end - 1) and self.is_word(end + 1)
            if not self.is_word(end) and not (between and self.joins(end)):
                break
            end += 1
        return end + 1 if self.takes_period(begin, end) else end

    def acronym_end(self, begin: int) -> int:
        """Behind single letters with periods (u.s., e.g., u.s), or `begin`."""
        i = begin
        while self.is_letter(i) and self.char(i + 1) == ".":
            i += 2
        letters = (i - begin) // 2
        if letters >= 1 and self.is_letter(i) and not self.is_word(i + 1):
            return i + 1
        return i if letters >= 2 else begin

    def joins(self, i: int) -> bool:
        """Whether the sign at i, which has word characters on both sides, holds them together."""
        char = self.text[i]
        before, behind = self.kinds[i - 1], self.kinds[i + 1]
        digits = before == "D" and behind == "D"
        if char in ALWAYS_JOINING:
            return True
        if char in APOSTROPHES:
            return behind == "L"
        if char in ",:/":
            return digits
        if char == ".":
            return digits or self.low[i + 1 : self.run_end(i + 1)] in DOMAINS
        if char == "&":
            return before == "L" and behind == "L" and not ENTITY.match(self.text, i)
        return False

    def takes_period(self, begin: int, end: int) -> bool:
        """Whether the period at `end` belongs to the word before it."""
        if self.char(end) != "." or self.char(end + 1) == ".":
            return False
        word = self.low[begin:end]
        is_initial = len(word) == 1 and "a" <= word <= "z" and word != "i"
        return is_initial or word in ABBREVIATIONS

    def contraction_cuts(self, begin: int, end: int) -> list[int]:
        """Where English contractions part: "do|n't", "it|'s"."""
        cuts = []
        cut = self.last_cut(begin, end)
        while cut > begin:
            cuts.append(cut)
            cut = self.last_cut(begin, cut)
        return cuts[::-1]

    def last_cut(self, begin: int, end: int) -> int:
        apostrophe = max(self.text.rfind(sign, begin + 1, end) for sign in APOSTROPHES)
        if apostrophe < 0:
            return begin
        behind = self.low[apostrophe + 1 : end]
        if behind in CONTRACTIONS:
            return apostrophe
        is_negation = behind == "t" and self.low[apostrophe - 1] == "n"
        return apostrophe - 1 if is_negation else begin

    def address_end(self, begin: int) -> int:
        if not self.low.startswith(ADDRESS_STARTS, begin):
            return begin
        end = begin
        while end < len(self.text) and self.text[end] < "\x7f":
            end += 1
        while end > begin and self.text[end - 1] in ADDRESS_ENDS:
            end -= 1
        return end

    def keycap_end(self, begin: int) -> int:
        """Behind a digit in its key (1, U+FE0F, U+20E3), or `begin`."""
        if not "0" <= self.text[begin] <= "9":
            return begin
        key = begin + 2 if self.char(begin + 1) == EMOJI_STYLE else begin + 1
        return key + 1 if self.char(key) == KEYCAP else begin

    def east_asian_end(self, begin: int) -> int:
        """One Han or Hiragana character, or a run of Katakana, with their marks."""
        belonging = "MK" if self.kinds[begin] == "K" else "M"
        end = begin + 1
        while end < len(self.kinds) and self.kinds[end] in belonging:
            end += 1
        return end

    # Signs.

    def symbol_end(self, begin: int) -> tuple[int, bool]:
        if self.text[begin] in APOSTROPHES:
            end = self.clitic_end(begin)
            if end > begin:
                return end, True
        end = self.named_end(begin)
        if end > begin:
            return end, False
        end = self.sign_run_end(begin)
        return (end if end > begin + 1 else self.emoji_end(begin)), False

    def clitic_end(self, begin: int) -> int:
        end = self.run_end(begin + 1)
        word = self.low[begin + 1 : end]
        # The s of a decade counts in either case, the digits are ASCII.
        if DECADE.fullmatch(word):
            return end
        if word not in CLITICS:
            return begin
        is_closed = word == "n" and end < len(self.text) and self.text[end] in APOSTROPHES
        return end + 1 if is_closed else end

    def named_end(self, begin: int) -> int:
        """End of a token with a spelling of its own, or `begin`."""
        for bracket in BRACKETS:
            if self.low.startswith(bracket, begin):
                return begin + len(bracket)
        named = ENTITY.match(self.text, begin) or PLACEHOLDER.match(self.text, begin)
        return named.end() if named else begin

    def sign_run_end(self, begin: int) -> int:
        sign = self.text[begin]
        end = begin + 1
        while sign in RUN_SIGNS and self.char(end) == sign:
            end += 1
        return end

    def emoji_end(self, begin: int) -> int:
        """Behind the marks, skin tones, tags and joined emoji that follow the sign at `begin`."""
        end = begin + 1
        if self.is_regional(begin) and self.is_regional(end):
            end += 1
        while end < len(self.text):
            joined = self.text[end - 1] == JOINER and self.kinds[end] == "S"
            if not joined and self.kinds[end] != "M" and not "\U0001f3fb" <= self.text[end] <= "\U0001f3ff":
                break
            end += 1
        return end

    def is_regional(self, i: int) -> bool:
        """Letters of flags."""
        return "\U0001f1e6" <= self.char(i) <= "\U0001f1ff"
