// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/projector_metadata.h"

#include "core/io/csv_rows.h"
#include "core/io/text_lines.h"

#include <iterator>
#include <utility>

namespace embedscope {

namespace {

tl::unexpected<Error> otherLength(const std::filesystem::path& path, Index rows, Index found)
{
    return fail(ErrorCode::ShapeMismatch,
                {path.string(), std::to_string(rows) + " rows, one for each vector", std::to_string(found)});
}

/// One token a line. Blank lines at the end are none.
Result<Vocabulary> readTokens(const std::filesystem::path& path, std::string_view text, Index rows, Index wanted,
                              const std::stop_token& stop)
{
    Vocabulary vocabulary;
    Index found = 0;
    for (std::size_t position = textBegin(text); position < text.size(); ++found) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        if (found >= rows && text.find_first_not_of("\r\n", position) == std::string_view::npos)
            break;
        const std::string_view token = nextLine(text, position);
        if (found < wanted)
            vocabulary.add(token);
    }
    if (found != rows)
        return otherLength(path, rows, found);
    return vocabulary;
}

bool hasColumns(std::string_view text)
{
    std::size_t position = textBegin(text);
    return nextLine(text, position).find('\t') != std::string_view::npos;
}

Vocabulary numberedRows(Index rows)
{
    Vocabulary vocabulary;
    for (Index row = 0; row < rows; ++row)
        vocabulary.add(std::to_string(row));
    return vocabulary;
}

} // namespace

Result<void> readProjectorMetadata(const std::filesystem::path& path, Index rows, const ReadRequest& request,
                                   TableDraft& draft)
{
    const auto file = Source::open(path);
    if (!file)
        return fail(file.error());
    const Index wanted = draft.weights.rows();
    if (!hasColumns(file->bytes())) {
        auto tokens = readTokens(path, file->bytes(), rows, wanted, request.stop);
        if (!tokens)
            return fail(tokens.error());
        draft.vocabulary = std::move(*tokens);
        return {};
    }
    const auto layout = findMetadataLayout(file->bytes());
    if (!layout)
        return fail(ErrorCode::FileDamaged,
                    {path.string(), "line 1", "the lines below have another number of columns"});
    const ReadOptions options{.limit = wanted};
    const ReadRequest inner{path, *file, options, request.stop, request.progress};
    Index found = 0;
    auto table = readCsvRows(inner, *layout, [&found](TableDraft&, const std::function<Index()>& rowsInFile) {
        found = rowsInFile();
        return Result<void>();
    });
    if (!table)
        return fail(table.error());
    if (found != rows)
        return otherLength(path, rows, found);
    for (Warning& warning : table->report.warnings)
        if (warning.code == WarningCode::ColumnsLeftOut)
            draft.report.warnings.push_back(std::move(warning));
    draft.vocabulary = layout->has(ColumnRole::Token) ? std::move(table->vocabulary) : numberedRows(wanted);
    std::move(table->columns.begin(), table->columns.end(), std::back_inserter(draft.columns));
    std::move(table->numberColumns.begin(), table->numberColumns.end(), std::back_inserter(draft.numberColumns));
    return {};
}

} // namespace embedscope
