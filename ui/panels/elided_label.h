// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace embedscope {

/// One line of plain text that ends in an ellipsis where there is no room; the tooltip has all of it.
class ElidedLabel : public QLabel
{
    Q_OBJECT

public:
    explicit ElidedLabel(QWidget* parent = nullptr);

    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;
};

} // namespace embedscope
