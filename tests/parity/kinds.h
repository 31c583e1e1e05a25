// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/parity/parity_case.h"

namespace embedscope::test {

// Each computes the results of a case of its kind, named as in the file but without "expect.".
TensorMap runEmbedding(const ParityCase& parityCase);
TensorMap runEmbeddingBag(const ParityCase& parityCase);
TensorMap runCrossEntropy(const ParityCase& parityCase);
TensorMap runOptimizer(const ParityCase& parityCase);
TensorMap runTextClassifier(const ParityCase& parityCase);
TensorMap runRecurrent(const ParityCase& parityCase); // lstm and gru
TensorMap runTransformerEncoderLayer(const ParityCase& parityCase);

} // namespace embedscope::test
