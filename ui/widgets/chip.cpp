// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/chip.h"

#include "ui/widgets/style_paint.h"
#include "ui/widgets/theme.h"

#include <QPainter>

#include <algorithm>

namespace embedscope {

namespace {

constexpr int kPadding = 10;
constexpr int kGap = 4;
constexpr int kMinimum = 160;

} // namespace

Chip::Chip(QVector<Part> parts, QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    setParts(std::move(parts));
}

void Chip::setParts(QVector<Part> parts)
{
    m_parts = std::move(parts);
    setAccessibleName(text());
    setToolTip(text());
    updateGeometry();
    update();
}

QString Chip::text() const
{
    QStringList texts;
    for (const Part& part : m_parts)
        texts << part.text;
    return texts.join(u' ');
}

int Chip::textWidth(const QString& text) const
{
    return fontMetrics().horizontalAdvance(text);
}

QSize Chip::sizeHint() const
{
    int width = 2 * kPadding + kGap * static_cast<int>(std::max<qsizetype>(0, m_parts.size() - 1));
    for (const Part& part : m_parts)
        width += textWidth(part.text);
    return {width, fontMetrics().height() + 8};
}

QSize Chip::minimumSizeHint() const
{
    return {std::min(sizeHint().width(), kMinimum), sizeHint().height()};
}

void Chip::paintEvent(QPaintEvent*)
{
    if (m_parts.isEmpty())
        return;
    const ThemeColors colors = themeColors(palette());
    QPainter painter(this);
    paintRounded(painter, rect(), colors.surface, colors.border, height() / 2.0 - 1);

    const auto longest = std::max_element(m_parts.cbegin(), m_parts.cend(), [this](const Part& a, const Part& b) {
        return textWidth(a.text) < textWidth(b.text);
    });
    const int missing = std::max(0, sizeHint().width() - width());
    int x = kPadding;
    for (auto part = m_parts.cbegin(); part != m_parts.cend(); ++part) {
        const int room = textWidth(part->text) - (part == longest ? missing : 0);
        const bool whole = room >= textWidth(part->text);
        const QString shown =
            whole ? part->text : fontMetrics().elidedText(part->text, Qt::ElideMiddle, std::max(0, room));
        painter.setPen(part->muted ? colors.muted : colors.text);
        painter.drawText(QRect(x, 0, width() - x, height()), Qt::AlignLeft | Qt::AlignVCenter, shown);
        x += textWidth(shown) + kGap;
    }
}

} // namespace embedscope
