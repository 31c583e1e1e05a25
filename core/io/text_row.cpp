// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/text_row.h"

#include "core/base/strings.h"
#include "core/io/float_parser.h"

#include <algorithm>
#include <cstring>

namespace embedscope {

namespace {

constexpr std::size_t kLongestQuote = 40;

bool parseValues(std::string_view fields, Index dim, float* values)
{
    const char* p = fields.data();
    const char* end = p + fields.size();
    for (Index i = 0; i < dim; ++i) {
        if (i > 0 && (p == end || *p++ != ' '))
            return false;
        p = parseFloat(p, end, values[i]);
        if (p == nullptr)
            return false;
    }
    return p == end;
}

bool isNumber(std::string_view field)
{
    float value = 0;
    return parseFloat(field.data(), field.data() + field.size(), value) == field.data() + field.size();
}

/// Where the last `count` fields begin, or npos where the line has no token before them.
std::size_t lastFields(std::string_view line, Index count)
{
    std::size_t begin = line.size() + 1;
    for (Index i = 0; i < count; ++i) {
        const std::size_t blank = begin < 2 ? std::string_view::npos : line.rfind(' ', begin - 2);
        if (blank == std::string_view::npos)
            return blank;
        begin = blank + 1;
    }
    return begin;
}

} // namespace

Index countFields(std::string_view line)
{
    return line.empty() ? 0 : std::count(line.begin(), line.end(), ' ') + 1;
}

Index numericTail(std::string_view line)
{
    Index count = 0;
    for (std::size_t end = line.size();;) {
        const std::size_t blank = end == 0 ? std::string_view::npos : line.rfind(' ', end - 1);
        if (blank == std::string_view::npos || !isNumber(line.substr(blank + 1, end - blank - 1)))
            return count;
        ++count;
        end = blank;
    }
}

bool parseRow(std::string_view line, Index dim, float* values, std::string_view& token)
{
    // Nearly every token ends at the first blank.
    const std::size_t blank = line.find(' ');
    if (blank == std::string_view::npos)
        return false;
    token = line.substr(0, blank);
    if (parseValues(line.substr(blank + 1), dim, values))
        return true;
    const std::size_t begin = lastFields(line, dim);
    if (begin == std::string_view::npos)
        return false;
    token = line.substr(0, begin - 1);
    return parseValues(line.substr(begin), dim, values);
}

std::string rowProblem(std::string_view line, Index dim)
{
    const Index fields = countFields(line);
    if (fields < dim + 1)
        return "it holds " + std::to_string(std::max<Index>(fields - 1, 0)) + " values, where the other rows hold " +
               std::to_string(dim);
    const Index good = numericTail(line);
    const std::size_t end = good == 0 ? line.size() : lastFields(line, good) - 1;
    const std::size_t begin = lastFields(line.substr(0, end), 1);
    const std::string_view field = line.substr(begin, std::min(end - begin, kLongestQuote));
    return "value " + std::to_string(dim - good) + " of " + std::to_string(dim) + ", \"" + toValidUtf8(field) +
           "\", is not a number";
}

} // namespace embedscope
