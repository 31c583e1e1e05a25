// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace embedscope {

/// The text of a vertical line, one line of text high.
struct MarkText
{
    double x = 0; // of the line, in pixels
    double width = 0;
};

struct PlacedMark
{
    double left = 0; // of the text, in pixels
    int line = -1;   // from the top, or -1 where no line has room: then the tooltip says it
    bool operator==(const PlacedMark&) const = default;
};

/// Places the texts of marks that come in the order of x, right of their line or left where the border is near, in the
/// first of `lines` lines where they touch no other text.
std::vector<PlacedMark> placeMarks(const std::vector<MarkText>& marks, double left, double right, int lines);

/// Moves labels of height `height`, wanted at `centres`, apart until none overlap, as little as it takes, inside
/// [top, bottom]; keeps their order from top to bottom. For the names at the ends of curves.
std::vector<double> spreadLabels(std::vector<double> centres, double height, double top, double bottom);

} // namespace embedscope
