// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/overflow_bar.h"

#include "ui/widgets/icons.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>

#include <algorithm>
#include <utility>

namespace embedscope {

namespace {

constexpr int kSpacing = 8;
constexpr int kMargin = 10;
constexpr int kHeightMargin = 6;

int leastWidth(const QWidget& widget)
{
    return std::max(widget.minimumWidth(), widget.minimumSizeHint().width());
}

} // namespace

OverflowBar::OverflowBar(QWidget* parent)
    : QWidget(parent)
    , m_row(new QHBoxLayout(this))
    , m_more(new QToolButton)
    , m_menu(new QMenu(this))
{
    m_row->setContentsMargins(kMargin, kHeightMargin, kMargin, kHeightMargin);
    m_row->setSpacing(kSpacing);
    m_row->setSizeConstraint(QLayout::SetNoConstraint);
    m_more->setText(QStringLiteral("»"));
    m_more->setAccessibleName(tr("More"));
    m_more->setToolTip(tr("What has no room in this row."));
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setMenu(m_menu);
    m_menu->setToolTipsVisible(true);
    m_row->addWidget(m_more);
    m_more->hide();
    connect(m_menu, &QMenu::aboutToShow, this, &OverflowBar::fillMenu);
}

void OverflowBar::addWidget(QWidget* widget)
{
    addWidget(widget, nullptr, 0);
}

void OverflowBar::addWidget(QWidget* widget, std::function<void(QMenu*)> fill, int goesAs)
{
    m_row->insertWidget(m_row->count() - 1, widget);
    m_items.push_back({widget, std::move(fill), goesAs, false});
}

void OverflowBar::addStretch()
{
    m_row->insertStretch(m_row->count() - 1);
}

int OverflowBar::widthWith(const std::vector<Item>& items, bool more) const
{
    int width = 2 * kMargin + (more ? m_more->sizeHint().width() + kSpacing : 0);
    for (const Item& item : items)
        if (!item.away && (item.fill || !item.widget->isHidden()))
            width += leastWidth(*item.widget) + kSpacing;
    return width - kSpacing;
}

QSize OverflowBar::minimumSizeHint() const
{
    std::vector<Item> least = m_items;
    for (Item& item : least)
        item.away = item.fill != nullptr;
    return {widthWith(least, true), m_row->minimumSize().height()};
}

std::vector<QWidget*> OverflowBar::hiddenAway() const
{
    std::vector<QWidget*> out;
    for (const Item& item : m_items)
        if (item.away)
            out.push_back(item.widget);
    return out;
}

void OverflowBar::arrange()
{
    std::vector<Item> wanted = m_items;
    std::vector<Item*> order;
    for (Item& item : wanted) {
        item.away = false;
        if (item.fill)
            order.push_back(&item);
    }
    std::ranges::stable_sort(order, {}, &Item::goesAs);
    bool more = false;
    for (Item* item : order) {
        if (widthWith(wanted, more) <= width())
            break;
        item->away = more = true;
    }
    // A wide one that went last may have left room for a narrow one.
    for (auto item = order.rbegin(); item != order.rend(); ++item) {
        if (!(*item)->away)
            continue;
        (*item)->away = false;
        if (widthWith(wanted, true) > width())
            (*item)->away = true;
    }
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        if (m_items[i].fill && m_items[i].widget->isHidden() != wanted[i].away)
            m_items[i].widget->setHidden(wanted[i].away);
        m_items[i].away = wanted[i].away;
    }
    if (m_more->isHidden() == more)
        m_more->setVisible(more);
}

void OverflowBar::fillMenu()
{
    m_menu->clear();
    for (const Item& item : m_items)
        if (item.away) {
            item.fill(m_menu);
            m_menu->addSeparator();
        }
}

bool OverflowBar::event(QEvent* event)
{
    const bool done = QWidget::event(event);
    if (event->type() == QEvent::LayoutRequest)
        arrange();
    return done;
}

void OverflowBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

} // namespace embedscope
