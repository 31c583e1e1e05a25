// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/text/labelled_text.h"
#include "core/text/records.h"

#include <optional>
#include <string_view>

namespace embedscope {

struct FormatGuess
{
    TextFormat format = TextFormat::Tsv;
    CellSyntax syntax;
};

/// How much of a file is looked at to find its format and columns.
inline constexpr RecordLimits kSampleLimits{.records = 5000, .bytes = std::size_t{4} << 20U};

/// The format of the content, or nullopt where it does not look like labelled sentences. What the options set is kept:
/// a format is only completed by its delimiter, and named columns rule out formats that have none.
std::optional<FormatGuess> guessFormat(std::string_view content, const LabelledTextOptions& options);

} // namespace embedscope
