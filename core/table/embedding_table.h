// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/matrix.h"
#include "core/base/result.h"
#include "core/table/unknown_tokens.h"
#include "core/table/vocabulary.h"
#include "core/table/weights.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace embedscope {

/// One category a row, such as the class a word mostly occurs in; -1 where a row has none.
struct CategoryColumn
{
    std::string name;
    std::vector<std::string> categories;
    std::vector<std::int32_t> values;
};

/// One number a row, such as how often a word was seen; NaN where a row has none.
struct NumberColumn
{
    std::string name;
    std::vector<double> values;
};

/// The data model: one vector and one token a row, and what else is known of the rows. A table is handed around as
/// shared_ptr<const EmbeddingTable>; a changed table is a new one.
class EMBEDSCOPE_EXPORT EmbeddingTable
{
public:
    /// `weights` is rows x dim. ShapeMismatch unless there is one token a row and at least one column.
    static Result<EmbeddingTable> create(Weights weights, Vocabulary vocabulary);

    [[nodiscard]] Index rows() const { return m_weights.rows(); }
    [[nodiscard]] Index dim() const { return m_weights.cols(); }
    /// rows x dim, row-major.
    [[nodiscard]] ConstMatrixMap weights() const { return m_weights.view(); }
    /// Whether the weights lie in a mapped file.
    [[nodiscard]] bool isMapped() const { return m_weights.isMapped(); }
    /// Out of a table that is given up; copied where they lie in a file or another table holds them too.
    [[nodiscard]] Matrix takeWeights() && { return std::move(m_weights).take(); }
    [[nodiscard]] const Vocabulary& vocabulary() const { return m_vocabulary; }

    [[nodiscard]] const std::vector<CategoryColumn>& columns() const { return m_columns; }
    void addColumn(CategoryColumn column) { m_columns.push_back(std::move(column)); }
    [[nodiscard]] const std::vector<NumberColumn>& numberColumns() const { return m_numberColumns; }
    void addColumn(NumberColumn column) { m_numberColumns.push_back(std::move(column)); }
    /// A column of the same name, of either kind, goes.
    void dropColumn(std::string_view name);
    /// Other names for the same rows. ShapeMismatch unless there is one a row.
    Result<void> setVocabulary(Vocabulary vocabulary);

    /// Null where only the tokens of the vocabulary have vectors.
    [[nodiscard]] const std::shared_ptr<const UnknownTokens>& unknownTokens() const { return m_unknownTokens; }
    void setUnknownTokens(std::shared_ptr<const UnknownTokens> tokens) { m_unknownTokens = std::move(tokens); }

private:
    EmbeddingTable(Weights weights, Vocabulary vocabulary);

    Weights m_weights;
    Vocabulary m_vocabulary;
    std::vector<CategoryColumn> m_columns;
    std::vector<NumberColumn> m_numberColumns;
    std::shared_ptr<const UnknownTokens> m_unknownTokens;
};

} // namespace embedscope
