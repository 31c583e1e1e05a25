// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/io/byte_cursor.h"
#include "core/io/matrix_reader.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace embedscope {

namespace {

constexpr std::string_view kMagic = "FiFu";
constexpr std::uint32_t kVersion = 0;
constexpr std::uint32_t kFloat32 = 10;
constexpr Index kFloatBytes = sizeof(float);
constexpr Index kValuesPerChunk = Index{1} << 18;
constexpr Index kTokensPerLook = 4096;
constexpr const char* kWayOut = "Convert it to word2vec text with finalfusion's convert.";

enum class Chunk : std::uint32_t {
    SimpleVocab = 1,
    Array = 2,
    BucketVocab = 3,
    QuantisedArray = 4,
    Metadata = 5,
    Norms = 6,
    FastTextVocab = 7,
    ExplicitVocab = 8,
    FloretVocab = 9,
};

/// What the chunks of a file say. Nothing is copied but the tokens.
class FinalfusionFile
{
public:
    explicit FinalfusionFile(const ReadRequest& request)
        : m_request(request)
        , m_cursor(request.bytes())
    {
    }

    Result<TableDraft> read()
    {
        if (const auto done = walk(); !done)
            return fail(done.error());
        if (!m_array || !m_vocabulary)
            return damaged(m_cursor.position(), "no array or no vocabulary came before the end");
        if (m_words == 0)
            return fail(ErrorCode::FileEmpty, {m_request.place()});
        // The rows behind the words belong to parts of words.
        if (m_array->rows < m_words || (m_norms && m_normRows < m_words))
            return damaged(m_cursor.position(), "there are fewer rows or norms than words");
        return makeDraft();
    }

private:
    [[nodiscard]] tl::unexpected<Error> damaged(std::size_t byte, const std::string& what) const
    {
        return fail(ErrorCode::FileDamaged, {m_request.place(), "byte " + std::to_string(byte), what});
    }
    [[nodiscard]] tl::unexpected<Error> refused(const char* what, const char* why) const
    {
        return fail(ErrorCode::FormatRefused, {m_request.place(), what, why, kWayOut});
    }

    Result<void> walk()
    {
        m_cursor.takeBytes(kMagic.size());
        if (m_cursor.take<std::uint32_t>() != kVersion)
            return refused("a finalfusion file of another version than 0", "its layout is not known");
        const auto chunks = m_cursor.take<std::uint32_t>();
        m_cursor.takeBytes(std::uint64_t{chunks} * sizeof(std::uint32_t)); // their kinds, which stand before each too
        for (std::uint32_t chunk = 0; chunk < chunks && !m_cursor.failed(); ++chunk)
            if (const auto done = takeChunk(); !done)
                return done;
        if (m_cursor.failed())
            return damaged(m_cursor.position(), "the file ends within a chunk");
        if (m_cursor.left() > 0)
            return damaged(m_cursor.position(), "more bytes follow than belong to the chunks");
        return {};
    }

    Result<void> takeChunk()
    {
        const auto kind = static_cast<Chunk>(m_cursor.take<std::uint32_t>());
        const auto length = m_cursor.take<std::uint64_t>();
        const std::size_t begin = m_cursor.position();
        ByteCursor body(m_cursor.takeBytes(length));
        if (m_cursor.failed())
            return {}; // walk() says so
        switch (kind) {
        case Chunk::SimpleVocab:
            return takeVocabulary(body, begin, 0);
        case Chunk::BucketVocab:
        case Chunk::FastTextVocab:
            return takeVocabulary(body, begin, 3 * sizeof(std::uint32_t)); // shortest, longest n-gram, buckets
        case Chunk::ExplicitVocab:
            return takeVocabulary(body, begin, sizeof(std::uint64_t) + 2 * sizeof(std::uint32_t));
        case Chunk::Array:
            return takeArray(body, begin);
        case Chunk::Norms:
            return takeNorms(body, begin);
        case Chunk::Metadata:
            return {};
        case Chunk::QuantisedArray:
            return refused("a quantised finalfusion file", "its rows are codes of a product quantiser");
        case Chunk::FloretVocab:
            return refused("a finalfusion file of floret vectors", "it has vectors for parts of words, but no words");
        }
        return damaged(begin, "a chunk of an unknown kind stands here");
    }

