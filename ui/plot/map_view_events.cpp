// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/map_view.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QScopedValueRollback>
#include <QToolTip>
#include <QWheelEvent>

#include <cmath>

namespace embedscope {

namespace {

constexpr double kZoomStep = 1.25;
constexpr double kPanShare = 0.12; // of the smaller side, for one press of an arrow key
constexpr double kDegreesToDouble = 240;

std::optional<QPointF> panOf(int key)
{
    switch (key) {
    case Qt::Key_Left:
        return QPointF(1, 0);
    case Qt::Key_Right:
        return QPointF(-1, 0);
    case Qt::Key_Up:
        return QPointF(0, 1);
    case Qt::Key_Down:
        return QPointF(0, -1);
    default:
        return std::nullopt;
    }
}

} // namespace

bool MapView::event(QEvent* event)
{
    // Two fingers on a touchpad.
    if (event->type() == QEvent::NativeGesture) {
        const auto* gesture = static_cast<QNativeGestureEvent*>(event);
        if (gesture->gestureType() == Qt::ZoomNativeGesture) {
            zoomAt(gesture->position(), 1 + gesture->value());
            return true;
        }
    }
    if (event->type() == QEvent::Show || event->type() == QEvent::Hide)
        updateRotation();
    return PlotWidget::event(event);
}

void MapView::wheelEvent(QWheelEvent* event)
{
    zoomAt(event->position(), std::exp2(event->angleDelta().y() / kDegreesToDouble));
    event->accept();
}

void MapView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton)
        return event->ignore();
    m_pressedName = event->button() == Qt::LeftButton ? classAt(event->position()) : std::nullopt;
    if (m_pressedName)
        return;
    if (event->button() == Qt::LeftButton && m_lasso.tool() != MapTool::Move)
        m_lasso.begin(event->position());
    m_pressedAt = m_lastMouse = event->position();
    m_dragging = false;
    m_rolling = isSolid() && event->button() == Qt::LeftButton && !(event->modifiers() & Qt::ShiftModifier);
}

void MapView::mouseMoveEvent(QMouseEvent* event)
{
    const QPointF position = event->position();
    if (!m_pressedAt)
        return hoverAt(position, event->globalPosition().toPoint());
    if (!m_dragging && (position - *m_pressedAt).manhattanLength() >= QApplication::startDragDistance()) {
        m_dragging = true;
        if (!m_lasso.active())
            setCursor(Qt::ClosedHandCursor);
        QToolTip::hideText();
    }
    if (m_lasso.active()) {
        m_lasso.moveTo(position);
        refreshOverlay();
    } else if (m_dragging)
        m_rolling ? rollBy(position - m_lastMouse) : panBy(position - m_lastMouse);
    m_lastMouse = m_dragging ? position : m_lastMouse;
}

void MapView::mouseReleaseEvent(QMouseEvent* event)
{
    const bool clicked = m_pressedAt && !m_dragging && event->button() == Qt::LeftButton;
    if (m_pressedName && event->button() == Qt::LeftButton) {
        if (classAt(event->position()) == m_pressedName)
            clickLegend(*m_pressedName, event->modifiers());
        m_pressedName.reset();
        return;
    }
    if (m_lasso.active() && event->button() == Qt::LeftButton)
        finishLasso(event->modifiers());
    m_pressedAt.reset();
    m_dragging = false;
    setCursor(restingCursor());
    // A click beside all dots keeps the selection: it is often the first half of a double-click.
    if (const auto row = clicked ? rowAt(event->position()) : std::nullopt) {
        const QScopedValueRollback here(m_selectingHere, true);
        selection().select(row);
    }
}

void MapView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    if (const auto name = classAt(event->position()))
        return isolateByDoubleClick(*name);
    fit();
}

void MapView::leaveEvent(QEvent* event)
{
    PlotWidget::leaveEvent(event);
    selection().hover(std::nullopt);
    m_overLegend = false;
}

void MapView::keyPressEvent(QKeyEvent* event)
{
    const double step = kPanShare * std::min(width(), height());
    if (const auto pan = panOf(event->key()))
        return isSolid() && event->modifiers() & Qt::ControlModifier ? rollBy(*pan * -step) : panBy(*pan * step);
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoom(kZoomStep);
    case Qt::Key_Minus:
        return zoom(1 / kZoomStep);
    case Qt::Key_Home:
    case Qt::Key_0:
        return fit();
    case Qt::Key_M:
        return setTool(MapTool::Move);
    case Qt::Key_B:
        return setTool(MapTool::Rectangle);
    case Qt::Key_L:
        return setTool(MapTool::Lasso);
    case Qt::Key_R:
        if (isSolid())
            return setAutoRotate(!m_autoRotates);
        break;
    case Qt::Key_Escape:
        if (escape())
            return;
        break;
    default:
        break;
    }
    PlotWidget::keyPressEvent(event);
}

void MapView::focusInEvent(QFocusEvent* event)
{
    PlotWidget::focusInEvent(event);
    refreshOverlay();
}

void MapView::focusOutEvent(QFocusEvent* event)
{
    PlotWidget::focusOutEvent(event);
    refreshOverlay();
}

void MapView::hoverAt(QPointF pixel, QPoint globalPixel)
{
    if (hoverLegend(pixel, globalPixel))
        return;
    const std::optional<Index> row = rowAt(pixel);
    if (row == selection().hovered())
        return;
    selection().hover(row);
    setCursor(row ? Qt::PointingHandCursor : restingCursor());
    if (!row)
        return QToolTip::hideText();
    const QString text = m_tooltipOf
                             ? m_tooltipOf(*row)
                             : tr("%1\nrow %2").arg(tokenOf(*row), QLocale().toString(static_cast<qlonglong>(*row)));
    // A token may look like HTML.
    QToolTip::showText(globalPixel, QStringLiteral("<p style='white-space:pre'>%1</p>").arg(text.toHtmlEscaped()),
                       this);
}

} // namespace embedscope
