// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/registry.h"
#include "core/io/text_lines.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope {

/// How a row lies in a line of text. Called from several threads at once.
class RowSyntax
{
public:
    explicit RowSyntax(LineKind lines)
        : m_lines(lines)
    {
    }
    RowSyntax(const RowSyntax&) = delete;
    RowSyntax& operator=(const RowSyntax&) = delete;
    virtual ~RowSyntax() = default;

    [[nodiscard]] LineKind lines() const { return m_lines; }
    /// False where the line is too short for a row. A value takes two bytes at least: so the matrix is never larger
    /// than twice the file, whatever the first rows made of its dimension.
    [[nodiscard]] virtual bool fits(std::string_view line) const = 0;
    /// Reads row number `row`; `values` has room for its values, the token is appended to `tokens`. False where the
    /// line is no such row.
    virtual bool parse(std::string_view line, Index row, float* values, std::string& tokens) const = 0;
    /// Why the line was refused.
    [[nodiscard]] virtual std::string problem(std::string_view line) const = 0;

private:
    LineKind m_lines;
};

/// A text of rows, cut into chunks that are read at the same time. The first pass counts, the second reads into the
/// matrix.
class TextRows
{
public:
    /// `firstLine`: the number of the line that `text` begins with, for errors. Keeps references to all but the
    /// numbers.
    TextRows(const ReadRequest& request, std::string_view text, const RowSyntax& syntax, Index dim, Index firstLine);

    Result<void> count();
    /// rows() x dim. After count().
    Result<Matrix> parse();
    /// After parse(), once.
    Vocabulary takeVocabulary();

    [[nodiscard]] Index rows() const
    {
        return m_chunks.empty() ? 0 : m_chunks.back().rowsBefore + m_chunks.back().rows;
    }
    /// Cancelled, or the first bad line so far.
    [[nodiscard]] Result<void> outcome() const;
    void addEmptyLineFindings(LoadReport& report) const;
    void addSkippedFindings(LoadReport& report) const;
    /// "line 7", where a row begins.
    [[nodiscard]] std::string placeOf(Index row) const;

private:
    [[nodiscard]] bool quoted() const { return m_syntax.lines() == LineKind::Quoted; }
    /// The lines that begin in one piece of the text.
    struct Chunk
    {
        bool insideQuotes = false; // at its beginning
        Index lines = 0;
        Index rows = 0; // lines that are not empty; fewer once some turned out to be no rows
        Index emptyLines = 0;
        Index firstEmpty = 0; // counted within the chunk, as are badLine and skipped
        Index badLine = -1;
        std::string problem;        // of the bad line, or of the first that was left out
        std::vector<Index> skipped; // lines that were left out

        Index linesBefore = 0;
        Index rowsBefore = 0;

        std::string tokens; // copied, so that the text need not stay in memory
        std::vector<std::size_t> tokenEnds;
    };

    [[nodiscard]] Index size() const { return static_cast<Index>(m_text.size()); }
    [[nodiscard]] std::string_view pieceOf(Index begin, Index end) const
    {
        return m_text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
    }
    [[nodiscard]] std::string lineName(const Chunk& chunk, Index line) const
    {
        return "line " + std::to_string(m_firstLine + chunk.linesBefore + line);
    }
    /// Calls use(line) for the lines that begin in the chunk [begin, end) until it returns false.
    template <class Use>
    void forEachLine(const Chunk& chunk, Index begin, Index end, const Use& use) const;
    [[nodiscard]] std::size_t firstLineIn(const Chunk& chunk, std::size_t begin, std::size_t end) const;
    [[nodiscard]] Index lineBreaks(std::string_view line) const;
    void findQuotes();
    void countChunk(Chunk& chunk, Index begin, Index end) const;
    void parseChunk(Chunk& chunk, Index begin, Index end, Matrix& weights) const;
    /// Notes a line that is no row. Whether the reader goes on.
    bool refuse(Chunk& chunk, Index number, std::string_view line) const;
    void closeGaps(Matrix& weights);

    const ReadRequest& m_request;
    std::string_view m_text;
    const RowSyntax& m_syntax;
    Index m_dim;
    Index m_firstLine;
    std::vector<Chunk> m_chunks;
};

/// The part of `text` that holds its first `rows` rows.
std::string_view firstRows(std::string_view text, LineKind lines, Index rows, const std::stop_token& stop);

/// Whether no row is left in a text.
bool isBlankText(std::string_view text);

} // namespace embedscope
