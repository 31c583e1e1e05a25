// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/io/registry.h"
#include "core/table/vocabulary.h"

#include <filesystem>
#include <string>

namespace embedscope {

// A file of numbers alone has its tokens in a file beside it, of any kind that row_metadata.h knows. For weights.npy
// these are looked for, and the first one is taken; it must fit:
//
//     weights.vocab.txt       written by writeTable()
//     weights.tokens.txt
//     weights.vocab
//     weights.tokenizer.json
//     weights.vocab.json
//     weights.metadata.tsv
//
// Only where none of them exists, those that may belong to any matrix in the same folder:
//
//     tokenizer.json, vocab.json, vocab.txt, words.tsv, metadata.tsv, labels.tsv
//
// Such a list is taken if it fits the rows. Of several that fit, the one that knows most of the rows is taken if all
// have the same tokens; where they differ it is not clear which is meant, and none is. The report says so.
//
// weights.txt and weights.tsv are not looked for: they often are the same table as text. Of weights.npy.gz the names
// are those of weights.npy.

/// The list that is written beside `table`.
std::filesystem::path tokenListPath(const std::filesystem::path& table);

/// Fills in vocabulary and columns of the first request.wanted(rows) rows; row numbers, and a warning in the report,
/// where no list exists. Where the person names a list, rows are numbered for now, see applyChosenTokens().
/// Errors of a list of the table's own name: ShapeMismatch with the first line that breaks it, FileDamaged,
/// FormatRefused; Cancelled.
Result<void> nameRowsBeside(const ReadRequest& request, Index rows, TableDraft& draft);

/// The same without the columns.
Result<Vocabulary> readTokensBeside(const std::filesystem::path& table, Index rows, Index wanted, LoadReport& report);

/// Once a reader is done: joins the file that ReadOptions::tokens names, as attachMetadata() does, but with its names
/// for the rows where it goes by order.
Result<void> applyChosenTokens(const ReadRequest& request, TableDraft& draft);

/// FormatRefused where the list could not be read back as it is, such as a token with a line break.
Result<std::string> formatTokenList(const Vocabulary& vocabulary, const std::filesystem::path& table);

} // namespace embedscope
