// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/attraction.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <vector>

namespace embedscope {

namespace {

constexpr Index kPointsPerChunk = 256;
constexpr Index kLanes = 8;   // of one step of the arithmetic
constexpr Index kBatch = 128; // neighbours gathered before the arithmetic, which then runs over contiguous memory

using Lane = Eigen::Array<float, kLanes, 1>;

/// The neighbours of one point, coordinate by coordinate.
template <std::size_t D>
struct Batch
{
    alignas(64) std::array<std::array<float, kBatch>, D> coordinates;

    void gather(const std::int32_t* columns, Index count, const float* points)
    {
        for (Index e = 0; e < count; ++e) {
            const float* other = points + static_cast<Index>(D) * columns[e];
            for (std::size_t d = 0; d < D; ++d)
                coordinates[d][static_cast<std::size_t>(e)] = other[d];
        }
    }
};

template <std::size_t D>
class Pull
{
public:
    explicit Pull(const float* own)
        : m_own(own)
    {
        m_force.fill(Lane::Zero());
    }

    void add(const Batch<D>& batch, const float* p, Index count)
    {
        Index e = 0;
        for (; e + kLanes <= count; e += kLanes)
            addLane(batch, e, Eigen::Map<const Lane>(p + e));
        if (e == count)
            return;
        Lane rest = Lane::Zero(); // what stands behind the last neighbour does not pull
        std::copy(p + e, p + count, rest.begin());
        addLane(batch, e, rest);
    }

    [[nodiscard]] float along(std::size_t d) const { return m_force[d].sum(); }

private:
    void addLane(const Batch<D>& batch, Index e, const Lane& p)
    {
        std::array<Lane, D> difference;
        Lane square = Lane::Ones();
        for (std::size_t d = 0; d < D; ++d) {
            difference[d] = m_own[d] - Eigen::Map<const Lane>(batch.coordinates[d].data() + e);
            square += difference[d].square();
        }
        const Lane pull = p / square;
        for (std::size_t d = 0; d < D; ++d)
            m_force[d] += pull * difference[d];
    }

    const float* m_own;
    std::array<Lane, D> m_force;
};

template <std::size_t D>
void attractPoint(const Affinities& affinities, const Matrix& points, Index i, Batch<D>& batch, Matrix& forces)
{
    Pull<D> pull(points.row(i).data());
    const Index last = affinities.offsets[static_cast<std::size_t>(i) + 1];
    for (Index first = affinities.offsets[static_cast<std::size_t>(i)]; first < last; first += kBatch) {
        const Index count = std::min(kBatch, last - first);
        batch.gather(affinities.columns.data() + first, count, points.data());
        pull.add(batch, affinities.values.data() + first, count);
    }
    for (std::size_t d = 0; d < D; ++d)
        forces(i, static_cast<Index>(d)) = pull.along(d);
}

template <std::size_t D>
void attractAll(const Affinities& affinities, const Matrix& points, Matrix& forces, const std::stop_token& stop)
{
    parallelFor(points.rows(), kPointsPerChunk, [&](Index begin, Index end) {
        if (stop.stop_requested())
            return;
        Batch<D> batch{}; // finite where nothing was gathered: zero times NaN is not zero
        for (Index i = begin; i < end; ++i)
            attractPoint<D>(affinities, points, i, batch, forces);
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
