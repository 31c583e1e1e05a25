// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/repulsion.h"

#include "core/base/parallel.h"
#include "core/project/cubic_spline.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

namespace embedscope {

namespace {

constexpr Index kPointsPerChunk = 512;
constexpr double kSpacing = 0.35;       // of the nodes, in units of the kernel: forces within 3 %, Z within 0.1 %
constexpr double kFewestIntervals = 48; // finer for a small map, whose curvature is all there is
constexpr Index kMargin = 2;            // nodes beyond the outermost point that its spline reaches
constexpr Index kBandNodes = 4;         // as wide as a spline, so that every second band can be filled at once

/// So that memory has an end: a map wider than that is computed on a coarser grid.
constexpr Index mostNodes(int dims)
{
    return dims == 2 ? 2048 : 96;
}

/// One of few values, so that the kernel is seldom transformed anew.
double spacingFor(double extent, int dims)
{
    double spacing = kSpacing;
    while (extent / spacing < kFewestIntervals / (dims == 2 ? 1 : 2) && spacing > 1e-9)
        spacing /= 2;
    while (extent / spacing > static_cast<double>(mostNodes(dims) - 16))
        spacing *= 1.25;
    return spacing;
}

double sumInOrder(const std::vector<double>& parts)
{
    return std::accumulate(parts.begin(), parts.end(), 0.0);
}

/// The four nodes of each coordinate that a point touches, and their weights.
template <int D>
struct Place
{
    Eigen::Vector<Index, D> first;
    Eigen::Vector<float, D> t;

