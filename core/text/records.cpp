// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/records.h"

#include <algorithm>

namespace embedscope {

namespace {

constexpr std::string_view kBlanks = " \t\r\n\v\f";
constexpr std::size_t kLongestRecord = std::size_t{16}
                                       << 20U; // longer ones are no sentences, and would hold up a cancel

/// Behind the closing quote of the cell that begins with a quote at `begin`; npos where there is none.
std::size_t quoteEnd(std::string_view text, std::size_t begin)
{
    const std::size_t limit = std::min(text.size(), begin + kLongestRecord);
    std::size_t i = begin + 1;
    while ((i = text.find('"', i)) < limit) {
        if (i + 1 >= text.size() || text[i + 1] != '"')
            return i + 1;
        i += 2;
    }
    return std::string_view::npos;
}

/// End of the cell that begins at `begin`: its delimiter, line end or the end of the text. npos for an open quote.
std::size_t cellEnd(std::string_view text, std::size_t begin, const CellSyntax& syntax, std::string_view stops)
{
    std::size_t i = begin;
    if (syntax.quoted && i < text.size() && text[i] == '"')
        i = quoteEnd(text, i);
    if (i == std::string_view::npos)
        return i;
    return std::min(text.find_first_of(stops, i), text.size());
}

/// End of the record that begins at `begin`: its line end or the end of the text. npos for an open quote.
std::size_t recordEnd(std::string_view text, std::size_t begin, const CellSyntax& syntax)
{
    const std::size_t lineEnd = std::min(text.find('\n', begin), text.size());
    if (!syntax.quoted || text.substr(begin, lineEnd - begin).find('"') == std::string_view::npos)
        return lineEnd;
    const char stops[] = {syntax.delimiter, '\n'};
    std::size_t i = begin;
    while (true) {
        i = cellEnd(text, i, syntax, {stops, 2});
        if (i >= text.size() || text[i] == '\n')
            return i;
        ++i;
    }
}

std::string_view withoutReturn(std::string_view line)
{
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    return line;
}

tl::unexpected<Error> damaged(const std::string& path, std::int64_t line, std::string what)
{
    return fail(ErrorCode::FileDamaged, {path, "line " + std::to_string(line), std::move(what)});
}

} // namespace

std::string_view trimmed(std::string_view text)
{
    const std::size_t begin = text.find_first_not_of(kBlanks);
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

Result<Records> splitRecords(std::string_view content, const CellSyntax& syntax, const std::string& path,
                             std::stop_token stop, const RecordLimits& limits)
{
    Records out;
    std::size_t begin = 0;
    while (begin < content.size() && begin < limits.bytes && out.records.size() < limits.records) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        const std::size_t end = recordEnd(content, begin, syntax);
        if (end == std::string_view::npos)
            return damaged(path, out.lines + 1, "a quoted field begins here and is never closed");
        if (end - begin > kLongestRecord)
            return damaged(path, out.lines + 1, "is longer than 16 MB, which is no sentence");
        const std::string_view raw = withoutReturn(content.substr(begin, end - begin));
        if (trimmed(raw).empty())
            ++out.emptyLines;
        else
            out.records.push_back({raw, out.lines + 1});
        out.lines += 1 + (syntax.quoted ? std::count(raw.begin(), raw.end(), '\n') : 0);
        begin = end + 1;
    }
    return out;
}

std::vector<std::string_view> splitCells(std::string_view record, const CellSyntax& syntax)
{
    std::vector<std::string_view> cells;
    std::size_t begin = 0;
    while (true) {
        const std::size_t end = std::min(cellEnd(record, begin, syntax, {&syntax.delimiter, 1}), record.size());
        cells.push_back(record.substr(begin, end - begin));
        if (end == record.size())
            return cells;
        begin = end + 1;
    }
}

std::string cellText(std::string_view cell, const CellSyntax& syntax)
{
    if (!syntax.quoted || !cell.starts_with('"'))
        return std::string(trimmed(cell));
    const std::size_t behind = std::min(quoteEnd(cell, 0), cell.size());
    const std::string_view inner = cell.substr(1, behind >= 2 ? behind - 2 : 0);
    std::string text;
    for (std::size_t i = 0; i < inner.size(); ++i) {
        text += inner[i];
        if (inner[i] == '"')
            ++i;
    }
    text += cell.substr(behind);
    return std::string(trimmed(text));
}

} // namespace embedscope
