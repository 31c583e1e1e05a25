// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/matrix.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/table/embedding_table.h"

#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope {

/// Larger scores are nearer: the cosine, the dot product, or minus the Euclidean distance.
enum class Metric { Cosine, Euclidean, Dot };
EMBEDSCOPE_EXPORT std::string_view metricName(Metric metric); // "cosine", "euclidean", "dot"
EMBEDSCOPE_EXPORT std::optional<Metric> metricFromName(std::string_view name);

struct Neighbor
{
    Index row = 0;
    double score = 0; // cosine, dot product, or the Euclidean distance itself
};

/// The k rows nearest to `query` (dim floats, any length), nearest first, ties by row; rows in `excluded` are left out,
/// and so are rows that hold a NaN or an infinity and, for cosine, zero rows. Fewer than k where there are fewer.
/// Exact, in float32 like gensim. ShapeMismatch for another dim, ValueRefused for a query that is not finite or, for
/// cosine, zero.
EMBEDSCOPE_EXPORT Result<std::vector<Neighbor>> nearestRows(const ConstMatrixRef& weights, const RowVector& query,
                                                            Index k, Metric metric, std::span<const Index> excluded,
                                                            std::stop_token stop);

/// One signed token of a formula such as `king - man + woman`.
struct FormulaTerm
{
    double sign = 1;
    std::string token;
};

/// Parses tokens joined by + and - (or U+2212), the first with or without a sign. How a text is read:
/// 1. A whole text that is a token of the vocabulary is that token, whatever signs and blanks it has.
/// 2. Where a token is due, "..." is a token whatever it holds; \" and \\ inside stand for a quote and a backslash.
/// 3. A sign alone between ASCII blanks is always an operator.
/// 4. Any other piece up to the next blank that is a token of the vocabulary is that token: re-elected, -5, c++.
/// 5. Else a sign at the head of the first piece is its sign, and a piece is split behind the longest token (up to 256
///    bytes) that ends before a sign: re-elected-man is re-elected minus man.
/// 6. A piece that this leaves with an unknown token, or unknown text in quotes, is one token that `unknown` composes,
///    where it can: unheard-of is not unheard minus of.
/// FormulaInvalid with the character (from 1) where it goes wrong, or UnknownToken.
EMBEDSCOPE_EXPORT Result<std::vector<FormulaTerm>> parseFormula(std::string_view text, const Vocabulary& vocabulary,
                                                                const UnknownTokens* unknown = nullptr);

/// A query: its vector and the rows it is made of, which its answer leaves out.
struct Query
{
    RowVector vector;
    std::vector<Index> rows;
    std::vector<std::string> composed; // tokens without a row, whose vectors come from EmbeddingTable::unknownTokens()
};

/// gensim's most_similar for cosine: the mean of the signed unit vectors; for Euclidean and dot the signed sum of the
/// raw ones. Tokens without a row are composed where the table can. ValueRefused for a token whose vector is not finite
/// or, for cosine, zero.
EMBEDSCOPE_EXPORT Result<Query> evaluateFormula(std::string_view text, const EmbeddingTable& table, Metric metric);

} // namespace embedscope
