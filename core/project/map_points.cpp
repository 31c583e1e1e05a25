// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/map_points.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <utility>

namespace embedscope {

namespace {

constexpr Index kFloatsPerChunk = Index{1} << 18;

Index rowsPerChunk(const ConstMatrixRef& weights)
{
    return std::max<Index>(1, kFloatsPerChunk / std::max<Index>(1, weights.cols()));
}

bool takesPart(const ConstMatrixRef& weights, Index row, Metric metric)
{
    return weights.row(row).allFinite() && (metric != Metric::Cosine || !weights.row(row).isZero(0));
}

/// In float64: squares of very small or large numbers leave the range of float32.
void copyUnit(const ConstMatrixRef& weights, Index row, Eigen::Ref<RowVector> to)
{
    const Eigen::RowVectorXd exact = weights.row(row).cast<double>();
    to = (exact / exact.norm()).cast<float>();
}

std::vector<Index> rowsThatTakePart(const ConstMatrixRef& weights, std::span<const Index> chosen, Metric metric)
{
    std::vector<Index> rows(chosen.begin(), chosen.end());
    if (rows.empty()) {
        rows.resize(static_cast<std::size_t>(weights.rows()));
        std::iota(rows.begin(), rows.end(), Index{0});
    }
    std::vector<std::uint8_t> good(rows.size());
    parallelFor(static_cast<Index>(rows.size()), rowsPerChunk(weights), [&](Index begin, Index end) {
        for (Index i = begin; i < end; ++i)
            good[static_cast<std::size_t>(i)] = takesPart(weights, rows[static_cast<std::size_t>(i)], metric) ? 1 : 0;
    });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (good[i])
            rows[kept++] = rows[i];
    rows.resize(kept);
    return rows;
}

} // namespace

Result<MapPoints> mapPoints(const ConstMatrixRef& weights, std::span<const Index> chosen, Metric metric, Index pca_dims,
                            std::stop_token stop, Progress& progress)
{
    MapPoints out;
    out.rows = rowsThatTakePart(weights, chosen, metric);
    const Index asked = chosen.empty() ? weights.rows() : static_cast<Index>(chosen.size());
    const auto count = static_cast<Index>(out.rows.size());
    out.rows_left_out = asked - count;
    out.points.resize(count, weights.cols());
    parallelFor(count, rowsPerChunk(weights), [&](Index begin, Index end) {
        for (Index i = begin; i < end && !stop.stop_requested(); ++i) {
            const Index row = out.rows[static_cast<std::size_t>(i)];
            if (metric == Metric::Cosine)
                copyUnit(weights, row, out.points.row(i));
            else
                out.points.row(i) = weights.row(row);
        }
    });
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    if (pca_dims <= 0 || pca_dims >= weights.cols())
        return out;
    auto axes = fitPca(out.points, pca_dims, stop, progress);
    if (!axes)
        return fail(axes.error());
    out.axes = std::make_shared<const Pca>(*std::move(axes));
    out.points = out.axes->project(out.points);
    return out;
}

Result<RowVector> comparableWith(const MapPoints& points, const RowVector& vector, Metric metric)
{
    const Index dim = points.axes ? points.axes->mean.size() : points.points.cols();
    if (vector.size() != dim)
        return fail(ErrorCode::ShapeMismatch, {"Vector", std::to_string(dim), std::to_string(vector.size())});
    if (!vector.allFinite() || (metric == Metric::Cosine && vector.isZero(0)))
        return fail(ErrorCode::ValueRefused, {"vector", "", "finite numbers and, for cosine, not all zero"});
    Matrix row = vector;
    if (metric == Metric::Cosine)
        copyUnit(vector, 0, row.row(0));
    return RowVector(points.axes ? RowVector(points.axes->project(row).row(0)) : RowVector(row.row(0)));
}

} // namespace embedscope
