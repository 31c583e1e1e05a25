// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/sentence_words.h"

#include "ui/bridge/qt_text.h"
#include "ui/widgets/style_paint.h"
#include "ui/widgets/theme.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace embedscope {

namespace {

constexpr int kPadding = 3; // beside a word
constexpr int kLineGap = 3;
constexpr int kRounding = 1; // advances are fractions of a pixel, and nothing shall be elided for one

} // namespace

SentenceWords::SentenceWords(QWidget* parent)
    : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setMouseTracking(true);
    setAccessibleName(tr("Words of the sentence"));
    setToolTipDuration(8000);
}

void SentenceWords::setWords(const std::vector<ProbedWord>& words)
{
    m_words.clear();
    QStringList unknown;
    for (const ProbedWord& word : words) {
        m_words.push_back({displayToken(word.token), word.row, {}});
        if (!word.row)
            unknown.append(m_words.back().text);
    }
    m_hovered.reset();
    m_current.reset();
    setFocusPolicy(m_words.empty() ? Qt::NoFocus : Qt::StrongFocus);
    setAccessibleDescription(
        unknown.isEmpty() ? QString() : tr("Not in the vocabulary: %1").arg(unknown.join(QLatin1String(", "))));
    layOut(width(), &m_words);
    updateGeometry();
    update();
}

void SentenceWords::setSelectedRow(std::optional<Index> row)
{
    m_selected = row;
    update();
}

int SentenceWords::lineHeight() const
{
    return fontMetrics().height() + 4;
}

int SentenceWords::layOut(int width, std::vector<Word>* words) const
{
    const int height = lineHeight();
    int x = 0;
    int y = 0;
    for (std::size_t i = 0; i < m_words.size(); ++i) {
        const int wide = std::min(fontMetrics().horizontalAdvance(m_words[i].text) + 2 * kPadding + kRounding, width);
        if (x > 0 && x + wide > width) {
            x = 0;
            y += height + kLineGap;
        }
        if (words != nullptr)
            (*words)[i].rect = QRect(x, y, wide, height);
        x += wide;
    }
    return y + height;
}

int SentenceWords::heightForWidth(int width) const
{
    return m_words.empty() ? 0 : layOut(width, nullptr);
}

void SentenceWords::resizeEvent(QResizeEvent*)
{
    layOut(width(), &m_words);
}

QRect SentenceWords::rectOf(std::size_t word) const
{
    return m_words[word].rect;
}

std::optional<std::size_t> SentenceWords::wordAt(QPoint point) const
{
    const auto found = std::ranges::find_if(m_words, [point](const Word& word) { return word.rect.contains(point); });
    return found == m_words.end() ? std::nullopt : std::optional<std::size_t>(found - m_words.begin());
}

void SentenceWords::choose(std::size_t word)
{
    if (m_words[word].row)
        Q_EMIT wordChosen(*m_words[word].row);
}

void SentenceWords::setCurrent(std::optional<std::size_t> word)
{
    m_current = word;
    update();
}

void SentenceWords::mouseMoveEvent(QMouseEvent* event)
{
    m_hovered = wordAt(event->pos());
    setCursor(m_hovered && m_words[*m_hovered].row ? Qt::PointingHandCursor : Qt::ArrowCursor);
    update();
}

void SentenceWords::leaveEvent(QEvent*)
{
    m_hovered.reset();
    update();
}

void SentenceWords::mousePressEvent(QMouseEvent* event)
{
    const auto word = wordAt(event->pos());
    if (event->button() != Qt::LeftButton || !word)
        return;
    setCurrent(word);
    choose(*word);
}

void SentenceWords::focusInEvent(QFocusEvent*)
{
    if (!m_current && !m_words.empty())
        setCurrent(0);
}

void SentenceWords::keyPressEvent(QKeyEvent* event)
{
    const bool there = m_current.has_value();
    if (event->key() == Qt::Key_Left && there && *m_current > 0)
        setCurrent(*m_current - 1);
    else if (event->key() == Qt::Key_Right && there && *m_current + 1 < m_words.size())
        setCurrent(*m_current + 1);
    else if (there &&
             (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space))
        choose(*m_current);
    else
        QWidget::keyPressEvent(event);
}

bool SentenceWords::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const auto word = wordAt(help->pos());
    if (!word)
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(),
                           plainToolTip(m_words[*word].row ? tr("Selects the word on the map.")
                                                           : tr("Not in the vocabulary: it counts as <unk>.")),
                           this, m_words[*word].rect);
    return true;
}

void SentenceWords::paintWord(QPainter& painter, const Word& word, bool current) const
{
    const ThemeColors colours = themeColors(palette());
    const bool hovered = m_hovered && &m_words[*m_hovered] == &word;
    if (word.row && word.row == m_selected)
        paintRounded(painter, word.rect, colours.selection, colours.selection, 3);
    else if (word.row && hovered)
        paintRounded(painter, word.rect, colours.hover, colours.hover, 3);
    const QRect text = word.rect.adjusted(kPadding, 0, -kPadding, 0);
    painter.setPen(word.row ? colours.text : colours.muted);
    painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter,
                     fontMetrics().elidedText(word.text, Qt::ElideRight, text.width()));
    if (!word.row) {
        painter.setPen(QPen(colours.warning, 1.2, Qt::DotLine));
        painter.drawLine(text.left(), text.bottom() - 1, text.right(), text.bottom() - 1);
    }
    if (current && hasFocus())
        paintFocusRing(painter, word.rect, colours.accent, 3);
}

void SentenceWords::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    for (std::size_t i = 0; i < m_words.size(); ++i)
        paintWord(painter, m_words[i], m_current == i);
}

} // namespace embedscope
