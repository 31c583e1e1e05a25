// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/io/content.h"
#include "core/io/registry.h"
#include "core/io/text_layout.h"
#include "core/io/text_lines.h"
#include "core/io/text_row.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <utility>

namespace embedscope {

namespace {

// A few milliseconds of work.
constexpr Index kChunkBytes = Index{1} << 20;

/// The lines that begin in one piece of the text.
struct Chunk
{
    Index lines = 0;
    Index rows = 0; // lines that are not empty
    Index emptyLines = 0;
    Index firstEmpty = 0; // counted within the chunk, as is badLine
    Index badLine = -1;
    std::string problem; // of the bad line

    Index linesBefore = 0;
    Index rowsBefore = 0;

    std::string tokens; // copied, so that the text need not stay in memory
    std::vector<std::size_t> tokenEnds;
};

/// The text behind the header, cut into chunks. The first pass counts, the second reads into the matrix.
class TextRows
{
public:
    TextRows(const ReadRequest& request, std::string_view text, Index dim, Index firstLine)
        : m_request(request)
        , m_text(text)
        , m_dim(dim)
        , m_firstLine(firstLine)
        , m_chunks(static_cast<std::size_t>(chunkCount(size(), kChunkBytes)))
    {
    }

    Result<void> count();
    Result<Matrix> parse();
    Vocabulary takeVocabulary();

    [[nodiscard]] Index rows() const
    {
        return m_chunks.empty() ? 0 : m_chunks.back().rowsBefore + m_chunks.back().rows;
    }
    /// Cancelled, or the first bad line so far.
    [[nodiscard]] Result<void> outcome() const;
    [[nodiscard]] Index emptyLines() const;
    [[nodiscard]] Index firstEmptyLine() const;
    [[nodiscard]] std::string placeOf(Index row) const;

private:
    [[nodiscard]] Index size() const { return static_cast<Index>(m_text.size()); }
    [[nodiscard]] std::string lineName(const Chunk& chunk, Index line) const
    {
        return "line " + std::to_string(m_firstLine + chunk.linesBefore + line);
    }
    /// Calls use(line) for the lines that begin in [begin, end) until it returns false.
    template <class Use>
    void forEachLine(Index begin, Index end, const Use& use) const;
    void countChunk(Chunk& chunk, Index begin, Index end) const;
    void parseChunk(Chunk& chunk, Index begin, Index end, Matrix& weights) const;
    void release(Index begin, Index end) const;

