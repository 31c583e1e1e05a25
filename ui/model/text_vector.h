// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/search/neighbors.h"

#include <string>
#include <string_view>
#include <vector>

namespace embedscope {

/// A vector for what a person typed.
struct TextVector
{
    RowVector vector;
    std::vector<std::string> composed; // tokens without a row, whose vectors come from EmbeddingTable::unknownTokens()
    std::vector<std::string> left_out; // words of a sentence that have no vector
    bool mean = false;                 // of the words of a sentence, in place of a token or formula
};

/// A token, a formula, or the mean of the words of a sentence: several pieces between blanks without a sign at the head
/// of one, which are no token together. Each word of it counts as often as it occurs, as it is written, else in lower
/// case; unknown ones are composed where the table can, else left out. Errors of evaluateFormula; UnknownToken for a
/// sentence of unknown words.
Result<TextVector> vectorOfText(std::string_view text, const EmbeddingTable& table, Metric metric);

} // namespace embedscope
