// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/word_vectors.h"

#include "core/base/parallel.h"
#include "core/train/word_vector_batch.h"
#include "core/train/word_vector_hogwild.h"

#include <algorithm>
#include <atomic>
#include <string>
#include <utility>

namespace embedscope {

namespace {

constexpr std::size_t kSectionWords = 16384;

/// Consecutive sentences that are thinned at a time.
struct Section
{
    std::size_t first, last; // sentences
    std::int64_t words = 0;  // before thinning
};

std::vector<Section> sectionsOf(const WordCorpus& corpus)
{
    std::vector<Section> out;
    std::size_t first = 0;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < corpus.sentenceEnds.size(); ++i) {
        const std::size_t words = corpus.sentenceEnds[i] - begin;
        if (words < kSectionWords && i + 1 < corpus.sentenceEnds.size())
            continue;
        out.push_back({first, i + 1, static_cast<std::int64_t>(words)});
        first = i + 1;
        begin = corpus.sentenceEnds[i];
    }
    return out;
}

/// A run over the text, epoch by epoch.
class WordVectorRun
{
public:
    WordVectorRun(const WordCorpus& corpus, const WordVectorOptions& options, std::stop_token stop, Progress& progress)
        : m_corpus(corpus)
        , m_options(options)
        , m_stop(std::move(stop))
        , m_progress(progress)
        , m_sections(sectionsOf(corpus))
        , m_keep(keepProbabilities(corpus.counts, options.sample))
        , m_negatives(negativeShares(corpus.counts))
        , m_tables(SkipGramTables::initial(corpus.vocabulary.size(), options.dim, options.seed))
        , m_random(options.seed + 1) // not the numbers that the table began with
        , m_total(static_cast<std::int64_t>(corpus.words.size()) * options.epochs)
    {
        m_progress.start(m_total);
    }

    Result<EmbeddingTable> run();

private:
    void batchEpoch();
    void batchSection(const Section& section, WordVectorBatch& batch, Index batchSize);
    void hogwildEpoch();
    void hogwildSection(const Section& section, Random random);
    [[nodiscard]] Result<EmbeddingTable> table();
    [[nodiscard]] float rate(std::int64_t done) const { return learningRate(m_options, done, m_total); }

    const WordCorpus& m_corpus;
    const WordVectorOptions& m_options;
    std::stop_token m_stop;
    Progress& m_progress;
    std::vector<Section> m_sections;
    std::vector<double> m_keep;
    RowSampler m_negatives;
    SkipGramTables m_tables;
    Random m_random;
    std::int64_t m_total;
    std::atomic<std::int64_t> m_done = 0; // words, before thinning
};

void WordVectorRun::batchSection(const Section& section, WordVectorBatch& batch, Index batchSize)
{
    const ThinnedText text = thin(m_corpus, section.first, section.last, m_keep, m_random);
    const std::int64_t before = m_done;
    for (Index begin = 0; begin < text.size() && !m_stop.stop_requested(); begin += batchSize) {
        const std::int64_t done = before + section.words * begin / text.size();
        m_progress.set(done);
        batch.train(text, begin, std::min(begin + batchSize, text.size()), rate(done), m_random);
    }
    m_done = before + section.words;
}

void WordVectorRun::batchEpoch()
{
    WordVectorBatch batch(m_tables, m_options, m_negatives);
    const Index size = batchWords(m_corpus.counts, m_options);
    for (const Section& section : m_sections)
        if (!m_stop.stop_requested())
            batchSection(section, batch, size);
}

void WordVectorRun::hogwildSection(const Section& section, Random random)
{
    const ThinnedText text = thin(m_corpus, section.first, section.last, m_keep, random);
    WordPairs pairs;
    const float alpha = rate(m_done.fetch_add(section.words, std::memory_order_relaxed));
    for (Index begin = 0; begin < text.size() && !m_stop.stop_requested(); begin += WordVectorBatch::kStretch) {
        const Index end = std::min(begin + WordVectorBatch::kStretch, text.size());
        drawPairs(text, begin, end, m_options, m_negatives, random, pairs);
        trainPairs(pairs, alpha, m_tables);
    }
    m_progress.add(section.words);
}

void WordVectorRun::hogwildEpoch()
{
    const std::uint64_t seed = m_random.next();
    parallelFor(static_cast<Index>(m_sections.size()), 1, [&](Index begin, Index) {
        const auto i = static_cast<std::size_t>(begin);
        if (!m_stop.stop_requested())
            hogwildSection(m_sections[i], Random(seed + i));
    });
}

Result<EmbeddingTable> WordVectorRun::table()
{
    m_tables.output.resize(0, 0);
    if (m_tables.diverged())
        return fail(ErrorCode::TrainingDiverged, {std::to_string(m_total), "numbers grew beyond all bounds"});
    return EmbeddingTable::create(m_tables.input.leftCols(m_options.dim), m_corpus.vocabulary);
}

Result<EmbeddingTable> WordVectorRun::run()
{
    for (std::int64_t epoch = 0; epoch < m_options.epochs && !m_stop.stop_requested(); ++epoch)
        m_options.hogwild ? hogwildEpoch() : batchEpoch();
    if (m_stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    m_progress.set(m_total);
    return table();
}

} // namespace

Result<EmbeddingTable> trainWordVectors(const WordCorpus& corpus, const WordVectorOptions& options,
                                        std::stop_token stop, Progress& progress)
{
    if (auto valid = check(options); !valid)
        return fail(valid.error());
    return WordVectorRun(corpus, options, std::move(stop), progress).run();
}

} // namespace embedscope
