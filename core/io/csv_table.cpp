// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/strings.h"
#include "core/io/csv_rows.h"
#include "core/io/piecewise_writer.h"
#include "core/io/token_list.h"

#include <cmath>
#include <utility>

namespace embedscope {

namespace {

void appendHeader(const EmbeddingTable& table, std::string& out)
{
    out += "token";
    for (const CategoryColumn& column : table.columns())
        appendCsvCell(out += ',', column.name);
    for (const NumberColumn& column : table.numberColumns())
        appendCsvCell(out += ',', column.name);
    for (Index i = 0; i < table.dim(); ++i)
        out.append(",d").append(std::to_string(i));
    out += '\n';
}

void appendRow(const EmbeddingTable& table, Index row, std::string& out)
{
    const auto at = static_cast<std::size_t>(row);
    appendCsvCell(out, table.vocabulary()[row]);
    for (const CategoryColumn& column : table.columns()) {
        out += ',';
        if (column.values[at] >= 0)
            appendCsvCell(out, column.categories[static_cast<std::size_t>(column.values[at])]);
    }
    for (const NumberColumn& column : table.numberColumns()) {
        out += ',';
        if (!std::isnan(column.values[at]))
            out += formatNumber(column.values[at]);
    }
    const auto& weights = table.weights();
    for (Index i = 0; i < table.dim(); ++i) {
        out += ',';
        appendNumber(out, weights(row, i));
    }
    out += '\n';
}

} // namespace

bool recognisesCsv(std::string_view bytes)
{
    return findCsvLayout(bytes, {}, CsvContent::Vectors).has_value();
}

Result<TableDraft> readCsvTable(const ReadRequest& request)
{
    const auto layout = findCsvLayout(request.bytes(), request.options, CsvContent::AnyTable);
    if (!layout)
        return fail(ErrorCode::FormatRefused, {request.place(), "a table of cells", "no column in it holds numbers",
                                               "Write one row a line, with tabs, commas or semicolons between cells."});
    if (request.options.dim && *request.options.dim != layout->count(ColumnRole::Value))
        return fail(ErrorCode::ShapeMismatch, {request.place(), std::to_string(*request.options.dim) + " numbers a row",
                                               std::to_string(layout->count(ColumnRole::Value))});
    return readCsvRows(request, *layout, [&](TableDraft& draft, const std::function<Index()>& rowsInFile) {
        addColumnFindings(*layout, draft.report);
        if (layout->has(ColumnRole::Token))
            return Result<void>();
        auto tokens = readTokensBeside(request.path, rowsInFile(), draft.weights.rows(), draft.report);
        if (!tokens)
            return Result<void>(fail(tokens.error()));
        draft.vocabulary = std::move(*tokens);
        return Result<void>();
    });
}

Result<WrittenFiles> writeCsvTable(const WriteRequest& request)
{
    auto file = AtomicFile::create(request.path);
    if (!file)
        return fail(file.error());
    std::string header;
    appendHeader(request.table, header);
    if (const auto written = file->write(header); !written)
        return fail(written.error());
    const auto format = [&request](Index begin, Index end, std::string& out) {
        for (Index row = begin; row < end; ++row)
            appendRow(request.table, row, out);
    };
    const auto written =
        writeRows(*file, request.table.rows(), request.table.dim(), format, request.stop, request.progress);
    if (!written)
        return fail(written.error());
    if (const auto done = file->commit(); !done)
        return fail(done.error());
    return WrittenFiles{request.path};
}

} // namespace embedscope
