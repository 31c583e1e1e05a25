// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/metadata_plan.h"

#include <algorithm>
#include <set>
#include <utility>

namespace embedscope {

namespace {

constexpr Index kStopMask = 4095; // how often a stop is looked for, in records
constexpr std::size_t kMostColumns = 1000;

/// What the first pass finds.
struct TextSurvey
{
    std::vector<std::string> firstCells;
    std::vector<CellSurvey> columns;
    Index records = 0;
    Index blankAtEnd = 0; // of a list; they may be empty tokens
    Index blankLine = 0;  // of a table, the first one
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

std::string nameOfColumn(const TextSurvey& survey, std::size_t column, const MetadataPlan& plan)
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
std::optional<std::size_t> namedTokenColumn(const MetadataPlan& plan)
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
std::optional<std::size_t> tokenColumnOf(const MetadataPlan& plan)
{
    if (const auto named = namedTokenColumn(plan))
        return named;
    if (plan.header || plan.columns.size() > 2)
        return plan.dialect == Dialect::FastTextDump ? std::optional<std::size_t>(0) : std::nullopt;
    // "0<TAB>the"; but of "2001<TAB>57" the year is the name.
    const bool second = plan.columns.size() == 2 && plan.columns[0].isNumeric() && !plan.columns[1].numbers;
    return second ? 1 : 0;
}

MetadataPlan planOf(TextSurvey survey, Dialect dialect, const MetadataRequest& request)
{
    MetadataPlan plan;
    plan.dialect = dialect;
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

} // namespace

Result<MetadataPlan> planMetadata(std::string_view text, Dialect dialect, const MetadataRequest& request)
{
    auto survey = surveyRecords(text, dialect, request);
    if (!survey)
        return fail(survey.error());
    return planOf(std::move(*survey), dialect, request);
}

} // namespace embedscope
