// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/dot_shapes.h"

#include "ui/plot/colour_scale.h"

namespace embedscope {

namespace {

constexpr int kClasses = 8;
constexpr float kSmallest = 0.6F, kLargest = 2.2F;
constexpr float kFaintest = 0.2F;

/// From 0 to kClasses - 1.
int classOf(std::uint8_t index)
{
    return index == ColourScale::kMissing ? 0 : index * kClasses / ColourScale::kMissing;
}

float between(float first, float last, int step)
{
    return first + (last - first) * static_cast<float>(step) / (kClasses - 1);
}

} // namespace

DotShapes dotShapes(const std::vector<float>* sizes, const std::vector<float>* opacities)
{
    if (!sizes && !opacities)
        return {};
    DotShapes out;
    for (int size = 0; size < kClasses; ++size)
        for (int opacity = 0; opacity < kClasses; ++opacity)
            out.shapes.push_back(
                {sizes ? between(kSmallest, kLargest, size) : 1, opacities ? between(kFaintest, 1, opacity) : 1});
    const auto sizeOf = sizes ? colourScaleOf(*sizes).indices : std::vector<std::uint8_t>();
    const auto opacityOf = opacities ? colourScaleOf(*opacities).indices : std::vector<std::uint8_t>();
    auto shapes = std::make_shared<std::vector<std::uint8_t>>(sizes ? sizes->size() : opacities->size());
    for (std::size_t i = 0; i < shapes->size(); ++i) {
        const int size = sizes ? classOf(sizeOf[i]) : 0;
        const int opacity = opacities ? classOf(opacityOf[i]) : 0;
        (*shapes)[i] = static_cast<std::uint8_t>(size * kClasses + opacity);
    }
    out.shapeOfPoint = std::move(shapes);
    return out;
}

} // namespace embedscope
