// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/vocabulary_panel.h"

#include "ui/bridge/qt_text.h"
#include "ui/model/selection.h"
#include "ui/panels/row_delegate.h"
#include "ui/panels/token_table.h"
#include "ui/widgets/help_text.h"
#include "ui/widgets/style_paint.h"

#include <QHeaderView>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QScopedValueRollback>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace embedscope {

namespace {

constexpr int kSpacing = 8;
constexpr int kTableMargin = 4; // the padding of the cells makes it the margin of the panel
constexpr int kTokenWidth = 92;
constexpr int kNormBarWidth = 48;
constexpr int kCellPadding = 18;
constexpr int kSortArrowWidth = 14;

QString countText(Index count)
{
    return QLocale().toString(static_cast<qlonglong>(count));
}

} // namespace

VocabularyPanel::VocabularyPanel(Selection* selection, JobRunner* runner, QWidget* parent)
    : QWidget(parent)
    , m_selection(selection)
    , m_model(new VocabularyModel(runner, this))
    , m_filter(new QLineEdit(this))
    , m_table(new TokenTable(this))
    , m_pages(new QStackedWidget(this))
    , m_empty(new QLabel(this))
    , m_count(new HelpText({}, this))
    , m_only(new QToolButton(this))
{
    m_only->setText(tr("Only selected"));
    m_only->setCheckable(true);
    m_only->setToolTip(tr("Lists the rows alone that were selected on the map."));
    m_only->hide();
    m_filter->setPlaceholderText(tr("Filter..."));
    m_filter->setClearButtonEnabled(true);
    m_filter->setAccessibleName(tr("Filter the vocabulary"));
    m_filter->setToolTip(
        plainToolTip(tr("Shows the tokens that hold this text, upper and lower case alike, or the rows that fulfil a "
                        "condition such as: norm > 5")));
    m_filter->installEventFilter(this);
    createTable();
    createLayout();
    connectParts();
    updateTexts();
}

void VocabularyPanel::createTable()
{
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("Vocabulary"));
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    m_table->setItemDelegateForColumn(
        VocabularyModel::NormColumn,
        new BarDelegate(m_table, VocabularyModel::NormFractionRole, &ThemeColors::accent, BarDelegate::BarSide::Right));
    QHeaderView* const header = m_table->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->setSectionResizeMode(VocabularyModel::TokenColumn, QHeaderView::Stretch);
    header->setSortIndicator(VocabularyModel::RowColumn, Qt::AscendingOrder);
    m_table->setSortingEnabled(true);
    fitColumns();
}

/// Room for the numbers of this table, and for the titles with their arrow. Categories and numbers of the table take
/// the place of the norm's bar; more than one of them scroll sideways rather than squeeze the tokens.
void VocabularyPanel::fitColumns()
{
    const auto widthOf = [this](const QString& text) { return m_table->fontMetrics().horizontalAdvance(text); };
    const auto titleOf = [this](int column) {
        return m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    };
    const int title = widthOf(titleOf(VocabularyModel::RowColumn)) + kSortArrowWidth;
    const int numbers = widthOf(countText(m_model->totalRows()));
    m_table->setColumnWidth(VocabularyModel::RowColumn, std::max(numbers, title) + kCellPadding);

    const int more = m_model->columnCount() - VocabularyModel::FirstCategoryColumn;
    const int bar = more == 0 ? kNormBarWidth : 0;
    // No narrower than two digits, so that the column does not jump while a table is trained.
    const int norms = std::max(widthOf(QStringLiteral("00.00")), widthOf(m_model->largestNormText()));
    m_table->setColumnWidth(VocabularyModel::NormColumn, norms + bar + kCellPadding);
    QHeaderView* const header = m_table->horizontalHeader();
    header->setSectionResizeMode(VocabularyModel::TokenColumn,
                                 more > 0 ? QHeaderView::Interactive : QHeaderView::Stretch);
    header->setStretchLastSection(more > 0);
    if (more > 0)
        m_table->setColumnWidth(VocabularyModel::TokenColumn, kTokenWidth);
    for (int i = 0; i < more; ++i)
        m_table->resizeColumnToContents(VocabularyModel::FirstCategoryColumn + i);
}

void VocabularyPanel::createLayout()
{
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    m_empty->setMargin(kPanelMargin);
    m_pages->addWidget(m_table);
    m_pages->addWidget(m_empty);

    auto* const top = new QVBoxLayout;
    top->setContentsMargins(kPanelMargin, 0, kPanelMargin, 0);
    top->setSpacing(kSpacing);
    top->addWidget(m_filter);
    auto* const bottom = new QHBoxLayout;
    bottom->setContentsMargins(kPanelMargin, 0, kPanelMargin, 0);
    bottom->addWidget(m_count, 1);
    bottom->addWidget(m_only);
    auto* const rows = new QVBoxLayout;
    rows->setContentsMargins(kTableMargin, 0, kTableMargin, 0);
    rows->addWidget(m_pages);

    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, kPanelMargin, 0, kSpacing);
    layout->setSpacing(kSpacing);
    layout->addLayout(top);
    layout->addLayout(rows, 1);
    layout->addLayout(bottom);
}

