// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/style.h"

#include "ui/widgets/fonts.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/style_paint.h"
#include "ui/widgets/style_primitives.h"
#include "ui/widgets/style_scroll_bar.h"
#include "ui/widgets/theme.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QAbstractSlider>
#include <QComboBox>
#include <QPainter>
#include <QStyleOption>
#include <QTabBar>

#include <algorithm>

namespace embedscope {

namespace {

constexpr int kControlHeight = 28;
constexpr int kMenuArrowWidth = 16;
constexpr int kTextMargin = 6;
constexpr int kSortArrow = 10;
constexpr int kItemHeight = 24;
constexpr int kMenuPadding = 5;

bool isPopupList(const QWidget* widget)
{
    return widget->window()->windowFlags().testFlag(Qt::Popup);
}

bool hasMenuArrow(const QStyleOptionToolButton& option)
{
    return option.features.testFlag(QStyleOptionToolButton::HasMenu);
}

bool isSeparator(const QStyleOption& option)
{
    const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(&option);
    return item != nullptr && item->menuItemType == QStyleOptionMenuItem::Separator;
}

} // namespace

Style::Style()
    : QProxyStyle(QStringLiteral("Fusion"))
{
}

void Style::polish(QWidget* widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton*>(widget) || qobject_cast<QComboBox*>(widget) ||
        qobject_cast<QAbstractSlider*>(widget) || qobject_cast<QTabBar*>(widget))
        widget->setAttribute(Qt::WA_Hover);
    // Lists lie on the panel itself; only what one types into has the colour of a field.
    if (auto* view = qobject_cast<QAbstractItemView*>(widget); view != nullptr && !isPopupList(view))
        view->viewport()->setBackgroundRole(QPalette::Window);
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                          const QWidget* widget) const
{
    if (!paintIndicator(element, *option, *painter) && !paintPanel(element, *option, *painter) &&
        !paintFrame(element, *option, *painter, widget))
        QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void Style::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                        const QWidget* widget) const
{
    switch (element) {
    case CE_PushButtonLabel:
        if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option)) {
            QStyleOptionButton copy(*button);
            if (button->features.testFlag(QStyleOptionButton::DefaultButton) && button->state.testFlag(State_Enabled))
                copy.palette.setColor(QPalette::ButtonText, option->palette.color(QPalette::BrightText));
            QProxyStyle::drawControl(element, &copy, painter, widget);
        }
        return;
    case CE_DockWidgetTitle:
        if (const auto* dock = qstyleoption_cast<const QStyleOptionDockWidget*>(option))
            paintDockTitle(*painter, *dock, subElementRect(SE_DockWidgetTitleBarText, option, widget));
        return;
    case CE_Splitter: {
        const QRect& r = option->rect;
        const bool upright = option->state.testFlag(State_Horizontal);
        paintSeparator(*painter,
                       upright ? QRect(r.center().x(), r.top(), 1, r.height())
                               : QRect(r.left(), r.center().y(), r.width(), 1),
                       option->palette);
        return;
    }
    case CE_ToolBar:
        painter->fillRect(option->rect, option->palette.color(QPalette::Window));
        paintSeparator(*painter, QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
                       option->palette);
        return;
    case CE_MenuBarEmptyArea:
        painter->fillRect(option->rect, option->palette.color(QPalette::Window));
        return;
    case CE_MenuBarItem:
        if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option))
            paintMenuBarItem(*painter, *item);
        return;
    case CE_HeaderSection:
    case CE_HeaderEmptyArea:
        paintHeaderSection(*painter, *option);
        return;
    case CE_Header:
        if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option))
            drawHeader(*header, *painter, widget);
        return;
    case CE_TabBarTabShape:
        if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option))
            paintTab(*painter, *tab);
        return;
    case CE_ProgressBar:
        if (const auto* bar = qstyleoption_cast<const QStyleOptionProgressBar*>(option))
            drawProgressBar(*bar, *painter, widget);
        return;
    case CE_SizeGrip:
        return;
    default:
        QProxyStyle::drawControl(element, option, painter, widget);
    }
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                               const QWidget* widget) const
{
    const auto part = [&](SubControl sub) { return subControlRect(control, option, sub, widget); };
    if (const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option); combo && control == CC_ComboBox)
        paintComboBox(*painter, *combo, part(SC_ComboBoxArrow));
    else if (const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option); spin && control == CC_SpinBox)
        paintSpinBox(*painter, *spin, part(SC_SpinBoxUp), part(SC_SpinBoxDown));
    else if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option); bar && control == CC_ScrollBar)
        paintScrollBar(*painter, *bar);
    else if (const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option); slider && control == CC_Slider)
        paintSlider(*painter, *slider, part(SC_SliderGroove), part(SC_SliderHandle));
    else if (const auto* tool = qstyleoption_cast<const QStyleOptionToolButton*>(option);
             tool && control == CC_ToolButton)
        drawToolButton(*tool, *painter, widget);
    else
        QProxyStyle::drawComplexControl(control, option, painter, widget);
}

