// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/content.h"
#include "core/io/text_kinds.h"
#include "core/io/text_layout.h"
#include "core/io/text_row.h"
#include "core/io/text_rows.h"

#include <utility>

namespace embedscope {

namespace {

/// Fields between single blanks, see text_row.h.
class VectorSyntax : public RowSyntax
{
public:
    explicit VectorSyntax(Index dim)
        : RowSyntax(LineKind::Trimmed)
        , m_dim(dim)
    {
    }

    [[nodiscard]] bool fits(std::string_view line) const override
    {
        return static_cast<Index>(line.size()) / 2 >= m_dim;
    }
    bool parse(std::string_view line, Index, float* values, std::string& tokens) const override
    {
        std::string_view token;
        if (!parseRow(line, m_dim, values, token))
            return false;
        tokens.append(token);
        return true;
    }
    [[nodiscard]] std::string problem(std::string_view line) const override { return rowProblem(line, m_dim); }

private:
    Index m_dim;
};

void addCounts(TableDraft& draft, const TextLayout& layout, const TextRows& rows, bool limited)
{
    rows.addEmptyLineFindings(draft.report);
    rows.addSkippedFindings(draft.report);
    if (limited)
        addLimitFinding(draft.report, rows.rows(), layout.announcedRows);
    else if (layout.announcedRows)
        addRowCountFindings(draft.report, rows.rows(), *layout.announcedRows);
}

Result<TableDraft> readRows(TextRows& rows)
{
    if (const auto counted = rows.count(); !counted)
        return fail(counted.error());
    auto weights = rows.parse();
    if (!weights)
        return fail(weights.error());
    TableDraft draft{std::move(*weights), rows.takeVocabulary(), {}, {}, {}};
    if (const auto fine = rows.outcome(); !fine)
        return fail(fine.error());
    return draft;
}

/// A header and nothing behind it.
tl::unexpected<Error> withoutRows(const ReadRequest& request, Index announced)
{
    if (announced == 0)
        return fail(ErrorCode::FileEmpty, {request.place()});
    return fail(ErrorCode::FileTruncated, {request.place(), "0", std::to_string(announced)});
}

} // namespace

bool recognisesGlove(std::string_view bytes)
{
    const auto layout = findTextLayout(bytes);
    return layout && !layout->announcedRows && !looksLikeRatings(bytes);
}

bool recognisesWord2VecText(std::string_view bytes)
{
    const auto layout = findTextLayout(bytes);
    return layout && layout->announcedRows;
}

Result<TableDraft> readTextTable(const ReadRequest& request)
{
    const auto layout = findTextLayout(request.bytes(), request.options.header, request.options.dim);
    if (!layout)
        return fail(ErrorCode::FormatUnknown, {request.place(), describeContent(request.bytes())});
    if (!layout->problem.empty())
        return fail(ErrorCode::FileDamaged, {request.place(), "line 1", layout->problem});
    const std::string_view all = request.bytes().substr(layout->dataBegin);
    if (isBlankText(all))
        return withoutRows(request, layout->announcedRows.value_or(0));
    const VectorSyntax syntax(layout->dim);
    const std::string_view text =
        request.options.limit ? firstRows(all, LineKind::Trimmed, *request.options.limit, request.stop) : all;
    request.progress.start(static_cast<std::int64_t>(text.size()));
    TextRows rows(request, text, syntax, layout->dim, layout->header ? 2 : 1);
    auto draft = readRows(rows);
    if (!draft)
        return draft;
    const PlaceOfRow placeOf = [&rows](Index row) { return rows.placeOf(row); };
    draft->report.dtype = "text";
    addCounts(*draft, *layout, rows, !isBlankText(all.substr(text.size())));
    addFindings(*draft, placeOf, request.stop);
    addBlankFindings(*draft, placeOf, request.stop);
    return draft;
}

} // namespace embedscope
