// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/nn/embedding.h"
#include "core/nn/rows.h"

#include <array>
#include <cmath>
#include <limits>

namespace embedscope {

namespace {

/// PyTorch's own order of rounding: eight lanes of fused multiply-adds, the lanes added one by one, then the rest. So
/// the same rows exceed a limit, bit for bit, whatever the processor.
float euclideanNorm(const float* x, Index size)
{
    constexpr Index kLanes = 8;
    std::array<float, kLanes> lanes{};
    const Index whole = size - size % kLanes;
    for (Index i = 0; i < whole; i += kLanes)
        for (Index lane = 0; lane < kLanes; ++lane) {
            float& sum = lanes[static_cast<std::size_t>(lane)];
            sum = std::fma(x[i + lane], x[i + lane], sum);
        }
    float sum = lanes[0];
    for (std::size_t lane = 1; lane < lanes.size(); ++lane)
        sum += lanes[lane];
    for (Index i = whole; i < size; ++i)
        sum = std::fma(x[i], x[i], sum);
    return std::sqrt(sum);
}

float absoluteSum(const float* x, Index size)
{
    float sum = 0;
    for (Index i = 0; i < size; ++i)
        sum += std::abs(x[i]);
    return sum;
}

/// NaN where the row holds one: a plain maximum would drop it.
float largest(const float* x, Index size)
{
    float max = 0;
    for (Index i = 0; i < size; ++i) {
        if (std::isnan(x[i]))
            return x[i];
        max = std::max(max, std::abs(x[i]));
    }
    return max;
}

float powerNorm(const float* x, Index size, float p)
{
    float sum = 0;
    for (Index i = 0; i < size; ++i)
        sum += std::pow(std::abs(x[i]), p);
    return std::pow(sum, 1.0F / p);
}

float rowNorm(const float* x, Index size, double norm_type)
{
    if (norm_type == 2)
        return euclideanNorm(x, size);
    if (norm_type == 1)
        return absoluteSum(x, size);
    if (norm_type == std::numeric_limits<double>::infinity())
        return largest(x, size);
    return powerNorm(x, size, static_cast<float>(norm_type));
}

void renormalizeRow(float* x, Index size, double max_norm, double norm_type)
{
    const auto norm = static_cast<double>(rowNorm(x, size, norm_type));
    if (!(norm > max_norm))
        return;
    const auto scale = static_cast<float>(max_norm / (norm + 1e-7));
    for (Index i = 0; i < size; ++i)
        x[i] *= scale;
}

} // namespace

void renormalizeRows(Matrix& weight, std::span<const std::int64_t> indices, double max_norm, double norm_type)
{
    const RowGroups groups(indices);
    const Index dim = weight.cols();
    parallelFor(static_cast<Index>(groups.size()), detail::rowsPerChunk(dim), [&](Index begin, Index end) {
        for (Index group = begin; group < end; ++group)
            renormalizeRow(weight.row(groups.row(static_cast<std::size_t>(group))).data(), dim, max_norm, norm_type);
    });
}

} // namespace embedscope
