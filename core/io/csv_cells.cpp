// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/csv_cells.h"

#include "core/base/strings.h"
#include "core/io/float_parser.h"

#include <algorithm>
#include <array>

namespace embedscope {

namespace {

constexpr std::size_t kLongestNumber = 64; // of those with a comma for a point

std::string_view trimmed(std::string_view text)
{
    const std::size_t begin = std::min(text.find_first_not_of(' '), text.size());
    return text.substr(begin, text.find_last_not_of(' ') + 1 - begin);
}

/// Calls parse(text) with a point for the comma.
template <class Parse>
bool parseWithComma(std::string_view text, const Parse& parse)
{
    std::array<char, kLongestNumber> buffer{};
    if (text.size() > buffer.size() || text.find('.') != std::string_view::npos)
        return false;
    std::replace_copy(text.begin(), text.end(), buffer.begin(), ',', '.');
    return parse(std::string_view(buffer.data(), text.size()));
}

template <class Parse>
bool parseText(const CsvCell& cell, const CsvDialect& dialect, const Parse& parse)
{
    const std::string_view text = trimmed(cell.text);
    if (dialect.decimalComma && text.find(',') != std::string_view::npos)
        return parseWithComma(text, parse);
    return parse(text);
}

} // namespace

void CsvCell::appendTo(std::string& out) const
{
    if (!quoted) {
        out.append(text);
        return;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        out += text[i];
        if (text[i] == '"')
            ++i;
    }
}

std::string CsvCell::value() const
{
    std::string out;
    appendTo(out);
    return out;
}

/// The quote that ends the cell at the position, or npos.
std::size_t CsvCells::closingQuote() const
{
    if (!m_dialect.quotes || m_position >= m_line.size() || m_line[m_position] != '"')
        return std::string_view::npos;
    for (std::size_t at = m_position + 1;; at += 2) {
        at = m_line.find('"', at);
        if (at == std::string_view::npos || at + 1 == m_line.size() || m_line[at + 1] == m_dialect.delimiter)
            return at;
        if (m_line[at + 1] != '"')
            return std::string_view::npos;
    }
}

bool CsvCells::next(CsvCell& cell)
{
    if (atEnd())
        return false;
    const std::size_t quote = closingQuote();
    cell.quoted = quote != std::string_view::npos;
    const std::size_t end =
        cell.quoted ? quote + 1 : std::min(m_line.find(m_dialect.delimiter, m_position), m_line.size());
    cell.text = cell.quoted ? m_line.substr(m_position + 1, quote - m_position - 1)
                            : m_line.substr(m_position, end - m_position);
    m_position = end + 1;
    return true;
}

bool CsvCells::nextNumber(float& value)
{
    if (atEnd())
        return false;
    // Nearly every number stands alone in its cell.
    const char* end = m_line.data() + m_line.size();
    const char* next = parseFloat(m_line.data() + m_position, end, value);
    if (next != nullptr && (next == end || *next == m_dialect.delimiter)) {
        m_position = static_cast<std::size_t>(next - m_line.data()) + 1;
        return true;
    }
    CsvCell cell;
    return this->next(cell) && parseCell(cell, m_dialect, value);
}

bool parseCell(const CsvCell& cell, const CsvDialect& dialect, float& value)
{
    return parseText(cell, dialect, [&value](std::string_view text) {
        const char* end = text.data() + text.size();
        return !text.empty() && parseFloat(text.data(), end, value) == end;
    });
}

bool parseCell(const CsvCell& cell, const CsvDialect& dialect, double& value)
{
    return parseText(cell, dialect, [&value](std::string_view text) {
        const auto number = parseNumber(text);
        value = number.value_or(0);
        return number.has_value();
    });
}

void appendCsvCell(std::string& out, std::string_view text, char delimiter)
{
    const char special[] = {delimiter, '"', '\r', '\n'};
    if (text.find_first_of(std::string_view(special, sizeof(special))) == std::string_view::npos) {
        out.append(text);
        return;
    }
    out += '"';
    for (const char c : text) {
        out += c;
        if (c == '"')
            out += '"';
    }
    out += '"';
}

} // namespace embedscope
