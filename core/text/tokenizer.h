// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"

#include <string>
#include <string_view>
#include <vector>

namespace embedscope {

/// Splits a text into words. (The rules are stated here by the implementation; see tokenizer.cpp for the tables.)
struct TokenizerOptions
{
    bool lower_case = true; // simple case folding of each code point
};

EMBEDSCOPE_EXPORT std::vector<std::string> tokenize(std::string_view text, const TokenizerOptions& options = {});

} // namespace embedscope