void Style::drawToolButton(const QStyleOptionToolButton& option, QPainter& painter, const QWidget* widget) const
{
    const bool flat = option.state.testFlag(State_AutoRaise);
    const bool touched = option.state & (State_Sunken | State_On) ||
                         (option.state.testFlag(State_MouseOver) && option.state.testFlag(State_Enabled));
    if (!flat || touched || option.state.testFlag(State_HasFocus))
        drawPrimitive(PE_PanelButtonTool, &option, &painter, widget);
    QStyleOptionToolButton label = option;
    if (option.toolButtonStyle == Qt::ToolButtonTextBesideIcon && !option.icon.isNull())
        label.rect.adjust(6, 0, 0, 0);
    if (hasMenuArrow(option)) {
        label.rect.adjust(0, 0, -kMenuArrowWidth, 0);
        const QRectF arrow(option.rect.right() - kMenuArrowWidth - 1, option.rect.top(), 12, option.rect.height());
        paintIcon(painter, arrow, IconName::ChevronDown, option.palette.color(QPalette::ButtonText));
    }
    drawControl(CE_ToolButtonLabel, &label, &painter, widget);
}

// The sort arrow stands at the right end, so that it never moves the label out of its column.
void Style::drawHeader(const QStyleOptionHeader& option, QPainter& painter, const QWidget* widget) const
{
    paintHeaderSection(painter, option);
    QStyleOptionHeader label(option);
    label.version = QStyleOptionHeader::Version; // not more than what was copied
    label.palette.setColor(QPalette::ButtonText, option.palette.color(QPalette::PlaceholderText));
    const int margin = pixelMetric(PM_HeaderMargin, &option, widget);
    label.rect.adjust(margin, 0, -margin, 0);
    if (option.sortIndicator != QStyleOptionHeader::None) {
        label.rect.adjust(0, 0, -kSortArrow - 2, 0);
        const QRectF arrow(label.rect.right() + 3, option.rect.top(), kSortArrow, option.rect.height());
        paintChevron(painter, arrow, option.sortIndicator == QStyleOptionHeader::SortDown,
                     label.palette.color(QPalette::ButtonText));
    }
    drawControl(CE_HeaderLabel, &label, &painter, widget);
}

// Fusion's busy bar moves by itself; it only has to be thin and to have the accent colour.
void Style::drawProgressBar(const QStyleOptionProgressBar& option, QPainter& painter, const QWidget* widget) const
{
    if (option.minimum != 0 || option.maximum != 0) {
        paintProgress(painter, option);
        return;
    }
    QStyleOptionProgressBar busy(option);
    busy.rect = progressLine(option, 0);
    busy.palette.setColor(QPalette::Highlight, option.palette.color(QPalette::Link));
    QProxyStyle::drawControl(CE_ProgressBarContents, &busy, &painter, widget);
}

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part,
                            const QWidget* widget) const
{
    if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option); bar && control == CC_ScrollBar)
        return visualRect(bar->direction, bar->rect, scrollBarPart(*bar, part));
    const QRect rect = QProxyStyle::subControlRect(control, option, part, widget);
    if ((control == CC_ComboBox && part == SC_ComboBoxEditField) ||
        (control == CC_SpinBox && part == SC_SpinBoxEditField))
        return visualRect(option->direction, rect, rect.adjusted(kTextMargin - 2, 0, 0, 0));
    return rect;
}

