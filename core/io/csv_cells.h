// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/text_lines.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace embedscope {

/// How the cells of a table of text are parted.
struct CsvDialect
{
    char delimiter = ',';
    /// Whether cells may stand between double quotes (RFC 4180), which may then hold delimiters and doubled quotes. A
    /// cell is quoted only where a quote begins and another ends it; elsewhere quotes are plain characters.
    bool quotes = true;
    /// Numbers have a comma for a point, as spreadsheets of some languages write them between semicolons.
    bool decimalComma = false;
};

/// Between tabs a quote is more often a token than the beginning of a cell of several lines.
inline LineKind linesOf(const CsvDialect& dialect)
{
    return dialect.quotes && dialect.delimiter != '\t' ? LineKind::Quoted : LineKind::Plain;
}

struct CsvCell
{
    std::string_view text; // between the quotes, where doubled ones are still doubled
    bool quoted = false;

    void appendTo(std::string& out) const;
    [[nodiscard]] std::string value() const;
};

/// Takes the cells of a line one after the other.
class CsvCells
{
public:
    CsvCells(std::string_view line, const CsvDialect& dialect)
        : m_line(line)
        , m_dialect(dialect)
    {
    }

    [[nodiscard]] bool atEnd() const { return m_position > m_line.size(); }
    /// False at the end of the line.
    bool next(CsvCell& cell);
    /// The next cell as a number; false at the end and where it is none.
    bool nextNumber(float& value);

private:
    [[nodiscard]] std::size_t closingQuote() const;

    std::string_view m_line;
    const CsvDialect& m_dialect;
    std::size_t m_position = 0; // of the next cell; behind the line where none is left
};

/// The whole cell as a number, but for blanks around it.
bool parseCell(const CsvCell& cell, const CsvDialect& dialect, float& value);
bool parseCell(const CsvCell& cell, const CsvDialect& dialect, double& value);

/// A cell that reads back as `text`: quoted where it has to be.
void appendCsvCell(std::string& out, std::string_view text, char delimiter = ',');

} // namespace embedscope
