// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/map_quality.h"

#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/search/exact_ranks.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <string>
#include <utility>

namespace embedscope {

namespace {

constexpr Index kFewestPoints = 3;
constexpr Index kPointsAtATime = 6; // one tile of a product: n keys for each of them

/// `wanted` different points (0: all), ascending.
std::vector<std::int32_t> chosenPoints(Index count, Index wanted, std::uint64_t seed)
{
    std::vector<std::int32_t> points(static_cast<std::size_t>(count));
    std::iota(points.begin(), points.end(), 0);
    if (wanted <= 0 || wanted >= count)
        return points;
    Random random(seed);
    for (std::size_t i = 0; i < static_cast<std::size_t>(wanted); ++i)
        std::swap(points[i], points[i + random.below(points.size() - i)]);
    points.resize(static_cast<std::size_t>(wanted));
    std::sort(points.begin(), points.end());
    return points;
}

/// The space or the map: all points, ready to be compared.
struct Side
{
    Side(const ConstMatrixRef& rows, Metric metric)
        : points(rows, metric)
        , all(points, chosenPoints(rows.rows(), 0, 0))
    {
    }
    detail::ComparableRows points;
    detail::PackedRows all;
};

class Judge
{
public:
    Judge(const Side& space, const Side& map, MapQuality& out)
        : m_space(space.points, space.all)
        , m_map(map.points, map.all)
        , m_out(out)
        , m_count(space.points.count())
    {
    }

    /// `rows`: those of m_out.judged from `first` on.
    void judge(std::span<const std::int32_t> rows, std::size_t first, const std::stop_token& stop)
    {
        m_space.prepare(rows);
        m_map.prepare(rows);
        for (std::size_t i = 0; i < rows.size() && !stop.stop_requested(); ++i) {
            m_out.trust_of_point[first + i] = agreement(i, m_map, m_space);
            m_out.continuity_of_point[first + i] = agreement(i, m_space, m_map);
            m_out.kept_of_point[first + i] = kept(i);
        }
    }

private:
    /// 1 where the neighbours in `a` are the neighbours in `b` too, less by how far beyond the k-th rank they are
    /// there.
    float agreement(std::size_t i, detail::ExactRanks& a, detail::ExactRanks& b)
    {
        Index beyond = 0;
        for (const std::int32_t neighbor : a.nearest(i, m_out.k))
            beyond += std::max<Index>(0, b.rank(i, neighbor) - m_out.k);
        const auto most = static_cast<double>(m_out.k * (2 * m_count - 3 * m_out.k - 1)) / 2;
        return static_cast<float>(1 - static_cast<double>(beyond) / most);
    }

    float kept(std::size_t i)
    {
        const auto true_ones = m_space.nearest(i, m_out.kept_k);
        const auto shown = m_map.nearest(i, m_out.kept_k);
        std::vector<std::int32_t> both;
        std::set_intersection(true_ones.begin(), true_ones.end(), shown.begin(), shown.end(), std::back_inserter(both));
        return static_cast<float>(both.size()) / static_cast<float>(m_out.kept_k);
    }

    detail::ExactRanks m_space;
    detail::ExactRanks m_map;
    MapQuality& m_out;
    Index m_count;
};

double meanOf(const std::vector<float>& values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

} // namespace

Result<MapQuality> mapQuality(const ConstMatrixRef& points, const ConstMatrixRef& coordinates,
                              const QualityOptions& options, std::stop_token stop, Progress& progress)
{
    const Index count = points.rows();
    if (coordinates.rows() != count)
        return fail(ErrorCode::ShapeMismatch,
                    {"Coordinates", std::to_string(count) + " rows", std::to_string(coordinates.rows())});
    if (count < kFewestPoints)
        return fail(ErrorCode::ValueRefused,
                    {"Points on the map", std::to_string(count), "3 or more: fewer have no neighbourhoods to compare"});
    const auto rows = chosenPoints(count, options.sample, options.seed);
    MapQuality out;
    out.k = std::clamp<Index>(options.k, 1, (2 * count - 2) / 3);
    out.kept_k = std::clamp<Index>(options.kept_k, 1, count - 1);
    out.judged.assign(rows.begin(), rows.end());
    for (auto* values : {&out.trust_of_point, &out.continuity_of_point, &out.kept_of_point})
        values->resize(rows.size());
    progress.start(static_cast<std::int64_t>(rows.size()));
    const Side space(points, options.metric);
    const Side map(coordinates, Metric::Euclidean);
    parallelFor(static_cast<Index>(rows.size()), kPointsAtATime, [&](Index begin, Index end) {
        if (stop.stop_requested())
            return;
        const auto first = static_cast<std::size_t>(begin);
        Judge(space, map, out)
            .judge(std::span(rows).subspan(first, static_cast<std::size_t>(end) - first), first, stop);
        progress.add(end - begin);
    });
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    out.trustworthiness = meanOf(out.trust_of_point);
    out.continuity = meanOf(out.continuity_of_point);
    out.knn_kept = meanOf(out.kept_of_point);
    return out;
}

} // namespace embedscope
