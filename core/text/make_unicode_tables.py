#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes unicode_tables.cpp, the character classes and lower-case mappings of the tokenizer, from Python's unicodedata.

    python3 core/text/make_unicode_tables.py > core/text/unicode_tables.cpp
    python3 core/text/make_unicode_tables.py --python > core/train/pytorch_project/unicode_tables.py
"""
import sys
import unicodedata

LAST = 0x10FFFF
ZERO_WIDTH_SPACE = 0x200B
# Joiners belong to the word or emoji before them, and so do the tags of flags such as Scotland's. The Armenian signs
# of question, exclamation and emphasis stand above a letter inside the word.
JOINED = {0x200C, 0x200D, 0x55B, 0x55C, 0x55E, *range(0xE0020, 0xE0080)}
# Invisible signs that only steer layout: a word is the same with and without them.
IGNORED = {0xAD, 0x61C, 0x180E, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF,
           *range(0xFFF9, 0xFFFC)}
# A byte that was no UTF-8 stood for a letter more often than for anything else.
REPLACEMENT = 0xFFFD


def east_asian_class(code, name):
    if name.startswith(("CJK UNIFIED IDEOGRAPH", "CJK COMPATIBILITY IDEOGRAPH")) or code in (0x3005, 0x3007):
        return "Han"
    if 0x3021 <= code <= 0x3029:  # the Hangzhou numerals are Chinese characters too
        return "Han"
    if name.startswith("HIRAGANA"):
        return "Hiragana"
    if name.startswith(("KATAKANA", "HALFWIDTH KATAKANA")):
        return "Katakana"
    return None


def class_of(code):
    """Class name, "Symbol" for what needs no entry, or None where nothing is assigned."""
    char = chr(code)
    category = unicodedata.category(char)
    if code == REPLACEMENT:
        return "Letter"
    if code in JOINED:
        return "Mark"
    if code in IGNORED:
        return "Ignored"
    if category in ("Zs", "Zl", "Zp", "Cc") or code == ZERO_WIDTH_SPACE:
        return "Space"
    if 0x20000 <= code <= 0x3FFFD:  # two planes reserved for Chinese characters, assigned or not yet
        return "Han"
    if category == "Cn":
        return None
    if category[0] in "LN":
        found = east_asian_class(code, unicodedata.name(char, ""))
        if found:
            return found
    return {"L": "Letter", "N": "Digit", "M": "Mark"}.get(category[0], "Symbol")


def class_ranges():
    """[first, last, class], where holes of unassigned code points inside one class are filled."""
    ranges = []
    hole = False
    for code in range(LAST + 1):
        kind = class_of(code)
        if kind is None:
            hole = True
            continue
        same = ranges and ranges[-1][2] == kind and (ranges[-1][1] == code - 1 or (hole and code - ranges[-1][1] <= 64))
        if same:
            ranges[-1][1] = code
        else:
            ranges.append([code, code, kind])
        hole = False
    return [entry for entry in ranges if entry[2] != "Symbol"]


def lower_of(code):
    if code == 0x130:  # simple mapping of the Unicode Character Database; Python gives the two-letter one
        return ord("i")
    low = chr(code).lower()
    return ord(low) if len(low) == 1 else code


def lower_ranges():
    """[first, last, step, difference]; step 2 is for alphabets that alternate upper and lower case."""
    ranges = []
    for code in range(LAST + 1):
        delta = lower_of(code) - code
        if delta == 0:
            continue
        if ranges:
            first, last, step, same = ranges[-1]
            if same == delta and (code - last == step or (first == last and code - last <= 2)):
                ranges[-1] = [first, code, code - last, delta]
                continue
        ranges.append([code, code, 1, delta])
    return ranges


def rows(items, width=116):
    """The items, parted by blanks, in lines of at most `width` characters."""
    line = "   "
    for item in items:
        if len(line) + 1 + len(item) > width:
            yield line
            line = "   "
        line += " " + item
    yield line


# How the tokenizer of an exported project calls the classes.
LETTERS = {"Space": "B", "Ignored": "I", "Letter": "L", "Digit": "D", "Mark": "M", "Han": "H", "Hiragana": "G",
           "Katakana": "K"}


def python_module():
    return [
        "# SPDX-License-Identifier: GPL-3.0-or-later",
        f'"""Character classes and lower case of the tokenizer, from Unicode {unicodedata.unidata_version}."""',
        "",
        "# (first, last, class): B blank, I ignored, L letter, D digit, M mark, H Han, G Hiragana, K Katakana. What is in no",
        "# range is a symbol.",
        "CLASS_RANGES = (",
        *rows(f'(0x{a:X}, 0x{b:X}, "{LETTERS[kind]}"),' for a, b, kind in class_ranges()),
        ")",
        "",
        "# (first, last, step, difference): first, first + step, ..., last have the lower-case letter `difference` further on.",
        "LOWER_RANGES = (",
        *rows(f"(0x{a:X}, 0x{b:X}, {step}, {delta})," for a, b, step, delta in lower_ranges()),
        ")",
    ]


def cpp_source():
    return [
        "// SPDX-License-Identifier: GPL-3.0-or-later",
        f"// Unicode {unicodedata.unidata_version}. Generated by make_unicode_tables.py; change the script, not this file.",
        '#include "core/text/unicode_tables.h"',
        "",
        "namespace embedscope {",
        "",
        "namespace {",
        "",
        "// clang-format off",
        "using enum CharClass;",
        "constexpr ClassRange kClassRanges[] = {",
        *rows(f"{{0x{a:X}, 0x{b:X}, {kind}}}," for a, b, kind in class_ranges()),
        "};",
        "",
        "constexpr LowerRange kLowerRanges[] = {",
        *rows(f"{{0x{a:X}, 0x{b:X}, {step}, {delta}}}," for a, b, step, delta in lower_ranges()),
        "};",
        "// clang-format on",
        "",
        "} // namespace",
        "",
        "std::span<const ClassRange> classRanges()",
        "{",
        "    return kClassRanges;",
        "}",
        "",
        "std::span<const LowerRange> lowerRanges()",
        "{",
        "    return kLowerRanges;",
        "}",
        "",
        "} // namespace embedscope",
    ]


def main():
    out = python_module() if sys.argv[1:] == ["--python"] else cpp_source()
    sys.stdout.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
