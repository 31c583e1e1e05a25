// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QVector>

#include <functional>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QToolButton;

namespace embedscope {

/// Something to tell in a MessageBar.
struct Message
{
    enum class Kind { Info, Warning, Error };

    Kind kind = Kind::Info;
    QString text;
    QString details;              // more lines, folded at first
    QString actionText;           // a button when not empty; it also closes the message
    std::function<void()> action; // runs on the GUI thread
    QString otherText = {};       // a second button, likewise
    std::function<void()> otherAction = {};
};

/// An inline bar for messages: never modal, nothing steals the focus. A newer message covers the older ones, which come
/// back as it is closed; the same text is never kept twice. The text can be selected and copied.
class MessageBar : public QFrame
{
    Q_OBJECT

public:
    explicit MessageBar(QWidget* parent = nullptr);

    void post(Message message);
    void dismiss();
    void dismissAll();

    [[nodiscard]] int count() const { return static_cast<int>(m_messages.size()); }
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    /// The shown message changed, or the bar closed.
    void changed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void refresh();
    void unfold(bool open);
    void run(std::function<void()> Message::*action);
    void copy() const;

    QVector<Message> m_messages; // the last one is shown
    QLabel* m_text = nullptr;
    QLabel* m_more = nullptr;
    QPushButton* m_action = nullptr;
    QPushButton* m_other = nullptr;
    QToolButton* m_fold = nullptr;
    QToolButton* m_copy = nullptr;
    QToolButton* m_close = nullptr;
    QPlainTextEdit* m_details = nullptr;
};

} // namespace embedscope
