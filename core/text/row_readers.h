// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/text/columns.h"
#include "core/text/format_guess.h"
#include "core/text/records.h"

#include <functional>
#include <string>
#include <string_view>

namespace embedscope {

/// What one record says; an empty label means that it has none.
struct LabelledRow
{
    std::string text;
    std::string label;
};

/// Reads one well-formed UTF-8 record; the error is what is wrong with it, as the third argument of FileDamaged.
using RowReader = std::function<tl::expected<LabelledRow, std::string>(std::string_view)>;

inline constexpr const char* kFastTextPrefix = "__label__";

struct LabelFirstParts
{
    std::string_view label;
    std::string_view text;
};
/// `label text`, parted by the first blank.
LabelFirstParts splitLabelFirst(std::string_view line);

RowReader labelFirstReader();
/// All words that begin with __label__ are labels, of which the first counts; the others are left out of the text.
RowReader fastTextReader();
/// A record with too many cells has delimiters in its text: the surplus belongs there.
RowReader delimitedReader(const CellSyntax& syntax, const Columns& columns);
RowReader jsonReader(const Columns& columns);

ColumnSample sampleDelimited(const std::vector<Record>& records, const CellSyntax& syntax);
/// The columns are the keys in order of appearance; lines that are no objects are passed over.
ColumnSample sampleJson(const std::vector<Record>& records);

} // namespace embedscope
