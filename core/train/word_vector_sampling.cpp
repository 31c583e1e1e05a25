// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/word_vector_sampling.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace embedscope {

std::vector<double> keepProbabilities(std::span<const std::int64_t> counts, double sample)
{
    std::vector<double> out(counts.size(), 1.0);
    if (sample == 0)
        return out;
    const auto total = static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::int64_t{0}));
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const double share = static_cast<double>(counts[i]) / total;
        out[i] = std::min(1.0, (std::sqrt(share / sample) + 1) * sample / share);
    }
    return out;
}

std::vector<double> negativeShares(std::span<const std::int64_t> counts)
{
    std::vector<double> out(counts.size());
    std::transform(counts.begin(), counts.end(), out.begin(),
                   [](std::int64_t count) { return std::pow(static_cast<double>(count), 0.75); });
    const double total = std::accumulate(out.begin(), out.end(), 0.0);
    for (double& share : out)
        share /= total;
    return out;
}

RowSampler::RowSampler(std::span<const double> shares)
    : m_slots(shares.size())
{
    std::vector<double> rest(shares.size()); // in slots
    std::vector<std::size_t> small;
    std::vector<std::size_t> large;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        rest[i] = shares[i] * static_cast<double>(shares.size());
        m_slots[i] = {UINT32_MAX, static_cast<std::int32_t>(i)};
        (rest[i] < 1 ? small : large).push_back(i);
    }
    // Each slot that a rare row does not fill is filled up by a frequent one.
    while (!small.empty() && !large.empty()) {
        const std::size_t poor = small.back();
        const std::size_t rich = large.back();
        small.pop_back();
        m_slots[poor] = {static_cast<std::uint32_t>(rest[poor] * 0x1p32), static_cast<std::int32_t>(rich)};
        rest[rich] -= 1 - rest[poor];
        if (rest[rich] < 1) {
            large.pop_back();
            small.push_back(rich);
        }
    }
}

ThinnedText thin(const WordCorpus& corpus, std::size_t first, std::size_t last, std::span<const double> keep,
                 Random& random)
{
    ThinnedText out;
    for (std::size_t sentence = first; sentence < last; ++sentence) {
        const std::size_t begin = sentence == 0 ? 0 : corpus.sentenceEnds[sentence - 1];
        const auto kept = out.words.size();
        for (std::size_t i = begin; i < corpus.sentenceEnds[sentence]; ++i) {
            const double probability = keep[static_cast<std::size_t>(corpus.words[i])];
            if (probability >= 1 || random.uniform() < probability)
                out.words.push_back(corpus.words[i]);
        }
        out.begins.resize(out.words.size(), static_cast<std::int32_t>(kept));
        out.ends.resize(out.words.size(), static_cast<std::int32_t>(out.words.size()));
    }
    return out;
}

namespace {

/// 64 random bits serve two draws.
class DrawBits
{
public:
    explicit DrawBits(Random& random)
        : m_random(random)
    {
    }

    std::uint32_t next()
    {
        m_half = !m_half;
        if (m_half)
            m_bits = m_random.next();
        return static_cast<std::uint32_t>(m_half ? m_bits : m_bits >> 32U);
    }

private:
    Random& m_random;
    std::uint64_t m_bits = 0;
    bool m_half = false;
};

} // namespace

void drawPairs(const ThinnedText& text, Index begin, Index end, const WordVectorOptions& options,
               const RowSampler& negatives, Random& random, WordPairs& out)
{
    out.centres.clear();
    out.targets.clear();
    out.outputs = static_cast<std::int32_t>(options.negative) + 1;
    const auto at = [](Index position) { return static_cast<std::size_t>(position); };
    const Index low = std::max<Index>(text.begins[at(begin)], begin - options.window);
    const Index high = std::min<Index>(text.ends[at(end - 1)], end + options.window);
    out.words.assign(text.words.begin() + low, text.words.begin() + high);
    DrawBits bits(random);
    for (Index i = begin; i < end; ++i) {
        const Index reach = 1 + static_cast<Index>(random.below(static_cast<std::uint64_t>(options.window)));
        const Index from = std::max<Index>(text.begins[at(i)], i - reach);
        const Index to = std::min<Index>(text.ends[at(i)], i + reach + 1);
        out.centres.push_back({static_cast<std::int32_t>(i - low), static_cast<std::int32_t>(from - low),
                               static_cast<std::int32_t>(to - low)});
        const std::int32_t centre = text.words[at(i)];
        for (Index pair = from + 1; pair < to; ++pair) {
            out.targets.push_back(centre);
            for (std::int64_t k = 0; k < options.negative; ++k) {
                const std::int32_t drawn = negatives.row(bits.next());
                out.targets.push_back(drawn == centre ? kSkippedTarget : drawn);
            }
        }
    }
}

} // namespace embedscope
