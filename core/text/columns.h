// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/text/labelled_text.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope {

using SampleRow = std::vector<std::string>;

/// Rows of a file, as cells, to judge its columns by.
struct ColumnSample
{
    std::vector<SampleRow> rows;
    std::size_t columns = 0;        // cells that most rows have
    std::vector<std::string> names; // where they are known for sure, as in JSON; else the first row may hold them
};

struct Columns
{
    std::size_t text = 0;
    std::size_t label = 0;
    std::size_t count = 0;
    bool header = false;   // the first row holds the names
    std::string textName;  // or its number from 1
    std::string labelName; // or its number from 1
};

/// More different values than this in so many lines are no classes.
std::size_t classLimit(std::size_t lines);

/// Whether a letter of any script stands in the text: numbers and signs alone are no sentence.
bool hasLetter(std::string_view text);

/// Whether the cells hold one of the names that people give to the text column, and one for the label column.
bool namesBothColumns(std::span<const std::string> cells);

/// Whether some column holds what could be class names: few different values, or single words where the rows are few.
bool hasClassColumn(const ColumnSample& sample);

/// Finds the columns by the options, then by the names of the header, then by content: the label column has the fewest
/// different values, or else the shorter ones; the text column has the longest values of the others.
/// Errors: ValueRefused (the options name a column that is not there), NoLabels.
Result<Columns> chooseColumns(const ColumnSample& sample, const LabelledTextOptions& options, const std::string& path);

} // namespace embedscope