    Place(const float* point, const Eigen::RowVector3f& origin, float perSpacing)
    {
        for (int d = 0; d < D; ++d) {
            const float u = (point[d] - origin(d)) * perSpacing;
            const auto node = static_cast<Index>(u);
            t(d) = u - static_cast<float>(node);
            first(d) = node - 1;
        }
    }
};

} // namespace

double Repulsion::compute(const Matrix& points, Matrix& forces, const std::stop_token& stop)
{
    forces.resize(points.rows(), points.cols());
    if (points.rows() <= m_exactUpTo)
        return points.cols() == 2 ? exact<2>(points, forces, stop) : exact<3>(points, forces, stop);
    return points.cols() == 2 ? onGrid<2>(points, forces, stop) : onGrid<3>(points, forces, stop);
}

template <int D>
double Repulsion::exact(const Matrix& points, Matrix& forces, const std::stop_token& stop) const
{
    const Eigen::Array<float, Eigen::Dynamic, D> columns = points.template leftCols<D>().array();
    std::vector<double> parts(static_cast<std::size_t>(chunkCount(points.rows(), 32)));
    parallelChunks(points.rows(), 32, [&](Index chunk, Index begin, Index end) {
        if (stop.stop_requested())
            return;
        Eigen::Array<float, Eigen::Dynamic, D> difference(points.rows(), D);
        Eigen::ArrayXf q(points.rows());
        double sum = 0;
        for (Index i = begin; i < end; ++i) {
            for (int d = 0; d < D; ++d)
                difference.col(d) = points(i, d) - columns.col(d);
            q = (1 + difference.square().rowwise().sum()).inverse();
            sum += static_cast<double>(q.sum()) - 1;
            for (int d = 0; d < D; ++d)
                forces(i, d) = (q.square() * difference.col(d)).sum();
        }
        parts[static_cast<std::size_t>(chunk)] = sum;
    });
    return sumInOrder(parts);
}

template <int D>
double Repulsion::onGrid(const Matrix& points, Matrix& forces, const std::stop_token& stop)
{
    fitGrid<D>(points);
    sortIntoBands<D>(points);
    spread<D>(points, stop);
    m_grid->convolve(stop);
    return gather<D>(points, forces, stop);
}

namespace {

struct Bounds
{
    Eigen::RowVectorXf low;
    Eigen::RowVectorXf high;
};

Bounds boundsOf(const Matrix& points)
{
    constexpr Index kGrain = 1 << 14;
    std::vector<Bounds> parts(static_cast<std::size_t>(chunkCount(points.rows(), kGrain)));
    parallelChunks(points.rows(), kGrain, [&](Index chunk, Index begin, Index end) {
        const auto rows = points.middleRows(begin, end - begin);
        parts[static_cast<std::size_t>(chunk)] = {rows.colwise().minCoeff(), rows.colwise().maxCoeff()};
    });
    Bounds all = parts.front();
    for (const Bounds& part : parts) {
        all.low = all.low.cwiseMin(part.low);
        all.high = all.high.cwiseMax(part.high);
    }
    return all;
}

} // namespace

/// A grid that holds all points. It is kept while it is neither too small nor far too large.
template <int D>
void Repulsion::fitGrid(const Matrix& points)
{
    const auto [low, high] = boundsOf(points);
    const auto extent = static_cast<double>((high - low).maxCoeff());
    const double spacing = spacingFor(extent, D);
    const auto needed = static_cast<Index>(std::ceil(extent / spacing)) + 2 * kMargin + 2;
    if (!m_grid || spacing != m_spacing || m_grid->nodes() < needed || m_grid->nodes() > 2 * needed) {
        m_grid.reset();
        m_grid = std::make_unique<GridConvolution>(D, needed + needed / 16, spacing);
        m_spacing = spacing;
    }
    m_origin.setZero();
    m_origin.head<D>() = low - Eigen::RowVectorXf::Constant(D, static_cast<float>(kMargin * spacing));
}

/// A counting sort by the first coordinate; points of a band stay in their order.
template <int D>
void Repulsion::sortIntoBands(const Matrix& points)
{
    const auto bands = static_cast<std::size_t>(chunkCount(m_grid->nodes(), kBandNodes));
    const auto perSpacing = static_cast<float>(1 / m_spacing);
    const auto count = static_cast<std::size_t>(points.rows());
    m_bandOfPoint.resize(count);
    m_sorted.resize(count);
    m_bandStarts.assign(bands + 1, 0);
    for (std::size_t i = 0; i < count; ++i) {
        const float u = (points(static_cast<Index>(i), 0) - m_origin(0)) * perSpacing;
        m_bandOfPoint[i] = static_cast<std::uint16_t>(static_cast<Index>(u) / kBandNodes);
        ++m_bandStarts[m_bandOfPoint[i] + 1U];
    }
    std::partial_sum(m_bandStarts.begin(), m_bandStarts.end(), m_bandStarts.begin());
    std::vector<Index> next(m_bandStarts.begin(), m_bandStarts.end() - 1);
    for (std::size_t i = 0; i < count; ++i)
        m_sorted[static_cast<std::size_t>(next[m_bandOfPoint[i]]++)] = static_cast<std::int32_t>(i);
}

namespace {

template <int D>
void spreadPoint(const float* point, const Eigen::RowVector3f& origin, float perSpacing, GridConvolution& grid)
{
    const Place<D> place(point, origin, perSpacing);
    const Eigen::Array4f inner = splineWeights(place.t(D - 1));
    const Eigen::Array4f outer = splineWeights(place.t(0));
    const auto addRows = [&](float* rows, const Eigen::Array4f& weights) {
        for (Index a = 0; a < 4; ++a)
            Eigen::Map<Eigen::Array4f>(rows + a * grid.rowPitch()) += weights(a) * inner;
    };
    if constexpr (D == 2) {
        addRows(grid.data() + place.first(0) * grid.rowPitch() + place.first(1), outer);
    } else {
        const Eigen::Array4f middle = splineWeights(place.t(1));
        for (Index a = 0; a < 4; ++a) {
            const Index row = (place.first(0) + a) * grid.nodes() + place.first(1);
            addRows(grid.data() + row * grid.rowPitch() + place.first(2), outer(a) * middle);
        }
    }
}

} // namespace

/// A point reaches into the next band: first the even bands all at once, then the odd ones.
template <int D>
void Repulsion::spread(const Matrix& points, const std::stop_token& stop)
{
    const Index floats = m_grid->rows() * m_grid->rowPitch();
    parallelFor(floats, 1 << 16,
                [&](Index begin, Index end) { std::fill(m_grid->data() + begin, m_grid->data() + end, 0.0F); });
    const auto bands = static_cast<Index>(m_bandStarts.size()) - 1;
    const auto perSpacing = static_cast<float>(1 / m_spacing);
    for (const Index parity : {0, 1})
        parallelFor((bands + 1 - parity) / 2, 1, [&](Index begin, Index) {
            const auto band = static_cast<std::size_t>(2 * begin + parity);
            if (stop.stop_requested())
                return;
            for (Index i = m_bandStarts[band]; i < m_bandStarts[band + 1]; ++i)
                spreadPoint<D>(points.row(m_sorted[static_cast<std::size_t>(i)]).data(), m_origin, perSpacing, *m_grid);
        });
}

namespace {

/// The potential at a point and its gradient in units of the spacing.
template <int D>
struct Field
{
    float potential = 0;
    Eigen::Vector<float, D> slope;
};

/// Along the last coordinate, of four rows that are weighted: with `weights` and with `slopes` of theirs.
struct Lines
{
    Eigen::Array4f value = Eigen::Array4f::Zero();
    Eigen::Array4f slope = Eigen::Array4f::Zero();

