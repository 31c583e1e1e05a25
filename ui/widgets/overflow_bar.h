// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <functional>
#include <vector>

class QHBoxLayout;
class QMenu;
class QToolButton;

namespace embedscope {

/// A row of controls that gives way where it is narrow: some of them go into the menu of a button at its end, those
/// that were named first before the others. It asks for no more room than the rest needs.
class OverflowBar : public QWidget
{
    Q_OBJECT

public:
    explicit OverflowBar(QWidget* parent = nullptr);

    void addWidget(QWidget* widget);
    void addStretch();
    /// In its place in the row; `fill` puts what it does into the menu.
    void addWidget(QWidget* widget, std::function<void(QMenu*)> fill, int goesAs);

    [[nodiscard]] QSize minimumSizeHint() const override;
    /// What is in the menu now.
    [[nodiscard]] std::vector<QWidget*> hiddenAway() const;
    [[nodiscard]] QToolButton& more() { return *m_more; }

protected:
    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Item
    {
        QWidget* widget = nullptr;
        std::function<void(QMenu*)> fill; // none for what always stays
        int goesAs = 0;                   // 1 before 2
        bool away = false;
    };

    void arrange();
    void fillMenu();
    [[nodiscard]] int widthWith(const std::vector<Item>& items, bool more) const;

    QHBoxLayout* m_row;
    QToolButton* m_more;
    QMenu* m_menu;
    std::vector<Item> m_items;
};

} // namespace embedscope
