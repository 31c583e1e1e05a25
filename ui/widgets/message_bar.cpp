// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/message_bar.h"

#include "ui/widgets/icons.h"
#include "ui/widgets/style_paint.h"
#include "ui/widgets/theme.h"

#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>

namespace embedscope {

namespace {

constexpr int kMostKept = 20;
constexpr int kIconRoom = 40;
constexpr int kDetailLines = 6;

QString kindName(Message::Kind kind)
{
    switch (kind) {
    case Message::Kind::Warning:
        return MessageBar::tr("Warning");
    case Message::Kind::Error:
        return MessageBar::tr("Error");
    case Message::Kind::Info:
        break;
    }
    return MessageBar::tr("Information");
}

IconName kindIcon(Message::Kind kind)
{
    if (kind == Message::Kind::Info)
        return IconName::Info;
    return kind == Message::Kind::Warning ? IconName::Warning : IconName::Error;
}

QColor kindColor(Message::Kind kind, const ThemeColors& colors)
{
    if (kind == Message::Kind::Info)
        return colors.accent;
    return kind == Message::Kind::Warning ? colors.warning : colors.bad;
}

QToolButton* flatButton(IconName name, const QString& text)
{
    auto* button = new QToolButton;
    button->setIcon(icon(name));
    button->setAutoRaise(true);
    button->setToolTip(text);
    button->setAccessibleName(text);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

} // namespace

MessageBar::MessageBar(QWidget* parent)
    : QFrame(parent)
    , m_text(new QLabel)
    , m_more(new QLabel)
    , m_action(new QPushButton)
    , m_other(new QPushButton)
    , m_fold(flatButton(IconName::ChevronRight, tr("Details")))
    , m_copy(flatButton(IconName::Copy, tr("Copy the message")))
    , m_close(flatButton(IconName::Close, tr("Close the message")))
    , m_details(new QPlainTextEdit)
{
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_more->setForegroundRole(QPalette::PlaceholderText);
    m_fold->setCheckable(true);
    m_fold->setText(tr("Details"));
    m_fold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_details->setReadOnly(true);
    m_details->setAccessibleName(tr("Details of the message"));
    m_details->setFrameShape(QFrame::NoFrame);
    m_details->setFixedHeight(m_details->fontMetrics().lineSpacing() * kDetailLines + 12);

    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(kIconRoom, 7, kPanelMargin, 8);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(0, 1);
    int column = 0;
    for (QWidget* widget : {static_cast<QWidget*>(m_text), static_cast<QWidget*>(m_more), static_cast<QWidget*>(m_fold),
                            static_cast<QWidget*>(m_action), static_cast<QWidget*>(m_other),
                            static_cast<QWidget*>(m_copy), static_cast<QWidget*>(m_close)})
        grid->addWidget(widget, 0, column++);
    grid->addWidget(m_details, 1, 0, 1, column);

    connect(m_fold, &QToolButton::toggled, this, &MessageBar::unfold);
    connect(m_action, &QPushButton::clicked, this, [this] { run(&Message::action); });
    connect(m_other, &QPushButton::clicked, this, [this] { run(&Message::otherAction); });
    connect(m_copy, &QToolButton::clicked, this, &MessageBar::copy);
    connect(m_close, &QToolButton::clicked, this, &MessageBar::dismiss);
    hide();
}

void MessageBar::post(Message message)
{
    m_messages.removeIf([&](const Message& old) { return old.text == message.text; });
    m_messages.append(std::move(message));
    if (m_messages.size() > kMostKept)
        m_messages.removeFirst();
    refresh();
}

void MessageBar::dismiss()
{
    if (m_messages.isEmpty())
        return;
    m_messages.removeLast();
    refresh();
}

void MessageBar::dismissAll()
{
    m_messages.clear();
    refresh();
}

QString MessageBar::text() const
{
    return m_messages.isEmpty() ? QString() : m_messages.last().text;
}

void MessageBar::refresh()
{
    setVisible(!m_messages.isEmpty());
    if (!m_messages.isEmpty()) {
        const Message& message = m_messages.last();
        m_text->setText(message.text);
        m_text->setAccessibleName(kindName(message.kind) % u": " % message.text);
        m_more->setVisible(count() > 1);
        m_more->setText(tr("%n more", nullptr, count() - 1));
        m_action->setVisible(!message.actionText.isEmpty());
        m_action->setText(message.actionText);
        m_action->setAccessibleName(message.actionText);
        m_other->setVisible(!message.otherText.isEmpty());
        m_other->setText(message.otherText);
        m_other->setAccessibleName(message.otherText);
        m_fold->setVisible(!message.details.isEmpty());
        m_fold->setChecked(false);
        unfold(false);
        m_details->setPlainText(message.details);
        update();
    }
    Q_EMIT changed();
}

void MessageBar::unfold(bool open)
{
    m_details->setVisible(open);
    m_fold->setIcon(icon(open ? IconName::ChevronDown : IconName::ChevronRight));
}

void MessageBar::run(std::function<void()> Message::*action)
{
    const auto wanted = m_messages.last().*action;
    dismiss();
    if (wanted)
        wanted();
}

void MessageBar::copy() const
{
    const Message& message = m_messages.last();
    QGuiApplication::clipboard()->setText(message.details.isEmpty() ? message.text
                                                                    : message.text % u'\n' % message.details);
}

void MessageBar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        dismiss();
    else
        QFrame::keyPressEvent(event);
}

void MessageBar::paintEvent(QPaintEvent*)
{
    if (m_messages.isEmpty())
        return;
    const ThemeColors colors = themeColors(palette());
    const Message::Kind kind = m_messages.last().kind;
    const QColor color = kindColor(kind, colors);
    QColor tint = color;
    tint.setAlphaF(0.10F);
    QPainter painter(this);
    painter.fillRect(rect(), colors.surface);
    painter.fillRect(rect(), tint);
    painter.fillRect(QRect(0, 0, 3, height()), color);
    painter.fillRect(QRect(0, height() - 1, width(), 1), colors.separator);
    paintIcon(painter, QRectF(14, 13, 16, 16), kindIcon(kind), color);
}

} // namespace embedscope
