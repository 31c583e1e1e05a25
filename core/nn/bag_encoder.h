// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/sentence_encoder.h"

namespace embedscope::detail {

/// Pools the rows as it reads them: no matrix of word vectors in between.
Result<std::unique_ptr<SentenceEncoder>> makeBagEncoder(const EncoderOptions& options, Index embedding_dim);

} // namespace embedscope::detail
