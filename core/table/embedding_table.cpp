// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/embedding_table.h"

#include <utility>

namespace embedscope {

EmbeddingTable::EmbeddingTable(Weights weights, Vocabulary vocabulary)
    : m_weights(std::move(weights))
    , m_vocabulary(std::move(vocabulary))
{
}

Result<EmbeddingTable> EmbeddingTable::create(Weights weights, Vocabulary vocabulary)
{
    if (weights.cols() < 1)
        return fail(ErrorCode::ShapeMismatch, {"Embedding table", "at least one dimension", "none"});
    if (weights.rows() != vocabulary.size())
        return fail(ErrorCode::ShapeMismatch, {"Embedding table", std::to_string(weights.rows()) + " tokens, one a row",
                                               std::to_string(vocabulary.size()) + " tokens"});
    return EmbeddingTable(std::move(weights), std::move(vocabulary));
}

} // namespace embedscope