QRect Style::subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const
{
    const QRect rect = QProxyStyle::subElementRect(element, option, widget);
    const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
    if (element == SE_LineEditContents && frame != nullptr && frame->lineWidth > 0)
        return rect.adjusted(kTextMargin - 2, 0, 2 - kTextMargin, 0);
    return rect;
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                              const QWidget* widget) const
{
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    switch (type) {
    case CT_ToolButton:
        if (const auto* tool = qstyleoption_cast<const QStyleOptionToolButton*>(option)) {
            const bool textAlone = tool->icon.isNull() || tool->toolButtonStyle == Qt::ToolButtonTextOnly;
            result.rwidth() += textAlone && !tool->text.isEmpty() ? 2 * kTextMargin : 0;
            result.rwidth() += hasMenuArrow(*tool) ? kMenuArrowWidth : 0;
        }
        [[fallthrough]];
    case CT_PushButton:
        return result.expandedTo(QSize(0, kControlHeight));
    case CT_ComboBox:
    case CT_SpinBox:
        return result.expandedTo(QSize(0, kControlHeight)) + QSize(kTextMargin, 0);
    case CT_MenuItem:
        return result + QSize(0, isSeparator(*option) ? 0 : kMenuPadding);
    case CT_ItemViewItem:
        return result.expandedTo(QSize(0, kItemHeight));
    case CT_LineEdit:
    case CT_HeaderSection:
        return result.expandedTo(QSize(0, kControlHeight));
    default:
        return result;
    }
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    switch (metric) {
    case PM_ScrollBarExtent:
        return kScrollBarExtent;
    case PM_ScrollBarSliderMin:
        return kSmallestThumb;
    case PM_SplitterWidth:
    case PM_DockWidgetSeparatorExtent:
        return 1; // Qt itself makes one-pixel lines wider for the mouse
    case PM_DockWidgetFrameWidth:
    case PM_ScrollView_ScrollBarSpacing:
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_TabBarBaseOverlap:
        return 0;
    case PM_DockWidgetTitleMargin:
        return 7;
    case PM_ToolBarFrameWidth:
        return 0;
    case PM_ToolBarItemMargin:
    case PM_ToolBarItemSpacing:
        return 8;
    case PM_ToolBarIconSize:
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
        return 16;
    case PM_HeaderMargin:
        return 8;
    case PM_FocusFrameHMargin:
        return 7; // room beside the text of list items
    case PM_TitleBarButtonIconSize:
        return 12;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return 18;
    case PM_MenuBarPanelWidth:
        return 0;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                     QStyleHintReturn* returned) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_DockWidget_ButtonsHaveFrame:
    case SH_ScrollView_FrameOnlyAroundContents:
    case SH_ComboBox_Popup:
    case SH_DialogButtonBox_ButtonsHaveIcons:
        return 0;
    case SH_ScrollBar_LeftClickAbsolutePosition:
        return 1;
    case SH_Header_ArrowAlignment:
        return Qt::AlignRight | Qt::AlignVCenter;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returned);
    }
}

QIcon Style::standardIcon(StandardPixmap pixmap, const QStyleOption* option, const QWidget* widget) const
{
    switch (pixmap) {
    case SP_TitleBarCloseButton:
    case SP_DockWidgetCloseButton:
    case SP_LineEditClearButton:
        return icon(IconName::Close, QPalette::PlaceholderText);
    case SP_TitleBarNormalButton:
        return icon(IconName::Float, QPalette::PlaceholderText);
    case SP_MessageBoxInformation:
        return icon(IconName::Info);
    case SP_MessageBoxWarning:
        return icon(IconName::Warning);
    case SP_MessageBoxCritical:
        return icon(IconName::Error);
    default:
        return QProxyStyle::standardIcon(pixmap, option, widget);
    }
}

} // namespace embedscope
