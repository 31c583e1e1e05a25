// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

#include <optional>

namespace embedscope {

class RowDelegate;

/// The table of the panels: compact rows without grid and frame, where a row is one thing: it is hovered, selected and
/// chosen as a whole.
class TokenTable : public QTableView
{
    Q_OBJECT

public:
    explicit TokenTable(QWidget* parent = nullptr);

    /// Shows the row at `place` as hovered, wherever the pointer is.
    void setHoveredPlace(std::optional<int> place);
    [[nodiscard]] std::optional<int> hoveredPlace() const { return m_hovered; }

    /// As QTableView, but says what was typed instead of searching a long list step by step.
    void keyboardSearch(const QString& text) override;

Q_SIGNALS:
    /// The pointer came to this row, or left the table (-1).
    void placeHovered(int place);
    /// A click or Enter.
    void placeChosen(int place);
    void typed(const QString& text);

protected:
    bool viewportEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void fitRowHeight();

    std::optional<int> m_hovered;
};

} // namespace embedscope
