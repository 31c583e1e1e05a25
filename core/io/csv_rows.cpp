// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/csv_rows.h"

#include "core/base/strings.h"
#include "core/io/text_rows.h"

#include <algorithm>
#include <limits>
#include <unordered_map>
#include <utility>

namespace embedscope {

namespace {

constexpr std::size_t kSearchedBytes = std::size_t{1} << 20U;
constexpr std::size_t kLongestShown = 40;
// More kinds of text than that are no groups of rows. With the number of columns it bounds the memory for their names.
constexpr std::size_t kMostCategories = 1000;
constexpr std::size_t kMostTextColumns = 100;
constexpr std::size_t kMostNamed = 12;

/// A row is a line of cells; numbers that go along are read with the vector.
class CsvSyntax : public RowSyntax
{
public:
    CsvSyntax(const CsvLayout& layout, LineKind lines)
        : RowSyntax(lines)
        , m_layout(layout)
        , m_dim(layout.count(ColumnRole::Value))
    {
    }

    void makeRoom(std::vector<NumberColumn>& numbers, Index rows)
    {
        for (const CsvColumn& column : m_layout.columns)
            if (column.role == ColumnRole::Number)
                numbers.push_back({column.name, std::vector<double>(static_cast<std::size_t>(rows))});
        m_numbers = numbers.data();
    }

    [[nodiscard]] bool fits(std::string_view line) const override
    {
        // Each cell but the last has its delimiter, each value a digit.
        return line.size() + 1 >= m_layout.columns.size() + static_cast<std::size_t>(m_dim);
    }
    bool parse(std::string_view line, Index row, float* values, std::string& tokens) const override;
    [[nodiscard]] std::string problem(std::string_view line) const override;

private:
    const CsvLayout& m_layout;
    Index m_dim;
    NumberColumn* m_numbers = nullptr;
};

bool CsvSyntax::parse(std::string_view line, Index row, float* values, std::string& tokens) const
{
    CsvCells cells(line, m_layout.dialect);
    CsvCell cell;
    NumberColumn* number = m_numbers;
    for (const CsvColumn& column : m_layout.columns) {
        if (column.role == ColumnRole::Value ? !cells.nextNumber(*values++) : !cells.next(cell))
            return false;
        if (column.role == ColumnRole::Token)
            cell.appendTo(tokens);
        double value = 0;
        if (column.role != ColumnRole::Number || number == nullptr)
            continue;
        std::vector<double>& kept = (number++)->values;
        if (static_cast<std::size_t>(row) < kept.size()) // a line that is no row may stand behind the last one
            kept[static_cast<std::size_t>(row)] =
                parseCell(cell, m_layout.dialect, value) ? value : std::numeric_limits<double>::quiet_NaN();
    }
    return cells.atEnd();
}

std::string CsvSyntax::problem(std::string_view line) const
{
    std::vector<CsvCell> row;
    CsvCells cells(line, m_layout.dialect);
    std::size_t count = 0;
    for (CsvCell cell; cells.next(cell); ++count)
        if (count < m_layout.columns.size())
            row.push_back(cell);
    if (count != m_layout.columns.size())
        return "it holds " + std::to_string(count) + " cells, where the other rows hold " +
               std::to_string(m_layout.columns.size());
    for (std::size_t i = 0; i < row.size(); ++i) {
        float value = 0;
        if (m_layout.columns[i].role == ColumnRole::Value && !parseCell(row[i], m_layout.dialect, value))
            return "cell " + std::to_string(i + 1) + ", \"" + toValidUtf8(row[i].text.substr(0, kLongestShown)) +
                   "\", is not a number";
    }
    return "it is no row of the table";
}

/// Whether line breaks may stand between quotes. Most files hold none, and are read faster for it.
LineKind findLineKind(const ReadRequest& request, std::string_view text, const CsvDialect& dialect)
{
    const LineKind lines = linesOf(dialect);
    for (std::size_t begin = 0; lines == LineKind::Quoted && begin < text.size(); begin += kSearchedBytes) {
        const std::string_view part = text.substr(begin, kSearchedBytes);
        if (request.stop.stop_requested() || part.find('"') != std::string_view::npos)
            return lines;
        request.file.release(part);
    }
    return LineKind::Plain;
}

/// Text columns, one after the other: their values are numbered in the order in which they appear.
class Categories
{
public:
    explicit Categories(const CsvLayout& layout)
        : m_layout(layout)
    {
        for (const CsvColumn& column : layout.columns)
            if (column.role == ColumnRole::Category)
                m_columns.push_back({{column.name, {}, {}}, {}, m_columns.size() >= kMostTextColumns});
    }

