// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions/command_source.h"

#include <QListView>

class QKeyEvent;

namespace embedscope {

class CommandModel;

/// The list below a text field that searches a CommandSource. The focus stays in the text field, which hands its arrow
/// and enter keys to handleKey().
class CommandList : public QListView
{
    Q_OBJECT

public:
    CommandList(CommandSource& source, CommandSource::Order order, QWidget* parent = nullptr);

    void setQuery(const QString& query);

    /// True when the key belonged to the list.
    bool handleKey(const QKeyEvent& event);
    void runCurrent();

    /// Height for at most `rows` rows.
    [[nodiscard]] int heightFor(int rows) const;

Q_SIGNALS:
    /// Before the item is run, so that the popup can close first.
    void chosen(bool isCommand);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void move(int rows);

    CommandSource& m_source;
    CommandSource::Order m_order;
    CommandModel* m_model = nullptr;
};

} // namespace embedscope
