// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/text/data_set.h"

#include <algorithm>
#include <functional>
#include <numeric>

namespace embedscope {

namespace {

constexpr Index kTextsAChunk = 4096;

/// Words in order of first appearance with how often they occur.
struct WordCounts
{
    Vocabulary words;
    std::vector<std::int64_t> counts;

    void add(std::string_view word, std::int64_t times)
    {
        const auto row = words.find(word);
        if (row) {
            counts[static_cast<std::size_t>(*row)] += times;
        } else {
            words.add(word);
            counts.push_back(times);
        }
    }

    [[nodiscard]] std::int64_t count(Index row) const { return counts[static_cast<std::size_t>(row)]; }
};

/// Each chunk counts for itself, and the chunks are added in their order: so the order of first appearance is that of
/// the data, whatever the number of threads.
WordCounts countWords(const LabelledText& data, const TokenizerOptions& tokenizer)
{
    const auto texts = static_cast<Index>(data.texts.size());
    std::vector<WordCounts> chunks(static_cast<std::size_t>(chunkCount(texts, kTextsAChunk)));
    parallelChunks(texts, kTextsAChunk, [&](Index chunk, Index begin, Index end) {
        WordCounts& counts = chunks[static_cast<std::size_t>(chunk)];
        for (Index i = begin; i < end; ++i)
            forEachToken(data.texts[static_cast<std::size_t>(i)], tokenizer,
                         [&counts](std::string_view token) { counts.add(token, 1); });
    });
    WordCounts all;
    for (WordCounts& chunk : chunks) {
        for (Index row = 0; row < chunk.words.size(); ++row)
            all.add(chunk.words[row], chunk.count(row));
        chunk = {};
    }
    return all;
}

/// Rows of `counts` by falling count, ties by first appearance.
std::vector<Index> byFallingCount(const WordCounts& counts)
{
    std::vector<Index> order(counts.counts.size());
    std::iota(order.begin(), order.end(), Index{0});
    std::ranges::stable_sort(order, std::ranges::greater{}, [&](Index row) { return counts.count(row); });
    return order;
}

/// A text that spells out <pad> or <unk> does not make a word of it.
bool isReserved(std::string_view word)
{
    return word == kPaddingToken || word == kUnknownToken;
}

void noteWord(TrainingVocabulary& out, std::int64_t times, bool covered)
{
    out.tokens += times;
    ++out.words;
    out.coveredTokens += covered ? times : 0;
    out.coveredWords += covered ? 1 : 0;
}

std::int64_t rowOrAdded(Vocabulary& vocabulary, std::string_view token)
{
    const auto row = vocabulary.find(token);
    return row ? *row : vocabulary.add(token);
}

} // namespace

TrainingVocabulary vocabularyFromData(const LabelledText& data, const TokenizerOptions& tokenizer,
                                      std::int64_t min_count)
{
    const WordCounts counts = countWords(data, tokenizer);
    TrainingVocabulary out;
    out.paddingRow = out.vocabulary.add(kPaddingToken);
    out.unknownRow = out.vocabulary.add(kUnknownToken);
    for (const Index row : byFallingCount(counts)) {
        const bool covered = counts.count(row) >= min_count && !isReserved(counts.words[row]);
        noteWord(out, counts.count(row), covered);
        if (covered)
            out.vocabulary.add(counts.words[row]);
    }
    return out;
}

TrainingVocabulary vocabularyFromVectors(const LabelledText& data, const TokenizerOptions& tokenizer,
                                         const Vocabulary& vectors)
{
    TrainingVocabulary out;
    out.vocabulary = vectors;
    out.vectorRows = vectors.size();
    out.unknownRow = rowOrAdded(out.vocabulary, kUnknownToken);
    out.paddingRow = rowOrAdded(out.vocabulary, kPaddingToken);
    const WordCounts counts = countWords(data, tokenizer);
    for (Index row = 0; row < counts.words.size(); ++row) {
        const std::string_view word = counts.words[row];
        noteWord(out, counts.count(row), !isReserved(word) && vectors.contains(word));
    }
    return out;
}

} // namespace embedscope
