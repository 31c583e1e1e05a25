// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/sentence_encoder.h"

#include "core/nn/bag_encoder.h"
#include "core/nn/recurrent_encoder.h"
#include "core/nn/transformer_encoder.h"

namespace embedscope {

std::int64_t headsFor(const EncoderOptions& options, Index embedding_dim)
{
    if (options.nhead)
        return *options.nhead;
    return embedding_dim % 4 == 0 ? 4 : embedding_dim % 2 == 0 ? 2 : 1;
}

Result<std::unique_ptr<SentenceEncoder>> makeEncoder(const EncoderOptions& options, Index embedding_dim, Random& random)
{
    switch (options.kind) {
    case EncoderKind::Lstm:
    case EncoderKind::Gru:
        return detail::makeRecurrentEncoder(options, embedding_dim, random);
    case EncoderKind::Transformer:
        return detail::makeTransformerEncoder(options, embedding_dim, random);
    case EncoderKind::Bag:
        break;
    }
    return detail::makeBagEncoder(options, embedding_dim);
}

} // namespace embedscope
