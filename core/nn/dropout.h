// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/matrix.h"
#include "core/base/random.h"

namespace embedscope {

namespace detail {
/// `size` factors of dropout: 0 with probability p, else 1 / (1 - p).
void drawDropoutFactors(double p, float* factors, Index size, Random& random);
} // namespace detail

/// torch.nn.Dropout while training: each number becomes zero with probability p, the others are divided by 1 - p.
/// While predicting, nobody calls it.
class EMBEDSCOPE_EXPORT Dropout
{
public:
    /// p in [0, 1); 0 does nothing and draws nothing.
    explicit Dropout(double p = 0);

    /// In place. One draw from `random`; the same numbers fall out whatever the number of threads.
    void forward(Matrix& x, Random& random);
    /// In place: the gradient of what the last forward() was given.
    void backward(Matrix& grad) const;

    [[nodiscard]] double p() const { return m_p; }

private:
    double m_p;
    Matrix m_factors; // 0 or 1 / (1 - p), of the last forward()
};

} // namespace embedscope