    const ReadRequest& m_request;
    std::string_view m_text;
    Index m_dim;
    Index m_firstLine;
    std::vector<Chunk> m_chunks;
};

template <class Use>
void TextRows::forEachLine(Index begin, Index end, const Use& use) const
{
    auto position = static_cast<std::size_t>(begin);
    const auto stop = static_cast<std::size_t>(end);
    if (position > 0) {
        // The search stays within the chunk: otherwise a huge line would be searched once for each chunk it spans.
        const std::size_t newline = m_text.substr(0, stop - 1).find('\n', position - 1);
        if (newline == std::string_view::npos)
            return;
        position = newline + 1;
    }
    while (position < stop && !m_request.stop.stop_requested())
        if (!use(withoutTrailingBlanks(nextLine(m_text, position))))
            return;
}

void TextRows::countChunk(Chunk& chunk, Index begin, Index end) const
{
    forEachLine(begin, end, [&](std::string_view line) {
        const Index number = chunk.lines++;
        if (line.empty()) {
            if (chunk.emptyLines++ == 0)
                chunk.firstEmpty = number;
            return true;
        }
        ++chunk.rows;
        // A value takes two bytes at least. So the matrix is never larger than twice the file, whatever the first rows
        // made of its dimension.
        if (static_cast<Index>(line.size()) >= 2 * m_dim)
            return true;
        chunk.badLine = number;
        chunk.problem = rowProblem(line, m_dim);
        return false;
    });
}

void TextRows::parseChunk(Chunk& chunk, Index begin, Index end, Matrix& weights) const
{
    Index row = chunk.rowsBefore;
    Index number = 0;
    chunk.tokenEnds.reserve(static_cast<std::size_t>(chunk.rows));
    forEachLine(begin, end, [&](std::string_view line) {
        const Index current = number++;
        if (line.empty())
            return true;
        std::string_view token;
        if (!parseRow(line, m_dim, weights.data() + row * m_dim, token)) {
            chunk.badLine = current;
            chunk.problem = rowProblem(line, m_dim);
            return false;
        }
        ++row;
        chunk.tokens.append(token);
        chunk.tokenEnds.push_back(chunk.tokens.size());
        return true;
    });
}

void TextRows::release(Index begin, Index end) const
{
    m_request.file.release(m_text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin)));
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

Result<void> TextRows::count()
{
    parallelChunks(size(), kChunkBytes, [this](Index chunk, Index begin, Index end) {
        countChunk(m_chunks[static_cast<std::size_t>(chunk)], begin, end);
        release(begin, end);
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
        release(begin, end);
        m_request.progress.add(end - begin);
        // Only chunks behind a bad one are left out, so that always the first bad line is reported.
        for (Index bad = firstBad; chunk.badLine >= 0 && index < bad;)
            if (firstBad.compare_exchange_weak(bad, index))
                break;
    });
    if (const auto fine = outcome(); !fine)
        return fail(fine.error());
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

Index TextRows::emptyLines() const
{
    Index count = 0;
    for (const Chunk& chunk : m_chunks)
        count += chunk.emptyLines;
    return count;
}

Index TextRows::firstEmptyLine() const
{
    const auto chunk = std::find_if(m_chunks.begin(), m_chunks.end(), [](const Chunk& c) { return c.emptyLines > 0; });
    return m_firstLine + chunk->linesBefore + chunk->firstEmpty;
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
    forEachLine(begin, std::min(begin + kChunkBytes, size()), [&](std::string_view line) {
        if (!line.empty() && left-- == 0)
            return false;
        ++number;
        return true;
    });
    return lineName(chunk, number);
}

/// The part of `text` that holds its first `rows` rows.
std::string_view firstRows(std::string_view text, Index rows, const std::stop_token& stop)
{
    std::size_t position = 0;
    for (Index found = 0; found < rows && position < text.size() && !stop.stop_requested();)
        found += withoutTrailingBlanks(nextLine(text, position)).empty() ? 0 : 1;
    return text.substr(0, position);
}

bool isBlank(std::string_view text)
{
    return text.find_first_not_of(" \r\n") == std::string_view::npos;
}

void addCounts(TableDraft& draft, const TextLayout& layout, const TextRows& rows, bool limited)
{
    if (rows.emptyLines() > 0)
        draft.report.warnings.push_back(
            {WarningCode::EmptyLines,
             {std::to_string(rows.emptyLines()), "line " + std::to_string(rows.firstEmptyLine())}});
    if (limited)
        addLimitFinding(draft.report, rows.rows(), layout.announcedRows);
    else if (layout.announcedRows)
        addRowCountFindings(draft.report, rows.rows(), *layout.announcedRows);
}

Result<TableDraft> readRows(TextRows& rows)
{
    if (const auto counted = rows.count(); !counted)
        return fail(counted.error());
    auto weights = rows.parse();
    if (!weights)
        return fail(weights.error());
    TableDraft draft{std::move(*weights), rows.takeVocabulary(), {}};
    if (const auto fine = rows.outcome(); !fine)
        return fail(fine.error());
    return draft;
}

/// A header and nothing behind it.
tl::unexpected<Error> withoutRows(const ReadRequest& request, Index announced)
{
    if (announced == 0)
        return fail(ErrorCode::FileEmpty, {request.place()});
    return fail(ErrorCode::FileTruncated, {request.place(), "0", std::to_string(announced)});
}

} // namespace

bool recognisesGlove(std::string_view bytes)
{
    const auto layout = findTextLayout(bytes);
    return layout && !layout->announcedRows;
}

bool recognisesWord2VecText(std::string_view bytes)
{
    const auto layout = findTextLayout(bytes);
    return layout && layout->announcedRows;
}

Result<TableDraft> readTextTable(const ReadRequest& request)
{
    const auto layout = findTextLayout(request.bytes());
    if (!layout)
        return fail(ErrorCode::FormatUnknown, {request.place(), describeContent(request.bytes())});
    if (!layout->problem.empty())
        return fail(ErrorCode::FileDamaged, {request.place(), "line 1", layout->problem});
    const std::string_view all = request.bytes().substr(layout->dataBegin);
    if (isBlank(all))
        return withoutRows(request, layout->announcedRows.value_or(0));
    const std::string_view text = request.options.limit ? firstRows(all, *request.options.limit, request.stop) : all;
    request.progress.start(static_cast<std::int64_t>(text.size()));
    TextRows rows(request, text, layout->dim, layout->announcedRows ? 2 : 1);
    auto draft = readRows(rows);
    if (!draft)
        return draft;
    const PlaceOfRow placeOf = [&rows](Index row) { return rows.placeOf(row); };
    draft->report.dtype = "text";
    addCounts(*draft, *layout, rows, !isBlank(all.substr(text.size())));
    addFindings(*draft, placeOf, request.stop);
    addBlankFindings(*draft, placeOf, request.stop);
    return draft;
}

} // namespace embedscope
