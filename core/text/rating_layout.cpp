// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/rating_layout.h"

#include "core/base/strings.h"
#include "core/text/columns.h"

#include <algorithm>
#include <initializer_list>
#include <map>
#include <optional>

namespace embedscope {

namespace {

constexpr std::string_view kDoubleColon = "::";
constexpr std::string_view kBlanks = " \t";
constexpr RecordLimits kSample{.records = 100};
constexpr std::size_t kValueColumn = 2;

constexpr const char* kWayOut = "Write one `user item rating` a line, parted by tabs, ::, commas or blanks.";

using Row = std::vector<std::string>;

void splitBlanks(std::string_view record, Row& cells)
{
    for (std::size_t begin = record.find_first_not_of(kBlanks); begin < record.size();) {
        const std::size_t end = std::min(record.find_first_of(kBlanks, begin), record.size());
        cells.emplace_back(record.substr(begin, end - begin));
        begin = std::min(record.find_first_not_of(kBlanks, end), record.size());
    }
}

void splitDoubleColons(std::string_view record, Row& cells)
{
    while (true) {
        const std::size_t end = record.find(kDoubleColon);
        cells.emplace_back(trimmed(record.substr(0, end)));
        if (end == std::string_view::npos)
            return;
        record.remove_prefix(end + kDoubleColon.size());
    }
}

std::vector<Row> sampleRows(std::string_view content, RatingSeparator separator)
{
    auto records = splitRecords(content, syntaxOf(separator), {}, {}, kSample);
    if (!records) // a quote that is never closed: the real reading says where
        records = splitRecords(content, {}, {}, {}, kSample);
    std::vector<Row> rows;
    for (const Record& record : records ? records->records : std::vector<Record>())
        splitRating(record.raw, separator, rows.emplace_back());
    return rows;
}

/// Cells that at least four rows of five have, so that a damaged line is an error of that line; 0 where there is no
/// such number or it is not that of ratings.
std::size_t columnsOf(const std::vector<Row>& rows)
{
    std::map<std::size_t, std::size_t> counts;
    for (const Row& row : rows)
        ++counts[row.size()];
    for (const auto& [columns, count] : counts)
        if (columns >= 2 && columns <= 4 && 5 * count >= 4 * rows.size())
            return columns;
    return 0;
}

bool holdsAny(std::string_view name, std::initializer_list<std::string_view> parts)
{
    std::string lower(name);
    std::ranges::transform(lower, lower.begin(), [](char c) {
        const bool upper = c >= 'A' && c <= 'Z';
        return static_cast<char>(upper ? c - 'A' + 'a' : c);
    });
    return std::ranges::any_of(parts,
                               [&lower](std::string_view part) { return lower.find(part) != std::string::npos; });
}

bool namesValues(std::string_view name)
{
    return holdsAny(name, {"rating", "score", "stars", "value"});
}

bool namesTimes(std::string_view name)
{
    return holdsAny(name, {"time", "date"});
}

/// Names of columns are no numbers, and stand above a rating where they have one; without ratings only names that
/// people give to users count, since an item may be called anything.
bool isHeader(const Row& first, std::size_t columns)
{
    if (first.size() != columns || parseNumber(first[0]) || parseNumber(first[1]))
        return false;
    if (columns > kValueColumn)
        return !parseNumber(first[kValueColumn]) && hasLetter(first[kValueColumn]);
    return holdsAny(first[0], {"user", "uid"});
}

Result<void> checkOrder(const Row& header, const std::string& path)
{
    const auto at = [&header](std::size_t i) { return i < header.size() ? std::string_view(header[i]) : ""; };
    const bool valuesElsewhere =
        namesValues(at(0)) || namesValues(at(1)) || (namesValues(at(3)) && !namesValues(at(2)));
    if (!valuesElsewhere && !holdsAny(at(1), {"user", "uid"}))
        return {};
    return fail(ErrorCode::FormatRefused,
                {path, "a file of ratings with these columns", "its header names them in another order",
                 "Put them as user, item, rating."});
}

} // namespace

CellSyntax syntaxOf(RatingSeparator separator)
{
    switch (separator) {
    case RatingSeparator::Tab:
        return {.delimiter = '\t', .quoted = false};
    case RatingSeparator::Comma:
        return {.delimiter = ',', .quoted = true};
    case RatingSeparator::DoubleColon:
    case RatingSeparator::Blanks:
        break;
    }
    return {};
}

void splitRating(std::string_view record, RatingSeparator separator, std::vector<std::string>& cells)
{
    cells.clear();
    if (separator == RatingSeparator::Blanks)
        return splitBlanks(record, cells);
    if (separator == RatingSeparator::DoubleColon)
        return splitDoubleColons(record, cells);
    const CellSyntax syntax = syntaxOf(separator);
    for (const std::string_view cell : splitCells(record, syntax))
        cells.push_back(cellText(cell, syntax));
}

Result<RatingLayout> guessRatingLayout(std::string_view content, const std::string& path)
{
    using enum RatingSeparator;
    // The rarer signs first: text in a cell may hold commas and blanks.
    for (const RatingSeparator separator : {Tab, DoubleColon, Comma, Blanks}) {
        const auto rows = sampleRows(content, separator);
        RatingLayout layout{.separator = separator, .columns = columnsOf(rows)};
        if (layout.columns == 0)
            continue;
        layout.header = isHeader(rows.front(), layout.columns);
        layout.hasValues = layout.columns > kValueColumn;
        if (!layout.header)
            return layout;
        if (auto fits = checkOrder(rows.front(), path); !fits)
            return fail(fits.error());
        layout.hasValues = layout.hasValues && !namesTimes(rows.front()[kValueColumn]);
        return layout;
    }
    return fail(ErrorCode::FormatRefused, {path, "this text as ratings", "its lines have not 2 to 4 columns", kWayOut});
}

} // namespace embedscope
