// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"

#include <QColor>
#include <QPalette>
#include <QWidget>

namespace embedscope {

/// Blue below zero, red above, the panel's own colour at zero; `share` in [-1, 1]. Grey for NaN.
QColor divergingColour(double share, const QPalette& palette);

/// One vector as a strip of colours, one cell a dimension. The pointer, or the arrow keys, read single values.
class HeatStrip : public QWidget
{
    Q_OBJECT

public:
    explicit HeatStrip(QWidget* parent = nullptr);

    void setVector(RowVector values);

    /// The dimension below `x`, or -1 where there is none.
    [[nodiscard]] Index dimensionAt(double x) const;
    /// "dim 12: 0.431", dimensions counted from 0.
    [[nodiscard]] QString dimensionText(Index dimension) const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    [[nodiscard]] double cellWidth() const;
    [[nodiscard]] QImage cells() const;
    void readAt(Index dimension);

    RowVector m_values;
    float m_largest = 0; // of the finite sizes
    Index m_read = -1;   // the dimension that the keyboard reads
};

} // namespace embedscope
