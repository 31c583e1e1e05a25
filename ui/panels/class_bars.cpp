// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/class_bars.h"

#include "ui/plot/plot_style.h"
#include "ui/widgets/fonts.h"
#include "ui/widgets/style_paint.h"
#include "ui/widgets/theme.h"

#include <QLocale>
#include <QPainter>
#include <QStringList>

#include <algorithm>
#include <numeric>
#include <utility>

namespace embedscope {

namespace {

constexpr std::size_t kMostShown = 6;
constexpr int kGap = 10;
constexpr int kBarHeight = 6;
constexpr double kNameShare = 0.4; // of the width, at most

QString numberOf(float probability)
{
    return QLocale().toString(static_cast<double>(probability), 'f', 2);
}

} // namespace

ClassBars::ClassBars(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Probabilities"));
}

void ClassBars::setClasses(std::vector<QString> names)
{
    m_names = std::move(names);
    m_probabilities.clear();
    describe();
    updateGeometry();
    update();
}

void ClassBars::setProbabilities(std::vector<float> probabilities)
{
    m_probabilities = std::move(probabilities);
    m_probabilities.resize(m_probabilities.empty() ? 0 : m_names.size());
    describe();
    update();
}

std::vector<std::size_t> ClassBars::shownClasses() const
{
    std::vector<std::size_t> order(m_names.size());
    std::iota(order.begin(), order.end(), 0);
    if (order.size() <= kMostShown)
        return order;
    if (!m_probabilities.empty())
        std::ranges::stable_sort(order, std::ranges::greater(), [this](std::size_t i) { return m_probabilities[i]; });
    order.resize(kMostShown);
    return order;
}

int ClassBars::lineHeight() const
{
    return fontMetrics().height() + 6;
}

QSize ClassBars::sizeHint() const
{
    return {260, lineHeight() * static_cast<int>(std::min(m_names.size(), kMostShown))};
}

void ClassBars::describe()
{
    QStringList parts;
    if (!m_probabilities.empty())
        for (const std::size_t i : shownClasses())
            parts.append(QStringLiteral("%1 %2").arg(m_names[i], numberOf(m_probabilities[i])));
    setAccessibleDescription(parts.join(QStringLiteral(", ")));
}

void ClassBars::paintEvent(QPaintEvent*)
{
    const ThemeColors colours = themeColors(palette());
    const std::vector<QColor> ofClasses = categoricalColours(colours.dark);
    const QFont figures = figureFont(font());
    const std::vector<std::size_t> shown = shownClasses();
    const auto likeliest = std::ranges::max_element(m_probabilities);
    QFont strong = font();
    strong.setBold(true);
    int names = 0;
    for (const std::size_t i : shown)
        names = std::max(names, QFontMetrics(strong).horizontalAdvance(m_names[i]) + 1);
    names = std::min(names, static_cast<int>(kNameShare * width()));
    const int number = QFontMetrics(figures).horizontalAdvance(QStringLiteral("0.00"));

    QPainter painter(this);
    QRect line(0, 0, width(), lineHeight());
    for (const std::size_t i : shown) {
        const bool known = !m_probabilities.empty();
        const bool first = known && likeliest - m_probabilities.begin() == static_cast<std::ptrdiff_t>(i);
        painter.setFont(first ? strong : font());
        painter.setPen(known ? colours.text : colours.muted);
        const QRect name(0, line.top(), names, line.height());
        painter.drawText(name, Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(m_names[i], Qt::ElideRight, names));
        const int left = names + kGap;
        const QRect bar(left, line.center().y() - kBarHeight / 2 + 1, width() - left - number - kGap, kBarHeight);
        paintBar(painter, bar, known ? static_cast<double>(m_probabilities[i]) : 0,
                 known ? ofClasses[i % ofClasses.size()] : colours.separator, colours.separator);
        painter.setFont(figures);
        if (known)
            painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, numberOf(m_probabilities[i]));
        line.translate(0, line.height());
    }
}

} // namespace embedscope
