// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions/command_source.h"
#include "ui/actions/popup_frame.h"

#include <QPointer>

class QLineEdit;

namespace embedscope {

class CommandList;

/// Every command by its name: type a few letters, choose with the arrow keys, run with Enter, leave with Escape.
class CommandPalette : public PopupFrame
{
    Q_OBJECT

public:
    /// Lies over `window`, near its top. `source` outlives it.
    CommandPalette(CommandSource& source, QWidget* window);

    /// Shows the palette, or hides it when it is shown.
    void toggle();
    void open();
    /// Gives the focus back to where it was.
    void leave();

    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void search(const QString& query);
    void place();

    QLineEdit* m_edit = nullptr;
    CommandList* m_list = nullptr;
    QPointer<QWidget> m_before;
};

} // namespace embedscope
