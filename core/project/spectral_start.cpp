// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/spectral_start.h"

#include "core/base/random.h"
#include "core/project/graph_parts.h"
#include "core/project/spectral_vectors.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace embedscope {

namespace {

/// One row a part: on the axes, to both sides, or on a grid with the first part in a corner.
Matrix placesOfParts(Index parts, Index dims)
{
    Matrix out = Matrix::Zero(parts, dims);
    if (parts <= 2 * dims) {
        const Index half = (parts + 1) / 2;
        for (Index part = 0; part < parts; ++part)
            out(part, part % half) = part < half ? 1 : -1;
        return out;
    }
    const auto side =
        static_cast<Index>(std::ceil(std::pow(static_cast<double>(parts), 1.0 / static_cast<double>(dims))));
    for (Index part = 0; part < parts; ++part)
        for (Index d = 0, rest = part; d < dims; ++d, rest /= side)
            out(part, d) = static_cast<float>(rest % side);
    return out;
}

/// Half the distance to the nearest other part.
float roomOf(const Matrix& places, Index part)
{
    float least = std::numeric_limits<float>::infinity();
    for (Index other = 0; other < places.rows(); ++other)
        if (other != part)
            least = std::min(least, (places.row(part) - places.row(other)).norm());
    return least / 2;
}

void makeLargestPositive(Matrix& vectors)
{
    for (Index column = 0; column < vectors.cols(); ++column) {
        Index largest = 0;
        vectors.col(column).cwiseAbs().maxCoeff(&largest);
        if (vectors(largest, column) < 0)
            vectors.col(column) *= -1;
    }
}

Result<Matrix> layoutOfPart(const FuzzyGraph& part, Index dims, Random& random, std::stop_token stop)
{
    const auto points = static_cast<Index>(part.offsets.size()) - 1;
    if (points < 2 * dims || points <= dims + 1) {
        Matrix scattered(points, dims);
        for (float& value : scattered.reshaped<Eigen::RowMajor>())
            value = random.uniform(-1.0F, 1.0F);
        return scattered;
    }
    auto vectors = spectralVectors(part, dims, random.next(), stop);
    if (!vectors)
        return vectors;
    makeLargestPositive(*vectors);
    return vectors;
}

} // namespace

Result<Matrix> spectralStart(const FuzzyGraph& graph, Index dims, std::uint64_t seed, std::stop_token stop,
                             Progress& progress)
{
    const auto points = static_cast<Index>(graph.offsets.size()) - 1;
    const auto parts = connectedParts(graph, stop);
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    Random random(seed);
    progress.start(points);
    if (parts.size() == 1)
        return layoutOfPart(graph, dims, random, stop);
    const Matrix places = placesOfParts(static_cast<Index>(parts.size()), dims);
    Matrix out(points, dims);
    for (Index part = 0; part < places.rows(); ++part) {
        const auto& members = parts[static_cast<std::size_t>(part)];
        const auto layout = layoutOfPart(partOf(graph, members), dims, random, stop);
        if (!layout)
            return layout;
        const float scale = roomOf(places, part) / std::max(layout->rowwise().norm().maxCoeff(), 1e-30F);
        for (Index i = 0; i < layout->rows(); ++i)
            out.row(members[static_cast<std::size_t>(i)]) = places.row(part) + scale * layout->row(i);
        progress.add(layout->rows());
    }
    return out;
}

} // namespace embedscope
