// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QButtonGroup;
class QHBoxLayout;

namespace embedscope {

/// Some choices side by side, one of them chosen: [Explore | Train]. Arrow keys move the choice.
class SegmentedControl : public QWidget
{
    Q_OBJECT

public:
    /// `name` is the accessible name of the whole, e.g. "Arrangement".
    explicit SegmentedControl(const QString& name, QWidget* parent = nullptr);

    /// The first segment added is chosen. Returns its index.
    int addSegment(const QString& text, const QString& toolTip = {});

    [[nodiscard]] int count() const;
    [[nodiscard]] int currentIndex() const;
    void setCurrentIndex(int index);

Q_SIGNALS:
    void currentChanged(int index);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QButtonGroup* m_group = nullptr;
    QHBoxLayout* m_row = nullptr;
};

} // namespace embedscope
