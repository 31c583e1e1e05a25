// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/space_filling_order.h"

#include <algorithm>
#include <utility>

namespace embedscope {

namespace {

/// The bits of all coordinates by turns, the highest first.
std::uint32_t interleaved(const Eigen::RowVectorXf& cell, int bits)
{
    std::uint32_t key = 0;
    for (int bit = bits - 1; bit >= 0; --bit)
        for (const float coordinate : cell)
            key = key << 1 | (static_cast<std::uint32_t>(coordinate) >> bit & 1U);
    return key;
}

} // namespace

std::vector<std::int32_t> spaceFillingOrder(const Matrix& points)
{
    const int bits = points.cols() == 2 ? 16 : 10;
    const auto cells = static_cast<float>((1 << bits) - 1);
    std::vector<std::pair<std::uint32_t, std::int32_t>> keys(static_cast<std::size_t>(points.rows()));
    if (points.rows() == 0)
        return {};
    const Eigen::RowVectorXf low = points.colwise().minCoeff();
    const float extent = (points.colwise().maxCoeff() - low).maxCoeff();
    const float perUnit = extent > 0 ? cells / extent : 0;
    for (Index i = 0; i < points.rows(); ++i)
        keys[static_cast<std::size_t>(i)] = {
            interleaved(((points.row(i) - low) * perUnit).cwiseMin(cells).cwiseMax(0), bits),
            static_cast<std::int32_t>(i)};
    std::ranges::sort(keys);
    std::vector<std::int32_t> order;
    order.reserve(keys.size());
    for (const auto& [key, row] : keys)
        order.push_back(row);
    return order;
}

} // namespace embedscope
