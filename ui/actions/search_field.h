// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions/command_source.h"

#include <QKeySequence>
#include <QLineEdit>
#include <QPointer>

class QLabel;

namespace embedscope {

class CommandList;
class PopupFrame;

/// The field in the middle of the tool bar: finds tokens, formulas and commands as one types.
class SearchField : public QLineEdit
{
    Q_OBJECT

public:
    /// `source` outlives it. `shortcut` is shown at the right while the field is empty.
    explicit SearchField(CommandSource& source, const QKeySequence& shortcut, QWidget* parent = nullptr);
    ~SearchField() override;

    /// Takes the focus and selects what stands there.
    void start();

    [[nodiscard]] QSize sizeHint() const override;

    bool eventFilter(QObject* watched, QEvent* event) override;

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void search(const QString& query);
    void ensurePopup();
    void placePopup();
    void hidePopup();
    void finish(bool isCommand);

    CommandSource& m_source;
    QLabel* m_hint = nullptr;
    // Belongs to the window, so that it can lie over everything in it.
    QPointer<PopupFrame> m_popup;
    QPointer<CommandList> m_list;
};

} // namespace embedscope
