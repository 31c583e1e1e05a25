// SPDX-License-Identifier: GPL-3.0-or-later
// Brings the records of a metadata file together with the rows of a table.
#include "core/io/metadata.h"
#include "core/io/registry.h"
#include "core/io/row_metadata.h"
#include "core/io/token_list.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace embedscope {

namespace {

namespace fs = std::filesystem;

constexpr Index kStopMask = 4095;

/// What rows are called that have a name already.
enum class Names { Keep, Replace };

/// Records in the order of the rows, and how that came about.
struct Joined
{
    RowMetadata metadata;
    AttachReport report;
    bool takesNames = false;
};

bool isNumbered(const Vocabulary& vocabulary)
{
    for (Index row = 0; row < vocabulary.size(); ++row)
        if (vocabulary[row] != std::to_string(row))
            return false;
    return true;
}

bool startsWith(const Vocabulary& all, const Vocabulary& first)
{
    for (Index row = 0; row < first.size(); ++row)
        if (row >= all.size() || all[row] != first[row])
            return false;
    return true;
}

/// The record of each row, -1 where its token has none.
std::vector<Index> recordsByToken(const Vocabulary& rows, const Vocabulary& records, const std::stop_token& stop)
{
    std::vector<Index> out(static_cast<std::size_t>(rows.size()), -1);
    for (Index row = 0; row < rows.size(); ++row) {
        if ((row & kStopMask) == 0 && stop.stop_requested())
            break;
        out[static_cast<std::size_t>(row)] = records.find(rows[row]).value_or(-1);
    }
    return out;
}

template <class Value>
void gather(std::vector<Value>& values, const std::vector<Index>& records, Value missing)
{
    std::vector<Value> out;
    out.reserve(records.size());
    for (const Index record : records)
        out.push_back(record < 0 ? missing : values[static_cast<std::size_t>(record)]);
    values = std::move(out);
}

Index usedRecords(const std::vector<Index>& records, Index count)
{
    std::vector<bool> used(static_cast<std::size_t>(count));
    for (const Index record : records)
        if (record >= 0)
            used[static_cast<std::size_t>(record)] = true;
    return std::count(used.begin(), used.end(), true);
}

Joined joinByToken(RowMetadata metadata, const std::vector<Index>& records, Index matched)
{
    Joined out;
    out.report.match = AttachReport::Match::Token;
    out.report.rowsMatched = matched;
    out.report.rowsWithout = std::ssize(records) - matched;
    out.report.recordsUnused = metadata.records - usedRecords(records, metadata.records);
    if (metadata.ids)
        metadata.numberColumns.insert(metadata.numberColumns.begin(), *std::exchange(metadata.ids, std::nullopt));
    for (CategoryColumn& column : metadata.columns)
        gather(column.values, records, std::int32_t{-1});
    for (NumberColumn& column : metadata.numberColumns)
        gather(column.values, records, std::numeric_limits<double>::quiet_NaN());
    out.metadata = std::move(metadata);
    return out;
}

/// One column of the names that are not taken.
void keepTokensAsColumn(RowMetadata& metadata, const fs::path& file)
{
    CategoryColumn column{metadata.tokenColumn.empty() ? file.stem().string() : metadata.tokenColumn, {}, {}};
    Vocabulary distinct;
    for (Index row = 0; row < metadata.tokens->size(); ++row) {
        const std::string_view token = (*metadata.tokens)[row];
        const auto known = distinct.find(token);
        column.values.push_back(token.empty() ? -1 : static_cast<std::int32_t>(known ? *known : distinct.add(token)));
    }
    for (Index i = 0; i < distinct.size(); ++i)
        column.categories.emplace_back(distinct[i]);
    std::erase_if(metadata.columns, [&column](const CategoryColumn& other) { return other.name == column.name; });
    metadata.columns.insert(metadata.columns.begin(), std::move(column));
}

Result<Joined> joinByOrder(RowMetadata metadata, const Vocabulary& rows, Names names, const MetadataRequest& request)
{
    if (const auto fine = fitToRows(metadata, request); !fine)
        return fail(fine.error());
    Joined out;
    out.report.rowsMatched = rows.size();
    if (metadata.tokens && *metadata.tokens != rows) {
        out.takesNames = names == Names::Replace;
        out.report.renamed = out.takesNames;
        if (!out.takesNames)
            keepTokensAsColumn(metadata, request.file);
    }
    out.report.warnings = metadata.warnings;
    out.metadata = std::move(metadata);
    return out;
}

Result<Joined> join(const Vocabulary& rows, Names names, const MetadataRequest& request)
{
    auto metadata = readRowMetadata(request);
    if (!metadata)
        return fail(metadata.error());
    const bool fits = metadata->records == request.rows || (request.inPart && metadata->records > request.rows);
    const bool hasData = metadata->ids || !metadata->columns.empty() || !metadata->numberColumns.empty();
    const bool byOrder =
        !metadata->tokens || !hasData || (fits && startsWith(*metadata->tokens, rows)) || (fits && isNumbered(rows));
    if (byOrder)
        return joinByOrder(std::move(*metadata), rows, names, request);
    const auto records = recordsByToken(rows, *metadata->tokens, request.stop);
    if (request.stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    const Index matched = std::count_if(records.begin(), records.end(), [](Index record) { return record >= 0; });
    if (matched > 0 && matched * 2 >= std::min(rows.size(), metadata->records))
        return joinByToken(std::move(*metadata), records, matched);
    return joinByOrder(std::move(*metadata), rows, names, request);
}

std::vector<AttachedColumn> columnsOf(const RowMetadata& metadata)
{
    std::vector<AttachedColumn> out;
    const auto count = [](const auto& values, const auto& has) {
        return static_cast<Index>(std::count_if(values.begin(), values.end(), has));
    };
    for (const CategoryColumn& column : metadata.columns)
        out.push_back({column.name, false, count(column.values, [](std::int32_t value) { return value >= 0; })});
    for (const NumberColumn& column : metadata.numberColumns)
        out.push_back({column.name, true, count(column.values, [](double value) { return !std::isnan(value); })});
    return out;
}

/// What the reader found in the names that are replaced.
void forgetTokenFindings(LoadReport& report)
{
    std::erase_if(report.warnings, [](const Warning& warning) {
        return warning.code == WarningCode::DuplicateTokens || warning.code == WarningCode::InvalidUtf8 ||
               warning.code == WarningCode::TokensWithBlanks || warning.code == WarningCode::TokensMissing;
    });
    report.duplicates = 0;
    report.invalidUtf8 = 0;
}

/// The later one stays, of either kind.
template <class Column>
void putColumns(TableDraft& draft, std::vector<Column> TableDraft::*into, std::vector<Column>& from)
{
    for (Column& column : from) {
        const auto isNamed = [&column](const auto& other) { return other.name == column.name; };
        std::erase_if(draft.columns, isNamed);
        std::erase_if(draft.numberColumns, isNamed);
        (draft.*into).push_back(std::move(column));
    }
}

} // namespace

Result<void> applyChosenTokens(const ReadRequest& request, TableDraft& draft)
{
    if (!request.options.tokens)
        return {};
    const fs::path& file = *request.options.tokens;
    auto joined = join(draft.vocabulary, Names::Replace,
                       {file, request.path, draft.vocabulary.size(), request.stop, request.options.limit.has_value()});
    if (!joined)
        return fail(joined.error());
    if (joined->takesNames) {
        draft.vocabulary = std::move(*joined->metadata.tokens);
        forgetTokenFindings(draft.report);
        addTokenFindings(draft, rowNumbers(), request.stop);
        draft.report.tokensFrom = file.string();
    }
    putColumns(draft, &TableDraft::columns, joined->metadata.columns);
    putColumns(draft, &TableDraft::numberColumns, joined->metadata.numberColumns);
    const AttachReport& report = joined->report;
    if (report.rowsWithout > 0 || report.recordsUnused > 0)
        draft.report.warnings.push_back(
            {WarningCode::RowsWithoutData,
             {file.string(), std::to_string(report.rowsWithout), std::to_string(report.recordsUnused)}});
    for (Warning& warning : joined->report.warnings)
        draft.report.warnings.push_back(std::move(warning));
    return {};
}

Result<AttachedTable> attachMetadata(const EmbeddingTable& table, const fs::path& path, std::stop_token stop,
                                     Progress& progress)
{
    progress.start(0);
    const Vocabulary& rows = table.vocabulary();
    const fs::path name = "the open table";
    auto joined = join(rows, isNumbered(rows) ? Names::Replace : Names::Keep, {path, name, table.rows(), stop});
    if (!joined)
        return fail(joined.error());
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    AttachedTable out{table, std::move(joined->report)};
    out.report.columns = columnsOf(joined->metadata);
    if (joined->takesNames)
        if (const auto named = out.table.setVocabulary(std::move(*joined->metadata.tokens)); !named)
            return fail(named.error());
    for (const AttachedColumn& column : out.report.columns)
        out.table.dropColumn(column.name);
    for (CategoryColumn& column : joined->metadata.columns)
        out.table.addColumn(std::move(column));
    for (NumberColumn& column : joined->metadata.numberColumns)
        out.table.addColumn(std::move(column));
    return out;
}

NumberRange rangeOf(const NumberColumn& column)
{
    NumberRange range{std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN()};
    for (const double value : column.values) {
        if (!std::isfinite(value))
            continue;
        range.least = value >= range.least ? range.least : value;
        range.most = value <= range.most ? range.most : value;
    }
    return range;
}

Index distinctIn(const CategoryColumn& column)
{
    std::vector<bool> used(column.categories.size());
    for (const std::int32_t value : column.values)
        if (value >= 0)
            used[static_cast<std::size_t>(value)] = true;
    return std::count(used.begin(), used.end(), true);
}

} // namespace embedscope
