// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/statistics.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <numeric>

namespace embedscope {

namespace {

constexpr Index kRowsPerChunk = 4096;

std::vector<float> finiteSorted(const std::vector<float>& values)
{
    std::vector<float> out;
    out.reserve(values.size());
    std::copy_if(values.begin(), values.end(), std::back_inserter(out), [](float v) { return std::isfinite(v); });
    std::sort(out.begin(), out.end());
    return out;
}

} // namespace

std::vector<float> rowNorms(const ConstMatrixRef& weights)
{
    std::vector<float> norms(static_cast<std::size_t>(weights.rows()));
    parallelFor(weights.rows(), kRowsPerChunk, [&](Index begin, Index end) {
        for (Index row = begin; row < end; ++row)
            norms[static_cast<std::size_t>(row)] = static_cast<float>(weights.row(row).cast<double>().norm());
    });
    return norms;
}

Index rowsAboveNorm(const ConstMatrixRef& weights, double limit, double p)
{
    std::vector<Index> found(static_cast<std::size_t>(chunkCount(weights.rows(), kRowsPerChunk)), 0);
    parallelChunks(weights.rows(), kRowsPerChunk, [&](Index chunk, Index begin, Index end) {
        for (Index row = begin; row < end; ++row) {
            const auto values = weights.row(row).cast<double>().array().abs();
            const double norm = std::isinf(p) ? values.maxCoeff() : std::pow(values.pow(p).sum(), 1 / p);
            found[static_cast<std::size_t>(chunk)] += norm > limit ? 1 : 0;
        }
    });
    return std::accumulate(found.begin(), found.end(), Index{0});
}

NormSummary summarize(const std::vector<float>& norms)
{
    const auto sorted = finiteSorted(norms);
    if (sorted.empty())
        return {};
    double sum = 0;
    for (const float norm : sorted)
        sum += static_cast<double>(norm);
    const std::size_t n = sorted.size();
    const double middle = static_cast<double>(sorted[n / 2]);
    const double median = n % 2 == 1 ? middle : (middle + static_cast<double>(sorted[n / 2 - 1])) / 2;
    return {static_cast<double>(sorted.front()), median, sum / static_cast<double>(n),
            static_cast<double>(sorted.back())};
}

TableStatistics statisticsOf(const EmbeddingTable& table)
{
    TableStatistics out;
    out.norms = rowNorms(table.weights());
    out.norm = summarize(out.norms);
    out.duplicateTokens = table.vocabulary().duplicates();
    // A norm may overflow to infinity without an infinity in the row; such a row is reported as well, it cannot be
    // used.
    for (const float norm : out.norms) {
        out.zeroRows += norm == 0.0F ? 1 : 0;
        out.nanRows += std::isfinite(norm) ? 0 : 1;
    }
    return out;
}

double normPercentile(const std::vector<float>& sortedNorms, float norm)
{
    if (sortedNorms.empty())
        return 0;
    const auto above = std::upper_bound(sortedNorms.begin(), sortedNorms.end(), norm);
    return static_cast<double>(above - sortedNorms.begin()) / static_cast<double>(sortedNorms.size());
}

Histogram histogramOf(const std::vector<float>& values, int bins)
{
    Histogram out;
    out.counts.assign(static_cast<std::size_t>(std::max(bins, 1)), 0);
    float low = std::numeric_limits<float>::infinity();
    float high = -low;
    for (const float value : values) {
        if (std::isfinite(value)) {
            low = std::min(low, value);
            high = std::max(high, value);
        }
    }
    if (low > high)
        return out;
    // Wider around a huge single value, where float64 cannot tell value and value + 0.5 apart.
    const double margin = low == high ? std::max(0.5, std::abs(static_cast<double>(low)) * 1e-6) : 0;
    out.low = static_cast<double>(low) - margin;
    out.high = static_cast<double>(high) + margin;
    const double scale = static_cast<double>(out.counts.size()) / (out.high - out.low);
    for (const float value : values) {
        if (!std::isfinite(value))
            continue;
        const auto bin = static_cast<std::size_t>((static_cast<double>(value) - out.low) * scale);
        ++out.counts[std::min(bin, out.counts.size() - 1)];
    }
    return out;
}

} // namespace embedscope
