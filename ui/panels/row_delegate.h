// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme.h"

#include <QStyledItemDelegate>

namespace embedscope {

class TokenTable;

/// Paints a cell as a part of its row: hovered with the whole row, and without a focus frame of its own.
class RowDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit RowDelegate(TokenTable* table);

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;

private:
    TokenTable* m_table;
};

/// A number with a thin round bar beside it.
class BarDelegate : public RowDelegate
{
    Q_OBJECT

public:
    enum class BarSide { Left, Right };

    /// `fractionRole` is a double in [0, 1], the filled share of the bar.
    BarDelegate(TokenTable* table, int fractionRole, QColor ThemeColors::*colour, BarSide side);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    int m_fractionRole;
    QColor ThemeColors::*m_colour;
    BarSide m_side;
};

} // namespace embedscope
