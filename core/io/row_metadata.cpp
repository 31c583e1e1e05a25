// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/row_metadata.h"

#include "core/io/content.h"
#include "core/io/mapped_file.h"
#include "core/io/text_lines.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace embedscope {

namespace {

/// Where each record goes; or which record breaks it.
struct Placement
{
    std::vector<Index> recordOfRow;
    std::optional<Error> error;
};

std::string placeOf(const RowMetadata& metadata, Index record)
{
    return metadata.lineEach ? "line " + std::to_string(metadata.firstLine + record)
                             : "record " + std::to_string(record + 1);
}

std::string integerText(double value)
{
    return std::to_string(static_cast<long long>(value));
}

/// "the ids jump from 810 to 812 at line 812"
std::string jumpOf(const RowMetadata& metadata)
{
    const std::vector<double>& ids = metadata.ids->values;
    for (std::size_t i = 1; i < ids.size(); ++i)
        if (ids[i] != ids[i - 1] + 1)
            return "the ids jump from " + integerText(ids[i - 1]) + " to " + integerText(ids[i]) + " at " +
                   placeOf(metadata, static_cast<Index>(i));
    return "the ids go from " + integerText(ids.front()) + " to " + integerText(ids.back());
}

Placement placeByIds(const RowMetadata& metadata, const MetadataRequest& request)
{
    const std::vector<double>& ids = metadata.ids->values;
    const double first = *std::min_element(ids.begin(), ids.end());
    Placement out;
    out.recordOfRow.assign(ids.size(), -1);
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const double row = ids[i] - (first == 1 ? 1 : 0); // some count from 1
        if (row >= static_cast<double>(ids.size())) {
            out.error = Error{ErrorCode::FileDamaged,
                              {request.file.string(), placeOf(metadata, static_cast<Index>(i)),
                               "the id " + integerText(ids[i]) + " is beyond the " + std::to_string(ids.size()) +
                                   " rows (" + jumpOf(metadata) + ")"}};
            return out;
        }
        Index& record = out.recordOfRow[static_cast<std::size_t>(row)];
        if (record >= 0) {
            out.error =
                Error{ErrorCode::FileDamaged,
                      {request.file.string(), placeOf(metadata, static_cast<Index>(i)),
                       "the id " + integerText(ids[i]) + " stands in " + placeOf(metadata, record) + " already"}};
            return out;
        }
        record = static_cast<Index>(i);
    }
    return out;
}

template <class Values>
void reorder(Values& values, const std::vector<Index>& order)
{
    Values out;
    out.reserve(order.size());
    for (const Index record : order)
        out.push_back(values[static_cast<std::size_t>(record)]);
    values = std::move(out);
}

void reorder(Vocabulary& tokens, const std::vector<Index>& order)
{
    Vocabulary out;
    out.reserve(static_cast<Index>(order.size()), 0);
    for (const Index record : order)
        out.add(tokens[record]);
    tokens = std::move(out);
}

} // namespace

std::string nameOfUnnamedRow(Index row)
{
    return "<row " + std::to_string(row) + ">";
}

Result<RowMetadata> readRowMetadata(const MetadataRequest& request)
{
    const auto file = MappedFile::open(request.file);
    if (!file && file.error().code != ErrorCode::FileEmpty)
        return fail(file.error());
    std::string_view bytes = file ? file->bytes() : std::string_view();
    if (const auto refusal = refusalOf(bytes))
        return fail(ErrorCode::FormatRefused, {request.file.string(), refusal->what, refusal->why, refusal->wayOut});
    bytes.remove_prefix(textBegin(bytes));
    return looksLikeJson(bytes) ? readJsonMetadata(bytes, request) : readTextMetadata(bytes, request);
}

Result<void> fitToRows(RowMetadata& metadata, const MetadataRequest& request)
{
    const bool cut = request.inPart && metadata.records > request.rows;
    if (metadata.records != request.rows && !cut) {
        std::string found = std::to_string(metadata.records);
        const std::string hint = metadata.ids && !metadata.ids->values.empty() ? jumpOf(metadata) : metadata.hint;
        if (!hint.empty())
            found += " (" + hint + ")";
        return fail(ErrorCode::ShapeMismatch, {request.file.string(),
                                               std::to_string(request.rows) +
                                                   (metadata.numberColumns.empty() && metadata.columns.empty()
                                                        ? " tokens, one for each row of "
                                                        : " records, one for each row of ") +
                                                   request.table.string(),
                                               found});
    }
    if (metadata.ids) {
        const Placement placement = placeByIds(metadata, request);
        if (placement.error)
            return fail(*placement.error);
        if (!std::is_sorted(placement.recordOfRow.begin(), placement.recordOfRow.end())) {
            if (metadata.tokens)
                reorder(*metadata.tokens, placement.recordOfRow);
            for (CategoryColumn& column : metadata.columns)
                reorder(column.values, placement.recordOfRow);
            for (NumberColumn& column : metadata.numberColumns)
                reorder(column.values, placement.recordOfRow);
        }
        metadata.ids.reset();
    }
    keepFirst(metadata, request.rows);
    return {};
}

void keepFirst(RowMetadata& metadata, Index rows)
{
    if (metadata.records <= rows)
        return;
    const auto kept = static_cast<std::size_t>(rows);
    metadata.records = rows;
    for (CategoryColumn& column : metadata.columns)
        column.values.resize(kept);
    for (NumberColumn& column : metadata.numberColumns)
        column.values.resize(kept);
    if (!metadata.tokens)
        return;
    Vocabulary tokens;
    tokens.reserve(rows, 0);
    for (Index row = 0; row < rows; ++row)
        tokens.add((*metadata.tokens)[row]);
    metadata.tokens = std::move(tokens);
}

} // namespace embedscope
