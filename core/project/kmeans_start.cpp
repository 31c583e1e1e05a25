// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/kmeans_start.h"

#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/search/packed_rows.h"
#include "core/search/pair_product.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace embedscope::detail {

namespace {

constexpr Index kPointsPerChunk = 1024;

class Start
{
public:
    Start(const ComparableRows& points, Index clusters, std::uint64_t seed)
        : m_points(points)
        , m_trials(2 + static_cast<Index>(std::log(static_cast<double>(clusters))))
        , m_random(seed)
        , m_rows(static_cast<std::size_t>(points.count()))
        , m_closest(points.count())
    {
        std::iota(m_rows.begin(), m_rows.end(), 0);
        m_closest.setConstant(std::numeric_limits<float>::max());
    }

    Index first() { return static_cast<Index>(m_random.below(static_cast<std::uint64_t>(m_points.count()))); }

    /// Takes the trial after which the squared distances add up to least; returns its point.
    Index takeBest(const std::vector<Index>& trials)
    {
        Matrix centres(static_cast<Index>(trials.size()), m_points.dim());
        for (std::size_t i = 0; i < trials.size(); ++i)
            centres.row(static_cast<Index>(i)) = m_points.rows().row(trials[i]);
        const PackedRows columns(centres);
        Matrix keys(m_points.count(), columns.columns());
        const Index chunks = chunkCount(m_points.count(), kPointsPerChunk);
        Eigen::MatrixXd sums = Eigen::MatrixXd::Zero(centres.rows(), chunks);
        parallelChunks(m_points.count(), kPointsPerChunk, [&](Index chunk, Index begin, Index end) {
            const auto rows =
                std::span(m_rows).subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
            writeKeys(m_points, rows, columns, 0, columns.columns(), keys.row(begin).data(), columns.columns());
            for (Index row = begin; row < end; ++row) {
                // Rounding may leave an equal point a little beside zero, even below.
                keys.row(row) = keys.row(row).cwiseMax(0).cwiseMin(m_closest(row));
                sums.col(chunk) += keys.row(row).head(centres.rows()).transpose().cast<double>();
            }
        });
        for (std::size_t i = 0; i < trials.size(); ++i)
            keys(trials[i], static_cast<Index>(i)) = 0;
        Eigen::VectorXd totals = Eigen::VectorXd::Zero(centres.rows());
        for (Index chunk = 0; chunk < chunks; ++chunk)
            totals += sums.col(chunk);
        Index best = 0;
        totals.minCoeff(&best);
        m_closest = keys.col(best);
        return trials[static_cast<std::size_t>(best)];
    }

    /// Points drawn by their squared distance from the centres; none where all distances are zero.
    std::vector<Index> draw()
    {
        std::vector<double> sums(m_rows.size());
        double sum = 0;
        for (std::size_t row = 0; row < sums.size(); ++row)
            sums[row] = sum += static_cast<double>(m_closest(static_cast<Index>(row)));
        std::vector<Index> trials;
        for (Index i = 0; i < m_trials && sum > 0; ++i)
            trials.push_back(std::upper_bound(sums.begin(), sums.end() - 1, m_random.uniform() * sum) - sums.begin());
        return trials;
    }

private:
    const ComparableRows& m_points;
    Index m_trials;
    Random m_random;
    std::vector<std::int32_t> m_rows;
    Eigen::VectorXf m_closest; // half the squared distance from the nearest centre
};

} // namespace

Result<Matrix> kMeansStart(const ComparableRows& points, Index clusters, std::uint64_t seed, std::stop_token stop)
{
    Start start(points, clusters, seed);
    std::vector<Index> centres;
    std::vector<Index> trials{start.first()};
    while (true) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        centres.push_back(start.takeBest(trials));
        if (static_cast<Index>(centres.size()) == clusters)
            break;
        trials = start.draw();
        std::erase_if(trials,
                      [&](Index point) { return std::find(centres.begin(), centres.end(), point) != centres.end(); });
        if (trials.empty())
            break;
    }
    return Matrix(points.rows()(centres, Eigen::all));
}

} // namespace embedscope::detail
