// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/nn/named_weight.h"
#include "tests/core/nn/matrices.h"

#include <QString>

#include <algorithm>
#include <utility>
#include <vector>

namespace embedscope::test {

/// Gives all weights normal numbers of this deviation: starting values are often so small that an error in a gradient
/// would be small as well.
inline void scatterWeights(const std::vector<NamedWeight>& weights, float deviation, std::uint64_t seed)
{
    for (const NamedWeight& weight : weights)
        *weight.value = deviation * randomMatrix(weight.value->rows(), weight.value->cols(), seed++);
}

/// d value() / d x by central differences at two widths, whose leading errors cancel (Richardson): the error falls with
/// the fourth power of the step. So the step may be wide, and the rounding of float32 matters less.
template <class Value>
Matrix fineGradient(Matrix& x, Value&& value)
{
    constexpr double kStep = 1.0 / 64;
    const Matrix wide = numericGradient(x, value, 2 * kStep);
    const Matrix narrow = numericGradient(x, value, kStep);
    return (4.0F * narrow - wide) / 3.0F;
}

/// Largest difference, in units of the largest number expected, but of 0.1 at least.
inline double relativeError(const Matrix& got, const Matrix& expected)
{
    if (got.rows() != expected.rows() || got.cols() != expected.cols() || !got.allFinite())
        return INFINITY;
    if (got.size() == 0)
        return 0;
    const auto scale = static_cast<double>(std::max(0.1F, expected.cwiseAbs().maxCoeff()));
    return static_cast<double>((got - expected).cwiseAbs().maxCoeff()) / scale;
}

/// Compares a layer's gradients of sum(out * g), g drawn from the normal distribution, with differences: those of each
/// weight and of the input x. forward(out) computes out from x; backward(g, x_grad) sets the gradients of the weights.
/// One line for each that is off; empty where all agree.
///
/// An output of float32 is off by some 1e-7, hence sums of a few dozen by 1e-6 and their differences, divided by a step
/// of 1/64, by 1e-4 (up to 2e-4 was seen, in either build of the library). A slip in a formula shows as 1e-2 and more.
template <class Forward, class Backward>
QString gradientProblems(Matrix& x, const std::vector<NamedWeight>& weights, Forward&& forward, Backward&& backward,
                         double tolerance = 1e-3)
{
    Matrix out;
    forward(out);
    const Matrix g = randomMatrix(out.rows(), out.cols(), 99);
    Matrix xGrad;
    backward(g, xGrad);
    std::vector<std::pair<QString, std::pair<Matrix*, Matrix>>> all = {{"x", {&x, xGrad}}};
    for (const NamedWeight& weight : weights)
        all.push_back({QString::fromStdString(weight.name), {weight.value, *weight.grad}});
    const auto value = [&] {
        forward(out);
        return inner(out, g);
    };
    QString problems;
    for (const auto& [name, tensor] : all)
        if (const double off = relativeError(tensor.second, fineGradient(*tensor.first, value)); !(off <= tolerance))
            problems += name + " is off by " + QString::number(off) + "\n";
    return problems;
}

} // namespace embedscope::test
