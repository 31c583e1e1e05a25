// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/colour_scale.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace embedscope {

namespace {

double valueAtShare(std::vector<float>& values, double share)
{
    const auto place = std::lround(share * static_cast<double>(values.size() - 1));
    const auto nth = values.begin() + place;
    std::nth_element(values.begin(), nth, values.end());
    return *nth;
}

} // namespace

ColourScale colourScaleOf(const std::vector<float>& values)
{
    ColourScale scale;
    std::vector<float> finite;
    std::ranges::copy_if(values, std::back_inserter(finite), [](float value) { return std::isfinite(value); });
    if (!finite.empty()) {
        scale.low = valueAtShare(finite, 0.01);
        scale.high = valueAtShare(finite, 0.99);
    }
    const double width = scale.high - scale.low;
    scale.indices.reserve(values.size());
    for (const float value : values) {
        const double t = width > 0 ? std::clamp((value - scale.low) / width, 0.0, 1.0) : 0.5;
        scale.indices.push_back(std::isfinite(value) ? static_cast<std::uint8_t>(std::lround(254 * t))
                                                     : ColourScale::kMissing);
    }
    return scale;
}

} // namespace embedscope
