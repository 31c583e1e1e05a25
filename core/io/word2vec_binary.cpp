// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/base/strings.h"
#include "core/io/content.h"
#include "core/io/element_type.h"
#include "core/io/registry.h"
#include "core/io/text_layout.h"
#include "core/io/vector_header.h"

#include <algorithm>
#include <utility>

namespace embedscope {

namespace {

constexpr std::size_t kSampleBytes = std::size_t{64} << 10U;
constexpr std::size_t kReleaseBytes = std::size_t{8} << 20U;
constexpr Index kValuesPerChunk = Index{1} << 18;

/// Not what a person or a text writer would write: control signs, or bytes that are no UTF-8.
bool looksBinary(std::string_view bytes)
{
    const std::string_view sample = bytes.substr(0, kSampleBytes);
    const auto isControl = [](char c) {
        const auto code = static_cast<unsigned char>(c);
        return code < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f';
    };
    if (std::any_of(sample.begin(), sample.end(), isControl))
        return true;
    const auto invalid = firstInvalidUtf8(sample);
    // A sequence that the end of the sample cuts is not invalid.
    return invalid && (sample.size() == bytes.size() || *invalid + 4 <= sample.size());
}

/// One token and where its values begin.
struct Row
{
    std::string_view token;
    std::size_t values = 0;
};

/// Walks from row to row: token, 0x20, dim float32, and a newline that some writers add. The newline is dropped before
/// the next token rather than expected, and never searched for: values contain the same byte.
class BinaryRows
{
public:
    BinaryRows(std::string_view bytes, const VectorHeader& header)
        : m_bytes(bytes)
        , m_valueBytes(static_cast<std::size_t>(header.dim) * sizeof(float))
        , m_position(header.end)
    {
    }

    /// False at the end of the bytes, also where they end within a row.
    bool next(Row& row)
    {
        while (m_position < m_bytes.size() && m_bytes[m_position] == '\n')
            ++m_position;
        const std::size_t blank = m_bytes.find(' ', m_position);
        if (blank == std::string_view::npos || m_bytes.size() - blank - 1 < m_valueBytes)
            return false;
        row.token = m_bytes.substr(m_position, blank - m_position);
        row.values = blank + 1;
        m_position = row.values + m_valueBytes;
        return true;
    }

    [[nodiscard]] std::size_t position() const { return m_position; }
    /// A newline behind the last row is part of it.
    [[nodiscard]] bool atEnd() const { return m_bytes.find_first_not_of('\n', m_position) == std::string_view::npos; }

private:
    std::string_view m_bytes;
    std::size_t m_valueBytes;
    std::size_t m_position;
};

/// Values read as a token nearly always hold one of these; no writer puts them into one.
bool isToken(std::string_view bytes)
{
    return bytes.find('\0') == std::string_view::npos && bytes.find('\n') == std::string_view::npos;
}

/// What the first pass finds: tokens, and where the values of each row are.
struct Outline
{
    Vocabulary vocabulary;
    std::vector<std::size_t> values;
    std::vector<std::string> left; // place and kind of what was not read, as asked
    bool more = false;             // than the limit allows

    [[nodiscard]] Index rows() const { return std::ssize(values); }
};

class BinaryTable
{
public:
    BinaryTable(const ReadRequest& request, const VectorHeader& header)
        : m_request(request)
        , m_header(header)
    {
    }

    Result<TableDraft> read()
    {
        auto outline = findRows();
        if (!outline)
            return fail(outline.error());
        if (outline->rows() == 0)
            return truncated(0);
        auto weights = copyValues(*outline);
        if (!weights)
            return fail(weights.error());
        TableDraft draft{std::move(*weights), std::move(outline->vocabulary), {}, {}, {}};
        draft.report.dtype = "float32";
        if (!outline->left.empty())
            draft.report.warnings.push_back({WarningCode::BytesLeft, outline->left});
        if (draft.weights.rows() < m_header.rows && draft.weights.rows() == m_request.options.limit)
            addLimitFinding(draft.report, draft.weights.rows(), m_header.rows);
        else if (outline->more)
            addLimitFinding(draft.report, draft.weights.rows(), std::nullopt);
        else
            addRowCountFindings(draft.report, draft.weights.rows(), m_header.rows);
        addFindings(draft, rowNumbers(), m_request.stop);
        return draft;
    }

private:
    [[nodiscard]] tl::unexpected<Error> truncated(Index found) const
    {
        return fail(ErrorCode::FileTruncated,
                    {m_request.place(), std::to_string(found), std::to_string(m_header.rows)});
    }

