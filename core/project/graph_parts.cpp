// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/graph_parts.h"

#include <algorithm>

namespace embedscope {

namespace {

constexpr std::size_t kPointsPerLook = 1024;

} // namespace

std::vector<std::vector<std::int32_t>> connectedParts(const FuzzyGraph& graph, const std::stop_token& stop)
{
    const std::size_t points = graph.offsets.size() - 1;
    std::vector<bool> seen(points, false);
    std::vector<std::vector<std::int32_t>> parts;
    for (std::size_t first = 0; first < points; ++first) {
        if (seen[first])
            continue;
        std::vector<std::int32_t> part{static_cast<std::int32_t>(first)};
        seen[first] = true;
        for (std::size_t next = 0; next < part.size(); ++next) {
            if (next % kPointsPerLook == 0 && stop.stop_requested())
                return parts;
            const auto point = static_cast<std::size_t>(part[next]);
            for (Index edge = graph.offsets[point]; edge < graph.offsets[point + 1]; ++edge) {
                const std::int32_t other = graph.columns[static_cast<std::size_t>(edge)];
                if (seen[static_cast<std::size_t>(other)])
                    continue;
                seen[static_cast<std::size_t>(other)] = true;
                part.push_back(other);
            }
        }
        std::sort(part.begin(), part.end());
        parts.push_back(std::move(part));
    }
    return parts;
}

FuzzyGraph partOf(const FuzzyGraph& graph, const std::vector<std::int32_t>& points)
{
    FuzzyGraph out;
    out.offsets.assign(1, 0);
    for (const std::int32_t point : points) {
        const auto row = static_cast<std::size_t>(point);
        for (auto edge = static_cast<std::size_t>(graph.offsets[row]);
             edge < static_cast<std::size_t>(graph.offsets[row + 1]); ++edge) {
            const auto place = std::lower_bound(points.begin(), points.end(), graph.columns[edge]);
            out.columns.push_back(static_cast<std::int32_t>(place - points.begin()));
            out.weights.push_back(graph.weights[edge]);
        }
        out.offsets.push_back(static_cast<Index>(out.columns.size()));
    }
    return out;
}

FuzzyGraph strongEdges(const FuzzyGraph& graph, Index epochs, const std::stop_token& stop)
{
    const float largest = graph.weights.empty() ? 0 : *std::max_element(graph.weights.begin(), graph.weights.end());
    const float least = largest / static_cast<float>(epochs);
    FuzzyGraph out;
    out.offsets.assign(1, 0);
    for (std::size_t row = 0; row + 1 < graph.offsets.size(); ++row) {
        if (row % kPointsPerLook == 0 && stop.stop_requested())
            return out;
        for (auto edge = static_cast<std::size_t>(graph.offsets[row]);
             edge < static_cast<std::size_t>(graph.offsets[row + 1]); ++edge) {
            if (graph.weights[edge] < least)
                continue;
            out.columns.push_back(graph.columns[edge]);
            out.weights.push_back(graph.weights[edge]);
        }
        out.offsets.push_back(static_cast<Index>(out.columns.size()));
    }
    return out;
}

} // namespace embedscope
