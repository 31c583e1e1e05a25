// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/style_paint.h"

#include "ui/widgets/fonts.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyleOption>

#include <algorithm>

namespace embedscope {

namespace {

constexpr int kProgressGap = 8;

bool has(const QStyleOption& option, QStyle::StateFlag flag)
{
    return option.state.testFlag(flag);
}

bool showsFocus(const QStyleOption& option)
{
    return has(option, QStyle::State_HasFocus) && has(option, QStyle::State_KeyboardFocusChange);
}

QColor buttonFill(const QStyleOption& option, const ThemeColors& colors)
{
    if (has(option, QStyle::State_Sunken))
        return colors.separator;
    if (has(option, QStyle::State_On))
        return colors.selection;
    return has(option, QStyle::State_MouseOver) && has(option, QStyle::State_Enabled) ? colors.hover : colors.surface;
}

QColor accentFill(const QStyleOption& option, const ThemeColors& colors)
{
    if (has(option, QStyle::State_Sunken))
        return mixed(colors.accent, colors.text, 0.2);
    return has(option, QStyle::State_MouseOver) ? mixed(colors.accent, colors.text, 0.1) : colors.accent;
}

QRectF middleSquare(const QRect& rect, double side)
{
    const QPointF centre = QRectF(rect).center();
    return {centre.x() - side / 2, centre.y() - side / 2, side, side};
}

void paintIndicatorPanel(QPainter& painter, const QStyleOption& option, double radius, bool on)
{
    const ThemeColors colors = themeColors(option.palette);
    const QRectF box = middleSquare(option.rect, 16);
    const bool enabled = has(option, QStyle::State_Enabled);
    const QColor fill = !on ? colors.field : enabled ? accentFill(option, colors) : colors.border;
    paintRounded(painter, box, fill, on ? fill : mixed(colors.border, colors.muted, 0.5), radius);
    if (showsFocus(option))
        paintFocusRing(painter, box.adjusted(-2, -2, 2, 2), colors.accent, radius + 2);
}

} // namespace

QColor mixed(const QColor& a, const QColor& b, double share)
{
    const auto blend = [share](int x, int y) { return qRound(x + (y - x) * share); };
    return {blend(a.red(), b.red()), blend(a.green(), b.green()), blend(a.blue(), b.blue())};
}

void paintRounded(QPainter& painter, const QRectF& rect, const QColor& fill, const QColor& outline, double radius)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(outline);
    painter.setBrush(fill);
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    painter.restore();
}

void paintSeparator(QPainter& painter, const QRect& rect, const QPalette& palette)
{
    painter.fillRect(rect, palette.color(QPalette::Mid));
}

void paintChevron(QPainter& painter, const QRectF& rect, bool up, const QColor& color)
{
    painter.save();
    painter.translate(rect.center());
    painter.rotate(up ? 180 : 0);
    paintIcon(painter, rect.translated(-rect.center()), IconName::ChevronDown, color);
    painter.restore();
}

void paintBar(QPainter& painter, const QRectF& rect, double share, const QColor& color, const QColor& track)
{
    const double radius = rect.height() / 2;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(track);
    painter.drawRoundedRect(rect, radius, radius);
    if (share > 0) {
        QRectF filled = rect;
        filled.setWidth(std::max(rect.height(), rect.width() * std::min(share, 1.0)));
        painter.setBrush(color);
        painter.drawRoundedRect(filled, radius, radius);
    }
    painter.restore();
}

void paintFocusRing(QPainter& painter, const QRectF& rect, const QColor& accent, double radius)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(accent, 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(rect.adjusted(0.75, 0.75, -0.75, -0.75), radius, radius);
    painter.restore();
}

void paintButton(QPainter& painter, const QStyleOption& option, bool isDefault)
{
    const ThemeColors colors = themeColors(option.palette);
    const bool accented = isDefault && has(option, QStyle::State_Enabled);
    const QColor fill = accented ? accentFill(option, colors) : buttonFill(option, colors);
    paintRounded(painter, option.rect, fill, accented ? fill : colors.border);
    if (showsFocus(option))
        paintFocusRing(painter, option.rect, accented ? colors.text : colors.accent);
}

void paintField(QPainter& painter, const QStyleOption& option)
{
    const ThemeColors colors = themeColors(option.palette);
    const bool enabled = has(option, QStyle::State_Enabled);
    paintRounded(painter, option.rect, enabled ? colors.field : colors.shade, colors.border);
    if (has(option, QStyle::State_HasFocus))
        paintFocusRing(painter, option.rect, colors.accent);
}

