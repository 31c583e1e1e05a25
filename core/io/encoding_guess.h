// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace embedscope {

/// What bytes of text look like.
struct EncodingGuess
{
    bool wellFormed = true; // all of it is UTF-8
    /// By the name that iconv knows: "UTF-8" where the text is, or where what is broken are cut sequences among good
    /// ones; else "WINDOWS-1252" or "ISO-8859-1", by which of them every byte means something.
    std::string name = "UTF-8";
};

EncodingGuess guessEncoding(std::string_view sample);

} // namespace embedscope
