// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace embedscope {

/// Why a file that is well known is not opened, in the words of ErrorCode::FormatRefused.
struct Refusal
{
    const char* what;
    const char* why;
    const char* wayOut;
};

/// A kind of file that is refused by name: pickles, archives, other programs' models, Git LFS pointers.
std::optional<Refusal> refusalOf(std::string_view bytes);

/// What content without vectors looks like, such as "a web page (HTML)".
std::string describeContent(std::string_view bytes);

} // namespace embedscope
