// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/colour_scale.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <cmath>

namespace embedscope {

namespace {

constexpr Index kGrain = 65536;

double valueAtShare(std::vector<float>& values, double share)
{
    const auto place = std::lround(share * static_cast<double>(values.size() - 1));
    const auto nth = values.begin() + place;
    std::nth_element(values.begin(), nth, values.end());
    return *nth;
}

} // namespace

ColourScale colourScaleOf(const std::vector<float>& values, ColourRange range)
{
    ColourScale scale;
    std::vector<float> ranked;
    const bool aroundZero = range == ColourRange::AroundZero;
    for (std::size_t i = 0, step = (values.size() + kMostRanked - 1) / kMostRanked; i < values.size(); i += step)
        if (std::isfinite(values[i]))
            ranked.push_back(aroundZero ? std::abs(values[i]) : values[i]);
    if (!ranked.empty()) {
        scale.high = valueAtShare(ranked, 0.99);
        scale.low = aroundZero ? -scale.high : valueAtShare(ranked, 0.01);
    }
    const double width = scale.high - scale.low;
    scale.indices.resize(values.size());
    parallelFor(static_cast<Index>(values.size()), kGrain, [&](Index begin, Index end) {
        for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
            const double t =
                width > 0 ? std::clamp((static_cast<double>(values[i]) - scale.low) / width, 0.0, 1.0) : 0.5;
            scale.indices[i] =
                std::isfinite(values[i]) ? static_cast<std::uint8_t>(254 * t + 0.5) : ColourScale::kMissing;
        }
    });
    return scale;
}

} // namespace embedscope
