// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/activation.h"

#include "core/base/parallel.h"
#include "core/nn/rows.h"

#include <algorithm>

namespace embedscope {

namespace {

using Values = Eigen::Map<Eigen::ArrayXf>;

void relu(float* x, float* slope, Index size)
{
    Values values(x, size);
    // Comparisons with NaN are false: it goes through both ways, as in PyTorch.
    if (slope != nullptr)
        Values(slope, size) = 1.0F - (values <= 0.0F).cast<float>();
    values = (values < 0.0F).select(0.0F, values);
}

/// 1 - erf(z) for z >= 0, of which exp(-z^2) is given: Abramowitz and Stegun, formula 7.1.26. The error is below 1.5e-7
/// and falls with exp(-z^2), so that the tail of GELU goes to zero; and the exponential serves the derivative too.
template <class Array>
auto erfcTimes(const Array& z, const Array& exponential)
{
    const Array t = 1.0F / (1.0F + 0.3275911F * z);
    const Array sum =
        t * (0.254829592F + t * (-0.284496736F + t * (1.421413741F + t * (-1.453152027F + t * 1.061405429F))));
    return Array(sum * exponential);
}

/// In pieces of fixed size, which stay in registers and the first cache.
constexpr Index kPiece = 64;
using Piece = Eigen::Array<float, kPiece, 1>;

void geluPiece(Piece& x, Piece& slope)
{
    constexpr float kRootHalf = 0.70710678118654752F;
    constexpr float kRootTwoPi = 0.39894228040143268F; // 1 / sqrt(2 pi)
    const Piece z = x.abs() * kRootHalf;
    const Piece exponential = (-z * z).exp();
    const Piece tail = 0.5F * erfcTimes(z, exponential); // the normal distribution function at -|x|
    const Piece below = (x < 0.0F).select(tail, 1.0F - tail);
    slope = below + x * exponential * kRootTwoPi;
    x *= below;
}

void gelu(float* x, float* slope, Index size)
{
    Piece values = Piece::Zero();
    Piece slopes;
    for (Index begin = 0; begin < size; begin += kPiece) {
        const Index count = std::min(kPiece, size - begin);
        values.head(count) = Values(x + begin, count);
        geluPiece(values, slopes);
        Values(x + begin, count) = values.head(count);
        if (slope != nullptr)
            Values(slope + begin, count) = slopes.head(count);
    }
}

} // namespace

void activate(Activation activation, Matrix& x, Matrix* slope)
{
    if (slope != nullptr)
        slope->resize(x.rows(), x.cols());
    parallelFor(x.size(), detail::kFloatsPerChunk, [&](Index begin, Index end) {
        float* slopes = slope == nullptr ? nullptr : slope->data() + begin;
        if (activation == Activation::Relu)
            relu(x.data() + begin, slopes, end - begin);
        else
            gelu(x.data() + begin, slopes, end - begin);
    });
}

} // namespace embedscope