    /// A count, `skipped` bytes on parts of words, then each word behind its length.
    Result<void> takeVocabulary(ByteCursor body, std::size_t begin, std::uint64_t skipped)
    {
        const auto words = body.take<std::uint64_t>();
        body.takeBytes(skipped);
        const std::uint64_t room = body.left() / sizeof(std::uint32_t);
        if (m_vocabulary || body.failed() || words > room)
            return damaged(begin, "the vocabulary is cut off, or is the second one");
        m_words = static_cast<Index>(words);
        const Index wanted = m_request.wanted(m_words);
        m_vocabulary.emplace().reserve(wanted, 0);
        for (Index row = 0; row < m_words; ++row) {
            if (row % kTokensPerLook == 0 && m_request.stop.stop_requested())
                return fail(ErrorCode::Cancelled);
            const std::string_view token = body.takeBytes(body.take<std::uint32_t>());
            if (body.failed())
                return fail(ErrorCode::FileTruncated,
                            {m_request.place(), std::to_string(row), std::to_string(m_words)});
            if (row < wanted)
                m_vocabulary->add(token);
        }
        return {};
    }

    /// The floats at the end of a chunk: its header, then 1 to 4 bytes of padding, since the writers add four where
    /// none are needed. Empty where that does not fit.
    [[nodiscard]] static std::string_view takeFloats(ByteCursor& body, std::size_t begin, std::uint64_t count)
    {
        const std::uint64_t position = begin + body.position();
        body.takeBytes(sizeof(float) - position % sizeof(float));
        if (body.failed() || body.left() % sizeof(float) != 0 || body.left() / sizeof(float) != count)
            return {};
        return body.takeBytes(body.left());
    }

    Result<void> takeArray(ByteCursor body, std::size_t begin)
    {
        const auto rows = body.take<std::uint64_t>();
        const auto dim = body.take<std::uint32_t>();
        const auto type = body.take<std::uint32_t>();
        if (!body.failed() && type != kFloat32)
            return refused("a finalfusion file of integers", "its vectors are no float32");
        const bool countable = dim > 0 && rows > 0 && rows <= body.left() / dim;
        const std::string_view values = countable ? takeFloats(body, begin, rows * dim) : std::string_view();
        if (m_array || values.empty())
            return damaged(begin, "the array does not have the size that its chunk has, or is the second one");
        m_array =
            StoredMatrix{values, {ElementType::Float32}, static_cast<Index>(rows), static_cast<Index>(dim), false};
        return {};
    }

    Result<void> takeNorms(ByteCursor body, std::size_t begin)
    {
        const auto rows = body.take<std::uint64_t>();
        const auto type = body.take<std::uint32_t>();
        const bool fits = !m_norms && rows > 0 && type == kFloat32;
        const std::string_view values = fits ? takeFloats(body, begin, rows) : std::string_view();
        if (values.empty())
            return damaged(begin, "the norms do not have the size that their chunk has, or are the second ones");
        m_norms = values;
        m_normRows = static_cast<Index>(rows);
        return {};
    }

    Result<TableDraft> makeDraft()
    {
        const Index wanted = m_vocabulary->size();
        auto weights = readMatrix(*m_array, wanted, m_request);
        if (!weights)
            return fail(weights.error());
        if (m_norms)
            scaleRows(*weights);
        TableDraft draft{std::move(*weights), std::move(*m_vocabulary), {}};
        draft.report.dtype = elementName(m_array->layout.type);
        if (wanted < m_words)
            addLimitFinding(draft.report, wanted, m_words);
        addFindings(draft, rowNumbers(), m_request.stop);
        return draft;
    }

    /// Rows are stored at unit length.
    void scaleRows(Matrix& weights) const
    {
        parallelFor(weights.rows(), std::max<Index>(1, kValuesPerChunk / weights.cols()), [&](Index begin, Index end) {
            for (Index row = begin; row < end && !m_request.stop.stop_requested(); ++row) {
                float norm = 1;
                convertToFloat(m_norms->data() + row * kFloatBytes, {ElementType::Float32}, 1, &norm);
                weights.row(row) *= norm;
            }
        });
    }

    const ReadRequest& m_request;
    ByteCursor m_cursor;
    std::optional<Vocabulary> m_vocabulary;
    std::optional<StoredMatrix> m_array;
    std::optional<std::string_view> m_norms;
    Index m_words = 0;
    Index m_normRows = 0;
};

} // namespace

bool recognisesFinalfusion(std::string_view bytes)
{
    return bytes.starts_with(kMagic);
}

Result<TableDraft> readFinalfusion(const ReadRequest& request)
{
    return FinalfusionFile(request).read();
}

} // namespace embedscope
