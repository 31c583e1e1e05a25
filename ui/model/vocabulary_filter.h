// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/table/embedding_table.h"

#include <QString>

#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace embedscope {

/// What the rows of a vocabulary are sorted by; Category and Number take a column of the table
/// as well.
enum class SortKey { Row, Token, Norm, Category, Number };

/// Which rows are shown, and in which order.
struct RowQuery
{
    /// Part of the token, upper and lower case alike; or a condition on the norm, such as `norm > 5`.
    QString filter = {};
    SortKey key = SortKey::Row;
    std::size_t column = 0; // index into EmbeddingTable::columns(), or into numberColumns()
    bool descending = false;
    std::shared_ptr<const std::vector<Index>> only = {}; // these rows alone, ascending; null for all

    bool operator==(const RowQuery&) const = default;
};

/// A permutation of the kept rows and its inverse.
struct RowOrder
{
    std::vector<qint32> rows;      // row of the table at each place
    std::vector<qint32> positions; // place of each row of the table, -1 where it is filtered out
};

/// All rows in the order of the table.
RowOrder identityOrder(Index rows);

/// `norm > 5`, with any of < <= > >= =.
struct NormCondition
{
    enum class Relation { Less, LessOrEqual, Greater, GreaterOrEqual, Equal };
    Relation relation = Relation::Greater;
    double bound = 0;

    [[nodiscard]] bool holds(float norm) const;
};
std::optional<NormCondition> parseNormCondition(const QString& filter);

/// Tokens that are the filter text come first, then those that start with it, then those that hold it; within each
/// group by the key, then by row. NaN and rows without a category stand last whatever the direction. `norms`
/// holds one value a row. Cancelled when asked to stop.
Result<RowOrder> orderRows(const EmbeddingTable& table, const std::vector<float>& norms, const RowQuery& query,
                           std::stop_token stop, Progress& progress);

} // namespace embedscope
