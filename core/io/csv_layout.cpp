// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/csv_layout.h"

#include "core/base/strings.h"
#include "core/io/csv_sample.h"
#include "core/io/text_lines.h"

#include <algorithm>
#include <map>

namespace embedscope {

namespace {

constexpr CsvDialect kDialects[] = {{'\t'}, {','}, {';'}};
// Names as plainName() makes them.
constexpr std::string_view kTokenNames[] = {"token", "tokens", "word", "words", "name", "names", "term", "key"};
constexpr std::string_view kTextNames[] = {"text",     "sentence", "sentences", "review", "reviews", "comment",
                                           "comments", "message",  "tweet",     "body",   "phrase",  "question"};
constexpr std::string_view kIndexNames[] = {"", "id", "index", "idx", "row", "no", "nr", "unnamed0"};
constexpr std::string_view kOtherNames[] = {"count",  "counts",  "freq",   "frequency", "rank",     "label",
                                            "labels", "class",   "target", "cluster",   "group",    "category",
                                            "user",   "userid",  "item",   "itemid",    "movie",    "movieid",
                                            "rating", "ratings", "score",  "time",      "timestamp"};

template <std::size_t size>
bool isOneOf(const std::string_view (&names)[size], std::string_view name)
{
    return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

/// In lower case, without blanks and signs between words.
std::string plainName(std::string_view name)
{
    std::string out;
    for (const char c : name) {
        if (c >= 'A' && c <= 'Z')
            out += static_cast<char>(c - 'A' + 'a');
        else if (std::string_view(" _-.:").find(c) == std::string_view::npos)
            out += c;
    }
    return out;
}

/// What stands before the number of "dim_12"; nullopt where the name does not end in one.
std::optional<std::string> numberedPrefix(std::string_view name)
{
    const std::size_t last = name.find_last_not_of("0123456789");
    const std::size_t begin = last == std::string_view::npos ? 0 : last + 1;
    return begin < name.size() ? std::optional(std::string(name.substr(0, begin))) : std::nullopt;
}

/// What is known of a table before its columns have roles.
struct Draft
{
    CsvSample sample;
    bool header = false;
    std::size_t rows = 0;
    std::vector<ColumnSample> columns;
    std::vector<std::string> names; // plain ones; empty where there is no header
    bool numbered = false;          // the vector is that of columns with numbered names

    [[nodiscard]] bool isNumeric(std::size_t i) const { return columns[i].isNumeric(rows); }
    [[nodiscard]] bool isText(std::size_t i) const { return columns[i].isText(rows); }
    [[nodiscard]] bool mostlyDiffers(std::size_t i) const { return 2 * columns[i].different > rows; }
    [[nodiscard]] bool isNamed(std::size_t i) const { return header && !names[i].empty(); }
};

/// 0, 1, 2, ... above numeric columns.
bool countsUp(const CsvRow& cells, const std::vector<std::size_t>& numeric)
{
    for (std::size_t i = 0; i < numeric.size(); ++i)
        if (parseInteger(cells[numeric[i]].text) != static_cast<long long>(i))
            return false;
    return numeric.size() >= 3;
}

bool isHeader(const CsvSample& sample)
{
    if (sample.rows.empty())
        return false;
    const auto columns = sample.describe(false);
    const CsvRow& first = sample.first;
    std::vector<std::size_t> numeric;
    std::size_t words = 0;
    for (std::size_t i = 0; i < columns.size() && i < first.size(); ++i) {
        // A nameless column holds the names of rows.
        if (!columns[i].isNumeric(sample.rows.size()) || (i == 0 && first[i].text.empty()))
            continue;
        numeric.push_back(i);
        float value = 0;
        words += !first[i].text.empty() && !parseCell(first[i], sample.dialect, value) ? 1U : 0U;
    }
    return !numeric.empty() && (2 * words >= numeric.size() || countsUp(first, numeric));
}

/// One name a column. A name may lack before them, or behind where delimiters end the lines.
std::vector<std::string> headerNames(const CsvSample& sample, bool lastIsEmpty)
{
    std::vector<std::string> names;
    for (const CsvCell& cell : sample.first)
        names.push_back(cell.value());
    if (names.size() + 1 == sample.columns)
        names.insert(lastIsEmpty ? names.end() : names.begin(), std::string());
    return names;
}

bool canBeHeader(const CsvSample& sample)
{
    return sample.first.size() == sample.columns || sample.first.size() + 1 == sample.columns;
}

Draft makeDraft(CsvSample sample, const ReadOptions& options)
{
    Draft draft;
    draft.header = canBeHeader(sample) && !sample.rows.empty() && options.header.value_or(isHeader(sample));
    const bool withFirst = !draft.header && sample.first.size() == sample.columns;
    draft.columns = sample.describe(withFirst);
    draft.rows = sample.rows.size() + (withFirst ? 1 : 0);
    if (draft.header) {
        const auto names = headerNames(sample, draft.columns.back().isEmpty(draft.rows));
        std::transform(names.begin(), names.end(), std::back_inserter(draft.names), plainName);
    }
    draft.sample = std::move(sample);
    return draft;
}

std::optional<std::size_t> findToken(const Draft& draft)
{
    const std::size_t count = draft.columns.size();
    for (std::size_t i = 0; draft.header && i < count; ++i)
        if (isOneOf(kTokenNames, draft.names[i]) && !draft.columns[i].isEmpty(draft.rows))
            return i;
    for (std::size_t i = 0; i < count; ++i)
        if (draft.isText(i) && draft.mostlyDiffers(i))
            return i;
    const bool indexed = draft.header && isOneOf(kIndexNames, draft.names[0]) && draft.isNumeric(0);
    return indexed && draft.columns[0].different == draft.rows ? std::optional<std::size_t>(0) : std::nullopt;
}

/// The numeric columns that are numbered by name, where these are at least half of all.
std::vector<std::size_t> numberedColumns(const Draft& draft, const std::vector<std::size_t>& numeric)
{
    std::map<std::string, std::vector<std::size_t>> groups;
    for (const std::size_t i : numeric)
        if (const auto prefix = numberedPrefix(draft.names[i]))
            groups[*prefix].push_back(i);
    std::vector<std::size_t> largest;
    for (auto& [prefix, group] : groups)
        if (group.size() > largest.size())
            largest = std::move(group);
    return 2 * largest.size() >= numeric.size() ? largest : std::vector<std::size_t>();
}

std::vector<std::size_t> findValues(Draft& draft, std::optional<std::size_t> token)
{
    std::vector<std::size_t> numeric;
    for (std::size_t i = 0; i < draft.columns.size(); ++i)
        if (draft.isNumeric(i) && token != i)
            numeric.push_back(i);
    if (!draft.header || numeric.empty())
        return numeric;
    if (auto numbered = numberedColumns(draft, numeric); !numbered.empty()) {
        draft.numbered = true;
        return numbered;
    }
    std::erase_if(numeric, [&draft](std::size_t i) {
        return isOneOf(kOtherNames, draft.names[i]) || isOneOf(kIndexNames, draft.names[i]);
    });
    return numeric;
}

/// `user item rating` and perhaps a time, where users or items occur again.
bool looksLikeRatings(const Draft& draft)
{
    if (draft.numbered || draft.columns.size() < 3 || draft.columns.size() > 4)
        return false;
    const auto isKey = [&draft](std::size_t i) { return draft.isText(i) || draft.columns[i].isInteger(draft.rows); };
    const bool repeated = draft.columns[0].different < draft.rows || draft.columns[1].different < draft.rows;
    return isKey(0) && isKey(1) && repeated;
}

bool looksLikeCounts(const Draft& draft, const std::vector<std::size_t>& values, bool hasToken)
{
    const auto isInteger = [&draft](std::size_t i) { return draft.columns[i].isInteger(draft.rows); };
    return values.size() <= 3 && !(draft.header && hasToken) && std::all_of(values.begin(), values.end(), isInteger);
}

bool holdsVectors(const Draft& draft, const std::vector<std::size_t>& values, std::optional<std::size_t> token)
{
    if (draft.numbered && (values.size() > 1 || (token && draft.names[values.front()] == "d0")))
        return true;
    const auto isProse = [&draft](const std::string& name) { return isOneOf(kTextNames, name); };
    return values.size() > 1 && std::none_of(draft.names.begin(), draft.names.end(), isProse) &&
           !looksLikeRatings(draft) && !looksLikeCounts(draft, values, token.has_value());
}

ColumnRole otherRole(const Draft& draft, std::size_t i)
{
    if (draft.columns[i].isEmpty(draft.rows))
        return ColumnRole::Empty;
    return draft.isNumeric(i) ? ColumnRole::Number : ColumnRole::Category;
}

std::vector<CsvColumn> nameColumns(const Draft& draft)
{
    std::vector<std::string> names(draft.columns.size());
    if (draft.header)
        names = headerNames(draft.sample, draft.columns.back().isEmpty(draft.rows));
    std::vector<CsvColumn> columns;
    for (std::size_t i = 0; i < names.size(); ++i)
        columns.push_back(
            {names[i].empty() ? "column " + std::to_string(i + 1) : std::move(names[i]), otherRole(draft, i)});
    return columns;
}

CsvLayout layoutOf(const Draft& draft, std::optional<std::size_t> token, const std::vector<std::size_t>& values,
                   std::size_t begin)
{
    CsvLayout layout;
    layout.dialect = draft.sample.dialect;
    layout.header = draft.header;
    layout.columns = nameColumns(draft);
    for (const std::size_t i : values)
        layout.columns[i].role = ColumnRole::Value;
    if (token)
        layout.columns[*token].role = ColumnRole::Token;
    layout.dataBegin = begin + (draft.header ? draft.sample.firstEnd : 0);
    layout.firstLine = draft.header ? static_cast<Index>(draft.sample.firstLines) + 1 : 1;
    return layout;
}

std::optional<CsvLayout> layOut(std::string_view bytes, const CsvDialect& dialect, const ReadOptions& options,
                                CsvContent content)
{
    const std::size_t begin = textBegin(bytes);
    auto sample = sampleCsv(bytes.substr(begin), dialect);
    if (!sample)
        return std::nullopt;
    Draft draft = makeDraft(std::move(*sample), options);
    const auto token = findToken(draft);
    auto values = findValues(draft, token);
    if (content == CsvContent::Vectors ? !holdsVectors(draft, values, token) : values.empty())
        return std::nullopt;
    if (options.dim && *options.dim >= 1 && *options.dim < std::ssize(values))
        values.resize(static_cast<std::size_t>(*options.dim));
    return layoutOf(draft, token, values, begin);
}

} // namespace

Index CsvLayout::count(ColumnRole role) const
{
    return std::count_if(columns.begin(), columns.end(), [role](const CsvColumn& c) { return c.role == role; });
}

std::optional<CsvLayout> findCsvLayout(std::string_view bytes, const ReadOptions& options, CsvContent content)
{
    std::optional<CsvLayout> best;
    for (const CsvDialect& dialect : kDialects) {
        auto layout = layOut(bytes, dialect, options, content);
        if (layout && (!best || best->columns.size() < layout->columns.size()))
            best = std::move(layout);
    }
    return best;
}

std::optional<CsvLayout> findMetadataLayout(std::string_view bytes)
{
    const std::size_t begin = textBegin(bytes);
    auto sample = sampleCsv(bytes.substr(begin), {'\t', false});
    if (!sample)
        return std::nullopt;
    ReadOptions withHeader;
    withHeader.header = true;
    Draft draft = makeDraft(std::move(*sample), withHeader);
    return layoutOf(draft, findToken(draft), {}, begin);
}

} // namespace embedscope
