// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/style_primitives.h"

#include "ui/widgets/icons.h"
#include "ui/widgets/style_paint.h"
#include "ui/widgets/theme.h"

#include <QAbstractItemView>
#include <QPainter>
#include <QStyleOption>

namespace embedscope {

namespace {

void paintItemPanel(QPainter& painter, const QStyleOptionViewItem& item)
{
    const ThemeColors colors = themeColors(item.palette);
    if (item.backgroundBrush.style() != Qt::NoBrush)
        painter.fillRect(item.rect, item.backgroundBrush);
    if (item.state.testFlag(QStyle::State_Selected))
        painter.fillRect(item.rect, colors.selection);
    else if (item.state.testFlag(QStyle::State_MouseOver) && item.state.testFlag(QStyle::State_Enabled))
        painter.fillRect(item.rect, colors.hover);
}

void paintBranch(QPainter& painter, const QStyleOption& option)
{
    if (!option.state.testFlag(QStyle::State_Children))
        return;
    const bool open = option.state.testFlag(QStyle::State_Open);
    paintIcon(painter, option.rect.adjusted(2, 2, -2, -2), open ? IconName::ChevronDown : IconName::ChevronRight,
              themeColors(option.palette).muted);
}

void paintOutline(QPainter& painter, const QRect& rect, const QColor& color)
{
    painter.save();
    painter.setPen(color);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(rect.adjusted(0, 0, -1, -1));
    painter.restore();
}

bool isDefaultButton(const QStyleOption& option)
{
    const auto* button = qstyleoption_cast<const QStyleOptionButton*>(&option);
    return button != nullptr && button->features.testFlag(QStyleOptionButton::DefaultButton);
}

bool isFrameless(const QStyleOption& option)
{
    const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(&option);
    return frame != nullptr && frame->lineWidth <= 0;
}

} // namespace

bool paintIndicator(QStyle::PrimitiveElement element, const QStyleOption& option, QPainter& painter)
{
    const QColor text = option.palette.color(QPalette::ButtonText);
    switch (element) {
    case QStyle::PE_IndicatorCheckBox:
    case QStyle::PE_IndicatorItemViewItemCheck:
        paintCheckBox(painter, option);
        return true;
    case QStyle::PE_IndicatorRadioButton:
        paintRadioButton(painter, option);
        return true;
    case QStyle::PE_IndicatorArrowDown:
        paintIcon(painter, option.rect, IconName::ChevronDown, text);
        return true;
    case QStyle::PE_IndicatorArrowRight:
        paintIcon(painter, option.rect, IconName::ChevronRight, text);
        return true;
    case QStyle::PE_IndicatorBranch:
        paintBranch(painter, option);
        return true;
    case QStyle::PE_IndicatorDockWidgetResizeHandle:
        paintSeparator(painter, option.rect, option.palette);
        return true;
    default:
        return false;
    }
}

bool paintPanel(QStyle::PrimitiveElement element, const QStyleOption& option, QPainter& painter)
{
    switch (element) {
    case QStyle::PE_PanelButtonCommand:
    case QStyle::PE_PanelButtonTool:
        paintButton(painter, option, isDefaultButton(option));
        return true;
    case QStyle::PE_PanelLineEdit:
        if (!isFrameless(option))
            paintField(painter, option);
        return true;
    case QStyle::PE_PanelItemViewItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionViewItem*>(&option))
            paintItemPanel(painter, *item);
        return true;
    case QStyle::PE_PanelItemViewRow:
        return true;
    case QStyle::PE_PanelStatusBar:
        painter.fillRect(option.rect, option.palette.color(QPalette::AlternateBase));
        paintSeparator(painter, QRect(option.rect.topLeft(), QSize(option.rect.width(), 1)), option.palette);
        return true;
    case QStyle::PE_PanelMenu:
        painter.fillRect(option.rect, option.palette.color(QPalette::Window));
        paintOutline(painter, option.rect, option.palette.color(QPalette::Dark));
        return true;
    case QStyle::PE_PanelTipLabel:
        painter.fillRect(option.rect, option.palette.color(QPalette::ToolTipBase));
        paintOutline(painter, option.rect, option.palette.color(QPalette::Dark));
        return true;
    default:
        return false;
    }
}

bool paintFrame(QStyle::PrimitiveElement element, const QStyleOption& option, QPainter& painter, const QWidget* widget)
{
    switch (element) {
    case QStyle::PE_FrameStatusBarItem:
    case QStyle::PE_FrameDockWidget:
    case QStyle::PE_FrameButtonBevel:
    case QStyle::PE_FrameMenu:
    case QStyle::PE_FrameGroupBox:
    case QStyle::PE_PanelScrollAreaCorner:
        return true;
    case QStyle::PE_FrameLineEdit:
    case QStyle::PE_Frame:
        paintOutline(painter, option.rect, option.palette.color(QPalette::Mid));
        return true;
    case QStyle::PE_FrameTabWidget:
    case QStyle::PE_FrameTabBarBase:
        paintSeparator(painter, QRect(option.rect.topLeft(), QSize(option.rect.width(), 1)), option.palette);
        return true;
    case QStyle::PE_FrameFocusRect:
        // In a list the selection shows the place; buttons and fields draw their own ring.
        if (qobject_cast<const QAbstractItemView*>(widget) == nullptr &&
            option.state.testFlag(QStyle::State_KeyboardFocusChange))
            paintFocusRing(painter, option.rect, option.palette.color(QPalette::Link));
        return true;
    default:
        return false;
    }
}

} // namespace embedscope
