// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/place_on_map.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

namespace embedscope {

namespace {

constexpr int kSteps = 60; // of bisection: far beyond the digits of a weight

/// exp(-precision * (d^2 - smallest d^2)), adding up to 1.
std::vector<double> weightsAt(const std::vector<double>& squares, double precision)
{
    std::vector<double> weights;
    for (const double square : squares)
        weights.push_back(std::exp(-precision * (square - squares.front())));
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    for (double& weight : weights)
        weight /= sum;
    return weights;
}

double entropyOf(const std::vector<double>& weights)
{
    double entropy = 0;
    for (const double weight : weights)
        entropy -= weight > 0 ? weight * std::log(weight) : 0;
    return entropy;
}

/// Squared distances, ascending; the precision at which the entropy is that of the perplexity.
std::vector<double> affinities(std::vector<double> squares, double perplexity)
{
    const double scale = squares.back() - squares.front();
    if (!(scale > 0))
        return std::vector<double>(squares.size(), 1.0 / static_cast<double>(squares.size()));
    for (double& square : squares)
        square /= scale;
    double low = 0;
    double high = 1e12;
    for (int step = 0; step < kSteps; ++step) {
        const double middle = low > 0 ? std::sqrt(low * high) : high * 1e-3;
        const bool tooWide = entropyOf(weightsAt(squares, middle)) > std::log(perplexity);
        (tooWide ? low : high) = middle;
    }
    return weightsAt(squares, high);
}

double distanceOf(const Neighbor& neighbor, Metric metric)
{
    return metric == Metric::Cosine      ? std::max(0.0, 1 - neighbor.score)
           : metric == Metric::Euclidean ? neighbor.score
                                         : -neighbor.score;
}

} // namespace

Result<MapPlace> placeOnMap(const ConstMatrixRef& points, const ConstMatrixRef& coordinates, const RowVector& vector,
                            const PlaceOptions& options, std::stop_token stop)
{
    if (coordinates.rows() != points.rows())
        return fail(ErrorCode::ShapeMismatch,
                    {"Coordinates", std::to_string(points.rows()) + " rows", std::to_string(coordinates.rows())});
    auto nearest = nearestRows(points, vector, std::max<Index>(1, options.k), options.metric, {}, stop);
    if (!nearest)
        return fail(nearest.error());
    if (nearest->empty())
        return fail(ErrorCode::ValueRefused, {"Points on the map", "0", "1 or more"});
    std::vector<double> squares;
    for (const Neighbor& neighbor : *nearest) {
        const double distance = distanceOf(neighbor, options.metric);
        squares.push_back(options.metric == Metric::Dot ? distance : distance * distance);
    }
    MapPlace out;
    out.weights = affinities(std::move(squares), std::max(1.0, options.perplexity));
    Eigen::RowVectorXd place = Eigen::RowVectorXd::Zero(coordinates.cols());
    for (std::size_t i = 0; i < nearest->size(); ++i)
        place += out.weights[i] * coordinates.row((*nearest)[i].row).cast<double>();
    out.place = place.cast<float>();
    out.neighbors = *std::move(nearest);
    return out;
}

} // namespace embedscope
