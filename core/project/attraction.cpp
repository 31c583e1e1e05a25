// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/attraction.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <vector>

namespace embedscope {

namespace {

constexpr Index kPointsPerChunk = 256;
constexpr Index kLanes = 64; // neighbours gathered at once, so that the arithmetic runs over contiguous memory

/// One neighbourhood after the other is gathered coordinate by coordinate.
template <int D>
using Gathered = std::array<std::array<float, kLanes>, D>;

template <int D>
void gatherNeighbors(const std::int32_t* columns, Index count, const float* points, Gathered<D>& out)
{
    for (Index e = 0; e < count; ++e)
        for (int d = 0; d < D; ++d)
            out[static_cast<std::size_t>(d)][static_cast<std::size_t>(e)] = points[D * Index{columns[e]} + d];
}

template <int D>
void attractPoint(const Affinities& affinities, const Matrix& points, Index i, Matrix& forces)
{
    Gathered<D> others;
    std::array<float, D> sum{};
    const float* own = points.data() + i * D;
    const Index last = affinities.offsets[static_cast<std::size_t>(i) + 1];
    for (Index first = affinities.offsets[static_cast<std::size_t>(i)]; first < last; first += kLanes) {
        const Index count = std::min(kLanes, last - first);
        gatherNeighbors<D>(affinities.columns.data() + first, count, points.data(), others);
        const float* p = affinities.values.data() + first;
        std::array<std::array<float, 8>, D> part{};
        const auto add = [&](Index e, std::size_t lane) {
            float square = 1;
            std::array<float, D> difference;
            for (std::size_t d = 0; d < D; ++d) {
                difference[d] = own[d] - others[d][static_cast<std::size_t>(e)];
                square += difference[d] * difference[d];
            }
            const float pull = p[e] / square;
            for (std::size_t d = 0; d < D; ++d)
                part[d][lane] += pull * difference[d];
        };
        Index e = 0;
        for (; e + 8 <= count; e += 8)
            for (std::size_t lane = 0; lane < 8; ++lane)
                add(e + static_cast<Index>(lane), lane);
        for (; e < count; ++e)
            add(e, 0);
        for (std::size_t d = 0; d < D; ++d)
            sum[d] = std::accumulate(part[d].begin(), part[d].end(), sum[d]);
    }
    for (int d = 0; d < D; ++d)
        forces(i, d) = sum[static_cast<std::size_t>(d)];
}

template <int D>
void attractAll(const Affinities& affinities, const Matrix& points, Matrix& forces, const std::stop_token& stop)
{
    parallelFor(points.rows(), kPointsPerChunk, [&](Index begin, Index end) {
        if (stop.stop_requested())
            return;
        for (Index i = begin; i < end; ++i)
            attractPoint<D>(affinities, points, i, forces);
    });
}

} // namespace

void attract(const Affinities& affinities, const Matrix& points, Matrix& forces, const std::stop_token& stop)
{
    forces.resize(points.rows(), points.cols());
    if (points.cols() == 2)
        attractAll<2>(affinities, points, forces, stop);
    else
        attractAll<3>(affinities, points, forces, stop);
}

double crossEntropyGap(const Affinities& affinities, const Matrix& points)
{
    std::vector<double> parts(static_cast<std::size_t>(chunkCount(points.rows(), kPointsPerChunk)));
    parallelChunks(points.rows(), kPointsPerChunk, [&](Index chunk, Index begin, Index end) {
        double sum = 0;
        for (Index i = begin; i < end; ++i)
            for (Index e = affinities.offsets[static_cast<std::size_t>(i)];
                 e < affinities.offsets[static_cast<std::size_t>(i) + 1]; ++e) {
                const auto p = static_cast<double>(affinities.values[static_cast<std::size_t>(e)]);
                if (p <= 0)
                    continue;
                const auto j = affinities.columns[static_cast<std::size_t>(e)];
                const auto square = static_cast<double>((points.row(i) - points.row(j)).squaredNorm());
                sum += p * (std::log(p) + std::log1p(square));
            }
        parts[static_cast<std::size_t>(chunk)] = sum;
    });
    return std::accumulate(parts.begin(), parts.end(), 0.0);
}

} // namespace embedscope