    Lines(const float* rows, Index pitch, const Eigen::Array4f& weights, const Eigen::Array4f& slopes)
    {
        for (Index a = 0; a < 4; ++a) {
            const Eigen::Map<const Eigen::Array4f> row(rows + a * pitch);
            value += weights(a) * row;
            slope += slopes(a) * row;
        }
    }
};

Field<2> fieldAt(const Place<2>& place, GridConvolution& grid)
{
    const Lines lines(grid.data() + place.first(0) * grid.rowPitch() + place.first(1), grid.rowPitch(),
                      splineWeights(place.t(0)), splineSlopes(place.t(0)));
    const Eigen::Array4f inner = splineWeights(place.t(1));
    return {(lines.value * inner).sum(), {(lines.slope * inner).sum(), (lines.value * splineSlopes(place.t(1))).sum()}};
}

Field<3> fieldAt(const Place<3>& place, GridConvolution& grid)
{
    const Eigen::Array4f outer = splineWeights(place.t(0));
    const Eigen::Array4f outerSlopes = splineSlopes(place.t(0));
    const Eigen::Array4f middle = splineWeights(place.t(1));
    const Eigen::Array4f middleSlopes = splineSlopes(place.t(1));
    Eigen::Array4f value = Eigen::Array4f::Zero();
    Eigen::Array4f byOuter = Eigen::Array4f::Zero();
    Eigen::Array4f byMiddle = Eigen::Array4f::Zero();
    for (Index a = 0; a < 4; ++a) {
        const Index row = (place.first(0) + a) * grid.nodes() + place.first(1);
        const Lines lines(grid.data() + row * grid.rowPitch() + place.first(2), grid.rowPitch(), middle, middleSlopes);
        value += outer(a) * lines.value;
        byOuter += outerSlopes(a) * lines.value;
        byMiddle += outer(a) * lines.slope;
    }
    const Eigen::Array4f inner = splineWeights(place.t(2));
    return {(value * inner).sum(),
            {(byOuter * inner).sum(), (byMiddle * inner).sum(), (value * splineSlopes(place.t(2))).sum()}};
}

} // namespace

template <int D>
double Repulsion::gather(const Matrix& points, Matrix& forces, const std::stop_token& stop)
{
    const auto perSpacing = static_cast<float>(1 / m_spacing);
    const double others = m_grid->constant() * static_cast<double>(points.rows()) - 1; // without the point itself
    std::vector<double> parts(static_cast<std::size_t>(chunkCount(points.rows(), kPointsPerChunk)));
    parallelChunks(points.rows(), kPointsPerChunk, [&](Index chunk, Index begin, Index end) {
        if (stop.stop_requested())
            return;
        double sum = 0;
        for (Index i = begin; i < end; ++i) {
            const Index point = m_sorted[static_cast<std::size_t>(i)];
            const Field<D> field = fieldAt(Place<D>(points.row(point).data(), m_origin, perSpacing), *m_grid);
            sum += static_cast<double>(field.potential) + others;
            for (int d = 0; d < D; ++d)
                forces(point, d) = -0.5F * perSpacing * field.slope(d);
        }
        parts[static_cast<std::size_t>(chunk)] = sum;
    });
    return sumInOrder(parts);
}

} // namespace embedscope
