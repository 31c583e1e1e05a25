// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/icons.h"

#include "ui/widgets/icon_glyphs.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>

#include <algorithm>

static void initEmbedscopeResources()
{
    Q_INIT_RESOURCE(resources);
}

namespace embedscope {

namespace {

constexpr double kGrid = 16;
constexpr double kPen = 1.35;

class GlyphEngine : public QIconEngine
{
public:
    GlyphEngine(IconName name, QPalette::ColorRole role)
        : m_name(name)
        , m_role(role)
    {
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        const auto group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active;
        paintIcon(*painter, rect, m_name, QGuiApplication::palette().color(group, m_role));
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap result(size);
        result.fill(Qt::transparent);
        QPainter painter(&result);
        paint(&painter, QRect(QPoint(0, 0), size), mode, state);
        return result;
    }

    QIconEngine* clone() const override { return new GlyphEngine(m_name, m_role); }

private:
    IconName m_name;
    QPalette::ColorRole m_role;
};

} // namespace

QIcon icon(IconName name, QPalette::ColorRole role)
{
    return QIcon(new GlyphEngine(name, role));
}

void paintIcon(QPainter& painter, const QRectF& rect, IconName name, const QColor& color)
{
    const double side = std::min(rect.width(), rect.height());
    const Glyph shape = glyph(name);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(rect.center().x() - side / 2, rect.center().y() - side / 2);
    painter.scale(side / kGrid, side / kGrid);
    painter.setPen(QPen(color, kPen, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(shape.strokes);
    painter.fillPath(shape.fills, color);
    painter.restore();
}

QIcon appIcon()
{
    initEmbedscopeResources();
    QIcon result;
    for (const int size : {16, 24, 32, 48, 64, 128, 256, 512})
        result.addFile(QStringLiteral(":/icons/embedscope-%1.png").arg(size), QSize(size, size));
    return result;
}

} // namespace embedscope
