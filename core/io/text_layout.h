// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace embedscope {

/// How GloVe or word2vec text is laid out.
struct TextLayout
{
    bool header = false;                // the first line is no row
    std::optional<Index> announcedRows; // where the header says so
    Index dim = 0;
    std::size_t dataBegin = 0; // behind byte-order mark and header
    std::string problem;       // why the first line cannot be right; empty where all is well
};

/// Looks at the first 100 rows. Most of them must end in the same number of numbers, which is the dimension. The first
/// line is a header where it holds two integers alone and the next line has at least as many values as it announces.
/// With one value a row that cannot be told from a row, so there the announced number of rows must be right too.
/// nullopt where this is no text of vectors.
std::optional<TextLayout> findTextLayout(std::string_view bytes);

/// The same where a person knows better: whether the first line is a header (whatever it holds), how many values a row
/// has.
std::optional<TextLayout> findTextLayout(std::string_view bytes, std::optional<bool> header, std::optional<Index> dim);

} // namespace embedscope
