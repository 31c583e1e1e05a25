// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/embedding_table.h"

#include <utility>

namespace embedscope {

EmbeddingTable::EmbeddingTable(Weights weights, Vocabulary vocabulary)
    : m_weights(std::move(weights))
    , m_vocabulary(std::move(vocabulary))
{
}

namespace {

Result<void> checkTokens(Index rows, const Vocabulary& vocabulary)
{
    if (rows == vocabulary.size())
        return {};
    return fail(ErrorCode::ShapeMismatch, {"Embedding table", std::to_string(rows) + " tokens, one a row",
                                           std::to_string(vocabulary.size()) + " tokens"});
}

} // namespace

Result<EmbeddingTable> EmbeddingTable::create(Weights weights, Vocabulary vocabulary)
{
    if (weights.cols() < 1)
        return fail(ErrorCode::ShapeMismatch, {"Embedding table", "at least one dimension", "none"});
    if (const auto fine = checkTokens(weights.rows(), vocabulary); !fine)
        return fail(fine.error());
    return EmbeddingTable(std::move(weights), std::move(vocabulary));
}

void EmbeddingTable::dropColumn(std::string_view name)
{
    const auto isNamed = [name](const auto& column) { return column.name == name; };
    std::erase_if(m_columns, isNamed);
    std::erase_if(m_numberColumns, isNamed);
}

Result<void> EmbeddingTable::setVocabulary(Vocabulary vocabulary)
{
    if (const auto fine = checkTokens(rows(), vocabulary); !fine)
        return fine;
    m_vocabulary = std::move(vocabulary);
    return {};
}

} // namespace embedscope