    [[nodiscard]] bool empty() const { return m_columns.empty(); }
    void addRow(std::string_view line)
    {
        CsvCells cells(line, m_layout.dialect);
        CsvCell cell;
        auto next = m_columns.begin();
        for (const CsvColumn& column : m_layout.columns)
            if (cells.next(cell) && column.role == ColumnRole::Category)
                (next++)->add(cell);
    }
    /// A column with too many values is named in the report instead.
    void moveInto(TableDraft& draft)
    {
        std::string names;
        std::size_t left = 0;
        for (Numbering& numbering : m_columns) {
            if (!numbering.tooMany)
                draft.columns.push_back(std::move(numbering.column));
            else if (++left <= kMostNamed)
                names.append(left == 1 ? "" : ", ").append(toValidUtf8(numbering.column.name));
        }
        if (left > kMostNamed)
            names += ", ...";
        if (left > 0)
            draft.report.warnings.push_back(
                {WarningCode::ColumnsLeftOut,
                 {names, std::to_string(kMostTextColumns), std::to_string(kMostCategories)}});
    }

private:
    struct Numbering
    {
        CategoryColumn column;
        std::unordered_map<std::string, std::int32_t> numbers;
        bool tooMany = false;

        void add(const CsvCell& cell)
        {
            if (tooMany)
                return;
            if (cell.text.empty()) {
                column.values.push_back(-1);
                return;
            }
            std::string value = cell.value();
            const auto [found, isNew] = numbers.try_emplace(value, static_cast<std::int32_t>(numbers.size()));
            if (isNew)
                column.categories.push_back(std::move(value));
            column.values.push_back(found->second);
            if (numbers.size() > kMostCategories) {
                tooMany = true;
                column = {column.name, {}, {}};
                numbers = {};
            }
        }
    };

