// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/umap_bandwidth.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

namespace embedscope {

namespace {

constexpr double kTolerance = 1e-5;     // of the sum of strengths
constexpr int kHalvings = 64;           // of the search for sigma
constexpr double kSmallestScale = 1e-3; // sigma is at least this share of the mean distance
constexpr Index kRowsPerChunk = 256;

using Distances = std::span<const float>; // ascending

/// The distance at which `local_connectivity` neighbours are certain; between two of them where it is no whole number.
/// Neighbours in the same place as the point do not count.
float nearestDistance(Distances distances, double localConnectivity, bool zeroCounts)
{
    const auto first = zeroCounts ? distances.begin() : std::upper_bound(distances.begin(), distances.end(), 0.0F);
    const Distances apart(first, distances.end());
    if (apart.empty())
        return 0;
    if (static_cast<double>(apart.size()) < localConnectivity)
        return apart.back();
    const auto place = static_cast<std::size_t>(localConnectivity);
    const double rest = localConnectivity - static_cast<double>(place);
    if (place == 0)
        return static_cast<float>(rest) * apart[0];
    if (rest <= kTolerance)
        return apart[place - 1];
    return apart[place - 1] + static_cast<float>(rest) * (apart[place] - apart[place - 1]);
}

double sumOfStrengths(Distances distances, float rho, double sigma)
{
    double sum = 0;
    for (const float distance : distances)
        sum += distance > rho ? std::exp(-static_cast<double>(distance - rho) / sigma) : 1;
    return sum;
}

double findSigma(Distances distances, float rho)
{
    const double target = std::log2(static_cast<double>(distances.size() + 1));
    double low = 0;
    double high = std::numeric_limits<double>::infinity();
    double sigma = 1;
    for (int i = 0; i < kHalvings; ++i) {
        const double sum = sumOfStrengths(distances, rho, sigma);
        if (std::abs(sum - target) < kTolerance)
            break;
        (sum > target ? high : low) = sigma;
        sigma = std::isinf(high) ? 2 * sigma : (low + high) / 2;
    }
    return sigma;
}

/// umap-learn counts the point itself, at distance 0, among those whose distances are averaged.
double meanDistance(const Matrix& distances, Index row, float origin)
{
    const double sum = (distances.row(row).cast<double>().array() - static_cast<double>(origin)).sum();
    return sum / static_cast<double>(distances.cols() + 1);
}

} // namespace

Result<UmapBandwidths> umapBandwidths(const NeighborGraph& graph, double localConnectivity, std::stop_token stop)
{
    const auto points = static_cast<std::size_t>(graph.points());
    const auto k = static_cast<std::size_t>(graph.k());
    const bool dot = graph.metric == Metric::Dot;
    UmapBandwidths out{std::vector<float>(points), std::vector<float>(points)};
    std::vector<double> means(points);
    parallelFor(graph.points(), kRowsPerChunk, [&](Index begin, Index end) {
        for (Index i = begin; i < end && !stop.stop_requested(); ++i) {
            const auto point = static_cast<std::size_t>(i);
            const Distances distances(graph.distances.data() + point * k, k);
            out.rho[point] = nearestDistance(distances, localConnectivity, dot);
            out.sigma[point] = static_cast<float>(findSigma(distances, out.rho[point]));
            means[point] = k > 0 ? meanDistance(graph.distances, i, dot ? distances[0] : 0) : 0;
        }
    });
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    double mean = 0;
    for (const double one : means)
        mean += one / static_cast<double>(points);
    for (std::size_t i = 0; i < points; ++i) {
        const double typical = out.rho[i] > 0 || dot ? means[i] : mean;
        out.sigma[i] = std::max(out.sigma[i], static_cast<float>(kSmallestScale * typical));
    }
    return out;
}

float membership(float distance, float rho, float sigma)
{
    return distance <= rho || sigma == 0 ? 1.0F : std::exp(-((distance - rho) / sigma));
}

} // namespace embedscope
