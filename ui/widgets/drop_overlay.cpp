// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/drop_overlay.h"

#include "ui/widgets/fonts.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/theme.h"

#include <QDragEnterEvent>
#include <QMimeData>
#include <QPainter>
#include <QUrl>

namespace embedscope {

namespace {

QStringList localFiles(const QMimeData& data)
{
    QStringList paths;
    for (const QUrl& url : data.urls()) {
        if (url.isLocalFile())
            paths << url.toLocalFile();
    }
    return paths;
}

} // namespace

DropOverlay::DropOverlay(QWidget* host)
    : QWidget(host)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
    host->setAcceptDrops(true);
    host->installEventFilter(this);
}

void DropOverlay::cover()
{
    setGeometry(parentWidget()->rect());
    raise();
    show();
}

bool DropOverlay::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::DragEnter: {
        auto* drag = static_cast<QDragEnterEvent*>(event);
        if (localFiles(*drag->mimeData()).isEmpty())
            return false;
        drag->acceptProposedAction();
        cover();
        return true;
    }
    case QEvent::DragLeave:
        hide();
        return false;
    case QEvent::Drop: {
        auto* drop = static_cast<QDropEvent*>(event);
        const QStringList paths = localFiles(*drop->mimeData());
        hide();
        if (paths.isEmpty())
            return false;
        drop->acceptProposedAction();
        Q_EMIT filesDropped(paths);
        return true;
    }
    default:
        return QWidget::eventFilter(watched, event);
    }
}

void DropOverlay::paintEvent(QPaintEvent*)
{
    const ThemeColors colors = themeColors(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor veil = colors.surface;
    veil.setAlphaF(0.88F);
    painter.fillRect(rect(), veil);
    painter.setPen(QPen(colors.accent, 2, Qt::DashLine));
    painter.drawRoundedRect(QRectF(rect()).adjusted(14, 14, -14, -14), 12, 12);
    const QPointF centre = QRectF(rect()).center();
    paintIcon(painter, QRectF(centre.x() - 24, centre.y() - 64, 48, 48), IconName::Drop, colors.accent);
    painter.setFont(titleFont(font()));
    painter.setPen(colors.text);
    painter.drawText(rect().adjusted(0, 24, 0, 24), Qt::AlignCenter, tr("Drop to open"));
}

} // namespace embedscope
