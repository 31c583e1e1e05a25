// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/toggle_switch.h"

#include "ui/widgets/style_paint.h"
#include "ui/widgets/theme.h"

#include <QPainter>
#include <QStyle>

namespace embedscope {

namespace {

constexpr int kMargin = 2; // for the focus ring
constexpr QSize kTrack(32, 18);
constexpr int kSlideMs = 110;

} // namespace

ToggleSwitch::ToggleSwitch(QWidget* parent)
    : QAbstractButton(parent)
{
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_slide.setDuration(kSlideMs);
    m_slide.setStartValue(0.0);
    m_slide.setEndValue(1.0);
    connect(&m_slide, &QVariantAnimation::valueChanged, this, qOverload<>(&QWidget::update));
    connect(this, &QAbstractButton::toggled, this, &ToggleSwitch::slideTo);
}

QSize ToggleSwitch::sizeHint() const
{
    return kTrack + QSize(2 * kMargin, 2 * kMargin);
}

bool ToggleSwitch::hitButton(const QPoint& position) const
{
    return rect().contains(position);
}

void ToggleSwitch::slideTo(bool on)
{
    m_slide.setDirection(on ? QAbstractAnimation::Forward : QAbstractAnimation::Backward);
    const bool animated = isVisible() && style()->styleHint(QStyle::SH_Widget_Animation_Duration) > 0;
    if (animated)
        m_slide.start();
    else
        m_slide.setCurrentTime(on ? kSlideMs : 0);
    update();
}

void ToggleSwitch::paintEvent(QPaintEvent*)
{
    const ThemeColors colors = themeColors(palette());
    const QRectF track(QPointF((width() - kTrack.width()) / 2.0, (height() - kTrack.height()) / 2.0), QSizeF(kTrack));
    const double place = m_slide.currentValue().toDouble();
    const double knob = track.height() - 4;
    const double travel = track.width() - track.height();
    const double x = track.left() + 2 + travel * (isRightToLeft() ? 1 - place : place);

    QPainter painter(this);
    painter.setOpacity(isEnabled() ? 1 : 0.5);
    const QColor fill = isChecked() ? colors.accent : underMouse() ? colors.border : colors.separator;
    paintRounded(painter, track, fill, isChecked() ? fill : colors.border, track.height() / 2 - 0.5);
    const QColor handle = isChecked() ? colors.onAccent : colors.dark ? colors.muted : colors.surface;
    const QColor outline = isChecked() ? handle : colors.dark ? handle : colors.border;
    paintRounded(painter, QRectF(x, track.top() + 2, knob, knob), handle, outline, knob / 2);
    if (hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange))
        paintFocusRing(painter, rect(), colors.accent, height() / 2.0);
}

} // namespace embedscope
