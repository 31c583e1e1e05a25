// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/point_picker.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace embedscope {

namespace {

constexpr Index kGrain = 65536;
constexpr float kInfinity = std::numeric_limits<float>::infinity();

struct Nearest
{
    float squared = kInfinity;
    Index row = -1;
};

struct Box
{
    float left = kInfinity;
    float right = -kInfinity;
    float top = kInfinity;
    float bottom = -kInfinity;
};

Box united(const Box& a, const Box& b)
{
    return {std::min(a.left, b.left), std::max(a.right, b.right), std::min(a.top, b.top), std::max(a.bottom, b.bottom)};
}

} // namespace

std::optional<Index> nearestPoint(const ConstMatrixRef& coordinates, const PixelTransform& transform, QPointF pixel,
                                  double radius)
{
    std::vector<Nearest> found(static_cast<std::size_t>(chunkCount(coordinates.rows(), kGrain)));
    const auto targetX = static_cast<float>(pixel.x()), targetY = static_cast<float>(pixel.y());
    const auto originX = static_cast<float>(transform.originX), originY = static_cast<float>(transform.originY);
    const auto scaleX = static_cast<float>(transform.scaleX), scaleY = static_cast<float>(transform.scaleY);
    parallelChunks(coordinates.rows(), kGrain, [&](Index chunk, Index begin, Index end) {
        Nearest best;
        for (Index i = begin; i < end; ++i) {
            const float* point = coordinates.data() + i * coordinates.outerStride();
            const float dx = (point[0] - originX) * scaleX - targetX;
            const float dy = (point[1] - originY) * scaleY - targetY;
            const float squared = dx * dx + dy * dy;
            if (squared < best.squared)
                best = {squared, i};
        }
        found[static_cast<std::size_t>(chunk)] = best;
    });
    const auto best = std::ranges::min_element(found, {}, &Nearest::squared);
    if (best == found.end() || best->row < 0 || best->squared > static_cast<float>(radius * radius))
        return std::nullopt;
    return best->row;
}

std::optional<QRectF> boundsOf(const ConstMatrixRef& coordinates)
{
    std::vector<Box> boxes(static_cast<std::size_t>(chunkCount(coordinates.rows(), kGrain)));
    parallelChunks(coordinates.rows(), kGrain, [&](Index chunk, Index begin, Index end) {
        Box box;
        for (Index i = begin; i < end; ++i) {
            const float x = coordinates(i, 0), y = coordinates(i, 1);
            if (std::isfinite(x) && std::isfinite(y))
                box = united(box, {x, x, y, y});
        }
        boxes[static_cast<std::size_t>(chunk)] = box;
    });
    Box all;
    for (const Box& box : boxes)
        all = united(all, box);
    if (all.left > all.right)
        return std::nullopt;
    return QRectF(QPointF(all.left, all.top), QPointF(all.right, all.bottom));
}

} // namespace embedscope
