// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/metadata.h"

#include "tests/fuzz/table_check.h"
#include "tests/fuzz/target.h"
#include "tests/support/memory_file.h"

namespace embedscope::fuzz {

namespace {

/// Three rows: of names that the samples know, or of numbers alone, which take the names of a list.
EmbeddingTable tableOf(const std::vector<std::string>& tokens)
{
    return *EmbeddingTable::create(Matrix::Ones(3, 2), Vocabulary(tokens));
}

std::string problemOfAttached(const Result<AttachedTable>& attached)
{
    if (!attached)
        return problemOf(attached.error());
    const auto& [table, report] = *attached;
    if (table.rows() != 3 || table.vocabulary().size() != 3)
        return "the rows are others";
    if (report.rowsMatched + report.rowsWithout != 3)
        return "the rows with and without a record are not all rows";
    for (const AttachedColumn& column : report.columns)
        if (column.values > 3)
            return "a column has more values than rows";
    return {};
}

} // namespace

/// Token lists, vocabularies and metadata of every kind, joined with a table.
static const AddTarget kAdded("metadata", [](std::string_view bytes) {
    static const MemoryFile file;
    static const EmbeddingTable tables[] = {tableOf({"the", "of", "end"}), tableOf({"0", "1", "2"})};
    file.write(bytes);
    for (const EmbeddingTable& table : tables) {
        Progress progress;
        if (auto problem = problemOfAttached(attachMetadata(table, file.path(), {}, progress)); !problem.empty())
            return problem;
    }
    return std::string();
});

} // namespace embedscope::fuzz
