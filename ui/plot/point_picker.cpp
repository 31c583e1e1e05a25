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
    float nearness = -kInfinity; // to the eye
    Index row = -1;

    [[nodiscard]] bool beats(const Nearest& other) const
    {
        return squared < other.squared || (squared == other.squared && nearness > other.nearness);
    }
};

/// How far points are from a pixel, and how near to the eye.
class Ruler
{
public:
    Ruler(const PixelTransform& transform, QPointF pixel, const PickRules& rules)
        : m_targetX(static_cast<float>(pixel.x()))
        , m_targetY(static_cast<float>(pixel.y()))
        , m_originX(static_cast<float>(transform.originX))
        , m_originY(static_cast<float>(transform.originY))
        , m_scaleX(static_cast<float>(transform.scaleX))
        , m_scaleY(static_cast<float>(transform.scaleY))
        , m_view(rules.view)
        , m_covered(static_cast<float>(rules.dotRadius * rules.dotRadius))
    {
    }

    [[nodiscard]] Nearest measure(const float* point, Index row) const
    {
        if (!m_view)
            return {squared(point[0], point[1]), 0, row};
        const Eigen::Vector3f seen = m_view->seen({point[0], point[1], point[2]});
        return {std::max(squared(seen[0], seen[1]), m_covered), seen[2], row};
    }

private:
    [[nodiscard]] float squared(float x, float y) const
    {
        const float dx = (x - m_originX) * m_scaleX - m_targetX, dy = (y - m_originY) * m_scaleY - m_targetY;
        return dx * dx + dy * dy;
    }

    float m_targetX, m_targetY, m_originX, m_originY, m_scaleX, m_scaleY;
    const SolidView* m_view;
    float m_covered;
};

struct Box
{
    Eigen::Array3f low = Eigen::Array3f::Constant(kInfinity);
    Eigen::Array3f high = Eigen::Array3f::Constant(-kInfinity);
};

/// Of the first `kColumns` columns.
template <int kColumns>
Box boxOf(const ConstMatrixRef& coordinates)
{
    std::vector<Box> boxes(static_cast<std::size_t>(chunkCount(coordinates.rows(), kGrain)));
    parallelChunks(coordinates.rows(), kGrain, [&](Index chunk, Index begin, Index end) {
        Box box;
        for (Index i = begin; i < end; ++i) {
            Eigen::Array3f point = Eigen::Array3f::Zero();
            point.head<kColumns>() =
                Eigen::Map<const Eigen::Array<float, kColumns, 1>>(coordinates.data() + i * coordinates.outerStride());
            if (!point.isFinite().all())
                continue;
            box.low = box.low.min(point);
            box.high = box.high.max(point);
        }
        boxes[static_cast<std::size_t>(chunk)] = box;
    });
    Box all;
    for (const Box& box : boxes) {
        all.low = all.low.min(box.low);
        all.high = all.high.max(box.high);
    }
    return all;
}

} // namespace

std::optional<Index> nearestPoint(const ConstMatrixRef& coordinates, const PixelTransform& transform, QPointF pixel,
                                  double radius, const PickRules& rules)
{
    std::vector<Nearest> found(static_cast<std::size_t>(chunkCount(coordinates.rows(), kGrain)));
    const Ruler ruler(transform, pixel, rules);
    parallelChunks(coordinates.rows(), kGrain, [&](Index chunk, Index begin, Index end) {
        Nearest best;
        for (Index i = begin; i < end; ++i) {
            const Nearest other = ruler.measure(coordinates.data() + i * coordinates.outerStride(), i);
            if (other.beats(best) && (rules.hidden.empty() || rules.hidden[static_cast<std::size_t>(i)] == 0))
                best = other;
        }
        found[static_cast<std::size_t>(chunk)] = best;
    });
    Nearest best;
    for (const Nearest& other : found)
        if (other.beats(best))
            best = other;
    const double reach = std::max(radius, rules.view ? rules.dotRadius : 0);
    if (best.row < 0 || best.squared > static_cast<float>(reach * reach))
        return std::nullopt;
    return best.row;
}

std::optional<QRectF> boundsOf(const ConstMatrixRef& coordinates)
{
    const Box box = boxOf<2>(coordinates);
    if (box.low[0] > box.high[0])
        return std::nullopt;
    return QRectF(QPointF(box.low[0], box.low[1]), QPointF(box.high[0], box.high[1]));
}

std::optional<PointBall> ballOf(const ConstMatrixRef& coordinates)
{
    const Box box = boxOf<3>(coordinates);
    if (box.low[0] > box.high[0])
        return std::nullopt;
    const Eigen::Array3f centre = box.low + (box.high - box.low) / 2;
    std::vector<double> squared(static_cast<std::size_t>(chunkCount(coordinates.rows(), kGrain)));
    parallelChunks(coordinates.rows(), kGrain, [&](Index chunk, Index begin, Index end) {
        double farthest = 0;
        for (Index i = begin; i < end; ++i) {
            const Eigen::Map<const Eigen::Array3f> point(coordinates.data() + i * coordinates.outerStride());
            if (point.isFinite().all())
                farthest = std::max(farthest, (point - centre).cast<double>().square().sum());
        }
        squared[static_cast<std::size_t>(chunk)] = farthest;
    });
    const double radius = std::sqrt(*std::ranges::max_element(squared));
    return PointBall{centre, static_cast<float>(radius)};
}

} // namespace embedscope
