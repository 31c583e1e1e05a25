// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/command_palette.h"

#include "ui/actions/command_list.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace embedscope {

namespace {

constexpr int kWidth = 560;
constexpr int kRows = 12;
constexpr int kTop = 56;
constexpr int kMargin = 8;

} // namespace

CommandPalette::CommandPalette(CommandSource& source, QWidget* window)
    : PopupFrame(window)
    , m_edit(new QLineEdit)
    , m_list(new CommandList(source, CommandSource::Order::CommandsFirst))
{
    m_edit->setPlaceholderText(tr("Type a command"));
    m_edit->setAccessibleName(tr("Find a command"));
    m_edit->installEventFilter(this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    column->setSpacing(kMargin);
    column->addWidget(m_edit);
    column->addWidget(m_list);
    connect(m_edit, &QLineEdit::textChanged, this, &CommandPalette::search);
    connect(m_list, &CommandList::chosen, this, &CommandPalette::leave);
    window->installEventFilter(this);
    hide();
}

void CommandPalette::toggle()
{
    isVisible() ? leave() : open();
}

void CommandPalette::open()
{
    m_before = QApplication::focusWidget();
    m_edit->clear();
    search({});
    show();
    raise();
    m_edit->setFocus(Qt::ShortcutFocusReason);
}

void CommandPalette::leave()
{
    hide();
    if (m_before)
        m_before->setFocus(Qt::OtherFocusReason);
    m_before = nullptr;
}

void CommandPalette::search(const QString& query)
{
    m_list->setQuery(query);
    place();
}

void CommandPalette::place()
{
    const QWidget* window = parentWidget();
    const int width = std::min(kWidth, window->width() - 2 * kMargin);
    m_list->setFixedHeight(m_list->heightFor(kRows));
    const int height = sizeHint().height();
    setGeometry((window->width() - width) / 2, std::min(kTop, std::max(0, window->height() - height)), width, height);
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible())
        place();
    if (watched != m_edit)
        return false;
    if (event->type() == QEvent::FocusOut && isVisible() && QApplication::activePopupWidget() == nullptr)
        hide();
    if (event->type() != QEvent::KeyPress)
        return false;
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->key() == Qt::Key_Escape) {
        leave();
        return true;
    }
    return m_list->handleKey(*key);
}

} // namespace embedscope
