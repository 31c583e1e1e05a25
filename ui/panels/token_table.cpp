// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/token_table.h"

#include "ui/panels/row_delegate.h"
#include "ui/widgets/fonts.h"

#include <QEvent>
#include <QHeaderView>
#include <QKeyEvent>

namespace embedscope {

namespace {

constexpr int kRowPadding = 8;

} // namespace

TokenTable::TokenTable(QWidget* parent)
    : QTableView(parent)
{
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setFont(figureFont(font()));
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setWordWrap(false);
    setMouseTracking(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setItemDelegate(new RowDelegate(this));
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setHighlightSections(false);
    fitRowHeight();
    connect(this, &QAbstractItemView::entered, this,
            [this](const QModelIndex& index) { Q_EMIT placeHovered(index.row()); });
    connect(this, &QAbstractItemView::clicked, this,
            [this](const QModelIndex& index) { Q_EMIT placeChosen(index.row()); });
}

void TokenTable::fitRowHeight()
{
    const int height = fontMetrics().height() + kRowPadding;
    verticalHeader()->setMinimumSectionSize(height);
    verticalHeader()->setDefaultSectionSize(height);
}

void TokenTable::changeEvent(QEvent* event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fitRowHeight();
}

void TokenTable::setHoveredPlace(std::optional<int> place)
{
    if (place == m_hovered)
        return;
    m_hovered = place;
    viewport()->update();
}

void TokenTable::keyboardSearch(const QString& text)
{
    Q_EMIT typed(text);
}

bool TokenTable::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::Leave)
        Q_EMIT placeHovered(-1);
    return QTableView::viewportEvent(event);
}

void TokenTable::keyPressEvent(QKeyEvent* event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && currentIndex().isValid())
        Q_EMIT placeChosen(currentIndex().row());
    else
        QTableView::keyPressEvent(event);
}

} // namespace embedscope
