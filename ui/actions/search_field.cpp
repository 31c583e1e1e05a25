// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/search_field.h"

#include "ui/actions/command_list.h"
#include "ui/actions/popup_frame.h"

#include <QKeyEvent>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace embedscope {

namespace {

constexpr int kRows = 12;
constexpr int kMargin = 6;
constexpr int kHintMargin = 10;

} // namespace

SearchField::SearchField(CommandSource& source, const QKeySequence& shortcut, QWidget* parent)
    : QLineEdit(parent)
    , m_source(source)
    , m_hint(new QLabel(shortcut.toString(QKeySequence::NativeText), this))
{
    setPlaceholderText(tr("Find a token, a formula or a command"));
    setAccessibleName(tr("Find a token, a formula or a command"));
    setTextMargins(4, 0, 4, 0);
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    m_hint->setAttribute(Qt::WA_TransparentForMouseEvents);
    connect(this, &QLineEdit::textEdited, this, &SearchField::search);
    connect(this, &QLineEdit::textChanged, this, [this](const QString& text) { m_hint->setVisible(text.isEmpty()); });
}

SearchField::~SearchField()
{
    delete m_popup;
}

void SearchField::start()
{
    setFocus(Qt::ShortcutFocusReason);
    selectAll();
}

QSize SearchField::sizeHint() const
{
    return {480, QLineEdit::sizeHint().height()};
}

void SearchField::search(const QString& query)
{
    if (query.trimmed().isEmpty()) {
        hidePopup();
        return;
    }
    ensurePopup();
    m_list->setQuery(query);
    placePopup();
    m_popup->show();
    m_popup->raise();
}

void SearchField::ensurePopup()
{
    if (m_popup)
        return;
    m_popup = new PopupFrame(window());
    m_list = new CommandList(m_source, CommandSource::Order::CommandsLast);
    auto* column = new QVBoxLayout(m_popup);
    column->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    column->addWidget(m_list);
    window()->installEventFilter(this);
    connect(m_list, &CommandList::chosen, this, &SearchField::finish);
}

void SearchField::placePopup()
{
    m_list->setFixedHeight(m_list->heightFor(kRows));
    const QPoint below = mapTo(window(), QPoint(0, height() + 4));
    m_popup->setGeometry(QRect(below, QSize(width(), m_popup->sizeHint().height())));
}

void SearchField::hidePopup()
{
    if (m_popup)
        m_popup->hide();
}

void SearchField::finish(bool isCommand)
{
    hidePopup();
    if (isCommand)
        clear();
    else
        selectAll();
}

bool SearchField::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize && m_popup && m_popup->isVisible())
        placePopup();
    return QLineEdit::eventFilter(watched, event);
}

void SearchField::keyPressEvent(QKeyEvent* event)
{
    const bool open = m_popup && m_popup->isVisible();
    if (open && event->key() == Qt::Key_Escape)
        hidePopup();
    else if (open && m_list->handleKey(*event))
        event->accept();
    else if (event->key() == Qt::Key_Escape && !text().isEmpty())
        clear();
    else if (event->key() == Qt::Key_Down || event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        search(text());
    else
        QLineEdit::keyPressEvent(event);
}

void SearchField::focusOutEvent(QFocusEvent* event)
{
    QLineEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason)
        hidePopup();
}

void SearchField::resizeEvent(QResizeEvent* event)
{
    QLineEdit::resizeEvent(event);
    const QSize hint = m_hint->sizeHint();
    m_hint->setGeometry(width() - hint.width() - kHintMargin, (height() - hint.height()) / 2, hint.width(),
                        hint.height());
}

} // namespace embedscope
