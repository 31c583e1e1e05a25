// SPDX-License-Identifier: GPL-3.0-or-later
// Lists and tables of text: one pass says what the columns are, a second one reads them.
#include "core/base/strings.h"
#include "core/io/column_builder.h"
#include "core/io/row_metadata.h"
#include "core/io/text_lines.h"
#include "core/io/text_records.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <set>
#include <utility>

namespace embedscope {

namespace {

constexpr Index kStopMask = 4095; // how often a stop is looked for, in records
constexpr std::size_t kMostColumns = 1000;
constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();
// Words with counts are different from each other, up to those that were cut inside a character. Where they are not,
// the numbers are part of the names: "item 1", "item 2".
constexpr Index kWordsForOneRepeat = 100;

/// What the first pass finds.
struct TextSurvey
{
    std::vector<std::string> firstCells;
    std::vector<CellSurvey> columns;
    Index records = 0;
    Index blankAtEnd = 0; // of a list; they may be empty tokens
    Index blankLine = 0;  // of a table, the first one
};

/// How the second pass reads the file.
struct Plan
{
    Dialect dialect;
    bool header = false;
    Index records = 0; // without the header
    std::vector<std::string> names;
    std::vector<CellSurvey> columns;
    std::optional<std::size_t> tokenColumn; // where it is known before all cells are read
};

std::string lineName(Index line)
{
    return "line " + std::to_string(line);
}

std::string fieldCount(std::size_t fields)
{
    return std::to_string(fields) + (fields == 1 ? " field" : " fields");
}

tl::unexpected<Error> damaged(const MetadataRequest& request, Index line, std::string what)
{
    return fail(ErrorCode::FileDamaged, {request.file.string(), lineName(line), std::move(what)});
}

/// Takes a first record for what all of them are like.
Result<void> beginSurvey(TextSurvey& survey, const RecordReader& reader, const MetadataRequest& request)
{
    const auto& cells = reader.cells();
    if (cells.size() > kMostColumns)
        return damaged(request, reader.line(), "it has " + fieldCount(cells.size()) + ", more than a table may have");
    survey.columns.resize(cells.size());
    survey.firstCells.assign(cells.begin(), cells.end());
    for (std::size_t i = 0; i < cells.size(); ++i)
        survey.columns[i].addFirst(cells[i]);
    return {};
}

Result<void> addToSurvey(TextSurvey& survey, const RecordReader& reader, const MetadataRequest& request)
{
    if (reader.unclosed())
        return damaged(request, reader.line(), "a quotation mark is never closed");
    if (survey.blankLine > 0)
        return damaged(request, survey.blankLine, "it is blank, and lines of a table follow");
    const auto& cells = reader.cells();
    if (survey.records++ == 0)
        return beginSurvey(survey, reader, request);
    if (cells.size() != survey.columns.size())
        return damaged(request, reader.line(),
                       "it has " + fieldCount(cells.size()) + ", the first line has " +
                           std::to_string(survey.columns.size()));
    for (std::size_t i = 0; i < cells.size(); ++i)
        survey.columns[i].add(cells[i]);
    return {};
}

Result<TextSurvey> surveyRecords(std::string_view text, Dialect dialect, const MetadataRequest& request)
{
    TextSurvey out;
    if (dialect == Dialect::Lines)
        out.columns.resize(1);
    RecordReader reader(text, dialect);
    for (Index lines = 0; reader.next(); ++lines) {
        if ((lines & kStopMask) == 0 && request.stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        if (dialect == Dialect::Lines) {
            ++out.records;
            out.blankAtEnd = reader.blank() ? out.blankAtEnd + 1 : 0;
        } else if (reader.blank()) {
            out.blankLine = out.blankLine > 0 ? out.blankLine : reader.line();
        } else if (const auto fine = addToSurvey(out, reader, request); !fine) {
            return fail(fine.error());
        }
    }
    return out;
}

bool hasNumbersBelowFirst(const TextSurvey& survey)
{
    return std::any_of(survey.columns.begin(), survey.columns.end(), [](const CellSurvey& c) { return c.isNumeric(); });
}

bool namesTokens(const TextSurvey& survey)
{
    return std::any_of(survey.firstCells.begin(), survey.firstCells.end(),
                       [](const std::string& cell) { return tokenNameRank(cell) != std::string_view::npos; });
}

/// Names that differ, and no numbers. The first may be missing, as for the index of a data frame.
bool firstLooksLikeNames(const TextSurvey& survey)
{
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < survey.columns.size(); ++i) {
        const bool name = !survey.columns[i].firstIsNumber && (i == 0 || !survey.firstCells[i].empty());
        if (!name || !names.insert(survey.firstCells[i]).second)
            return false;
    }
    return true;
}

/// A first line that is like the others: "the 1061396", but not "word 2019 2020" or the "0 1 2" of a data frame.
bool firstLooksLikeData(const TextSurvey& survey)
{
    bool data = false;
    bool increasing = true;
    double previous = -1;
    for (std::size_t i = 0; i < survey.columns.size(); ++i) {
        data = data || (survey.columns[i].firstIsNumber && survey.columns[i].isNumeric());
        double value = -1;
        increasing = increasing && parseCell(survey.firstCells[i], value) && value > previous;
        previous = value;
    }
    return data && !increasing && !namesTokens(survey);
}

bool hasHeader(const TextSurvey& survey, Dialect dialect, const MetadataRequest& request)
{
    const bool mayHave = (dialect == Dialect::Tabs || dialect == Dialect::Commas) && survey.columns.size() > 1;
    if (!mayHave || survey.records < 2)
        return false;
    if (survey.records == request.rows + 1 && !request.inPart)
        return !firstLooksLikeData(survey);
    if (!firstLooksLikeNames(survey))
        return false;
    // With as many lines as rows, only what can hardly be a row is a header.
    if (survey.records == request.rows && !request.inPart)
        return namesTokens(survey) && hasNumbersBelowFirst(survey);
    return namesTokens(survey) || hasNumbersBelowFirst(survey);
}

std::string nameOfColumn(const TextSurvey& survey, std::size_t column, const Plan& plan)
{
    const std::string& first = survey.firstCells[column];
    if (plan.header && !first.empty())
        return first;
    const bool counted = plan.dialect == Dialect::CountBehindBlank || plan.dialect == Dialect::FastTextDump;
    const CellSurvey& cells = survey.columns[column];
    if (!plan.header && (counted || survey.columns.size() == 2) && cells.isNumeric())
        return cells.integers ? "count" : "score";
    if (plan.dialect == Dialect::FastTextDump && column == 2)
        return "type";
    return "column " + std::to_string(column + 1);
}

/// The column that is called token, word and so on.
std::optional<std::size_t> namedTokenColumn(const Plan& plan)
{
    std::optional<std::size_t> best;
    std::size_t bestRank = std::string_view::npos;
    for (std::size_t i = 0; plan.header && i < plan.names.size(); ++i) {
        const std::size_t rank = tokenNameRank(plan.names[i]);
        if (rank < bestRank) {
            best = i;
            bestRank = rank;
        }
    }
    return best;
}

/// Where the tokens stand, if that is clear before the cells are looked at one by one.
std::optional<std::size_t> tokenColumnOf(const Plan& plan)
{
    if (const auto named = namedTokenColumn(plan))
        return named;
    if (plan.header || plan.columns.size() > 2)
        return plan.dialect == Dialect::FastTextDump ? std::optional<std::size_t>(0) : std::nullopt;
    // "0<TAB>the"; but of "2001<TAB>57" the year is the name.
    const bool second = plan.columns.size() == 2 && plan.columns[0].isNumeric() && !plan.columns[1].numbers;
    return second ? 1 : 0;
}

Plan planOf(TextSurvey survey, Dialect dialect, const MetadataRequest& request)
{
    Plan plan{.dialect = dialect};
    plan.header = hasHeader(survey, dialect, request);
    plan.records = survey.records - (plan.header ? 1 : 0);
    survey.firstCells.resize(survey.columns.size());
    for (CellSurvey& cells : survey.columns)
        if (!plan.header)
            cells.joinFirst();
    for (std::size_t i = 0; i < survey.columns.size(); ++i)
        plan.names.push_back(nameOfColumn(survey, i, plan));
    plan.columns = std::move(survey.columns);
    plan.tokenColumn = tokenColumnOf(plan);
    if (dialect == Dialect::Lines && plan.records > request.rows)
        plan.records -= std::min(survey.blankAtEnd, plan.records - request.rows);
    return plan;
}

bool isIdName(std::string_view name)
{
    constexpr std::string_view kNames[] = {"id", "ID", "Id", "index", "Index", "idx", "row", "column 1"};
    return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

/// Row numbers rather than counts: mostly one more than the one before, or each from 0 once.
bool looksLikeIds(const std::vector<double>& values)
{
    const auto count = static_cast<Index>(values.size());
    std::vector<bool> seen(values.size());
    Index inOrder = 0;
    Index once = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double value = values[i];
        if (!(value >= 0))
            return false;
        inOrder += i > 0 && value == values[i - 1] + 1 ? 1 : 0;
        if (value < static_cast<double>(count) && !seen[static_cast<std::size_t>(value)]) {
            seen[static_cast<std::size_t>(value)] = true;
            ++once;
        }
    }
    return once == count || (count > 1 && values.front() <= 1 && inOrder * 2 >= count);
}

/// Reads all columns in one pass.
class ColumnReader
{
public:
    explicit ColumnReader(Plan plan);
    Result<RowMetadata> read(std::string_view text, const MetadataRequest& request);

private:
    enum class Kind { Tokens, Numbers, Categories, Nothing };
    [[nodiscard]] Kind kindOf(std::size_t column) const;
    void addCell(std::size_t column, std::string_view cell);
    [[nodiscard]] bool mayBeIds(std::size_t column) const;
    void takeTokens(RowMetadata& out);
    RowMetadata take();

