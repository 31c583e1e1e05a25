// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/matrix.h"
#include "core/nn/named_weight.h"

#include <vector>

namespace embedscope {

/// torch.nn.LayerNorm over the columns: y = (x - mean) / sqrt(variance + eps) * weight + bias, for each row by itself.
/// The variance is the biased one. weight and bias are 1 x dim and start as ones and zeros.
class EMBEDSCOPE_EXPORT LayerNorm
{
public:
    static LayerNorm create(Index dim, double eps = 1e-5);

    /// x and out: N x dim. Keeps what backward() needs.
    void forward(const ConstMatrixRef& x, Matrix& out);
    /// The same numbers, nothing kept; several threads may call it at once.
    void predict(const ConstMatrixRef& x, Matrix& out) const;
    /// Sets the gradients of weight and bias; x_grad: N x dim, or null where nobody needs it.
    void backward(const ConstMatrixRef& gradOutput, Matrix* x_grad);

    /// "weight" and "bias"; valid until the layer is moved.
    [[nodiscard]] std::vector<NamedWeight> weights();
    [[nodiscard]] double eps() const { return m_eps; }

private:
    struct Kept
    {
        Matrix normalized; // N x dim: x with mean 0 and variance 1
        std::vector<float> inverse_deviation;
    };
    void run(const ConstMatrixRef& x, Kept* kept, Matrix& out) const;
    [[nodiscard]] float normalize(const float* x, float* normalized) const;
    void inputGradient(Index row, const float* gradOutput, float* x_grad) const;

    double m_eps = 1e-5;
    Matrix m_weight;
    Matrix m_bias;
    Matrix m_weightGrad;
    Matrix m_biasGrad;

    Kept m_kept; // of the last forward()
};

} // namespace embedscope
