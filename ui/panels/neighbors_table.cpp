// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/neighbors_table.h"

#include "ui/model/neighbors_model.h"
#include "ui/model/selection.h"
#include "ui/panels/row_delegate.h"
#include "ui/panels/token_table.h"

#include <QHeaderView>

#include <algorithm>

namespace embedscope {

namespace {

constexpr int kScoreWidth = 164;

std::optional<int> placeOf(const NeighborsModel& model, std::optional<Index> row)
{
    const auto rows = model.rows();
    const auto found = row ? std::find(rows.begin(), rows.end(), *row) : rows.end();
    return found == rows.end() ? std::nullopt : std::optional<int>(static_cast<int>(found - rows.begin()));
}

} // namespace

TokenTable* makeNeighborsTable(NeighborsModel* model, Selection* selection, QWidget* parent)
{
    auto* const table = new TokenTable(parent);
    table->setModel(model);
    // As tall as its rows where there is room, so that what comes next follows close behind.
    table->setSizeAdjustPolicy(QAbstractScrollArea::AdjustToContents);
    table->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Maximum);
    table->horizontalHeader()->hide();
    table->horizontalHeader()->setSectionResizeMode(NeighborsModel::TokenColumn, QHeaderView::Stretch);
    table->setColumnWidth(NeighborsModel::ScoreColumn, kScoreWidth);
    table->setItemDelegateForColumn(
        NeighborsModel::ScoreColumn,
        new BarDelegate(table, NeighborsModel::FractionRole, &ThemeColors::mark, BarDelegate::BarSide::Left));
    QObject::connect(table, &TokenTable::placeChosen, selection,
                     [model, selection](int place) { selection->select(model->rowAt(place)); });
    QObject::connect(table, &TokenTable::placeHovered, selection, [model, selection](int place) {
        selection->hover(place < 0 ? std::nullopt : std::optional<Index>(model->rowAt(place)));
    });
    QObject::connect(selection, &Selection::hoveredChanged, table,
                     [table, model, selection] { table->setHoveredPlace(placeOf(*model, selection->hovered())); });
    return table;
}

} // namespace embedscope
