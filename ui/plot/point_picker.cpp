// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/point_picker.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <array>
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

/// Eight points, coordinate by coordinate, for loops that the compiler makes vector instructions of.
constexpr Index kLanes = 8;
using Lane = std::array<float, kLanes>;

struct Points
{
    std::array<Lane, 3> at{}; // x, y, z
};

/// The first `kColumns` coordinates of up to kLanes rows; the last one again where there are fewer. A row that is not
/// finite is NaN in all of them: then it is neither less nor more than anything.
template <std::size_t kColumns>
Points load(const float* rows, Index stride, Index count)
{
    Points points;
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
        const float* row = rows + std::min(static_cast<Index>(lane), count - 1) * stride;
        for (std::size_t column = 0; column < kColumns; ++column)
            points.at[column][lane] = row[column];
    }
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
        float none = 0; // or NaN
        for (std::size_t column = 0; column < kColumns; ++column)
            none += points.at[column][lane] - points.at[column][lane];
        for (std::size_t column = 0; column < kColumns; ++column)
            points.at[column][lane] += none;
    }
    return points;
}

inline void lower(Lane& low, const Lane& values)
{
    for (std::size_t lane = 0; lane < kLanes; ++lane)
        low[lane] = values[lane] < low[lane] ? values[lane] : low[lane];
}

inline void raise(Lane& high, const Lane& values)
{
    for (std::size_t lane = 0; lane < kLanes; ++lane)
        high[lane] = values[lane] > high[lane] ? values[lane] : high[lane];
}

struct Box
{
    std::array<float, 3> low{kInfinity, kInfinity, kInfinity};
    std::array<float, 3> high{-kInfinity, -kInfinity, -kInfinity};
};

/// Of the first `kColumns` columns.
template <std::size_t kColumns>
Box boxOf(const ConstMatrixRef& coordinates)
{
    std::vector<Box> boxes(static_cast<std::size_t>(chunkCount(coordinates.rows(), kGrain)));
    parallelChunks(coordinates.rows(), kGrain, [&](Index chunk, Index begin, Index end) {
        std::array<Lane, kColumns> low, high;
        for (std::size_t column = 0; column < kColumns; ++column) {
            low[column].fill(kInfinity);
            high[column].fill(-kInfinity);
        }
        const Index stride = coordinates.outerStride();
        for (Index i = begin; i < end; i += kLanes) {
            const Points points = load<kColumns>(coordinates.data() + i * stride, stride, end - i);
            for (std::size_t column = 0; column < kColumns; ++column) {
                lower(low[column], points.at[column]);
                raise(high[column], points.at[column]);
            }
        }
        for (std::size_t column = 0; column < kColumns; ++column) {
            boxes[static_cast<std::size_t>(chunk)].low[column] = *std::ranges::min_element(low[column]);
            boxes[static_cast<std::size_t>(chunk)].high[column] = *std::ranges::max_element(high[column]);
        }
    });
    Box all;
    for (const Box& box : boxes)
        for (std::size_t column = 0; column < kColumns; ++column) {
            all.low[column] = std::min(all.low[column], box.low[column]);
            all.high[column] = std::max(all.high[column], box.high[column]);
        }
    return all;
}

/// The largest squared distance from `centre`, in units of `unit` so that nothing overflows.
float farthestFrom(const ConstMatrixRef& coordinates, const std::array<float, 3>& centre, float unit)
{
    std::vector<float> squared(static_cast<std::size_t>(chunkCount(coordinates.rows(), kGrain)));
    parallelChunks(coordinates.rows(), kGrain, [&](Index chunk, Index begin, Index end) {
        Lane farthest{};
        const Index stride = coordinates.outerStride();
        for (Index i = begin; i < end; i += kLanes) {
            const Points points = load<3>(coordinates.data() + i * stride, stride, end - i);
            Lane distances{};
            for (std::size_t column = 0; column < 3; ++column)
                for (std::size_t lane = 0; lane < kLanes; ++lane) {
                    const float away = (points.at[column][lane] - centre[column]) / unit;
                    distances[lane] += away * away;
                }
            raise(farthest, distances);
        }
        squared[static_cast<std::size_t>(chunk)] = *std::ranges::max_element(farthest);
    });
    return *std::ranges::max_element(squared);
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
    std::array<float, 3> centre{};
    float unit = std::numeric_limits<float>::min();
    for (std::size_t column = 0; column < 3; ++column) {
        centre[column] = box.low[column] / 2 + box.high[column] / 2;
        unit = std::max(unit, box.high[column] / 2 - box.low[column] / 2);
    }
    return PointBall{Eigen::Vector3f(centre[0], centre[1], centre[2]),
                     unit * std::sqrt(farthestFrom(coordinates, centre, unit))};
}

} // namespace embedscope
