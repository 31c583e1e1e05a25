// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/command_delegate.h"

#include "ui/actions/command_model.h"
#include "ui/widgets/style_paint.h"
#include "ui/widgets/theme.h"

#include <QPainter>

namespace embedscope {

namespace {

constexpr int kIconRoom = 36;
constexpr int kRowPadding = 7;

/// Draws runs of plain and bold letters and returns where they end.
int drawMatched(QPainter& painter, const QRect& room, const CommandItem& item)
{
    const QFont plain = painter.font();
    QFont bold = plain;
    bold.setBold(true);
    int x = room.left();
    for (qsizetype from = 0; from < item.text.size();) {
        const bool hit = item.matches.contains(from);
        qsizetype to = from + 1;
        while (to < item.text.size() && item.matches.contains(to) == hit)
            ++to;
        painter.setFont(hit ? bold : plain);
        const QString run = item.text.mid(from, to - from);
        painter.drawText(QRect(x, room.top(), room.right() - x, room.height()), Qt::AlignLeft | Qt::AlignVCenter, run);
        x += painter.fontMetrics().horizontalAdvance(run);
        from = to;
    }
    painter.setFont(plain);
    return x;
}

} // namespace

CommandDelegate::CommandDelegate(const CommandModel& model, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_model(model)
{
}

int CommandDelegate::rowHeight(const QFontMetrics& metrics)
{
    return metrics.height() + 2 * kRowPadding;
}

QSize CommandDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const
{
    return {200, rowHeight(option.fontMetrics)};
}

void CommandDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const CommandItem& item = m_model.item(index.row());
    const ThemeColors colors = themeColors(option.palette);
    const QColor text = item.enabled ? colors.text : option.palette.color(QPalette::Disabled, QPalette::Text);
    const QColor quiet = item.enabled ? colors.muted : text;

    painter->save();
    painter->setFont(option.font);
    const QRect row = option.rect.adjusted(4, 0, -4, 0);
    if (option.state.testFlag(QStyle::State_Selected))
        paintRounded(*painter, row, colors.selection, colors.selection);
    else if (option.state.testFlag(QStyle::State_MouseOver) && item.enabled)
        paintRounded(*painter, row, colors.hover, colors.hover);
    paintIcon(*painter, QRectF(row.left() + 8, row.center().y() - 7.5, 16, 16), item.icon, quiet);

    QRect room = row.adjusted(kIconRoom, 0, -12, 0);
    painter->setPen(quiet);
    painter->drawText(room, Qt::AlignRight | Qt::AlignVCenter, item.shortcut);
    room.setRight(room.right() - painter->fontMetrics().horizontalAdvance(item.shortcut) - 12);
    painter->setPen(text);
    room.setLeft(drawMatched(*painter, room, item) + 10);
    painter->setPen(quiet);
    painter->drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(item.detail, Qt::ElideRight, std::max(0, room.width())));
    painter->restore();
}

} // namespace embedscope
