// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/symbol_rules.h"

#include "core/text/ascii_match.h"

#include <array>

namespace embedscope {

namespace {

constexpr char32_t kJoiner = 0x200D;
constexpr std::size_t kLongestEntity = 10;
constexpr std::size_t kLongestPlaceholder = 20;

// Runs of these are one token, as in "..." or "--"; other signs stand alone.
constexpr std::u32string_view kRunSigns = U".-_`'=*~\u2014\u2026";

// What begins with an apostrophe and is one word to the Penn Treebank.
constexpr std::array<std::string_view, 14> kClitics = {"s",   "m",   "d", "re",    "ve",   "ll", "em",
                                                       "til", "tis", "n", "cause", "twas", "t",  "bout"};

// The Penn Treebank's names of brackets.
constexpr std::array<std::string_view, 6> kBrackets = {"-lrb-", "-rrb-", "-lsb-", "-rsb-", "-lcb-", "-rcb-"};

bool isRegional(char32_t code)
{
    return code >= 0x1F1E6 && code <= 0x1F1FF;
}

bool isSkinTone(char32_t code)
{
    return code >= 0x1F3FB && code <= 0x1F3FF;
}

/// End of the ASCII letters and digits from `i` on, at most `longest` of them.
std::size_t plainEnd(Cells cells, std::size_t i, std::size_t longest)
{
    const std::size_t limit = std::min(cells.size(), i + longest);
    while (i < limit && isAsciiAlphanumeric(cells[i].code))
        ++i;
    return i;
}

/// '70s and '98: the sign, two digits, perhaps an s.
bool isDecade(Cells cells, std::size_t begin, std::size_t end)
{
    const std::size_t length = end - begin;
    return (length == 3 || (length == 4 && spells(cells, begin + 3, end, "s"))) &&
           isAsciiDigit(cells[begin + 1].code) && isAsciiDigit(cells[begin + 2].code);
}

std::size_t cliticEnd(Cells cells, std::size_t begin)
{
    std::size_t end = begin + 1;
    while (end < cells.size() && isWord(cells[end]))
        ++end;
    if (isDecade(cells, begin, end))
        return end;
    if (!spellsAny(cells, begin + 1, end, kClitics))
        return begin;
    const bool closed = spells(cells, begin + 1, end, "n") && end < cells.size() && isApostrophe(cells[end].code);
    return closed ? end + 1 : end;
}

/// End of a stand-in such as <unk> or <user>, or `begin`.
std::size_t placeholderEnd(Cells cells, std::size_t begin)
{
    const std::size_t end = plainEnd(cells, begin + 1, kLongestPlaceholder);
    const bool closed = end > begin + 1 && end < cells.size() && cells[end].code == U'>';
    return closed ? end + 1 : begin;
}

std::size_t bracketEnd(Cells cells, std::size_t begin)
{
    for (const std::string_view bracket : kBrackets)
        if (startsWith(cells, begin, bracket))
            return begin + bracket.size();
    return begin;
}

std::size_t signRunEnd(Cells cells, std::size_t begin)
{
    std::size_t end = begin + 1;
    if (kRunSigns.find(cells[begin].code) == std::u32string_view::npos)
        return end;
    while (end < cells.size() && cells[end].code == cells[begin].code)
        ++end;
    return end;
}

/// Behind the marks, skin tones, tags and joined emoji that follow the sign at `begin`.
std::size_t emojiEnd(Cells cells, std::size_t begin)
{
    std::size_t end = begin + 1;
    if (isRegional(cells[begin].code) && end < cells.size() && isRegional(cells[end].code))
        ++end;
    while (end < cells.size()) {
        const bool joined = cells[end - 1].code == kJoiner && cells[end].kind == CharClass::Symbol;
        if (!joined && cells[end].kind != CharClass::Mark && !isSkinTone(cells[end].code))
            break;
        ++end;
    }
    return end;
}

/// End of a token with a spelling of its own, or `begin`.
std::size_t namedEnd(Cells cells, std::size_t begin)
{
    switch (cells[begin].code) {
    case U'-':
        return bracketEnd(cells, begin);
    case U'&':
        return entityEnd(cells, begin);
    case U'<':
        return placeholderEnd(cells, begin);
    default:
        return begin;
    }
}

} // namespace

std::size_t entityEnd(Cells cells, std::size_t begin)
{
    const bool numeric = begin + 1 < cells.size() && cells[begin + 1].code == U'#';
    const std::size_t name = begin + (numeric ? 2 : 1);
    const std::size_t end = plainEnd(cells, name, kLongestEntity);
    const bool closed = end > name && end < cells.size() && cells[end].code == U';';
    return closed ? end + 1 : begin;
}

SymbolToken symbolToken(Cells cells, std::size_t begin)
{
    if (isApostrophe(cells[begin].code))
        if (const std::size_t end = cliticEnd(cells, begin); end > begin)
            return {end, true};
    if (const std::size_t end = namedEnd(cells, begin); end > begin)
        return {end, false};
    const std::size_t end = signRunEnd(cells, begin);
    return {end > begin + 1 ? end : emojiEnd(cells, begin), false};
}

} // namespace embedscope
