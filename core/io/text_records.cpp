// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/text_records.h"

#include "core/base/strings.h"
#include "core/io/text_lines.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace embedscope {

namespace {

constexpr std::string_view kTokenNames[] = {"token", "word",   "label",  "name",  "text",   "term", "title",
                                            "item",  "entity", "tokens", "words", "labels", "names"};

bool isDigits(std::string_view text)
{
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool sameWithoutCase(std::string_view text, std::string_view lower)
{
    const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b; };
    return std::equal(text.begin(), text.end(), lower.begin(), lower.end(), same);
}

std::size_t countOf(std::string_view line, char wanted)
{
    return static_cast<std::size_t>(std::count(line.begin(), line.end(), wanted));
}

/// "the 1061396": where the blank stands, or npos.
std::size_t blankBeforeCount(std::string_view line)
{
    const std::size_t blank = line.find(' ');
    const bool counted = blank != std::string_view::npos && blank > 0 && isDigits(line.substr(blank + 1));
    return counted ? blank : std::string_view::npos;
}

/// "the 1061396 word"
bool isDumpLine(std::string_view line)
{
    const std::size_t last = line.rfind(' ');
    if (last == std::string_view::npos || (line.substr(last + 1) != "word" && line.substr(last + 1) != "label"))
        return false;
    return blankBeforeCount(line.substr(0, last)) != std::string_view::npos;
}

/// "word,count" in the first line of a list of words with commas would be odd.
bool isCommaHeader(std::string_view line)
{
    RecordReader reader(line, Dialect::Commas);
    if (!reader.next() || reader.cells().size() < 2)
        return false;
    double value = 0;
    const auto isTokenName = [](std::string_view cell) { return tokenNameRank(cell) != std::string_view::npos; };
    const auto isNumber = [&value](std::string_view cell) { return parseCell(cell, value); };
    return std::any_of(reader.cells().begin(), reader.cells().end(), isTokenName) &&
           std::none_of(reader.cells().begin(), reader.cells().end(), isNumber);
}

/// What all lines have in common.
struct LineSurvey
{
    Index lines = 0; // that are not empty
    std::size_t tabs = 0;
    Index withTabs = 0; // as many as the first, or the second if the first has none
    Index counted = 0;
    Index dumped = 0;
    bool startsWithNumber = false;
    std::string_view first;
};

LineSurvey survey(std::string_view text, const std::stop_token& stop)
{
    LineSurvey out;
    for (std::size_t position = 0; position < text.size() && !stop.stop_requested();) {
        const std::string_view line = nextLine(text, position);
        if (line.empty())
            continue;
        const std::size_t tabs = countOf(line, '\t');
        if (out.lines == 0) {
            out.first = line;
            out.startsWithNumber = isDigits(line);
        }
        if (out.lines == 0 || (out.lines == 1 && out.tabs == 0))
            out.tabs = tabs;
        ++out.lines;
        out.withTabs += tabs > 0 && tabs == out.tabs ? 1 : 0;
        out.counted += blankBeforeCount(line) != std::string_view::npos ? 1 : 0;
        out.dumped += isDumpLine(line) ? 1 : 0;
    }
    return out;
}

} // namespace

Dialect findDialect(std::string_view text, std::string_view fileName, const std::stop_token& stop)
{
    const LineSurvey lines = survey(text, stop);
    if (lines.withTabs * 2 > lines.lines)
        return Dialect::Tabs;
    if (fileName.ends_with(".vocab.txt"))
        return Dialect::Lines;
    const bool named = fileName.ends_with(".csv") || fileName.ends_with(".CSV");
    if (lines.first.find(',') != std::string_view::npos && (named || isCommaHeader(lines.first)))
        return Dialect::Commas;
    if (lines.startsWithNumber && lines.dumped > 0 && lines.dumped == lines.lines - 1)
        return Dialect::FastTextDump;
    return lines.lines > 0 && lines.counted == lines.lines ? Dialect::CountBehindBlank : Dialect::Lines;
}

RecordReader::RecordReader(std::string_view text, Dialect dialect)
    : m_text(text)
    , m_dialect(dialect)
{
    if (dialect == Dialect::FastTextDump && !text.empty()) {
        nextLine(m_text, m_position);
        m_nextLine = 2;
    }
}