    const CsvLayout& m_layout;
    std::vector<Numbering> m_columns;
};

/// Whether a line is a row. Its numbers that go along are read, its vector only tried.
class RowCheck
{
public:
    explicit RowCheck(const CsvSyntax& syntax, Index dim)
        : m_syntax(syntax)
        , m_values(static_cast<std::size_t>(dim))
    {
    }
    bool operator()(std::string_view line)
    {
        m_tokens.clear();
        if (!m_syntax.fits(line) || !m_syntax.parse(line, m_row, m_values.data(), m_tokens))
            return false;
        ++m_row;
        return true;
    }

private:
    const CsvSyntax& m_syntax;
    std::vector<float> m_values;
    std::string m_tokens;
    Index m_row = 0;
};

/// Where damaged lines were left out, what goes along is read once more, of the lines that are rows.
void readCategories(const ReadRequest& request, const CsvLayout& layout, const CsvSyntax& syntax, std::string_view text,
                    TableDraft& draft)
{
    Categories categories(layout);
    const bool skips = request.options.skip_damaged;
    RowCheck isRow(syntax, layout.count(ColumnRole::Value));
    const bool needed = !categories.empty() || (skips && layout.has(ColumnRole::Number));
    std::size_t released = 0;
    for (std::size_t position = 0; needed && position < text.size() && !request.stop.stop_requested();) {
        const std::string_view line = nextLine(text, position, syntax.lines());
        if (!line.empty() && (!skips || isRow(line)))
            categories.addRow(line);
        if (position - released >= kSearchedBytes)
            request.file.release(text.substr(std::exchange(released, position), kSearchedBytes));
    }
    categories.moveInto(draft);
}

Index countRows(std::string_view text, LineKind lines, const std::stop_token& stop)
{
    Index rows = 0;
    for (std::size_t position = 0; position < text.size() && !stop.stop_requested();)
        rows += nextLine(text, position, lines).empty() ? 0 : 1;
    return rows;
}

/// "the", "d0" ... "d49" (50)
std::string namesOf(const CsvLayout& layout, std::initializer_list<ColumnRole> roles)
{
    std::vector<std::string> names;
    for (const CsvColumn& column : layout.columns)
        if (std::find(roles.begin(), roles.end(), column.role) != roles.end())
            names.push_back(std::string(1, '"').append(toValidUtf8(column.name)).append(1, '"'));
    if (names.empty())
        return "-";
    if (names.size() > 3)
        return names.front() + " ... " + names.back() + " (" + std::to_string(names.size()) + ")";
    std::string list;
    for (const std::string& name : names)
        list.append(list.empty() ? "" : ", ").append(name);
    return list;
}

} // namespace

void addColumnFindings(const CsvLayout& layout, LoadReport& report)
{
    const Index plain = layout.count(ColumnRole::Token) + layout.count(ColumnRole::Value);
    if (layout.header && layout.has(ColumnRole::Token) && plain == std::ssize(layout.columns))
        return;
    report.warnings.push_back({WarningCode::ColumnsTaken,
                               {namesOf(layout, {ColumnRole::Token}), namesOf(layout, {ColumnRole::Value}),
                                namesOf(layout, {ColumnRole::Number, ColumnRole::Category})}});
}

Result<TableDraft> readCsvRows(const ReadRequest& request, const CsvLayout& layout, const CompleteTokens& complete)
{
    const std::string_view all = request.bytes().substr(layout.dataBegin);
    if (isBlankText(all))
        return fail(ErrorCode::FileEmpty, {request.place()});
    CsvSyntax syntax(layout, findLineKind(request, all, layout.dialect));
    const LineKind lines = syntax.lines();
    const std::string_view text =
        request.options.limit ? firstRows(all, lines, *request.options.limit, request.stop) : all;
    request.progress.start(static_cast<std::int64_t>(text.size()));
    TextRows rows(request, text, syntax, layout.count(ColumnRole::Value), layout.firstLine);
    if (const auto counted = rows.count(); !counted)
        return fail(counted.error());
    TableDraft draft;
    if (!request.options.skip_damaged)
        syntax.makeRoom(draft.numberColumns, rows.rows());
    auto weights = rows.parse();
    if (!weights)
        return fail(weights.error());
    if (request.options.skip_damaged)
        syntax.makeRoom(draft.numberColumns, rows.rows());
    draft.weights = std::move(*weights);
    if (layout.has(ColumnRole::Token))
        draft.vocabulary = rows.takeVocabulary();
    readCategories(request, layout, syntax, text, draft);
    const bool limited = !isBlankText(all.substr(text.size()));
    const auto rowsInFile = [&] { return rows.rows() + countRows(all.substr(text.size()), lines, request.stop); };
    if (const auto completed = complete(draft, rowsInFile); !completed)
        return fail(completed.error());
    if (const auto fine = rows.outcome(); !fine)
        return fail(fine.error());
    draft.report.dtype = "text";
    rows.addEmptyLineFindings(draft.report);
    rows.addSkippedFindings(draft.report);
    if (limited)
        addLimitFinding(draft.report, rows.rows(), std::nullopt);
    if (draft.weights.cols() > 0)
        addFindings(
            draft, [&rows](Index row) { return rows.placeOf(row); }, request.stop);
    return draft;
}

} // namespace embedscope