    Plan m_plan;
    Vocabulary m_tokens;
    std::vector<CategoryBuilder> m_categories; // one for each column, as the following
    std::vector<NumberColumn> m_numbers;
};

ColumnReader::ColumnReader(Plan plan)
    : m_plan(std::move(plan))
{
    for (std::size_t i = 0; i < m_plan.columns.size(); ++i) {
        m_categories.emplace_back(m_plan.names[i]);
        m_numbers.push_back({m_plan.names[i], {}});
        if (kindOf(i) == Kind::Tokens)
            m_tokens.reserve(m_plan.records, 0);
        if (kindOf(i) == Kind::Numbers)
            m_numbers[i].values.reserve(static_cast<std::size_t>(m_plan.records));
        if (kindOf(i) == Kind::Categories)
            m_categories[i].reserve(m_plan.records);
    }
}

ColumnReader::Kind ColumnReader::kindOf(std::size_t column) const
{
    if (m_plan.tokenColumn == column)
        return Kind::Tokens;
    if (!m_plan.columns[column].anyValue)
        return Kind::Nothing;
    return m_plan.columns[column].numbers ? Kind::Numbers : Kind::Categories;
}

void ColumnReader::addCell(std::size_t column, std::string_view cell)
{
    double value = kMissing;
    switch (kindOf(column)) {
    case Kind::Tokens:
        m_tokens.add(cell);
        break;
    case Kind::Numbers:
        m_numbers[column].values.push_back(!isMissing(cell) && parseCell(cell, value) ? value : kMissing);
        break;
    case Kind::Categories:
        m_categories[column].add(cell);
        break;
    case Kind::Nothing:
        break;
    }
}

Result<RowMetadata> ColumnReader::read(std::string_view text, const MetadataRequest& request)
{
    RecordReader reader(text, m_plan.dialect);
    if (m_plan.header)
        reader.next();
    for (Index record = 0; record < m_plan.records && reader.next(); ++record) {
        if ((record & kStopMask) == 0 && request.stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        for (std::size_t i = 0; i < reader.cells().size(); ++i)
            addCell(i, reader.cells()[i]);
    }
    return take();
}

/// Without a header the only column of two that may be ids is the one beside the tokens.
bool ColumnReader::mayBeIds(std::size_t column) const
{
    const bool integers = kindOf(column) == Kind::Numbers && m_plan.columns[column].integers;
    const bool counted = m_plan.dialect == Dialect::CountBehindBlank || m_plan.dialect == Dialect::FastTextDump;
    if (!integers || counted || (m_plan.header && !isIdName(m_plan.names[column])))
        return false;
    return (m_plan.header || m_plan.columns.size() == 2) && looksLikeIds(m_numbers[column].values);
}

/// Names that mostly differ are those of the rows; a few that come again and again are categories. Both, where a column
/// is called so.
void ColumnReader::takeTokens(RowMetadata& out)
{
    if (m_plan.tokenColumn) {
        out.tokenColumn = m_plan.names.size() > 1 ? m_plan.names[*m_plan.tokenColumn] : std::string();
        if (m_plan.header && (m_tokens.size() - m_tokens.duplicates()) * 2 <= m_tokens.size())
            for (Index row = 0; row < m_tokens.size(); ++row)
                m_categories[*m_plan.tokenColumn].add(m_tokens[row]);
        out.tokens = std::move(m_tokens);
        return;
    }
    const auto best = std::max_element(
        m_categories.begin(), m_categories.end(),
        [](const CategoryBuilder& a, const CategoryBuilder& b) { return a.distinct() < b.distinct(); });
    if (best == m_categories.end() || best->distinct() * 2 <= m_plan.records)
        return;
    CategoryColumn column = best->take();
    out.tokens.emplace();
    out.tokens->reserve(m_plan.records, 0);
    for (const std::int32_t value : column.values)
        out.tokens->add(value < 0 ? std::string_view() : column.categories[static_cast<std::size_t>(value)]);
    out.tokenColumn = std::move(column.name);
}

RowMetadata ColumnReader::take()
{
    RowMetadata out;
    out.records = m_plan.records;
    out.firstLine = m_plan.header || m_plan.dialect == Dialect::FastTextDump ? 2 : 1;
    out.lineEach = m_plan.dialect != Dialect::Commas;
    takeTokens(out);
    for (std::size_t i = 0; i < m_plan.columns.size(); ++i) {
        if (m_categories[i].rows() > 0)
            out.columns.push_back(m_categories[i].take());
        if (kindOf(i) != Kind::Numbers)
            continue;
        if (!out.ids && mayBeIds(i))
            out.ids = std::move(m_numbers[i]);
        else
            out.numberColumns.push_back(std::move(m_numbers[i]));
    }
    return out;
}

/// The first line that shows why there are more lines than rows.
std::string hintOfList(std::string_view text, Index records, Index rows, const std::stop_token& stop)
{
    RecordReader reader(text, Dialect::Lines);
    std::string previous;
    for (Index line = 1; reader.next() && line <= records && !stop.stop_requested(); ++line) {
        const std::string_view token = reader.cells().front();
        if (line == 1 && records == rows + 1 && tokenNameRank(token) != std::string_view::npos)
            return "the first line, \"" + toValidUtf8(token) + "\", looks like a header";
        if (token.empty())
            return lineName(line) + " is blank";
        if (token.size() > 1 && token.front() == '"' && std::count(token.begin(), token.end(), '"') % 2 == 1)
            return lineName(line) + " begins with a quotation mark that it does not close";
        if (line > 1 && token == previous)
            return lineName(line) + " is the same as the line before it";
        previous = token;
    }
    return {};
}

bool isCounted(const RowMetadata& metadata)
{
    return metadata.tokens && metadata.tokens->duplicates() * kWordsForOneRepeat <= metadata.records;
}

Result<RowMetadata> readDialect(std::string_view text, Dialect dialect, const MetadataRequest& request)
{
    auto survey = surveyRecords(text, dialect, request);
    if (!survey)
        return fail(survey.error());
    Plan plan = planOf(std::move(*survey), dialect, request);
    const Index records = plan.records;
    const bool header = plan.header;
    const bool list = plan.columns.size() <= 1;
    if (list && request.inPart)
        plan.records = std::min(plan.records, request.rows);
    // A list of another length can be attached to no table: it is not worth its memory.
    if (list && plan.records != request.rows) {
        RowMetadata counted;
        counted.records = records;
        if (records > request.rows)
            counted.hint = hintOfList(text, records, request.rows, request.stop);
        return counted;
    }
    auto metadata = ColumnReader(std::move(plan)).read(text, request);
    if (metadata && header)
        metadata->hint = "below a header";
    return metadata;
}

} // namespace

Result<RowMetadata> readTextMetadata(std::string_view text, const MetadataRequest& request)
{
    const Dialect dialect = findDialect(text, request.file.filename().string(), request.stop);
    auto metadata = readDialect(text, dialect, request);
    if (metadata && dialect == Dialect::CountBehindBlank && !isCounted(*metadata))
        return readDialect(text, Dialect::Lines, request);
    return metadata;
}

} // namespace embedscope
