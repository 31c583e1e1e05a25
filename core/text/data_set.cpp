// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/data_set.h"

#include "core/base/parallel.h"

#include <limits>
#include <utility>

namespace embedscope {

namespace {

constexpr Index kTextsAChunk = 1024;

/// A piece of the data as rows, before the pieces are put together.
struct EncodedChunk
{
    std::vector<std::int64_t> tokens;
    std::vector<std::int64_t> lengths;
    std::int64_t unknown = 0;
    std::int64_t empty = 0;
};

class Encoder
{
public:
    Encoder(const TokenizerOptions& tokenizer, const Vocabulary& vocabulary, std::int64_t unknownRow,
            std::optional<std::int64_t> max_length)
        : m_tokenizer(tokenizer)
        , m_vocabulary(vocabulary)
        , m_unknownRow(unknownRow)
        , m_maxLength(max_length.value_or(std::numeric_limits<std::int64_t>::max()))
    {
    }

    void encode(std::string_view text, EncodedChunk& out) const
    {
        std::int64_t length = 0;
        forEachToken(text, m_tokenizer, [&](std::string_view token) {
            if (length >= m_maxLength)
                return;
            const std::int64_t row = rowOf(token);
            out.tokens.push_back(row);
            out.unknown += row == m_unknownRow ? 1 : 0;
            ++length;
        });
        out.lengths.push_back(length);
        out.empty += length == 0 ? 1 : 0;
    }

private:
    /// A text that spells out the padding token does not mean padding.
    [[nodiscard]] std::int64_t rowOf(std::string_view token) const
    {
        return token == kPaddingToken ? m_unknownRow : m_vocabulary.find(token).value_or(m_unknownRow);
    }

    const TokenizerOptions& m_tokenizer;
    const Vocabulary& m_vocabulary;
    std::int64_t m_unknownRow;
    std::int64_t m_maxLength;
};

DataSet joined(const std::vector<EncodedChunk>& chunks, const std::vector<std::int32_t>& labels)
{
    DataSet out;
    out.labels = labels;
    out.offsets.reserve(labels.size() + 1);
    out.offsets.push_back(0);
    std::size_t tokens = 0;
    for (const EncodedChunk& chunk : chunks)
        tokens += chunk.tokens.size();
    out.tokens.reserve(tokens);
    for (const EncodedChunk& chunk : chunks) {
        out.tokens.insert(out.tokens.end(), chunk.tokens.begin(), chunk.tokens.end());
        for (const std::int64_t length : chunk.lengths)
            out.offsets.push_back(out.offsets.back() + length);
        out.unknownTokens += chunk.unknown;
        out.emptySentences += chunk.empty;
    }
    return out;
}

/// For each row, the class in which its share of the tokens is largest so far, kept as count / tokens of the class.
struct Shares
{
    std::vector<std::int32_t> best;
    std::vector<std::int64_t> count;
    std::vector<std::int64_t> outOf;

    explicit Shares(std::size_t rows)
        : best(rows, -1)
        , count(rows, 0)
        , outOf(rows, 1)
    {
    }

    /// Compares the fractions exactly: both products fit, as no data has 3,000,000,000 tokens.
    void offer(std::size_t row, std::int32_t label, std::int64_t occurrences, std::int64_t tokens)
    {
        if (occurrences * outOf[row] <= count[row] * tokens)
            return;
        best[row] = label;
        count[row] = occurrences;
        outOf[row] = tokens;
    }
};

std::vector<std::vector<std::int64_t>> sentencesByClass(const DataSet& data, std::int32_t classes)
{
    std::vector<std::vector<std::int64_t>> out(static_cast<std::size_t>(classes));
    for (std::int64_t i = 0; i < data.size(); ++i)
        out[static_cast<std::size_t>(data.labels[static_cast<std::size_t>(i)])].push_back(i);
    return out;
}

} // namespace

DataSet encode(const LabelledText& data, const TokenizerOptions& tokenizer, const Vocabulary& vocabulary,
               std::int64_t unknownRow, std::optional<std::int64_t> max_length)
{
    const Encoder encoder(tokenizer, vocabulary, unknownRow, max_length);
    const auto count = static_cast<Index>(data.texts.size());
    std::vector<EncodedChunk> chunks(static_cast<std::size_t>(chunkCount(count, kTextsAChunk)));
    parallelChunks(count, kTextsAChunk, [&](Index chunk, Index begin, Index end) {
        for (Index i = begin; i < end; ++i)
            encoder.encode(data.texts[static_cast<std::size_t>(i)], chunks[static_cast<std::size_t>(chunk)]);
    });
    return joined(chunks, data.labels);
}

std::vector<std::int32_t> dominantClass(const DataSet& data, Index rows, std::int32_t classes)
{
    Shares shares(static_cast<std::size_t>(rows));
    std::vector<std::int64_t> occurrences(static_cast<std::size_t>(rows), 0);
    const auto byClass = sentencesByClass(data, classes);
    for (std::size_t label = 0; label < byClass.size(); ++label) {
        std::vector<std::size_t> met;
        std::int64_t tokens = 0;
        for (const std::int64_t i : byClass[label])
            for (const std::int64_t token : data.sentence(i)) {
                const auto row = static_cast<std::size_t>(token);
                if (occurrences[row]++ == 0)
                    met.push_back(row);
                ++tokens;
            }
        for (const std::size_t row : met) {
            shares.offer(row, static_cast<std::int32_t>(label), occurrences[row], tokens);
            occurrences[row] = 0;
        }
    }
    return std::move(shares.best);
}

} // namespace embedscope
