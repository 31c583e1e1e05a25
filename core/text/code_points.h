// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/text/unicode_tables.h"

#include <span>

namespace embedscope {

CharClass classOf(char32_t code);

/// Simple lower-case mapping: one code point to one, whatever the language.
char32_t toLower(char32_t code);

/// A code point of a field, with its class beside it.
struct Cell
{
    char32_t code;
    CharClass kind;
};
using Cells = std::span<const Cell>;

inline bool isLetter(const Cell& cell)
{
    return cell.kind == CharClass::Letter;
}

inline bool isDigit(const Cell& cell)
{
    return cell.kind == CharClass::Digit;
}

/// Letters, digits and the marks on them make words; the scripts written without blanks have rules of their own.
inline bool isWord(const Cell& cell)
{
    return cell.kind == CharClass::Letter || cell.kind == CharClass::Digit || cell.kind == CharClass::Mark;
}

inline bool isApostrophe(char32_t code)
{
    return code == U'\'' || code == U'\u2019';
}

inline bool isHyphen(char32_t code)
{
    return code == U'-' || code == U'\u2010' || code == U'\u2011';
}

} // namespace embedscope
