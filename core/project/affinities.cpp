// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/affinities.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace embedscope {

namespace {

constexpr Index kRowsPerChunk = 256;
constexpr int kMostBisections = 100;
constexpr double kEntropyTolerance = 1e-5; // of scikit-learn

double squared(double distance, Metric metric)
{
    switch (metric) {
    case Metric::Euclidean:
        return distance * distance;
    case Metric::Cosine:
        return 2 * distance;
    case Metric::Dot:
        return distance;
    }
    return 0;
}

/// exp(-beta * d) of distances whose least is 0, in `weights`; returns the entropy in nats of them as probabilities.
double entropyAt(double beta, const Eigen::ArrayXd& distances, Eigen::ArrayXd& weights)
{
    weights = (-beta * distances).exp();
    const double sum = weights.sum(); // at least 1, by the nearest
    return std::log(sum) + beta * (distances * weights).sum() / sum;
}

/// Probabilities with the entropy log(perplexity). Equal distances have one entropy only, whatever the width.
void fitRow(Eigen::ArrayXd distances, double perplexity, Eigen::ArrayXd& weights)
{
    distances -= distances.minCoeff();
    const double wanted = std::log(perplexity);
    const double mean = distances.mean();
    double beta = mean > 0 ? 1 / mean : 1; // whatever the unit of the distances
    double low = 0;
    double high = std::numeric_limits<double>::infinity();
    for (int i = 0; i < kMostBisections; ++i) {
        const double difference = entropyAt(beta, distances, weights) - wanted;
        if (std::abs(difference) <= kEntropyTolerance)
            break;
        (difference > 0 ? low : high) = beta;
        beta = std::isinf(high) ? beta * 2 : (low + high) / 2;
    }
    weights /= weights.sum();
}

/// n x k, a row sums to 1.
Matrix conditional(const NeighborGraph& graph, double perplexity, const std::stop_token& stop, Progress& progress)
{
    Matrix out(graph.points(), graph.k());
    parallelFor(graph.points(), kRowsPerChunk / 4, [&](Index begin, Index end) {
        Eigen::ArrayXd distances(graph.k());
        Eigen::ArrayXd weights(graph.k());
        for (Index i = begin; i < end && !stop.stop_requested(); ++i) {
            for (Index j = 0; j < graph.k(); ++j)
                distances(j) = squared(static_cast<double>(graph.distances(i, j)), graph.metric);
            fitRow(distances, perplexity, weights);
            out.row(i) = weights.matrix().transpose().cast<float>();
        }
        progress.add(end - begin);
    });
    return out;
}

struct Entry
{
    std::int32_t column;
    float value;
};

/// For each point the points that have it as a neighbour, ascending, with their p.
struct Reverse
{
    std::vector<Index> offsets;
    std::vector<Entry> entries;
};

Reverse reverseOf(const NeighborGraph& graph, const Matrix& conditional, const std::stop_token& stop)
{
    Reverse out;
    out.offsets.assign(static_cast<std::size_t>(graph.points()) + 1, 0);
    for (const std::int32_t column : graph.rows.reshaped<Eigen::RowMajor>())
        ++out.offsets[static_cast<std::size_t>(column) + 1];
    std::partial_sum(out.offsets.begin(), out.offsets.end(), out.offsets.begin());
    std::vector<Index> next(out.offsets.begin(), out.offsets.end() - 1);
    out.entries.resize(static_cast<std::size_t>(out.offsets.back()));
    for (Index i = 0; i < graph.points() && !stop.stop_requested(); ++i)
        for (Index j = 0; j < graph.k(); ++j) {
            Index& place = next[static_cast<std::size_t>(graph.rows(i, j))];
            out.entries[static_cast<std::size_t>(place++)] = {static_cast<std::int32_t>(i), conditional(i, j)};
        }
    return out;
}

/// A row of p_j|i and p_i|j together: both sorted by column, equal columns added.
void mergeRow(std::vector<Entry>& own, std::span<const Entry> reverse, std::vector<Entry>& merged)
{
    std::ranges::sort(own, {}, &Entry::column);
    merged.clear();
    auto a = own.begin();
    auto b = reverse.begin();
    while (a != own.end() || b != reverse.end()) {
        if (b == reverse.end() || (a != own.end() && a->column < b->column)) {
            merged.push_back(*a++);
        } else if (a == own.end() || b->column < a->column) {
            merged.push_back(*b++);
        } else {
            merged.push_back({a->column, a->value + b->value});
            ++a;
            ++b;
        }
    }
}

class Symmetric
{
public:
    Symmetric(const NeighborGraph& graph, const Matrix& conditional, std::stop_token stop)
        : m_graph(graph)
        , m_conditional(conditional)
        , m_stop(std::move(stop))
        , m_reverse(reverseOf(graph, conditional, m_stop))
    {
    }

