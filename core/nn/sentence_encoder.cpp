// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/sentence_encoder.h"

#include "core/nn/bag_encoder.h"
#include "core/nn/recurrent_encoder.h"
#include "core/nn/transformer_encoder.h"

namespace embedscope {

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
