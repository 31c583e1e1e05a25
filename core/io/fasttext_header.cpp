// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/fasttext_header.h"

namespace embedscope {

namespace {

// Far above any model there is. It also bounds the work for a single long token.
constexpr std::int32_t kLongestNgram = 64;
constexpr std::int32_t kLargestDim = 1 << 20;
constexpr std::int32_t kLargestOption = 100'000'000;
constexpr std::int32_t kFirstVersionOfNgramLabels = 12;

enum Loss : std::int32_t { HierarchicalSoftmax = 1, OneVsAll = 4 };
enum Model : std::int32_t { Cbow = 1, Supervised = 3 };

bool isWithin(std::int32_t value, std::int32_t least, std::int32_t most)
{
    return value >= least && value <= most;
}

/// The twelve options and the sampling threshold.
bool takeOptions(ByteCursor& cursor, FastTextHeader& header)
{
    const auto window = cursor.take<std::int32_t>();
    const auto epochs = cursor.take<std::int32_t>();
    const auto minCount = cursor.take<std::int32_t>();
    const auto negatives = cursor.take<std::int32_t>();
    const auto wordNgrams = cursor.take<std::int32_t>();
    const auto loss = cursor.take<std::int32_t>();
    const auto model = cursor.take<std::int32_t>();
    header.buckets = cursor.take<std::int32_t>();
    header.minn = cursor.take<std::int32_t>();
    header.maxn = cursor.take<std::int32_t>();
    const auto updateRate = cursor.take<std::int32_t>();
    const double threshold = cursor.takeDouble();
    header.supervised = model == Supervised;
    for (const std::int32_t option : {window, epochs, minCount, negatives, wordNgrams, updateRate})
        if (!isWithin(option, 0, kLargestOption))
            return false;
    return isWithin(loss, HierarchicalSoftmax, OneVsAll) && isWithin(model, Cbow, Supervised) && header.buckets >= 0 &&
           isWithin(header.minn, 0, kLongestNgram) && isWithin(header.maxn, 0, kLongestNgram) && threshold >= 0 &&
           threshold <= 1;
}

} // namespace

bool takeFastTextHeader(ByteCursor& cursor, FastTextHeader& header)
{
    header.dim = cursor.take<std::int32_t>();
    if (header.dim == kFastTextMagic) {
        header.version = cursor.take<std::int32_t>();
        header.dim = cursor.take<std::int32_t>();
    }
    if (!isWithin(header.dim, 1, kLargestDim) || !takeOptions(cursor, header))
        return false;
    // Before then, classifiers had no parts of words, whatever their options say.
    if (header.supervised && header.version < kFirstVersionOfNgramLabels)
        header.maxn = 0;
    const auto entries = cursor.take<std::int32_t>();
    header.words = cursor.take<std::int32_t>();
    header.labels = cursor.take<std::int32_t>();
    const auto tokens = cursor.take<std::int64_t>();
    header.keptNgrams = header.hasMagic() ? cursor.take<std::int64_t>() : -1;
    return !cursor.failed() && header.words >= 0 && header.labels >= 0 && tokens >= 0 && header.keptNgrams >= -1 &&
           std::int64_t{header.words} + header.labels == entries;
}

} // namespace embedscope
