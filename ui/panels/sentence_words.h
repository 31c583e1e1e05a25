// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/model/sentence_probe.h"

#include <QWidget>

#include <optional>
#include <vector>

namespace embedscope {

/// The words of a sentence as a model reads them. One without a row is marked; a click, or the arrow keys and Enter,
/// chooses one that has a row.
class SentenceWords : public QWidget
{
    Q_OBJECT

public:
    explicit SentenceWords(QWidget* parent = nullptr);

    void setWords(const std::vector<ProbedWord>& words);
    /// Shown as chosen.
    void setSelectedRow(std::optional<Index> row);

    [[nodiscard]] QRect rectOf(std::size_t word) const;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override { return {260, heightForWidth(260)}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {80, lineHeight()}; }

Q_SIGNALS:
    void wordChosen(embedscope::Index row);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Word
    {
        QString text;
        std::optional<Index> row;
        QRect rect;
    };

    [[nodiscard]] int lineHeight() const;
    int layOut(int width, std::vector<Word>* words) const;
    [[nodiscard]] std::optional<std::size_t> wordAt(QPoint point) const;
    void setCurrent(std::optional<std::size_t> word);
    void choose(std::size_t word);
    void paintWord(QPainter& painter, const Word& word, bool current) const;

    std::vector<Word> m_words;
    std::optional<Index> m_selected;
    std::optional<std::size_t> m_hovered;
    std::optional<std::size_t> m_current; // of the keyboard
};

} // namespace embedscope
