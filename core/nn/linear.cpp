// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/linear.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <cmath>

namespace embedscope {

namespace {

/// Multiplications of one chunk: some hundred microseconds. Each chunk of a product packs the other factor anew, so
/// that small chunks spend more time on that than on multiplying.
constexpr Index kProductsPerChunk = 8 * 1024 * 1024;

/// Rows of a product that make one chunk, where a row costs `cost` multiplications; whole register blocks of Eigen.
Index rowsPerChunk(Index cost)
{
    constexpr Index kBlock = 16;
    return std::max<Index>(1, kProductsPerChunk / (kBlock * std::max<Index>(1, cost))) * kBlock;
}

void fillUniform(Matrix& matrix, float bound, Random& random)
{
    for (float& value : matrix.reshaped<Eigen::RowMajor>())
        value = random.uniform(-bound, bound);
}

} // namespace

Linear Linear::create(Index in_features, Index out_features, Random& random)
{
    const float bound = in_features > 0 ? static_cast<float>(1 / std::sqrt(static_cast<double>(in_features))) : 0.0F;
    Linear out;
    out.weight.resize(out_features, in_features);
    out.bias.resize(1, out_features);
    fillUniform(out.weight, bound, random);
    fillUniform(out.bias, bound, random);
    return out;
}

void Linear::forward(const ConstMatrixRef& x, Matrix& out) const
{
    out.resize(x.rows(), weight.rows());
    parallelFor(x.rows(), rowsPerChunk(weight.size()), [&](Index begin, Index end) {
        auto block = out.middleRows(begin, end - begin);
        block.noalias() = x.middleRows(begin, end - begin) * weight.transpose();
        block.rowwise() += bias.row(0);
    });
}

void Linear::backward(const ConstMatrixRef& x, const ConstMatrixRef& gradOutput, Matrix* x_grad)
{
    weight_grad.resize(weight.rows(), weight.cols());
    parallelFor(weight.rows(), rowsPerChunk(x.size()), [&](Index begin, Index end) {
        weight_grad.middleRows(begin, end - begin).noalias() =
            gradOutput.middleCols(begin, end - begin).transpose() * x;
    });
    bias_grad = gradOutput.colwise().sum();
    if (x_grad == nullptr)
        return;
    x_grad->resize(x.rows(), x.cols());
    parallelFor(x.rows(), rowsPerChunk(weight.size()), [&](Index begin, Index end) {
        x_grad->middleRows(begin, end - begin).noalias() = gradOutput.middleRows(begin, end - begin) * weight;
    });
}

} // namespace embedscope
