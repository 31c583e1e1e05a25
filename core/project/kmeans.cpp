// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/kmeans.h"

#include "core/base/parallel.h"
#include "core/project/kmeans_start.h"
#include "core/search/lloyd.h"

#include <algorithm>
#include <numeric>
#include <string>

namespace embedscope {

namespace {

constexpr Index kPointsPerChunk = 4096;

using detail::ComparableRows;

/// The squared distance of each point from the centre of its label.
Eigen::VectorXd squares(const Matrix& rows, const std::vector<std::int32_t>& labels, const Matrix& centres)
{
    Eigen::VectorXd out(rows.rows());
    parallelFor(rows.rows(), kPointsPerChunk, [&](Index begin, Index end) {
        for (Index row = begin; row < end; ++row)
            out(row) =
                (rows.row(row).cast<double>() - centres.row(labels[static_cast<std::size_t>(row)]).cast<double>())
                    .squaredNorm();
    });
    return out;
}

/// A cluster without points gets the point that is farthest from its centre.
void fillEmpty(const Matrix& rows, std::vector<std::int32_t>& labels, const Matrix& centres)
{
    std::vector<Index> sizes(static_cast<std::size_t>(centres.rows()));
    for (const std::int32_t label : labels)
        ++sizes[static_cast<std::size_t>(label)];
    if (std::find(sizes.begin(), sizes.end(), 0) == sizes.end())
        return;
    Eigen::VectorXd far = squares(rows, labels, centres);
    for (std::size_t label = 0; label < sizes.size(); ++label) {
        Index farthest = 0;
        if (sizes[label] > 0 || far.maxCoeff(&farthest) <= 0)
            continue;
        labels[static_cast<std::size_t>(farthest)] = static_cast<std::int32_t>(label);
        far(farthest) = 0;
    }
}

/// The mean over the dimensions of their variances.
double meanVariance(const Matrix& rows)
{
    const Eigen::RowVectorXd mean = rows.cast<double>().colwise().mean();
    return (rows.cast<double>().rowwise() - mean).colwise().squaredNorm().mean() / static_cast<double>(rows.rows());
}

Result<KMeans> iterate(const ComparableRows& points, Matrix centres, const KMeansOptions& options,
                       const std::stop_token& stop, Progress& progress)
{
    std::vector<std::int32_t> rows(static_cast<std::size_t>(points.count()));
    std::iota(rows.begin(), rows.end(), 0);
    const double tolerance = options.tol * meanVariance(points.rows());
    KMeans out;
    for (bool moving = true; moving;) {
        auto labels = nearestCentres(points, rows, centres, stop);
        if (!labels)
            return fail(labels.error());
        const bool same = *labels == out.labels;
        out.labels = *std::move(labels);
        if (same || out.iterations >= options.max_iter)
            break;
        auto members = out.labels;
        fillEmpty(points.rows(), members, centres);
        const Matrix before = centres;
        centres = meansOf(points, rows, members, before);
        ++out.iterations;
        progress.set(out.iterations);
        moving = (centres - before).cast<double>().squaredNorm() > tolerance;
        if (!moving) {
            labels = nearestCentres(points, rows, centres, stop);
            if (!labels)
                return fail(labels.error());
            out.labels = *std::move(labels);
        }
    }
    out.centres = std::move(centres);
    return out;
}

} // namespace

Result<KMeans> kMeans(const ConstMatrixRef& points, const KMeansOptions& options, std::stop_token stop,
                      Progress& progress)
{
    if (options.n_clusters < 1)
        return fail(ErrorCode::ValueRefused, {"n_clusters", std::to_string(options.n_clusters), "1 or more"});
    progress.start(options.max_iter);
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    if (points.rows() == 0)
        return KMeans{Matrix(0, points.cols()), {}, 0, 0};
    const ComparableRows comparable(points, Metric::Euclidean);
    auto start = detail::kMeansStart(comparable, std::min(options.n_clusters, points.rows()), options.seed, stop);
    if (!start)
        return fail(start.error());
    auto out = iterate(comparable, *std::move(start), options, stop, progress);
    if (!out)
        return out;
    out->inertia = squares(comparable.rows(), out->labels, out->centres).sum() / comparable.squaredScale();
    for (Index centre = 0; centre < out->centres.rows(); ++centre)
        out->centres.row(centre) = comparable.restored(out->centres.row(centre)).eval();
    return out;
}

} // namespace embedscope
