// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"

#include <QPointF>
#include <QRectF>
#include <QSizeF>

#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace embedscope {

/// A point that would like a label.
struct LabelCandidate
{
    Index row = 0;
    QPointF anchor; // centre of its dot, in pixels
    /// Where its label stood before, from the anchor to the upper left corner: tried first, so that labels keep still.
    std::optional<QPointF> keptOffset;
    /// The selected word: placed even where it covers a part of another label's place or leaves the area.
    bool always = false;
};

struct PlacedLabel
{
    Index row = 0;
    QPointF anchor;
    QRectF box; // of the text, in pixels
    bool operator==(const PlacedLabel&) const = default;
};

struct LabelLayout
{
    QRectF area;
    double dotGap = 5;   // between the centre of the dot and the text
    double padding = 14; // around each text, kept free of other texts
    std::size_t limit = 100;
    std::vector<QRectF> obstacles; // such as the badge
};

/// Places labels greedily in the order given, right of the dot, or left, above or below of it, where they overlap no
/// label placed before; leaves out the others. `sizeOf` measures the text of a row and is asked only when it matters.
std::vector<PlacedLabel> placeLabels(std::span<const LabelCandidate> candidates, const LabelLayout& layout,
                                     const std::function<QSizeF(Index)>& sizeOf);

} // namespace embedscope