bool RecordReader::next()
{
    if (m_position >= m_text.size())
        return false;
    m_line = m_nextLine;
    m_cells.clear();
    if (m_dialect == Dialect::Commas) {
        readCommas();
        return true;
    }
    ++m_nextLine;
    const std::string_view line = nextLine(m_text, m_position);
    switch (m_dialect) {
    case Dialect::Tabs:
        splitTabs(line);
        break;
    case Dialect::CountBehindBlank:
        splitCount(line);
        break;
    case Dialect::FastTextDump:
        splitDump(line);
        break;
    case Dialect::Lines:
    case Dialect::Commas:
        m_cells.push_back(line);
        break;
    }
    return true;
}

void RecordReader::splitTabs(std::string_view line)
{
    std::size_t begin = 0;
    for (std::size_t tab = line.find('\t'); tab != std::string_view::npos; tab = line.find('\t', begin)) {
        m_cells.push_back(line.substr(begin, tab - begin));
        begin = tab + 1;
    }
    m_cells.push_back(line.substr(begin));
}

void RecordReader::splitCount(std::string_view line)
{
    const std::size_t blank = blankBeforeCount(line);
    m_cells.push_back(line.substr(0, blank));
    if (blank != std::string_view::npos)
        m_cells.push_back(line.substr(blank + 1));
}

void RecordReader::splitDump(std::string_view line)
{
    const std::size_t last = line.rfind(' ');
    splitCount(line.substr(0, last));
    if (last != std::string_view::npos)
        m_cells.push_back(line.substr(last + 1));
}

/// Reads a quoted cell into m_unquoted and moves behind its closing mark.
bool RecordReader::readQuoted()
{
    m_quoted.push_back({m_cells.size(), m_unquoted.size()});
    for (++m_position;;) {
        const std::size_t mark = m_text.find('"', m_position);
        if (mark == std::string_view::npos)
            return false;
        const std::string_view part = m_text.substr(m_position, mark - m_position);
        m_unquoted.append(part);
        m_nextLine += static_cast<Index>(countOf(part, '\n'));
        m_position = mark + 1;
        if (m_position >= m_text.size() || m_text[m_position] != '"')
            return true;
        m_unquoted += '"';
        ++m_position;
    }
}

void RecordReader::readCommas()
{
    m_unquoted.clear();
    m_quoted.clear();
    for (bool more = true; more;) {
        const bool quoted = m_position < m_text.size() && m_text[m_position] == '"';
        if (quoted && !readQuoted()) {
            m_unclosed = true;
            m_position = m_text.size();
        }
        const std::size_t end = std::min(m_text.find_first_of(",\n", m_position), m_text.size());
        std::string_view rest = m_text.substr(m_position, end - m_position);
        more = end < m_text.size() && m_text[end] == ',';
        if (!more && rest.ends_with('\r'))
            rest.remove_suffix(1);
        if (quoted)
            m_unquoted.append(rest);
        m_cells.push_back(rest);
        m_position = std::min(end + 1, m_text.size());
        // A comma at the very end of the text has an empty cell behind it.
        if (more && m_position == m_text.size()) {
            m_cells.emplace_back();
            more = false;
        }
    }
    ++m_nextLine;
    for (std::size_t i = 0; i < m_quoted.size(); ++i) {
        const std::size_t end = i + 1 < m_quoted.size() ? m_quoted[i + 1].begin : m_unquoted.size();
        const std::size_t begin = m_quoted[i].begin;
        m_cells[m_quoted[i].cell] = std::string_view(m_unquoted).substr(begin, end - begin);
    }
}

std::size_t tokenNameRank(std::string_view name)
{
    const auto* const found = std::find_if(std::begin(kTokenNames), std::end(kTokenNames),
                                           [name](std::string_view known) { return sameWithoutCase(name, known); });
    return found == std::end(kTokenNames) ? std::string_view::npos
                                          : static_cast<std::size_t>(found - std::begin(kTokenNames));
}

bool isMissing(std::string_view cell)
{
    return cell.empty() || sameWithoutCase(cell, "nan");
}

bool parseCell(std::string_view cell, double& value)
{
    constexpr double kExact = 9007199254740992.0; // 2^53
    const std::string_view digits = cell.starts_with('-') ? cell.substr(1) : cell;
    if (digits.empty() || digits.front() < '0' || digits.front() > '9')
        return false;
    if (digits.size() > 1 && digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9')
        return false;
    const auto number = parseNumber(cell);
    if (!number || (isDigits(digits) && std::abs(*number) >= kExact))
        return false;
    value = *number;
    return true;
}

} // namespace embedscope
