// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/recent_row.h"

#include "ui/widgets/style_paint.h"
#include "ui/widgets/theme.h"

#include <QPainter>

#include <algorithm>

namespace embedscope {

namespace {

constexpr int kPadding = 8;
constexpr int kGap = 10;

} // namespace

RecentRow::RecentRow(const QString& path, const QString& age, QWidget* parent)
    : QAbstractButton(parent)
    , m_name(path.section(u'/', -1))
    , m_folder(path.section(u'/', 0, -2))
    , m_age(age)
{
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    setAccessibleName(path % u", " % age);
}

QSize RecentRow::sizeHint() const
{
    return {320, fontMetrics().height() + 14};
}

void RecentRow::paintEvent(QPaintEvent*)
{
    const ThemeColors colors = themeColors(palette());
    const QColor quiet = isEnabled() ? colors.muted : palette().color(QPalette::Disabled, QPalette::WindowText);
    QPainter painter(this);
    if (isDown() || (isEnabled() && underMouse()))
        paintRounded(painter, rect(), colors.hover, colors.hover);
    if (hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange))
        paintFocusRing(painter, rect(), colors.accent);

    QRect room = rect().adjusted(kPadding, 0, -kPadding, 0);
    painter.setPen(quiet);
    painter.drawText(room, Qt::AlignRight | Qt::AlignVCenter, m_age);
    room.setRight(room.right() - fontMetrics().horizontalAdvance(m_age) - kGap);
    const QString name = fontMetrics().elidedText(m_name, Qt::ElideMiddle, room.width());
    painter.setPen(isEnabled() ? colors.text : quiet);
    painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter, name);
    room.setLeft(room.left() + fontMetrics().horizontalAdvance(name) + kGap);
    painter.setPen(quiet);
    painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
                     fontMetrics().elidedText(m_folder, Qt::ElideMiddle, std::max(0, room.width())));
}

} // namespace embedscope
