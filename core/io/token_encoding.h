// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/table/vocabulary.h"

#include <stop_token>
#include <string>

namespace embedscope {

struct DecodedTokens
{
    Vocabulary vocabulary;
    Index undecodable = 0; // tokens that are none in that encoding; their bytes are kept
};

/// Tokens of an older encoding as UTF-8; `encoding` is a name that iconv knows, such as "ISO-8859-1" or "GB18030".
/// ValueRefused where it does not; Cancelled.
Result<DecodedTokens> decodeTokens(const Vocabulary& vocabulary, const std::string& encoding,
                                   const std::stop_token& stop);

} // namespace embedscope