    /// Calls visit(row, entries) for the rows [begin, end); not for all of them on a stop request.
    template <class Visit>
    void forRows(Index begin, Index end, Visit&& visit) const
    {
        std::vector<Entry> own;
        std::vector<Entry> merged;
        for (Index i = begin; i < end && !m_stop.stop_requested(); ++i) {
            own.clear();
            for (Index j = 0; j < m_graph.k(); ++j)
                own.push_back({m_graph.rows(i, j), m_conditional(i, j)});
            const Index first = m_reverse.offsets[static_cast<std::size_t>(i)];
            const Index last = m_reverse.offsets[static_cast<std::size_t>(i) + 1];
            mergeRow(own,
                     std::span(m_reverse.entries)
                         .subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(last - first)),
                     merged);
            visit(i, merged);
        }
    }

private:
    const NeighborGraph& m_graph;
    const Matrix& m_conditional;
    std::stop_token m_stop;
    Reverse m_reverse;
};

float supervised(float value, std::int32_t a, std::int32_t b, double supervision)
{
    const auto left = static_cast<float>(1 - supervision);
    return a < 0 || b < 0 || a == b ? value : value * left * left;
}

/// In chunk order, so that the sum does not depend on the threads.
double sumOf(const std::vector<float>& values)
{
    constexpr Index kGrain = 1 << 16;
    const auto count = static_cast<Index>(values.size());
    std::vector<double> parts(static_cast<std::size_t>(chunkCount(count, kGrain)));
    parallelChunks(count, kGrain, [&](Index chunk, Index begin, Index end) {
        parts[static_cast<std::size_t>(chunk)] =
            std::accumulate(values.begin() + begin, values.begin() + end, 0.0,
                            [](double sum, float value) { return sum + static_cast<double>(value); });
    });
    return std::accumulate(parts.begin(), parts.end(), 0.0);
}

void scaleToOne(std::vector<float>& values)
{
    const double sum = sumOf(values);
    if (sum <= 0)
        return; // nothing attracts anything
    const auto factor = static_cast<float>(1 / sum);
    parallelFor(static_cast<Index>(values.size()), 1 << 16, [&](Index begin, Index end) {
        for (Index i = begin; i < end; ++i)
            values[static_cast<std::size_t>(i)] *= factor;
    });
}

} // namespace

double allowedPerplexity(double perplexity, Index points)
{
    return std::max(1.0, std::min(perplexity, static_cast<double>(points - 1) / 3));
}

Result<Affinities> affinitiesOf(const NeighborGraph& graph, double perplexity, std::span<const std::int32_t> labels,
                                double supervision, std::stop_token stop, Progress& progress)
{
    progress.start(graph.points());
    const Matrix probabilities = conditional(graph, allowedPerplexity(perplexity, graph.points()), stop, progress);
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    const Symmetric symmetric(graph, probabilities, stop);
    Affinities out;
    out.offsets.assign(static_cast<std::size_t>(graph.points()) + 1, 0);
    parallelFor(graph.points(), kRowsPerChunk, [&](Index begin, Index end) {
        symmetric.forRows(begin, end, [&](Index row, const std::vector<Entry>& entries) {
            out.offsets[static_cast<std::size_t>(row) + 1] = static_cast<Index>(entries.size());
        });
    });
    std::partial_sum(out.offsets.begin(), out.offsets.end(), out.offsets.begin());
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    out.columns.resize(static_cast<std::size_t>(out.offsets.back()));
    out.values.resize(out.columns.size());
    parallelFor(graph.points(), kRowsPerChunk, [&](Index begin, Index end) {
        symmetric.forRows(begin, end, [&](Index row, const std::vector<Entry>& entries) {
            auto place = static_cast<std::size_t>(out.offsets[static_cast<std::size_t>(row)]);
            for (const Entry& entry : entries) {
                out.columns[place] = entry.column;
                out.values[place++] = labels.empty()
                                          ? entry.value
                                          : supervised(entry.value, labels[static_cast<std::size_t>(row)],
                                                       labels[static_cast<std::size_t>(entry.column)], supervision);
            }
        });
    });
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    scaleToOne(out.values);
    return out;
}

Affinities reordered(const Affinities& affinities, std::span<const std::int32_t> order, const std::stop_token& stop)
{
    const auto& offsets = affinities.offsets;
    std::vector<std::int32_t> placeOf(order.size());
    Affinities out;
    out.offsets.assign(order.size() + 1, 0);
    for (std::size_t i = 0; i < order.size(); ++i) {
        const auto old = static_cast<std::size_t>(order[i]);
        placeOf[old] = static_cast<std::int32_t>(i);
        out.offsets[i + 1] = out.offsets[i] + offsets[old + 1] - offsets[old];
    }
    out.columns.resize(affinities.columns.size());
    out.values.resize(affinities.values.size());
    parallelFor(static_cast<Index>(order.size()), kRowsPerChunk, [&](Index begin, Index end) {
        for (Index i = begin; i < end && !stop.stop_requested(); ++i) {
            auto to = static_cast<std::size_t>(out.offsets[static_cast<std::size_t>(i)]);
            const auto old = static_cast<std::size_t>(order[static_cast<std::size_t>(i)]);
            for (auto from = static_cast<std::size_t>(offsets[old]); from < static_cast<std::size_t>(offsets[old + 1]);
                 ++from, ++to) {
                out.columns[to] = placeOf[static_cast<std::size_t>(affinities.columns[from])];
                out.values[to] = affinities.values[from];
            }
        }
    });
    return out;
}

} // namespace embedscope
