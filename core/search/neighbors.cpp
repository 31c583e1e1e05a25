// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/neighbors.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <utility>

namespace embedscope {

namespace {

constexpr Index kFloatsPerChunk = Index{1} << 18; // 1 MiB of weights: far below 5 ms, far above the cost of a task
constexpr double kLeftOut = -std::numeric_limits<double>::infinity();

/// Squares outside this range may have lost digits or overflowed in float32; such rows are scored again in float64.
bool isSafeSquare(float square)
{
    return square > 1e-30F && square < 1e30F;
}

/// The larger, the nearer: cosine, dot product, or minus the squared distance; kLeftOut for a row that takes no part.
class Scorer
{
public:
    Scorer(const ConstMatrixRef& weights, const RowVector& query, Metric metric)
        : m_weights(weights)
        , m_exact(query.cast<double>())
        , m_metric(metric)
    {
        if (metric == Metric::Cosine)
            m_exact.normalize();
        m_query = m_exact.cast<float>();
    }

    [[nodiscard]] double operator()(Index row) const
    {
        switch (m_metric) {
        case Metric::Cosine:
            return cosine(row);
        case Metric::Euclidean:
            return minusSquaredDistance(row);
        case Metric::Dot:
            return dot(row);
        }
        return kLeftOut;
    }

private:
    [[nodiscard]] double cosine(Index row) const
    {
        const float square = m_weights.row(row).squaredNorm();
        if (!isSafeSquare(square))
            return exactCosine(row);
        const double product = static_cast<double>(m_weights.row(row).dot(m_query));
        return std::clamp(product / std::sqrt(static_cast<double>(square)), -1.0, 1.0);
    }

    [[nodiscard]] double minusSquaredDistance(Index row) const
    {
        const float square = (m_weights.row(row) - m_query).squaredNorm();
        return isSafeSquare(square) ? -static_cast<double>(square) : exactMinusSquaredDistance(row);
    }

    [[nodiscard]] double dot(Index row) const
    {
        const float product = m_weights.row(row).dot(m_query);
        return std::isfinite(product) ? static_cast<double>(product) : exactDot(row);
    }

    [[nodiscard]] double exactCosine(Index row) const
    {
        const double norm = m_weights.row(row).cast<double>().norm();
        return norm > 0 && std::isfinite(norm) ? exactDot(row) / norm : kLeftOut;
    }

    [[nodiscard]] double exactMinusSquaredDistance(Index row) const
    {
        const double square = (m_weights.row(row).cast<double>() - m_exact).squaredNorm();
        return std::isfinite(square) ? -square : kLeftOut;
    }

    [[nodiscard]] double exactDot(Index row) const
    {
        const double product = m_weights.row(row).cast<double>().dot(m_exact);
        return std::isfinite(product) ? product : kLeftOut;
    }

    const ConstMatrixRef& m_weights;
    Eigen::RowVectorXd m_exact;
    RowVector m_query;
    Metric m_metric;
};

/// A strict order of all rows, so that an answer never depends on how the work was cut.
bool nearer(const Neighbor& a, const Neighbor& b)
{
    return a.score > b.score || (a.score == b.score && a.row < b.row);
}

/// The nearest k of the rows of one chunk, as a heap with the farthest on top.
class Best
{
public:
    Best(std::size_t k, const std::vector<Index>& excluded)
        : m_k(k)
        , m_excluded(excluded)
    {
    }

    void offer(const Neighbor& candidate)
    {
        if (m_heap.size() == m_k && !nearer(candidate, m_heap.front()))
            return;
        if (std::binary_search(m_excluded.begin(), m_excluded.end(), candidate.row))
            return;
        m_heap.push_back(candidate);
        std::push_heap(m_heap.begin(), m_heap.end(), nearer);
        if (m_heap.size() > m_k) {
            std::pop_heap(m_heap.begin(), m_heap.end(), nearer);
            m_heap.pop_back();
        }
    }

    [[nodiscard]] std::vector<Neighbor> take() { return std::move(m_heap); }

private:
    std::size_t m_k;
    const std::vector<Index>& m_excluded;
    std::vector<Neighbor> m_heap;
};

std::vector<Neighbor> merge(const std::vector<std::vector<Neighbor>>& parts, std::size_t k)
{
    std::vector<Neighbor> all;
    for (const auto& part : parts)
        all.insert(all.end(), part.begin(), part.end());
    const auto end = all.begin() + static_cast<std::ptrdiff_t>(std::min(k, all.size()));
    std::partial_sort(all.begin(), end, all.end(), nearer);
    all.erase(end, all.end());
    return all;
}

std::optional<Error> refusal(const ConstMatrixRef& weights, const RowVector& query, Metric metric)
{
    if (query.size() != weights.cols())
        return Error{ErrorCode::ShapeMismatch,
                     {"Query", std::to_string(weights.cols()) + " numbers", std::to_string(query.size())}};
    if (!query.allFinite())
        return Error{ErrorCode::ValueRefused, {"The query", "NaN or infinite", "only finite numbers can be compared"}};
    if (metric == Metric::Cosine && query.isZero(0))
        return Error{ErrorCode::ValueRefused,
                     {"The query", "zero", "a zero vector has no direction for the cosine to compare"}};
    return std::nullopt;
}

} // namespace

std::string_view metricName(Metric metric)
{
    switch (metric) {
    case Metric::Cosine:
        return "cosine";
    case Metric::Euclidean:
        return "euclidean";
    case Metric::Dot:
        return "dot";
    }
    return {};
}

std::optional<Metric> metricFromName(std::string_view name)
{
    for (const Metric metric : {Metric::Cosine, Metric::Euclidean, Metric::Dot})
        if (metricName(metric) == name)
            return metric;
    return std::nullopt;
}

Result<std::vector<Neighbor>> nearestRows(const ConstMatrixRef& weights, const RowVector& query, Index k, Metric metric,
                                          std::span<const Index> excluded, std::stop_token stop)
{
    if (const auto error = refusal(weights, query, metric))
        return fail(*error);
    if (k <= 0)
        return std::vector<Neighbor>{};
    std::vector<Index> left(excluded.begin(), excluded.end());
    std::sort(left.begin(), left.end());
    const Scorer score(weights, query, metric);
    const Index grain = std::max<Index>(1, kFloatsPerChunk / std::max<Index>(1, weights.cols()));
    std::vector<std::vector<Neighbor>> parts(static_cast<std::size_t>(chunkCount(weights.rows(), grain)));
    parallelChunks(weights.rows(), grain, [&](Index chunk, Index begin, Index end) {
        if (stop.stop_requested())
            return;
        Best best(static_cast<std::size_t>(k), left);
        for (Index row = begin; row < end; ++row)
            if (const double value = score(row); value > kLeftOut)
                best.offer({row, value});
        parts[static_cast<std::size_t>(chunk)] = best.take();
    });
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    auto nearest = merge(parts, static_cast<std::size_t>(k));
    if (metric == Metric::Euclidean)
        for (auto& neighbor : nearest)
            neighbor.score = std::sqrt(-neighbor.score);
    return nearest;
}

} // namespace embedscope
