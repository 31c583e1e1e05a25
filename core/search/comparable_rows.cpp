// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/comparable_rows.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

namespace embedscope::detail {

namespace {

constexpr Index kFloatsPerChunk = Index{1} << 17;
constexpr double kRounding = 0x1p-24; // largest relative error of one operation in float32

Index rowsPerChunk(Index dim)
{
    return std::max<Index>(1, kFloatsPerChunk / std::max<Index>(1, dim));
}

/// In float64: squares of very small or large numbers leave the range of float32.
Matrix unitRows(const ConstMatrixRef& points)
{
    Matrix out(points.rows(), points.cols());
    parallelFor(points.rows(), rowsPerChunk(points.cols()), [&](Index begin, Index end) {
        for (Index row = begin; row < end; ++row) {
            const Eigen::RowVectorXd exact = points.row(row).cast<double>();
            out.row(row) = (exact / exact.norm()).cast<float>();
        }
    });
    return out;
}

struct Spread
{
    Eigen::RowVectorXd mean;
    float largest = 0;
};

Spread spreadOf(const ConstMatrixRef& points)
{
    const Index grain = rowsPerChunk(points.cols());
    std::vector<Spread> parts(static_cast<std::size_t>(chunkCount(points.rows(), grain)));
    parallelChunks(points.rows(), grain, [&](Index chunk, Index begin, Index end) {
        auto& part = parts[static_cast<std::size_t>(chunk)];
        part.mean = Eigen::RowVectorXd::Zero(points.cols());
        for (Index row = begin; row < end; ++row)
            part.mean += points.row(row).cast<double>();
        if (points.cols() > 0)
            part.largest = points.middleRows(begin, end - begin).cwiseAbs().maxCoeff();
    });
    Spread out{Eigen::RowVectorXd::Zero(points.cols()), 0};
    for (const auto& part : parts) {
        out.mean += part.mean;
        out.largest = std::max(out.largest, part.largest);
    }
    out.mean /= static_cast<double>(std::max<Index>(1, points.rows()));
    return out;
}

/// A power of two that brings the largest value near 1, so that squares neither overflow nor vanish in float32.
float scaleFor(float largest)
{
    return largest > 0 ? std::ldexp(1.0F, -std::clamp(std::ilogb(largest), -125, 125)) : 1.0F;
}

/// The sum of term(a[k], b[k]) in float64, in as many partial sums as make it vectorise.
template <class Term>
double sumOf(const float* a, const float* b, Index dim, Term term)
{
    constexpr Index kParts = 8;
    std::array<double, kParts> sums{};
    Index k = 0;
    for (; k + kParts <= dim; k += kParts)
        for (Index i = 0; i < kParts; ++i)
            sums[static_cast<std::size_t>(i)] += term(static_cast<double>(a[k + i]), static_cast<double>(b[k + i]));
    double out = std::accumulate(sums.begin(), sums.end(), 0.0);
    for (; k < dim; ++k)
        out += term(static_cast<double>(a[k]), static_cast<double>(b[k]));
    return out;
}

} // namespace

ComparableRows::ComparableRows(const ConstMatrixRef& points, Metric metric)
    : m_metric(metric)
    , m_unit(metric == Metric::Cosine ? unitRows(points) : Matrix())
    , m_origin(metric == Metric::Cosine ? ConstMatrixRef(m_unit) : points)
    , m_rows(points.rows(), points.cols())
    , m_halves(static_cast<std::size_t>(points.rows()))
    , m_lengths(static_cast<std::size_t>(points.rows()))
{
    const Spread spread = spreadOf(m_origin);
    const float scale = scaleFor(spread.largest);
    m_scale = static_cast<double>(scale);
    m_mean = (spread.mean * m_scale).cast<float>();
    if (metric == Metric::Dot)
        m_mean.setZero();
    parallelFor(count(), rowsPerChunk(dim()), [&](Index begin, Index end) {
        for (Index row = begin; row < end; ++row) {
            m_rows.row(row) = m_origin.row(row) * scale - m_mean;
            const float square = m_rows.row(row).squaredNorm();
            m_halves[static_cast<std::size_t>(row)] = metric == Metric::Dot ? 0 : square / 2;
            m_lengths[static_cast<std::size_t>(row)] = std::sqrt(square);
        }
    });
    for (const float length : m_lengths)
        m_longest = std::max(m_longest, static_cast<double>(length));
}

double ComparableRows::exactKey(Index a, Index b) const
{
    const float* left = m_origin.data() + a * m_origin.outerStride();
    const float* right = m_origin.data() + b * m_origin.outerStride();
    const double key = m_metric == Metric::Dot
                           ? -sumOf(left, right, dim(), [](double x, double y) { return x * y; })
                           : sumOf(left, right, dim(), [](double x, double y) { return (x - y) * (x - y); }) / 2;
    return key * m_scale * m_scale;
}

double ComparableRows::errorBound(Index row, double key) const
{
    const auto length = static_cast<double>(m_lengths[static_cast<std::size_t>(row)]);
    const double rounding = static_cast<double>(dim() + 8) * kRounding;
    if (m_metric == Metric::Dot)
        return rounding * length * m_longest;
    // A point within the key is at most that much longer: |b| <= |a| + |b - a|.
    const double both = 2 * length + std::sqrt(2 * std::max(0.0, key));
    return rounding * both * both / 2;
}

float ComparableRows::distance(double key) const
{
    constexpr auto kLargest = static_cast<double>(std::numeric_limits<float>::max());
    double out = key;
    if (m_metric == Metric::Euclidean)
        out = std::sqrt(2 * key) / m_scale;
    else
        out /= m_scale * m_scale;
    return static_cast<float>(std::clamp(out, -kLargest, kLargest));
}

} // namespace embedscope::detail