void paintCheckBox(QPainter& painter, const QStyleOption& option)
{
    const bool on = has(option, QStyle::State_On);
    const bool partly = has(option, QStyle::State_NoChange);
    paintIndicatorPanel(painter, option, 4, on || partly);
    if (!on && !partly)
        return;
    const QRectF box = middleSquare(option.rect, 16);
    QPainterPath mark;
    mark.moveTo(box.topLeft() + (partly ? QPointF(4.5, 8) : QPointF(4.2, 8.3)));
    if (on)
        mark.lineTo(box.topLeft() + QPointF(7, 11));
    mark.lineTo(box.topLeft() + (partly ? QPointF(11.5, 8) : QPointF(11.8, 5.2)));
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(option.palette.color(QPalette::BrightText), 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(mark);
    painter.restore();
}

void paintRadioButton(QPainter& painter, const QStyleOption& option)
{
    const bool on = has(option, QStyle::State_On);
    paintIndicatorPanel(painter, option, 8, on);
    if (!on)
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(option.palette.color(QPalette::BrightText));
    painter.drawEllipse(middleSquare(option.rect, 6));
    painter.restore();
}

void paintComboBox(QPainter& painter, const QStyleOptionComboBox& option, const QRect& arrow)
{
    if (option.frame && option.editable)
        paintField(painter, option);
    else if (option.frame)
        paintButton(painter, option, false);
    const bool enabled = has(option, QStyle::State_Enabled);
    const QColor color = option.palette.color(enabled ? QPalette::Active : QPalette::Disabled, QPalette::ButtonText);
    paintIcon(painter, middleSquare(arrow, 12), IconName::ChevronDown, color);
}

void paintSpinBox(QPainter& painter, const QStyleOptionSpinBox& option, const QRect& up, const QRect& down)
{
    if (option.frame)
        paintField(painter, option);
    const auto arrow = [&](const QRect& rect, QAbstractSpinBox::StepEnabledFlag step, bool upwards) {
        const bool enabled = has(option, QStyle::State_Enabled) && option.stepEnabled.testFlag(step);
        paintChevron(painter, middleSquare(rect, 10), upwards,
                     option.palette.color(enabled ? QPalette::Active : QPalette::Disabled, QPalette::ButtonText));
    };
    arrow(up, QAbstractSpinBox::StepUpEnabled, true);
    arrow(down, QAbstractSpinBox::StepDownEnabled, false);
}

void paintSlider(QPainter& painter, const QStyleOptionSlider& option, const QRect& groove, const QRect& handle)
{
    const ThemeColors colors = themeColors(option.palette);
    QRectF track = groove;
    if (option.orientation == Qt::Horizontal)
        track = QRectF(track.left(), QRectF(handle).center().y() - 2, track.width(), 4);
    else
        track = QRectF(QRectF(handle).center().x() - 2, track.top(), 4, track.height());
    const double share = (QRectF(handle).center().x() - track.left()) / std::max(1.0, track.width());
    const QColor accent = has(option, QStyle::State_Enabled) ? colors.accent : colors.border;
    if (option.orientation == Qt::Horizontal)
        paintBar(painter, track, share, accent, colors.separator);
    else
        paintRounded(painter, track, colors.separator, colors.separator, 2);
    const QRectF knob = middleSquare(handle, 14);
    paintRounded(painter, knob, accent, accent, 7);
    if (showsFocus(option))
        paintFocusRing(painter, knob.adjusted(-2, -2, 2, 2), accent, 9);
}

QRect progressLine(const QStyleOptionProgressBar& bar, int textWidth)
{
    const QRect line(bar.rect.left(), bar.rect.center().y() - 2, bar.rect.width() - textWidth, 5);
    return QStyle::visualRect(bar.direction, bar.rect, line);
}

void paintProgress(QPainter& painter, const QStyleOptionProgressBar& bar)
{
    const ThemeColors colors = themeColors(bar.palette);
    const QString text = bar.textVisible ? bar.text : QString();
    const int textWidth = text.isEmpty() ? 0 : bar.fontMetrics.horizontalAdvance(text) + kProgressGap;
    const double range = double(bar.maximum) - bar.minimum;
    const double share = range > 0 ? (double(bar.progress) - bar.minimum) / range : 0;
    paintBar(painter, progressLine(bar, textWidth), share, colors.accent, colors.separator);
    painter.setPen(colors.text);
    painter.drawText(bar.rect, Qt::AlignRight | Qt::AlignVCenter, text);
}

void paintMenuBarItem(QPainter& painter, const QStyleOptionMenuItem& item)
{
    const ThemeColors colors = themeColors(item.palette);
    painter.fillRect(item.rect, colors.surface);
    if (item.state.testFlag(QStyle::State_Selected))
        paintRounded(painter, item.rect.adjusted(1, 2, -1, -2), colors.hover, colors.hover);
    painter.setPen(item.palette.color(QPalette::WindowText));
    painter.drawText(item.rect, Qt::AlignCenter | Qt::TextShowMnemonic | Qt::TextSingleLine, item.text);
}

void paintTab(QPainter& painter, const QStyleOptionTab& option)
{
    const ThemeColors colors = themeColors(option.palette);
    const bool selected = has(option, QStyle::State_Selected);
    if (!selected && has(option, QStyle::State_MouseOver))
        painter.fillRect(option.rect, colors.hover);
    if (selected)
        painter.fillRect(QRect(option.rect.left(), option.rect.bottom() - 1, option.rect.width(), 2), colors.accent);
}

void paintHeaderSection(QPainter& painter, const QStyleOption& option)
{
    const ThemeColors colors = themeColors(option.palette);
    const bool hovered = has(option, QStyle::State_MouseOver) && has(option, QStyle::State_Enabled);
    painter.fillRect(option.rect, hovered ? colors.hover : colors.surface);
    painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), colors.separator);
}

void paintDockTitle(QPainter& painter, const QStyleOptionDockWidget& option, const QRect& text)
{
    painter.save();
    painter.setFont(captionFont(painter.font()));
    painter.setPen(themeColors(option.palette).muted);
    const QRect area = text.adjusted(kPanelMargin - 4, 0, 0, 0);
    const QString title = painter.fontMetrics().elidedText(option.title, Qt::ElideRight, area.width());
    painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter, title);
    painter.restore();
}

} // namespace embedscope
