// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/vocabulary_model.h"

#include "ui/bridge/qt_text.h"

#include <QFont>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace embedscope {

namespace {

constexpr int kShownDecimals = 2;
constexpr int kFullDecimals = 4;

QString rowText(Index row)
{
    return QLocale().toString(static_cast<qlonglong>(row));
}

QFont bold()
{
    QFont font;
    font.setBold(true);
    return font;
}

} // namespace

VocabularyModel::VocabularyModel(JobRunner* runner, QObject* parent)
    : QAbstractTableModel(parent)
    , m_job(runner)
{
}

void VocabularyModel::setTable(Table table, Norms norms)
{
    beginResetModel();
    m_job.cancel();
    m_table = std::move(table);
    m_norms = std::move(norms);
    measureNorms();
    m_order = identityOrder(totalRows());
    m_chosen.reset();
    m_wanted.only.reset();
    const std::size_t categories = m_table ? m_table->columns().size() : 0;
    const std::size_t numbers = m_table ? m_table->numberColumns().size() : 0;
    if ((m_wanted.key == SortKey::Category && m_wanted.column >= categories) ||
        (m_wanted.key == SortKey::Number && m_wanted.column >= numbers)) {
        m_wanted.key = SortKey::Row;
        m_wanted.column = 0;
    }
    endResetModel();
    Q_EMIT orderChanged();
    if (m_table && m_wanted != RowQuery{})
        requestOrder();
}

void VocabularyModel::updateNorms(Norms norms)
{
    if (!norms || static_cast<Index>(norms->size()) != totalRows())
        return;
    m_norms = std::move(norms);
    measureNorms();
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, NormColumn), index(rowCount() - 1, NormColumn));
}

QString VocabularyModel::largestNormText() const
{
    return numberText(static_cast<double>(m_largestNorm), kShownDecimals);
}

void VocabularyModel::measureNorms()
{
    m_largestNorm = 0;
    if (!m_norms)
        return;
    for (const float norm : *m_norms)
        if (std::isfinite(norm))
            m_largestNorm = std::max(m_largestNorm, norm);
}

void VocabularyModel::setFilter(const QString& filter)
{
    if (filter == m_wanted.filter)
        return;
    m_wanted.filter = filter;
    requestOrder();
}

void VocabularyModel::setChosen(std::shared_ptr<const std::vector<Index>> rows)
{
    const bool only = showsChosenOnly() && rows && !rows->empty();
    m_chosen = std::move(rows);
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, TokenColumn), index(rowCount() - 1, TokenColumn), {Qt::FontRole});
    if (only || showsChosenOnly()) {
        m_wanted.only = only ? m_chosen : nullptr;
        requestOrder();
    }
}

void VocabularyModel::setChosenOnly(bool only)
{
    const auto wanted = only && m_chosen && !m_chosen->empty() ? m_chosen : nullptr;
    if (wanted == m_wanted.only)
        return;
    m_wanted.only = wanted;
    requestOrder();
}

bool VocabularyModel::isChosen(Index row) const
{
    return m_chosen && std::ranges::binary_search(*m_chosen, row);
}

void VocabularyModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || column >= columnCount())
        return;
    RowQuery wanted{m_wanted.filter, keyOf(column), 0, order == Qt::DescendingOrder, m_wanted.only};
    if (wanted.key == SortKey::Category)
        wanted.column = static_cast<std::size_t>(column - FirstCategoryColumn);
    if (wanted.key == SortKey::Number)
        wanted.column = static_cast<std::size_t>(column - firstNumberColumn());
    m_wanted = wanted;
    requestOrder();
}

void VocabularyModel::requestOrder()
{
    if (!m_table)
        return;
    m_job.start(
        tr("Sorting the vocabulary"),
        [table = m_table, norms = m_norms, query = m_wanted](std::stop_token stop, Progress& progress) {
            return orderRows(*table, *norms, query, std::move(stop), progress);
        },
        [this](Result<RowOrder> order) {
            if (order)
                applyOrder(std::move(*order));
        });
}

void VocabularyModel::applyOrder(RowOrder order)
{
    // The hint keeps the column headers out of it: they would forget their widths when the first row is filtered out.
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    QModelIndexList after;
    after.reserve(before.size());
    for (const QModelIndex& index : before) {
        const qint32 place = order.positions[static_cast<std::size_t>(rowAt(index.row()))];
        after.push_back(place < 0 ? QModelIndex() : createIndex(place, index.column()));
    }
    m_order = std::move(order);
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, VerticalSortHint);
    Q_EMIT orderChanged();
}

