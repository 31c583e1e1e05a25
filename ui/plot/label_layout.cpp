// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/label_layout.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace embedscope {

namespace {

/// Boxes sorted into square cells, so that a new one is compared with its surroundings only.
class BoxGrid
{
public:
    explicit BoxGrid(const QRectF& area)
        : m_corner(area.topLeft())
        , m_columns(std::max(1, static_cast<int>(std::ceil(area.width() / kCell))))
        , m_rows(std::max(1, static_cast<int>(std::ceil(area.height() / kCell))))
        , m_cells(static_cast<std::size_t>(m_columns * m_rows))
    {
    }

    void insert(const QRectF& box)
    {
        forEachCell(box, [&](std::vector<QRectF>& cell) {
            cell.push_back(box);
            return false;
        });
    }

    [[nodiscard]] bool overlaps(const QRectF& box)
    {
        return forEachCell(box, [&](const std::vector<QRectF>& cell) {
            return std::ranges::any_of(cell, [&](const QRectF& other) { return other.intersects(box); });
        });
    }

private:
    static constexpr double kCell = 64;

    [[nodiscard]] static int cellAt(double position, int count)
    {
        return static_cast<int>(std::clamp(std::floor(position / kCell), 0.0, count - 1.0));
    }

    // Boxes beyond the area count to the cells at its border. Stops where `visit` says true.
    template <class Visit>
    bool forEachCell(const QRectF& box, Visit&& visit)
    {
        const QRectF moved = box.translated(-m_corner);
        const int lastX = cellAt(moved.right(), m_columns), lastY = cellAt(moved.bottom(), m_rows);
        for (int y = cellAt(moved.top(), m_rows); y <= lastY; ++y)
            for (int x = cellAt(moved.left(), m_columns); x <= lastX; ++x)
                if (visit(m_cells[static_cast<std::size_t>(y * m_columns + x)]))
                    return true;
        return false;
    }

    QPointF m_corner;
    int m_columns;
    int m_rows;
    std::vector<std::vector<QRectF>> m_cells;
};

std::array<QPointF, 4> offsetsFor(QSizeF size, double gap)
{
    const double middleX = -size.width() / 2, middleY = -size.height() / 2;
    return {QPointF(gap, middleY), QPointF(-gap - size.width(), middleY), QPointF(middleX, -gap - size.height()),
            QPointF(middleX, gap)};
}

class Placer
{
public:
    explicit Placer(const LabelLayout& layout)
        : m_layout(layout)
        , m_grid(layout.area)
    {
        for (const QRectF& obstacle : layout.obstacles)
            m_grid.insert(obstacle);
    }

    std::optional<QRectF> place(const LabelCandidate& candidate, QSizeF size)
    {
        std::optional<QRectF> box = freeBox(candidate, size);
        if (!box && candidate.always)
            box = QRectF(candidate.anchor + offsetsFor(size, m_layout.dotGap).front(), size);
        if (box)
            m_grid.insert(padded(*box));
        return box;
    }

private:
    // Each text carries half of the space between two.
    [[nodiscard]] QRectF padded(const QRectF& box) const
    {
        const double half = m_layout.padding / 2;
        return box.adjusted(-half, -half, half, half);
    }

    [[nodiscard]] bool isFree(const QRectF& box) { return !m_grid.overlaps(padded(box)); }

    std::optional<QRectF> freeBox(const LabelCandidate& candidate, QSizeF size)
    {
        if (candidate.keptOffset) {
            // It may stick out of the area, or it would jump while the map is dragged over the border.
            const QRectF kept(candidate.anchor + *candidate.keptOffset, size);
            if (m_layout.area.intersects(kept) && isFree(kept))
                return kept;
        }
        for (const QPointF& offset : offsetsFor(size, m_layout.dotGap)) {
            const QRectF box(candidate.anchor + offset, size);
            if (m_layout.area.contains(box) && isFree(box))
                return box;
        }
        return std::nullopt;
    }

    const LabelLayout& m_layout;
    BoxGrid m_grid;
};

} // namespace

std::vector<PlacedLabel> placeLabels(std::span<const LabelCandidate> candidates, const LabelLayout& layout,
                                     const std::function<QSizeF(Index)>& sizeOf)
{
    std::vector<PlacedLabel> labels;
    if (layout.area.isEmpty())
        return labels;
    Placer placer(layout);
    for (const LabelCandidate& candidate : candidates) {
        if (labels.size() >= layout.limit)
            break;
        if (const auto box = placer.place(candidate, sizeOf(candidate.row)))
            labels.push_back({candidate.row, candidate.anchor, *box});
    }
    return labels;
}

} // namespace embedscope
