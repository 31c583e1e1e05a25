// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"

#include <QObject>

#include <memory>
#include <optional>
#include <vector>

namespace embedscope {

/// The selected and the hovered row, and a set of rows chosen beside them, shared by all views: choose a word anywhere,
/// and every view shows it.
class Selection : public QObject
{
    Q_OBJECT

public:
    /// What becomes of the set when other rows are chosen.
    enum class Combine { Replace, Add, Remove };
    using Rows = std::vector<Index>;

    using QObject::QObject;

    [[nodiscard]] std::optional<Index> selected() const { return m_selected; }
    [[nodiscard]] std::optional<Index> hovered() const { return m_hovered; }

    void select(std::optional<Index> row);
    void hover(std::optional<Index> row);

    /// The chosen rows, ascending, each once. Never null.
    [[nodiscard]] const std::shared_ptr<const Rows>& sharedRows() const { return m_rows; }
    [[nodiscard]] const Rows& rows() const { return *m_rows; }
    [[nodiscard]] bool hasRows() const { return !m_rows->empty(); }
    [[nodiscard]] bool contains(Index row) const;
    /// In any order; a row may stand there twice.
    void changeRows(Rows rows, Combine how);
    void setRows(Rows rows) { changeRows(std::move(rows), Combine::Replace); }
    void addRows(Rows rows) { changeRows(std::move(rows), Combine::Add); }
    void removeRows(Rows rows) { changeRows(std::move(rows), Combine::Remove); }
    void clearRows() { setRows({}); }
    /// All rows of [0, count) that were not chosen.
    void invertRows(Index count);

    /// Nothing is selected, hovered or chosen, as for another table.
    void clear();

Q_SIGNALS:
    void selectedChanged();
    void hoveredChanged();
    void rowsChanged();

private:
    std::optional<Index> m_selected;
    std::optional<Index> m_hovered;
    std::shared_ptr<const Rows> m_rows = std::make_shared<const Rows>();
};

} // namespace embedscope
