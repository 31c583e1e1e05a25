// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace embedscope {

/// Numbers as indices into a table of 256 colours: 0 for `low` and below, 254 for `high` and above, 255 for those that
/// are not finite.
struct ColourScale
{
    static constexpr std::uint8_t kMissing = 255;

    double low = 0;
    double high = 1;
    std::vector<std::uint8_t> indices;
};

/// From the 1st to the 99th percentile of the finite values, so that a few far values do not take all the colours;
/// around zero: from minus to plus the 99th percentile of the absolute values, so that 0 is in the middle.
enum class ColourRange { Percentiles, AroundZero };

/// Above kMostRanked values the percentiles are those of a sample, evenly spaced by row.
constexpr std::size_t kMostRanked = 400'000;
ColourScale colourScaleOf(const std::vector<float>& values, ColourRange range = ColourRange::Percentiles);

} // namespace embedscope
