// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"

#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope {

/// How the lines of a vocabulary or metadata file are parted into cells.
enum class Dialect {
    Lines,            // one token a line, whatever it holds
    Tabs,             // no quoting, as the TensorFlow Projector writes them
    Commas,           // quoted where a cell holds commas, quotation marks or line breaks
    CountBehindBlank, // "the 1061396", as word2vec -save-vocab and GloVe write them
    FastTextDump,     // "the 1061396 word" below a line with their number
};

/// Found by content; commas also by the ending .csv. In a list that Embedscope wrote itself (.vocab.txt) only
/// tabs part cells. Leaves early, with any answer, when stopped.
Dialect findDialect(std::string_view text, std::string_view fileName, const std::stop_token& stop);

/// Goes through the records of a text without a byte-order mark.
class RecordReader
{
public:
    RecordReader(std::string_view text, Dialect dialect);

    /// Moves to the next record; false at the end.
    bool next();
    /// Valid until the next call.
    [[nodiscard]] const std::vector<std::string_view>& cells() const { return m_cells; }
    /// Where the record begins, from 1.
    [[nodiscard]] Index line() const { return m_line; }
    /// The record is an empty line.
    [[nodiscard]] bool blank() const { return m_cells.size() == 1 && m_cells.front().empty() && !m_unclosed; }
    /// The quotation mark that began a cell is never closed.
    [[nodiscard]] bool unclosed() const { return m_unclosed; }

private:
    void splitTabs(std::string_view line);
    void splitCount(std::string_view line);
    void splitDump(std::string_view line);
    void readCommas();
    bool readQuoted();

    std::string_view m_text;
    Dialect m_dialect;
    std::size_t m_position = 0;
    Index m_line = 0;
    Index m_nextLine = 1;
    bool m_unclosed = false;
    std::vector<std::string_view> m_cells;
    // Cells that had quotation marks, one behind the other, and where each belongs.
    std::string m_unquoted;
    struct Quoted
    {
        std::size_t cell;
        std::size_t begin;
    };
    std::vector<Quoted> m_quoted;
};

/// What a column of tokens is mostly called, such as "word"; upper and lower case alike. The earlier, the better: the
/// place in the list, or npos.
std::size_t tokenNameRank(std::string_view name);

/// A number as programs write it: no blanks, no leading zeros (007 is a name), no inf; integers only as far as a double
/// holds them exactly.
bool parseCell(std::string_view cell, double& value);
/// An empty cell, or NaN among numbers.
bool isMissing(std::string_view cell);

} // namespace embedscope
