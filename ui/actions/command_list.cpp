// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/command_list.h"

#include "ui/actions/command_delegate.h"
#include "ui/actions/command_model.h"
#include "ui/widgets/theme.h"

#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

namespace embedscope {

namespace {

constexpr int kPage = 8;

} // namespace

CommandList::CommandList(CommandSource& source, CommandSource::Order order, QWidget* parent)
    : QListView(parent)
    , m_source(source)
    , m_order(order)
    , m_model(new CommandModel(this))
{
    setModel(m_model);
    setItemDelegate(new CommandDelegate(*m_model, this));
    setAccessibleName(tr("Found"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setMouseTracking(true);
    setUniformItemSizes(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(this, &QListView::clicked, this, &CommandList::runCurrent);
}

void CommandList::setQuery(const QString& query)
{
    m_model->setItems(m_source.find(query, m_order));
    setCurrentIndex(m_model->index(0, 0));
    scrollToTop();
    viewport()->update();
}

void CommandList::move(int rows)
{
    const int last = m_model->rowCount() - 1;
    if (last >= 0)
        setCurrentIndex(m_model->index(std::clamp(currentIndex().row() + rows, 0, last), 0));
}

bool CommandList::handleKey(const QKeyEvent& event)
{
    switch (event.key()) {
    case Qt::Key_Up:
        move(-1);
        return true;
    case Qt::Key_Down:
        move(1);
        return true;
    case Qt::Key_PageUp:
        move(-kPage);
        return true;
    case Qt::Key_PageDown:
        move(kPage);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        runCurrent();
        return true;
    default:
        return false;
    }
}

void CommandList::runCurrent()
{
    if (!currentIndex().isValid())
        return;
    const CommandItem item = m_model->item(currentIndex().row());
    if (!item.enabled)
        return;
    Q_EMIT chosen(!item.commandId.isEmpty());
    m_source.run(item);
}

int CommandList::heightFor(int rows) const
{
    const int count = std::clamp(m_model->rowCount(), 1, rows);
    return count * CommandDelegate::rowHeight(fontMetrics());
}

void CommandList::paintEvent(QPaintEvent* event)
{
    QListView::paintEvent(event);
    if (m_model->rowCount() > 0)
        return;
    QPainter painter(viewport());
    painter.setPen(themeColors(palette()).muted);
    painter.drawText(viewport()->rect().adjusted(12, 0, -12, 0), Qt::AlignLeft | Qt::AlignVCenter,
                     tr("Nothing found. Try another spelling."));
}

} // namespace embedscope
