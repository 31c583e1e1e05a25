// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/text_kinds.h"

#include "core/base/strings.h"
#include "core/io/text_lines.h"

#include <algorithm>
#include <set>
#include <vector>

namespace embedscope {

namespace {

constexpr std::size_t kSampleBytes = 16384;
constexpr std::size_t kSampleLines = 50;

using Fields = std::vector<std::string_view>;

/// The first whole lines that are neither empty nor comments.
std::vector<std::string_view> sampleLines(std::string_view text)
{
    const std::string_view sample = text.substr(0, kSampleBytes);
    std::vector<std::string_view> lines;
    for (std::size_t position = textBegin(sample); position < sample.size() && lines.size() < kSampleLines;) {
        const std::string_view line = withoutTrailingBlanks(nextLine(sample, position));
        const bool whole = position < sample.size() || sample.size() == text.size() || lines.empty();
        if (whole && !line.empty() && line.front() != '#')
            lines.push_back(line);
    }
    return lines;
}

Fields split(std::string_view line, char separator)
{
    Fields fields;
    for (std::size_t begin = 0; begin <= line.size();) {
        const std::size_t end = std::min(line.find(separator, begin), line.size());
        fields.push_back(line.substr(begin, end - begin));
        begin = end + 1;
    }
    return fields;
}

bool isWhole(std::string_view field)
{
    return !field.empty() && std::all_of(field.begin(), field.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool isNumber(std::string_view field)
{
    return parseNumber(field).has_value();
}

template <class Matches>
bool mostly(const std::vector<std::string_view>& lines, const Matches& matches)
{
    return std::count_if(lines.begin(), lines.end(), matches) * 10 > std::ssize(lines) * 8;
}

/// Two words or phrases and how alike people find them; the first line may name the columns.
bool isScoredPair(std::string_view line)
{
    const Fields fields = split(line, line.find('\t') == std::string_view::npos ? ' ' : '\t');
    return fields.size() == 3 && !isNumber(fields[0]) && !isNumber(fields[1]) && isNumber(fields[2]);
}

/// a : b = c : d, or the name of a section.
bool isQuestion(std::string_view line)
{
    const Fields fields = split(line, ' ');
    return line.starts_with(": ") || (fields.size() == 4 && std::none_of(fields.begin(), fields.end(), isNumber));
}

bool isLabel(std::string_view field)
{
    constexpr std::size_t kLongest = 24;
    return !field.empty() && field.size() <= kLongest && field.find(' ') == std::string_view::npos;
}

bool isSentence(std::string_view field)
{
    return std::count(field.begin(), field.end(), ' ') >= 2;
}

/// A label and a sentence parted by a tab, on either side, or a number before a sentence.
bool isLabelled(std::string_view line)
{
    const Fields cells = split(line, '\t');
    if (cells.size() == 2)
        return (isLabel(cells[0]) && isSentence(cells[1])) || (isSentence(cells[0]) && isLabel(cells[1]));
    const std::size_t blank = line.find(' ');
    if (cells.size() != 1 || blank == std::string_view::npos)
        return false;
    const std::string_view first = line.substr(0, blank);
    return (isWhole(first) || first.starts_with("__label__")) && isSentence(line.substr(blank + 1));
}

bool isToken(std::string_view line)
{
    return line.find_first_of(" \t") == std::string_view::npos;
}

/// A token and a whole number, in columns.
bool isCounted(std::string_view line)
{
    const Fields fields = split(line, '\t');
    return fields.size() == 2 && isWhole(fields[1]);
}

} // namespace

bool looksLikeRatings(std::string_view text)
{
    constexpr std::size_t kFewest = 5;
    const auto lines = sampleLines(text);
    std::set<std::string_view> users;
    for (const std::string_view line : lines) {
        const Fields fields = split(line, ' ');
        if (fields.size() < 3 || fields.size() > 4 || !isWhole(fields[0]) || !isWhole(fields[1]) ||
            !isNumber(fields[2]) || fields[2].front() == '-' || (fields.size() == 4 && !isWhole(fields[3])))
            return false;
        users.insert(fields[0]);
    }
    return lines.size() >= kFewest && users.size() * 2 <= lines.size();
}

const char* kindOfText(std::string_view text)
{
    const auto lines = sampleLines(text);
    if (lines.empty())
        return "blank lines";
    if (looksLikeRatings(text))
        return "ratings (user, item, rating)";
    if (mostly(lines, isScoredPair))
        return "pairs of words with scores";
    if (mostly(lines, isQuestion))
        return "analogy questions";
    if (mostly(lines, isLabelled))
        return "sentences with labels";
    if (mostly(lines, isCounted))
        return "a list of tokens with counts";
    if (mostly(lines, [](std::string_view line) { return line.find('\t') != line.npos; }))
        return "tab-separated text";
    if (mostly(lines, [](std::string_view line) { return std::count(line.begin(), line.end(), ',') > 2; }))
        return "comma-separated text";
    if (mostly(lines, isToken))
        return "a list of tokens";
    return "ordinary text";
}

} // namespace embedscope
