// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/word_rules.h"

#include "core/text/ascii_match.h"
#include "core/text/symbol_rules.h"

#include <array>

namespace embedscope {

namespace {

constexpr char32_t kMiddleDot = 0xB7; // Catalan l·l
constexpr char32_t kGeresh = 0x5F3;   // Hebrew abbreviations
constexpr char32_t kGershayim = 0x5F4;
constexpr char32_t kKeycap = 0x20E3;
constexpr char32_t kEmojiStyle = 0xFE0F;

// Words that the Penn Treebank, and so GloVe, keeps with their period. "no." is not here: more often it ends a
// sentence.
constexpr std::array<std::string_view, 35> kAbbreviations = {
    "mr",  "mrs", "ms",   "dr",  "prof", "st",  "jr",  "sr",  "vs",    "etc",  "inc", "corp",
    "co",  "ltd", "bros", "sen", "rep",  "gov", "gen", "lt",  "col",   "capt", "sgt", "maj",
    "rev", "jan", "feb",  "aug", "sept", "oct", "nov", "dec", "calif", "fla",  "dept"};

constexpr std::array<std::string_view, 5> kDomains = {"com", "org", "net", "edu", "gov"};
constexpr std::array<std::string_view, 6> kContractions = {"s", "m", "d", "re", "ve", "ll"};
constexpr std::array<std::string_view, 4> kAddressStarts = {"http://", "https://", "ftp://", "www."};

bool wordAt(Cells cells, std::size_t i)
{
    return i < cells.size() && isWord(cells[i]);
}

bool codeAt(Cells cells, std::size_t i, char32_t code)
{
    return i < cells.size() && cells[i].code == code;
}

std::size_t runEnd(Cells cells, std::size_t i)
{
    while (wordAt(cells, i))
        ++i;
    return i;
}

/// Whether the sign at i, which has word characters on both sides, holds them together.
bool joins(Cells cells, std::size_t i)
{
    const Cell& before = cells[i - 1];
    const Cell& behind = cells[i + 1];
    const char32_t code = cells[i].code;
    if (isHyphen(code) || code == U'_' || code == U'@')
        return true;
    if (isApostrophe(code))
        return isLetter(behind);
    if (code == U',' || code == U':' || code == U'/')
        return isDigit(before) && isDigit(behind);
    if (code == U'.')
        return (isDigit(before) && isDigit(behind)) || spellsAny(cells, i + 1, runEnd(cells, i + 1), kDomains);
    if (code == U'&')
        return isLetter(before) && isLetter(behind) && entityEnd(cells, i) == i;
    return code == kMiddleDot || code == kGeresh || code == kGershayim;
}

/// Behind single letters with periods (u.s., e.g., u.s), or `begin`.
std::size_t acronymEnd(Cells cells, std::size_t begin)
{
    std::size_t i = begin;
    while (i + 1 < cells.size() && isLetter(cells[i]) && cells[i + 1].code == U'.')
        i += 2;
    const std::size_t letters = (i - begin) / 2;
    const bool lastIsSingle = wordAt(cells, i) && isLetter(cells[i]) && !wordAt(cells, i + 1);
    if (letters >= 1 && lastIsSingle)
        return i + 1;
    return letters >= 2 ? i : begin;
}

bool isInitial(Cells cells, std::size_t begin, std::size_t end)
{
    const char32_t code = toLower(cells[begin].code);
    return end - begin == 1 && code >= U'a' && code <= U'z' && code != U'i';
}

/// Whether the period at `end` belongs to the word before it.
bool takesPeriod(Cells cells, std::size_t begin, std::size_t end)
{
    if (!codeAt(cells, end, U'.') || codeAt(cells, end + 1, U'.'))
        return false;
    return isInitial(cells, begin, end) || spellsAny(cells, begin, end, kAbbreviations);
}

bool endsAddress(char32_t code)
{
    return std::u32string_view(U".,;:!?)]}>'\"").find(code) != std::u32string_view::npos;
}

/// Where the last contraction inside [begin, end) parts, or `begin`.
std::size_t lastCut(Cells cells, std::size_t begin, std::size_t end)
{
    std::size_t apostrophe = end - 1;
    while (apostrophe > begin && !isApostrophe(cells[apostrophe].code))
        --apostrophe;
    if (apostrophe == begin)
        return begin;
    if (spellsAny(cells, apostrophe + 1, end, kContractions))
        return apostrophe;
    const bool negation = spells(cells, apostrophe + 1, end, "t") && toLower(cells[apostrophe - 1].code) == U'n';
    return negation ? apostrophe - 1 : begin;
}

} // namespace

std::size_t wordEnd(Cells cells, std::size_t begin)
{
    std::size_t end = acronymEnd(cells, begin);
    if (end > begin) {
        const bool compound = end < cells.size() && isHyphen(cells[end].code) && wordAt(cells, end + 1);
        if (!compound)
            return end;
        ++end;
    }
    while (end < cells.size()) {
        if (end > begin && keycapEnd(cells, end) > end)
            return end;
        const bool between = end > begin && isWord(cells[end - 1]) && wordAt(cells, end + 1);
        if (!isWord(cells[end]) && !(between && joins(cells, end)))
            break;
        ++end;
    }
    return takesPeriod(cells, begin, end) ? end + 1 : end;
}

std::vector<std::size_t> contractionCuts(Cells cells, std::size_t begin, std::size_t end)
{
    std::vector<std::size_t> cuts;
    for (std::size_t cut = lastCut(cells, begin, end); cut > begin; cut = lastCut(cells, begin, cut))
        cuts.push_back(cut);
    std::ranges::reverse(cuts);
    return cuts;
}

std::size_t addressEnd(Cells cells, std::size_t begin)
{
    if (!std::ranges::any_of(kAddressStarts, [&](std::string_view start) { return startsWith(cells, begin, start); }))
        return begin;
    std::size_t end = begin;
    while (end < cells.size() && cells[end].code < 0x7F)
        ++end;
    while (end > begin && endsAddress(cells[end - 1].code))
        --end;
    return end;
}

std::size_t keycapEnd(Cells cells, std::size_t begin)
{
    if (!isAsciiDigit(cells[begin].code))
        return begin;
    const std::size_t key = codeAt(cells, begin + 1, kEmojiStyle) ? begin + 2 : begin + 1;
    return codeAt(cells, key, kKeycap) ? key + 1 : begin;
}

} // namespace embedscope
