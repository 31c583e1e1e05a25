// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/sentence_encoder.h"

namespace embedscope::detail {

/// Embedding -> dropout -> LSTM or GRU -> the last layer's final states.
Result<std::unique_ptr<SentenceEncoder>> makeRecurrentEncoder(const EncoderOptions& options, Index embedding_dim,
                                                              Random& random);

} // namespace embedscope::detail
