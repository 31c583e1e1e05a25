// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/python_literal.h"

#include <charconv>

namespace embedscope {

void PythonLiteral::skipBlanks()
{
    while (m_position < m_text.size() && std::string_view(" \t\r\n").find(m_text[m_position]) != std::string_view::npos)
        ++m_position;
}

bool PythonLiteral::nextIs(char sign)
{
    skipBlanks();
    return m_position < m_text.size() && m_text[m_position] == sign;
}

bool PythonLiteral::take(char sign)
{
    if (!nextIs(sign))
        return false;
    ++m_position;
    return true;
}

bool PythonLiteral::atEnd()
{
    skipBlanks();
    return m_position == m_text.size();
}

bool PythonLiteral::takeWord(std::string_view word)
{
    skipBlanks();
    if (!m_text.substr(m_position).starts_with(word))
        return false;
    m_position += word.size();
    return true;
}

std::optional<std::string> PythonLiteral::string()
{
    const char quote = nextIs('"') ? '"' : '\'';
    if (!take(quote))
        return std::nullopt;
    const std::size_t end = m_text.find(quote, m_position);
    if (end == std::string_view::npos)
        return std::nullopt;
    std::string value(m_text.substr(m_position, end - m_position));
    m_position = end + 1;
    return value;
}

std::optional<bool> PythonLiteral::boolean()
{
    if (takeWord("True"))
        return true;
    if (takeWord("False"))
        return false;
    return std::nullopt;
}

std::optional<Index> PythonLiteral::integer()
{
    skipBlanks();
    Index value = 0;
    const char* begin = m_text.data() + m_position;
    const auto [end, error] = std::from_chars(begin, m_text.data() + m_text.size(), value);
    if (error != std::errc{} || value < 0)
        return std::nullopt;
    m_position += static_cast<std::size_t>(end - begin);
    takeWord("L");
    return value;
}

std::optional<std::vector<Index>> PythonLiteral::tuple()
{
    if (!take('('))
        return std::nullopt;
    std::vector<Index> values;
    while (!take(')')) {
        const auto value = integer();
        if (!value)
            return std::nullopt;
        values.push_back(*value);
        // (5) without a comma is a number, not a tuple.
        if (!take(',') && (values.size() == 1 || !nextIs(')')))
            return std::nullopt;
    }
    return values;
}

} // namespace embedscope
