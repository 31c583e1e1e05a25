// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/strings.h"
#include "core/search/similarity.h"
#include "core/search/text_line.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace embedscope {

namespace {

constexpr Index kLinesPerLook = 1024;
constexpr char kBlanks = ' ';

struct Layout
{
    char delimiter;
    bool moreCells; // cells after the third are passed over
};

constexpr Layout kLayouts[] = {{'\t', false}, {'\t', true},     {',', false},
                               {',', true},   {kBlanks, false}, {kBlanks, true}};

std::vector<std::string_view> cellsOf(std::string_view line, char delimiter)
{
    if (delimiter == kBlanks)
        return wordsOf(line);
    std::vector<std::string_view> cells;
    for (std::size_t begin = 0; begin <= line.size();) {
        const std::size_t end = std::min(line.find(delimiter, begin), line.size());
        const auto cell = line.substr(begin, end - begin);
        // gensim leaves blanks beside a tab in the word, which then is in no table.
        cells.push_back(delimiter == ',' ? withoutBlanks(cell) : cell);
        begin = end + 1;
    }
    return cells;
}

struct Judged
{
    std::string_view first;
    std::string_view second;
    double judgement;
};

std::optional<Judged> pairOf(std::string_view line, const Layout& layout)
{
    const auto cells = cellsOf(line, layout.delimiter);
    if (cells.size() < 3 || (cells.size() > 3 && !layout.moreCells))
        return std::nullopt;
    const auto judgement = parseNumber(withoutBlanks(cells[2]));
    if (!judgement || !std::isfinite(*judgement))
        return std::nullopt;
    return Judged{cells[0], cells[1], *judgement};
}

std::int32_t numberOf(std::string_view word, Vocabulary& words)
{
    const auto known = words.find(word);
    return static_cast<std::int32_t>(known ? *known : words.add(word));
}

void addLine(std::string_view line, Index number, const Layout& layout, WordPairs& found)
{
    if (line.starts_with('#') || withoutBlanks(line).empty())
        return;
    if (const auto pair = pairOf(line, layout)) {
        const auto first = numberOf(pair->first, found.words);
        found.pairs.push_back({first, numberOf(pair->second, found.words), pair->judgement});
        return;
    }
    ++found.skippedLines;
    if (found.firstSkippedLine == 0)
        found.firstSkippedLine = number;
}

Result<WordPairs> parseAs(const Layout& layout, std::string_view text, const std::string& path,
                          const std::stop_token& stop)
{
    WordPairs found;
    Index number = 0;
    for (std::size_t position = 0; position < text.size();) {
        const std::string_view line = takeLine(text, position);
        if (++number % kLinesPerLook == 0 && stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        if (firstInvalidUtf8(line))
            return fail(ErrorCode::FileNotText, {path, "line " + std::to_string(number)});
        addLine(line, number, layout, found);
    }
    return found;
}

} // namespace

Result<WordPairs> parseWordPairs(std::string_view text, const std::string& path, std::stop_token stop)
{
    for (const Layout& layout : kLayouts) {
        auto found = parseAs(layout, text, path, stop);
        if (!found || !found->pairs.empty())
            return found;
    }
    return fail(ErrorCode::FormatRefused,
                {path, "A list of word pairs without a pair", "no line has two words and a number",
                 "Write a pair as: tiger, a tab, cat, a tab, 7.35."});
}

} // namespace embedscope