std::optional<int> VocabularyModel::placeOf(Index row) const
{
    if (row < 0 || row >= totalRows())
        return std::nullopt;
    const qint32 place = m_order.positions[static_cast<std::size_t>(row)];
    return place < 0 ? std::nullopt : std::optional<int>(place);
}

int VocabularyModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_order.rows.size());
}

int VocabularyModel::columnCount(const QModelIndex& parent) const
{
    if (parent.isValid())
        return 0;
    return firstNumberColumn() + (m_table ? static_cast<int>(m_table->numberColumns().size()) : 0);
}

int VocabularyModel::firstNumberColumn() const
{
    return FirstCategoryColumn + (m_table ? static_cast<int>(m_table->columns().size()) : 0);
}

bool VocabularyModel::isNumberColumn(int column) const
{
    return column == NormColumn || column == RowColumn || column >= firstNumberColumn();
}

const NumberColumn& VocabularyModel::numbersOf(int column) const
{
    return m_table->numberColumns()[static_cast<std::size_t>(column - firstNumberColumn())];
}

QVariant VocabularyModel::alignment(int column) const
{
    return QVariant::fromValue(
        Qt::Alignment(Qt::AlignVCenter | (isNumberColumn(column) ? Qt::AlignRight : Qt::AlignLeft)));
}

SortKey VocabularyModel::keyOf(int column) const
{
    switch (column) {
    case TokenColumn:
        return SortKey::Token;
    case NormColumn:
        return SortKey::Norm;
    case RowColumn:
        return SortKey::Row;
    default:
        return column < firstNumberColumn() ? SortKey::Category : SortKey::Number;
    }
}

QVariant VocabularyModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::DoNotUseParent))
        return {};
    const Index row = rowAt(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return display(row, index.column());
    case Qt::ToolTipRole:
        return toolTip(row, index.column());
    case Qt::TextAlignmentRole:
        return alignment(index.column());
    case Qt::FontRole:
        return index.column() == TokenColumn && isChosen(row) ? bold() : QVariant();
    case NormFractionRole:
        return m_largestNorm > 0 && std::isfinite(norm(row)) ? static_cast<double>(norm(row) / m_largestNorm) : 0.0;
    default:
        return {};
    }
}

QVariant VocabularyModel::display(Index row, int column) const
{
    switch (column) {
    case TokenColumn:
        return displayToken(m_table->vocabulary()[row]);
    case NormColumn:
        return numberText(static_cast<double>(norm(row)), kShownDecimals);
    case RowColumn:
        return rowText(row);
    default:
        return isNumberColumn(column) ? cellText(numbersOf(column).values[static_cast<std::size_t>(row)])
                                      : categoryOf(row, column);
    }
}

QString VocabularyModel::categoryOf(Index row, int column) const
{
    const CategoryColumn& categories = m_table->columns()[static_cast<std::size_t>(column - FirstCategoryColumn)];
    const std::int32_t value = categories.values[static_cast<std::size_t>(row)];
    return value < 0 ? QString() : toQString(categories.categories[static_cast<std::size_t>(value)]);
}

QString VocabularyModel::toolTip(Index row, int column) const
{
    const QString token = displayToken(m_table->vocabulary()[row]);
    if (column >= FirstCategoryColumn)
        return plainToolTip(display(row, column).toString());
    return plainToolTip(tr("%1: row %2, norm (L2) %3")
                            .arg(token, rowText(row), numberText(static_cast<double>(norm(row)), kFullDecimals)));
}

QVariant VocabularyModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    if (role == Qt::TextAlignmentRole) // the number of the norm stands left of its bar
        return alignment(section == NormColumn ? TokenColumn : section);
    const QString texts[][2] = {
        {tr("Token"), tr("The text of each row. Click to sort by it, upper and lower case alike.")},
        {tr("Norm"), tr("Length of each vector (L2 norm). The bar compares it with the longest one.")},
        {tr("Row"), tr("Row number in the table, from 0: the index that an embedding layer looks up.")},
    };
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    if (section < FirstCategoryColumn)
        return texts[section][role == Qt::ToolTipRole ? 1 : 0];
    const bool numbers = isNumberColumn(section);
    const QString name =
        displayToken(numbers ? numbersOf(section).name
                             : m_table->columns()[static_cast<std::size_t>(section - FirstCategoryColumn)].name);
    if (role == Qt::DisplayRole)
        return name;
    return plainToolTip(
        (numbers ? tr("Number \"%1\" of each token.") : tr("Category \"%1\" of each token.")).arg(name));
}

} // namespace embedscope
