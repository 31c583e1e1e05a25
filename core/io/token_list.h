// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/io/registry.h"
#include "core/table/vocabulary.h"

#include <filesystem>
#include <string>

namespace embedscope {

// A file of numbers alone has its tokens in a text file beside it: one token a line, in the order of the rows. For
// weights.npy these are looked for, in this order:
//
//     weights.vocab.txt    written by writeTable()
//     weights.tokens.txt
//     weights.vocab
//     vocab.txt            in the same folder
//
// Where every line ends in a tab and an integer (a count or an id), that is left out. weights.txt is not looked for: it
// often is the same table as GloVe text.

/// The list that is written beside `table`.
std::filesystem::path tokenListPath(const std::filesystem::path& table);

/// Tokens of the first `wanted` of `rows` rows; row numbers, and a warning in the report, where no list exists.
/// ShapeMismatch where a list has not one token a row.
Result<Vocabulary> readTokensBeside(const std::filesystem::path& table, Index rows, Index wanted, LoadReport& report);

/// FormatRefused where the list could not be read back as it is, such as a token with a line break.
Result<std::string> formatTokenList(const Vocabulary& vocabulary, const std::filesystem::path& table);

} // namespace embedscope