void VocabularyPanel::connectParts()
{
    connect(m_filter, &QLineEdit::textChanged, m_model, &VocabularyModel::setFilter);
    connect(m_filter, &QLineEdit::textChanged, this, [this] { m_chooseWhenSorted = false; });
    connect(m_model, &VocabularyModel::orderChanged, this, &VocabularyPanel::onOrderChanged);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &VocabularyPanel::takeSelectionOfView);
    connect(m_table, &TokenTable::placeChosen, this, [this](int place) { m_selection->select(m_model->rowAt(place)); });
    connect(m_table, &TokenTable::placeHovered, this, &VocabularyPanel::hoverPlace);
    connect(m_table, &TokenTable::typed, this, [this](const QString& text) {
        m_filter->setFocus();
        m_filter->insert(text);
    });
    connect(m_selection, &Selection::selectedChanged, this, [this] {
        showSelection();
        scrollToSelection();
    });
    connect(m_only, &QToolButton::toggled, m_model, &VocabularyModel::setChosenOnly);
    connect(m_selection, &Selection::rowsChanged, this, &VocabularyPanel::showChosen);
    connect(m_selection, &Selection::hoveredChanged, this, &VocabularyPanel::showHover);
}

void VocabularyPanel::setTable(VocabularyModel::Table table, VocabularyModel::Norms norms)
{
    m_model->setTable(std::move(table), std::move(norms));
    fitColumns();
    showChosen();
}

void VocabularyPanel::updateNorms(VocabularyModel::Norms norms)
{
    m_model->updateNorms(std::move(norms));
}

void VocabularyPanel::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

bool VocabularyPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_filter && event->type() == QEvent::KeyPress)
        if (handleFilterKey(static_cast<QKeyEvent*>(event)->key()))
            return true;
    return QWidget::eventFilter(watched, event);
}

bool VocabularyPanel::handleFilterKey(int key)
{
    switch (key) {
    case Qt::Key_Down:
        enterTable();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        chooseFirst();
        return true;
    case Qt::Key_Escape:
        // An empty filter leaves Esc to the window.
        if (m_filter->text().isEmpty())
            return false;
        m_filter->clear();
        return true;
    default:
        return false;
    }
}

void VocabularyPanel::enterTable()
{
    if (m_model->rowCount() == 0)
        return;
    m_table->setFocus(Qt::OtherFocusReason);
    if (!m_table->selectionModel()->hasSelection())
        m_table->selectRow(0);
}

void VocabularyPanel::chooseFirst()
{
    m_chooseWhenSorted = !m_model->isUpToDate();
    if (!m_chooseWhenSorted && m_model->rowCount() > 0)
        m_selection->select(m_model->rowAt(0));
}

void VocabularyPanel::takeSelectionOfView()
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    if (!m_showing && !rows.isEmpty())
        m_selection->select(m_model->rowAt(rows.first().row()));
}

QModelIndex VocabularyPanel::selectedIndex() const
{
    const auto row = m_selection->selected();
    const auto place = row ? m_model->placeOf(*row) : std::nullopt;
    return place ? m_model->index(*place, VocabularyModel::TokenColumn) : QModelIndex();
}

void VocabularyPanel::showSelection()
{
    const QScopedValueRollback showing(m_showing, true);
    const QModelIndex index = selectedIndex();
    if (!index.isValid())
        m_table->clearSelection();
    else if (!m_table->selectionModel()->isRowSelected(index.row()))
        m_table->setCurrentIndex(index);
}

void VocabularyPanel::scrollToSelection()
{
    const QModelIndex index = selectedIndex();
    if (index.isValid() && !m_table->viewport()->rect().contains(m_table->visualRect(index)))
        m_table->scrollTo(index, QAbstractItemView::PositionAtCenter);
}

void VocabularyPanel::showHover()
{
    const auto row = m_selection->hovered();
    m_table->setHoveredPlace(row ? m_model->placeOf(*row) : std::nullopt);
}

void VocabularyPanel::hoverPlace(int place)
{
    m_selection->hover(place < 0 ? std::nullopt : std::optional<Index>(m_model->rowAt(place)));
}

void VocabularyPanel::onOrderChanged()
{
    updateTexts();
    showHover();
    showSelection();
    if (m_filter->text().isEmpty())
        scrollToSelection();
    else
        m_table->scrollToTop(); // the best matches are there
    if (m_chooseWhenSorted)
        chooseFirst();
}

void VocabularyPanel::showChosen()
{
    m_model->setChosen(m_selection->sharedRows());
    m_only->setVisible(m_selection->hasRows());
    if (!m_selection->hasRows())
        m_only->setChecked(false);
    m_model->setChosenOnly(m_only->isChecked());
}

void VocabularyPanel::updateTexts()
{
    const bool hasTable = m_model->totalRows() > 0;
    const bool hasRows = m_model->rowCount() > 0;
    m_filter->setEnabled(hasTable);
    m_count->setVisible(hasTable);
    m_count->setText(tr("%1 of %2 rows").arg(countText(m_model->rowCount()), countText(m_model->totalRows())));
    m_empty->setText(hasTable ? tr("No row fits \"%1\". Press Esc to see all of them.").arg(m_filter->text())
                              : tr("Open vectors or the sample to see their words here."));
    m_pages->setCurrentWidget(hasRows ? static_cast<QWidget*>(m_table) : m_empty);
}

} // namespace embedscope
