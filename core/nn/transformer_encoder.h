// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/sentence_encoder.h"

namespace embedscope::detail {

/// Embedding + positions -> dropout -> Transformer encoder layers -> mean over the real tokens.
Result<std::unique_ptr<SentenceEncoder>> makeTransformerEncoder(const EncoderOptions& options, Index embedding_dim,
                                                                Random& random);

} // namespace embedscope::detail
