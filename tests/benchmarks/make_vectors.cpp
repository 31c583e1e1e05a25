// SPDX-License-Identifier: GPL-3.0-or-later
// make_vectors OUT ROWS DIM: a file of vectors like the published ones, in the format of OUT's ending: five decimals a
// value, words of the usual lengths, most frequent first. The same call writes the same file.
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/io/format.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>

using namespace embedscope;

namespace {

constexpr float kSpread = 0.35F; // of the values of glove.6B.300d
constexpr Index kRowsPerChunk = 256;

/// Normal numbers with five decimals.
Matrix roundedNormal(Index rows, Index dim)
{
    Matrix weights(rows, dim);
    parallelChunks(rows, kRowsPerChunk, [&](Index chunk, Index begin, Index end) {
        Random random(static_cast<std::uint64_t>(chunk) + 1);
        for (Index i = begin * dim; i < end * dim; ++i)
            weights.data()[i] =
                static_cast<float>(std::round(static_cast<double>(kSpread) * random.normal() * 1e5) / 1e5);
    });
    return weights;
}

/// Letters for a number: "a-", "b-q", ...; lengthened to what words have on average.
std::string wordOf(Index number)
{
    std::string word;
    for (Index rest = number; rest > 0 || word.empty(); rest /= 26)
        word += static_cast<char>('a' + rest % 26);
    word += '-';
    word.append(static_cast<std::size_t>(number % 5), 'q');
    return word;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 4) {
        std::fputs("usage: make_vectors OUT ROWS DIM\n", stderr);
        return 2;
    }
    const auto format = formatFromEnding(argv[1]);
    const Index rows = std::atol(argv[2]);
    const Index dim = std::atol(argv[3]);
    if (!format || rows < 1 || dim < 1) {
        std::fputs("make_vectors: the ending, the rows or the dimension make no sense\n", stderr);
        return 2;
    }
    Vocabulary vocabulary;
    vocabulary.reserve(rows, 0);
    for (Index row = 0; row < rows; ++row)
        vocabulary.add(wordOf(row));
    const auto table = EmbeddingTable::create(roundedNormal(rows, dim), std::move(vocabulary));
    Progress progress;
    const auto written = writeTable(*table, argv[1], *format, {}, progress);
    if (!written) {
        std::fprintf(stderr, "make_vectors: %s\n", describe(written.error()).c_str());
        return 3;
    }
    return 0;
}
