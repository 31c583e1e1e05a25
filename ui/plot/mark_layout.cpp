// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/mark_layout.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace embedscope {

namespace {

constexpr double kGap = 4;      // between a line and its text
constexpr double kBetween = 10; // between two texts

} // namespace

std::vector<PlacedMark> placeMarks(const std::vector<MarkText>& marks, double left, double right, int lines)
{
    std::vector<double> freeFrom(static_cast<std::size_t>(lines), -std::numeric_limits<double>::infinity());
    std::vector<PlacedMark> placed;
    for (const MarkText& mark : marks) {
        const bool fits = mark.x + kGap + mark.width <= right;
        PlacedMark place{fits ? mark.x + kGap : std::max(left, mark.x - kGap - mark.width), -1};
        const auto line = std::ranges::find_if(freeFrom, [&](double from) { return from <= place.left; });
        if (line != freeFrom.end()) {
            place.line = static_cast<int>(line - freeFrom.begin());
            *line = place.left + mark.width + kBetween;
        }
        placed.push_back(place);
    }
    return placed;
}

std::vector<double> spreadLabels(std::vector<double> centres, double height, double top, double bottom)
{
    std::vector<std::size_t> order(centres.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return centres[i]; });
    // Down from the top, then up from the bottom for those that fell out.
    double free = top;
    for (const std::size_t i : order) {
        centres[i] = std::max(centres[i], free + height / 2);
        free = centres[i] + height / 2;
    }
    free = bottom;
    for (auto i = order.rbegin(); i != order.rend(); ++i) {
        centres[*i] = std::min(centres[*i], free - height / 2);
        free = centres[*i] - height / 2;
    }
    return centres;
}

} // namespace embedscope
