// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/text_rows.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <atomic>

namespace embedscope {

namespace {

// A few milliseconds of work.
constexpr Index kChunkBytes = Index{1} << 20;

} // namespace

TextRows::TextRows(const ReadRequest& request, std::string_view text, const RowSyntax& syntax, Index dim,
                   Index firstLine)
    : m_request(request)
    , m_text(text)
    , m_syntax(syntax)
    , m_dim(dim)
    , m_firstLine(firstLine)
    , m_chunks(static_cast<std::size_t>(chunkCount(size(), kChunkBytes)))
{
}

std::size_t TextRows::firstLineIn(const Chunk& chunk, std::size_t begin, std::size_t end) const
{
    if (begin == 0)
        return 0;
    // The search stays within the chunk: otherwise a huge line would be searched once for each chunk it spans.
    const std::string_view searched = m_text.substr(0, end - 1);
    bool open = chunk.insideQuotes;
    for (std::size_t position = begin - 1; position < searched.size();) {
        const std::size_t newline = searched.find('\n', position);
        if (newline == std::string_view::npos)
            break;
        // The byte before the chunk is no quote where it is a newline.
        if (quoted() && newline >= begin)
            open =
                open != hasOddQuotes(searched.substr(std::max(position, begin), newline - std::max(position, begin)));
        if (!open)
            return newline + 1;
        position = newline + 1;
    }
    return end;
}

template <class Use>
void TextRows::forEachLine(const Chunk& chunk, Index begin, Index end, const Use& use) const
{
    const auto stop = static_cast<std::size_t>(end);
    std::size_t position = firstLineIn(chunk, static_cast<std::size_t>(begin), stop);
    while (position < stop && !m_request.stop.stop_requested())
        if (!use(nextLine(m_text, position, m_syntax.lines())))
            return;
}

Index TextRows::lineBreaks(std::string_view line) const
{
    return quoted() ? std::count(line.begin(), line.end(), '\n') : 0;
}

void TextRows::countChunk(Chunk& chunk, Index begin, Index end) const
{
    forEachLine(chunk, begin, end, [&](std::string_view line) {
        const Index number = chunk.lines;
        chunk.lines += 1 + lineBreaks(line);
        if (line.empty()) {
            if (chunk.emptyLines++ == 0)
                chunk.firstEmpty = number;
            return true;
        }
        if (m_syntax.fits(line)) {
            ++chunk.rows;
            return true;
        }
        // Those that are left out are noted by the second pass, which meets all of them.
        return m_request.options.skip_damaged || refuse(chunk, number, line);
    });
}

bool TextRows::refuse(Chunk& chunk, Index number, std::string_view line) const
{
    if (chunk.problem.empty())
        chunk.problem = m_syntax.problem(line);
    if (m_request.options.skip_damaged)
        chunk.skipped.push_back(number);
    else
        chunk.badLine = number;
    return m_request.options.skip_damaged;
}

void TextRows::parseChunk(Chunk& chunk, Index begin, Index end, Matrix& weights) const
{
    Index row = chunk.rowsBefore;
    Index number = 0;
    chunk.tokenEnds.reserve(static_cast<std::size_t>(chunk.rows));
    forEachLine(chunk, begin, end, [&](std::string_view line) {
        const Index current = number;
        number += 1 + lineBreaks(line);
        if (line.empty())
            return true;
        if (!m_syntax.fits(line) || !m_syntax.parse(line, row, weights.data() + row * m_dim, chunk.tokens)) {
            chunk.tokens.resize(chunk.tokenEnds.empty() ? 0 : chunk.tokenEnds.back());
            return refuse(chunk, current, line);
        }
        ++row;
        chunk.tokenEnds.push_back(chunk.tokens.size());
        return true;
    });
    if (m_request.options.skip_damaged)
        chunk.rows = row - chunk.rowsBefore;
}

/// Moves the rows together where lines in between were left out.
void TextRows::closeGaps(Matrix& weights)
{
    Index rows = 0;
    for (Chunk& chunk : m_chunks) {
        if (chunk.rowsBefore != rows)
            std::copy_n(weights.data() + chunk.rowsBefore * m_dim, chunk.rows * m_dim, weights.data() + rows * m_dim);
        chunk.rowsBefore = rows;
        rows += chunk.rows;
    }
    if (rows < weights.rows())
        weights.conservativeResize(rows, m_dim);
}

Result<void> TextRows::outcome() const
{
    if (m_request.stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    for (const Chunk& chunk : m_chunks)
        if (chunk.badLine >= 0)
            return fail(ErrorCode::FileDamaged, {m_request.place(), lineName(chunk, chunk.badLine), chunk.problem});
    return {};
}

/// Which chunks begin between quotes: those with an odd number of them before.
void TextRows::findQuotes()
{
    std::vector<char> odd(m_chunks.size(), 0);
    parallelChunks(size(), kChunkBytes, [&](Index chunk, Index begin, Index end) {
        if (!m_request.stop.stop_requested())
            odd[static_cast<std::size_t>(chunk)] = hasOddQuotes(pieceOf(begin, end)) ? 1 : 0;
    });
    for (std::size_t i = 1; i < m_chunks.size(); ++i)
        m_chunks[i].insideQuotes = m_chunks[i - 1].insideQuotes != (odd[i - 1] != 0);
}

Result<void> TextRows::count()
{
    if (quoted())
        findQuotes();
    parallelChunks(size(), kChunkBytes, [this](Index chunk, Index begin, Index end) {
        countChunk(m_chunks[static_cast<std::size_t>(chunk)], begin, end);
        m_request.file.release(pieceOf(begin, end));
    });
    for (std::size_t i = 1; i < m_chunks.size(); ++i) {
        m_chunks[i].linesBefore = m_chunks[i - 1].linesBefore + m_chunks[i - 1].lines;
        m_chunks[i].rowsBefore = m_chunks[i - 1].rowsBefore + m_chunks[i - 1].rows;
    }
    return outcome();
}

Result<Matrix> TextRows::parse()
{
    Matrix weights(rows(), m_dim);
    std::atomic<Index> firstBad{std::ssize(m_chunks)};
    parallelChunks(size(), kChunkBytes, [&](Index index, Index begin, Index end) {
        if (index > firstBad.load(std::memory_order_relaxed) || m_request.stop.stop_requested())
            return;
        Chunk& chunk = m_chunks[static_cast<std::size_t>(index)];
        parseChunk(chunk, begin, end, weights);
        m_request.file.release(pieceOf(begin, end));
        m_request.progress.add(end - begin);
        // Only chunks behind a bad one are left out, so that always the first bad line is reported.
        for (Index bad = firstBad; chunk.badLine >= 0 && index < bad;)
            if (firstBad.compare_exchange_weak(bad, index))
                break;
    });
    if (const auto fine = outcome(); !fine)
        return fail(fine.error());
    closeGaps(weights);
    if (weights.rows() == 0)
        return fail(ErrorCode::FileDamaged, {m_request.place(), "every line", "none of them is a row"});
    return weights;
}

Vocabulary TextRows::takeVocabulary()
{
    std::size_t bytes = 0;
    for (const Chunk& chunk : m_chunks)
        bytes += chunk.tokens.size();
    Vocabulary vocabulary;
    vocabulary.reserve(rows(), bytes);
    for (Chunk& chunk : m_chunks) {
        if (m_request.stop.stop_requested())
            break;
        std::size_t begin = 0;
        for (const std::size_t end : chunk.tokenEnds) {
            vocabulary.add(std::string_view(chunk.tokens).substr(begin, end - begin));
            begin = end;
        }
        chunk.tokens = {};
        chunk.tokenEnds = {};
    }
    return vocabulary;
}

void TextRows::addEmptyLineFindings(LoadReport& report) const
{
    Index count = 0;
    for (const Chunk& chunk : m_chunks)
        count += chunk.emptyLines;
    if (count == 0)
        return;
    const auto first = std::find_if(m_chunks.begin(), m_chunks.end(), [](const Chunk& c) { return c.emptyLines > 0; });
    report.warnings.push_back({WarningCode::EmptyLines, {std::to_string(count), lineName(*first, first->firstEmpty)}});
}

void TextRows::addSkippedFindings(LoadReport& report) const
{
    for (const Chunk& chunk : m_chunks)
        report.skippedLines += std::ssize(chunk.skipped);
    const auto first =
        std::find_if(m_chunks.begin(), m_chunks.end(), [](const Chunk& c) { return !c.skipped.empty(); });
    if (first != m_chunks.end())
        report.warnings.push_back(
            {WarningCode::SkippedLines,
             {std::to_string(report.skippedLines), lineName(*first, first->skipped.front()), first->problem}});
}

std::string TextRows::placeOf(Index row) const
{
    const auto behind = std::upper_bound(m_chunks.begin(), m_chunks.end(), row,
                                         [](Index wanted, const Chunk& chunk) { return wanted < chunk.rowsBefore; });
    const Index index = behind - m_chunks.begin() - 1;
    const Chunk& chunk = m_chunks[static_cast<std::size_t>(index)];
    Index left = row - chunk.rowsBefore;
    Index number = 0;
    const Index begin = index * kChunkBytes;
    forEachLine(chunk, begin, std::min(begin + kChunkBytes, size()), [&](std::string_view line) {
        const bool skipped = std::binary_search(chunk.skipped.begin(), chunk.skipped.end(), number);
        if (!line.empty() && !skipped && left-- == 0)
            return false;
        number += 1 + lineBreaks(line);
        return true;
    });
    return lineName(chunk, number);
}

std::string_view firstRows(std::string_view text, LineKind lines, Index rows, const std::stop_token& stop)
{
    std::size_t position = 0;
    for (Index found = 0; found < rows && position < text.size() && !stop.stop_requested();)
        found += nextLine(text, position, lines).empty() ? 0 : 1;
    return text.substr(0, position);
}

bool isBlankText(std::string_view text)
{
    return text.find_first_not_of(" \r\n") == std::string_view::npos;
}

} // namespace embedscope
