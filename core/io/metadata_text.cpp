// SPDX-License-Identifier: GPL-3.0-or-later
// Lists and tables of text: one pass says what the columns are, a second one reads them.
#include "core/base/strings.h"
#include "core/io/metadata_plan.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace embedscope {

namespace {

constexpr Index kStopMask = 4095; // how often a stop is looked for, in records
constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();
// Words with counts are different from each other, up to those that were cut inside a character. Where they are not,
// the numbers are part of the names: "item 1", "item 2".
constexpr Index kWordsForOneRepeat = 100;

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
    explicit ColumnReader(MetadataPlan plan);
    Result<RowMetadata> read(std::string_view text, const MetadataRequest& request);

private:
    enum class Kind { Tokens, Numbers, Categories, Nothing };
    [[nodiscard]] Kind kindOf(std::size_t column) const;
    void addCell(std::size_t column, std::string_view cell);
    [[nodiscard]] bool mayBeIds(std::size_t column) const;
    void takeTokens(RowMetadata& out);
    RowMetadata take();

    MetadataPlan m_plan;
    Vocabulary m_tokens;
    std::vector<CategoryBuilder> m_categories; // one for each column, as the following
    std::vector<NumberColumn> m_numbers;
};

ColumnReader::ColumnReader(MetadataPlan plan)
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
    std::string_view previous;
    for (Index line = 1; reader.next() && line <= records && !stop.stop_requested(); ++line) {
        const std::string_view token = reader.cells().front();
        if (line == 1 && records == rows + 1 && tokenNameRank(token) != std::string_view::npos)
            return "the first line, \"" + toValidUtf8(token) + "\", looks like a header";
        if (token.empty())
            return "line " + std::to_string(line) + " is blank";
        if (token.size() > 1 && token.front() == '"' && std::count(token.begin(), token.end(), '"') % 2 == 1)
            return "line " + std::to_string(line) + " begins with a quotation mark that it does not close";
        if (line > 1 && token == previous)
            return "line " + std::to_string(line) + " is the same as the line before it";
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
    auto plan = planMetadata(text, dialect, request);
    if (!plan)
        return fail(plan.error());
    const Index records = plan->records;
    const bool header = plan->header;
    const bool list = plan->columns.size() <= 1;
    if (list && request.inPart)
        plan->records = std::min(plan->records, request.rows);
    // A list of another length can be attached to no table: it is not worth its memory.
    if (list && plan->records != request.rows) {
        RowMetadata counted;
        counted.records = records;
        if (records > request.rows)
            counted.hint = hintOfList(text, records, request.rows, request.stop);
        return counted;
    }
    auto metadata = ColumnReader(std::move(*plan)).read(text, request);
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