    [[nodiscard]] tl::unexpected<Error> damaged(std::size_t byte, const std::string& what) const
    {
        return fail(ErrorCode::FileDamaged, {m_request.place(), "byte " + std::to_string(byte), what});
    }

    /// Most rows that the file has room for: what memory is reserved for, whatever the header says.
    [[nodiscard]] Index room() const
    {
        return std::ssize(m_request.bytes()) / (m_header.dim * static_cast<Index>(sizeof(float)) + 1);
    }

    Result<Outline> findRows() const
    {
        const std::string_view bytes = m_request.bytes();
        // Also keeps the size of a row from overflowing.
        if (m_header.dim > std::ssize(bytes) / static_cast<Index>(sizeof(float)))
            return truncated(0);
        const Index wanted = m_request.wanted(m_header.rows);
        // A header may announce fewer rows than there are, so that it does not say where the limit is.
        const std::optional<Index> limit = m_request.options.limit;
        Outline outline;
        outline.values.reserve(static_cast<std::size_t>(std::min(wanted, room())));
        BinaryRows rows(bytes, m_header);
        std::size_t released = 0;
        for (Row row; outline.rows() != limit && rows.next(row);) {
            if (m_request.stop.stop_requested())
                return fail(ErrorCode::Cancelled);
            if (!isToken(row.token)) {
                const std::size_t begin = row.values - row.token.size() - 1;
                const std::string what =
                    "no token stands where row " + std::to_string(outline.rows()) + " should begin";
                if (!m_request.options.skip_damaged)
                    return damaged(begin, what);
                outline.left = {"byte " + std::to_string(begin), what};
                return outline;
            }
            outline.vocabulary.add(row.token);
            outline.values.push_back(row.values);
            if (rows.position() - released > kReleaseBytes)
                m_request.file.release(bytes.substr(std::exchange(released, rows.position()), kReleaseBytes));
        }
        if (outline.rows() < wanted && !m_request.options.skip_damaged)
            return truncated(outline.rows());
        outline.more = outline.rows() == limit && !rows.atEnd();
        if (outline.more || rows.atEnd())
            return outline;
        const std::string what = "what follows the announced rows is no row";
        if (!m_request.options.skip_damaged)
            return damaged(rows.position(), what);
        outline.left = {"byte " + std::to_string(rows.position()), what};
        return outline;
    }

    Result<Matrix> copyValues(const Outline& outline) const
    {
        const std::string_view bytes = m_request.bytes();
        const Index dim = m_header.dim;
        const std::size_t rowBytes = static_cast<std::size_t>(dim) * sizeof(float);
        Matrix weights(outline.rows(), dim);
        m_request.progress.start(outline.rows());
        parallelFor(outline.rows(), std::max<Index>(1, kValuesPerChunk / dim), [&](Index begin, Index end) {
            if (m_request.stop.stop_requested())
                return;
            for (Index row = begin; row < end; ++row) {
                const char* in = bytes.data() + outline.values[static_cast<std::size_t>(row)];
                convertToFloat(in, {}, dim, weights.data() + row * dim);
            }
            const std::size_t from = outline.values[static_cast<std::size_t>(begin)];
            const std::size_t to = outline.values[static_cast<std::size_t>(end - 1)] + rowBytes;
            m_request.file.release(bytes.substr(from, to - from));
            m_request.progress.add(end - begin);
        });
        if (m_request.stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        return weights;
    }

    const ReadRequest& m_request;
    VectorHeader m_header;
};

} // namespace

bool recognisesWord2VecBinary(std::string_view bytes)
{
    const auto header = parseVectorHeader(bytes);
    return header && looksBinary(bytes.substr(header->end)) && !findTextLayout(bytes);
}

Result<TableDraft> readWord2VecBinary(const ReadRequest& request)
{
    const auto header = parseVectorHeader(request.bytes());
    if (!header)
        return fail(ErrorCode::FormatUnknown, {request.place(), describeContent(request.bytes())});
    if (header->rows == 0)
        return fail(ErrorCode::FileEmpty, {request.place()});
    return BinaryTable(request, *header).read();
}

} // namespace embedscope
