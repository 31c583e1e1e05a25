// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/row_delegate.h"

#include "ui/panels/token_table.h"
#include "ui/widgets/style_paint.h"

#include <QApplication>
#include <QPainter>

#include <algorithm>
#include <utility>

namespace embedscope {

namespace {

constexpr int kGap = 10;
constexpr int kShortestBar = 12;
constexpr int kBarHeight = 6;

/// As wide as most numbers, so that bars begin below each other.
int numberWidth(const QStyleOptionViewItem& item, const QString& text)
{
    return std::max(item.fontMetrics.horizontalAdvance(QStringLiteral("00.00")),
                    item.fontMetrics.horizontalAdvance(text));
}

QRect middle(const QRect& rect)
{
    return {rect.left(), rect.center().y() - kBarHeight / 2 + 1, rect.width(), kBarHeight};
}

} // namespace

RowDelegate::RowDelegate(TokenTable* table)
    : QStyledItemDelegate(table)
    , m_table(table)
{
}

void RowDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    option->state.setFlag(QStyle::State_HasFocus, false);
    option->state.setFlag(QStyle::State_MouseOver, m_table->hoveredPlace() == index.row());
}

BarDelegate::BarDelegate(TokenTable* table, int fractionRole, QColor ThemeColors::*colour, BarSide side)
    : RowDelegate(table)
    , m_fractionRole(fractionRole)
    , m_colour(colour)
    , m_side(side)
{
}

void BarDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QString text = std::exchange(item.text, QString());
    const QStyle* const style = item.widget ? item.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);

    const bool barIsLeft = (m_side == BarSide::Left) == (item.direction == Qt::LeftToRight);
    // The padding that the style gives to the text of other cells.
    const int padding = style->pixelMetric(QStyle::PM_FocusFrameHMargin, &item, item.widget) + 1;
    const QRect inner = item.rect.adjusted(padding, 0, -padding, 0);
    QRect number = inner;
    number.setWidth(std::min(numberWidth(item, text), inner.width()));
    QRect bar = inner.adjusted(number.width() + kGap, 0, 0, 0);
    if (barIsLeft) {
        number.moveRight(inner.right());
        bar.moveLeft(inner.left());
    }
    painter->save();
    painter->setFont(item.font);
    painter->setPen(
        item.palette.color(item.state & QStyle::State_Enabled ? QPalette::Normal : QPalette::Disabled, QPalette::Text));
    painter->drawText(number, Qt::AlignRight | Qt::AlignVCenter, text);
    painter->restore();
    const ThemeColors colours = themeColors(item.palette);
    if (bar.width() >= kShortestBar)
        paintBar(*painter, middle(bar), index.data(m_fractionRole).toDouble(), colours.*m_colour, colours.separator);
}

} // namespace embedscope
