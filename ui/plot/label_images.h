// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"

#include <QColor>
#include <QFont>
#include <QHash>
#include <QImage>
#include <QRectF>

class QPainter;

namespace embedscope {

/// Texts with a halo in the colour of the background, so that they read over dots. Stroking an outline costs some 0.1
/// ms, too much for a hundred labels in each frame of a live map: every text is drawn once into an image and kept.
class LabelImages
{
public:
    /// Forgets all images.
    void setStyle(const QFont& font, const QColor& text, const QColor& halo);
    void clear();
    /// True while the texts shall be text, and their halos shapes: for a file that a person goes on with.
    void setReal(bool real) { m_real = real; }

    /// Size of the text without its halo, in logical pixels. `key` stands for the text until clear().
    [[nodiscard]] QSizeF sizeOf(Index key, const QString& text);
    void paint(QPainter& painter, const QRectF& box, Index key, const QString& text);
    /// Not kept; for the selected word.
    void paintBold(QPainter& painter, const QRectF& box, const QString& text, const QColor& colour) const;

private:
    [[nodiscard]] QImage render(const QFont& font, const QString& text, const QColor& colour, double ratio) const;

    QFont m_font;
    QColor m_text;
    QColor m_halo;
    void paintReal(QPainter& painter, QPointF corner, const QFont& font, const QString& text,
                   const QColor& colour) const;

    bool m_real = false;
    double m_ratio = 0;
    QHash<Index, QSizeF> m_sizes;
    QHash<Index, QImage> m_images;
};

} // namespace embedscope
