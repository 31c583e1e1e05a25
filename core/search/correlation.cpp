// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/correlation.h"

#include <Eigen/Core>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace embedscope {

namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

Eigen::Map<const Eigen::ArrayXd> arrayOf(std::span<const double> values)
{
    return {values.data(), static_cast<Eigen::Index>(values.size())};
}

bool isConstant(const Eigen::Map<const Eigen::ArrayXd>& values)
{
    return (values == values[0]).all();
}

/// Without the mean, and of length 1.
Eigen::VectorXd standardized(const Eigen::Map<const Eigen::ArrayXd>& values)
{
    const double largest = values.abs().maxCoeff(); // so that no square overflows or vanishes
    const Eigen::ArrayXd scaled = values / largest;
    return (scaled - scaled.mean()).matrix().normalized();
}

} // namespace

std::vector<double> meanRanks(std::span<const double> values)
{
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [values](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    std::vector<double> ranks(values.size());
    for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
        while (end < order.size() && values[order[end]] == values[order[begin]])
            ++end;
        const double mean = static_cast<double>(begin + 1 + end) / 2;
        for (std::size_t i = begin; i < end; ++i)
            ranks[order[i]] = mean;
    }
    return ranks;
}

double pearsonCorrelation(std::span<const double> x, std::span<const double> y)
{
    if (x.size() != y.size() || x.size() < 2)
        return kUndefined;
    const auto a = arrayOf(x);
    const auto b = arrayOf(y);
    if (!a.allFinite() || !b.allFinite() || isConstant(a) || isConstant(b))
        return kUndefined;
    return std::clamp(standardized(a).dot(standardized(b)), -1.0, 1.0);
}

double spearmanCorrelation(std::span<const double> x, std::span<const double> y)
{
    if (!arrayOf(x).allFinite() || !arrayOf(y).allFinite())
        return kUndefined;
    return pearsonCorrelation(meanRanks(x), meanRanks(y));
}

} // namespace embedscope
