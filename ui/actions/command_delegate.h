// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace embedscope {

class CommandModel;

/// Draws a found item: icon, text with the typed letters in bold, where it belongs, and its shortcut at the right.
class CommandDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    CommandDelegate(const CommandModel& model, QObject* parent = nullptr);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

    [[nodiscard]] static int rowHeight(const QFontMetrics& metrics);

private:
    const CommandModel& m_model;
};

} // namespace embedscope
