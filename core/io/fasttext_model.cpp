// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/fasttext_model.h"

#include "core/base/strings.h"
#include "core/io/fasttext_ngrams.h"

#include <algorithm>

namespace embedscope {

namespace {

constexpr std::string_view kEndOfSentence = "</s>";
constexpr Index kLeastEntryBytes = 10; // an empty token, its count, its kind
constexpr Index kEntriesPerLook = 4096;
constexpr std::int32_t kOldestVersion = 11;
constexpr std::int32_t kNewestVersion = 12;

/// A word or a label.
struct Entry
{
    std::string_view token;
    std::int64_t count = 0;
    bool label = false;
};

bool takeEntry(ByteCursor& cursor, Entry& entry)
{
    entry.token = cursor.takeUntil('\0');
    entry.count = cursor.take<std::int64_t>();
    const auto kind = cursor.take<std::int8_t>();
    entry.label = kind == 1;
    return !cursor.failed() && entry.count >= 0 && (kind == 0 || kind == 1);
}

void add(const float* values, Index count, float* sum)
{
    for (Index i = 0; i < count; ++i)
        sum[i] += values[i];
}

void divide(float* values, Index count, Index divisor)
{
    for (Index i = 0; i < count; ++i)
        values[i] /= static_cast<float>(divisor);
}

} // namespace

FastTextModel::FastTextModel(Source file)
    : m_file(std::move(file))
{
}

Result<std::shared_ptr<const FastTextModel>> FastTextModel::read(const Source& file, Index wanted, Words& words,
                                                                 const std::stop_token& stop)
{
    const std::shared_ptr<FastTextModel> model(new FastTextModel(file));
    if (const auto done = model->readAll(wanted, words, stop); !done)
        return fail(done.error());
    return std::shared_ptr<const FastTextModel>(model);
}

Result<void> FastTextModel::readAll(Index wanted, Words& words, const std::stop_token& stop)
{
    ByteCursor cursor(m_file.bytes());
    const bool plausible = takeFastTextHeader(cursor, m_header);
    if (m_header.hasMagic() && (m_header.version < kOldestVersion || m_header.version > kNewestVersion))
        return fail(ErrorCode::FormatRefused,
                    {m_file.place(), "a fastText model of version " + std::to_string(m_header.version),
                     "only versions 11 and 12 are known", "Choose the .vec file that fastText wrote beside it."});
    if (!plausible)
        return damaged(0, "the numbers in front of the words cannot be those of a fastText model, or are cut off");
    if (m_header.words == 0)
        return fail(ErrorCode::FileEmpty, {m_file.place()});
    if (const auto done = readDictionary(cursor, wanted, words, stop); !done)
        return done;
    if (const auto done = readKeptNgrams(cursor, stop); !done)
        return done;
    return readMatrices(cursor);
}

tl::unexpected<Error> FastTextModel::damaged(std::size_t byte, const std::string& what) const
{
    return fail(ErrorCode::FileDamaged, {m_file.place(), "byte " + std::to_string(byte), what});
}

Result<void> FastTextModel::readDictionary(ByteCursor& cursor, Index wanted, Words& words, const std::stop_token& stop)
{
    m_wordsRead = std::min<Index>(wanted, m_header.words);
    const auto room = std::min(m_wordsRead, static_cast<Index>(cursor.left()) / kLeastEntryBytes);
    words.tokens.reserve(room, 0);
    words.counts.reserve(static_cast<std::size_t>(room));
    const Index entries = Index{m_header.words} + m_header.labels;
    for (Index row = 0; row < entries; ++row) {
        if (row % kEntriesPerLook == 0 && stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        const std::size_t begin = cursor.position();
        Entry entry;
        const bool fine = takeEntry(cursor, entry);
        if (cursor.failed())
            return fail(ErrorCode::FileTruncated, {m_file.place(), std::to_string(row), std::to_string(entries)});
        if (!fine || entry.label != (row >= m_header.words))
            return damaged(begin, "no word or label stands where entry " + std::to_string(row) + " should begin");
        if (row == m_header.words)
            words.firstLabel = toValidUtf8(entry.token);
        if (row >= m_wordsRead)
            continue;
        words.tokens.add(entry.token);
        words.counts.push_back(static_cast<double>(entry.count));
        m_unreadBegin = cursor.position();
    }
    return {};
}

Result<void> FastTextModel::readKeptNgrams(ByteCursor& cursor, const std::stop_token& stop)
{
    if (m_header.keptNgrams <= 0)
        return {};
    const std::size_t begin = cursor.position();
    if (static_cast<std::uint64_t>(m_header.keptNgrams) > cursor.left() / (2 * sizeof(std::int32_t)))
        return damaged(begin, "the list of kept n-grams is cut off");
    m_kept.reserve(static_cast<std::size_t>(m_header.keptNgrams));
    for (std::int64_t i = 0; i < m_header.keptNgrams; ++i) {
        if (i % kEntriesPerLook == 0 && stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        const auto bucket = cursor.take<std::int32_t>();
        m_kept.emplace_back(bucket, cursor.take<std::int32_t>());
    }
    std::sort(m_kept.begin(), m_kept.end());
    const auto sameBucket = [](const auto& a, const auto& b) { return a.first == b.first; };
    if (std::adjacent_find(m_kept.begin(), m_kept.end(), sameBucket) != m_kept.end())
        return damaged(begin, "an n-gram is kept twice");
    return {};
}

Result<void> FastTextModel::readMatrices(ByteCursor& cursor)
{
    const std::size_t begin = cursor.position();
    const auto quantised = m_header.hasMagic() ? cursor.take<std::uint8_t>() : 0;
    if (quantised > 1)
        return damaged(begin, "neither a plain nor a quantised matrix is announced");
    // Models of some months announce a list of no n-grams where nothing was pruned. Only quantised ones ever are.
    if (quantised == 0 && m_header.keptNgrams == 0)
        m_header.keptNgrams = -1;
    auto input = FastTextMatrix::take(cursor, quantised == 1, m_header.dim, m_file.place());
    if (!input)
        return fail(input.error());
    m_input = *input;
    if (const auto fine = checkInput(quantised == 1, begin); !fine)
        return fine;
    // The matrix behind it is not needed; where it is missing, the file was cut off.
    const std::size_t outputBegin = cursor.position();
    const auto quantisedOutput = m_header.hasMagic() ? cursor.take<std::uint8_t>() : 0;
    if (quantisedOutput > 1)
        return damaged(outputBegin, "neither a plain nor a quantised matrix is announced");
    const auto output =
        FastTextMatrix::take(cursor, quantised == 1 && quantisedOutput == 1, m_header.dim, m_file.place());
    if (!output)
        return fail(output.error());
    if (cursor.left() > 0)
        return damaged(cursor.position(), "more bytes follow than belong to the model");
    return {};
}

Result<void> FastTextModel::checkInput(bool quantised, std::size_t begin) const
{
    const Index rows = m_input.rows() - m_header.words;
    if (m_header.keptNgrams > 0 && !quantised)
        return fail(ErrorCode::FormatRefused,
                    {m_file.place(), "a fastText model that is pruned but not quantised",
                     "an early version of fastText wrote it wrongly, and it lacks what its n-grams need",
                     "Fetch the model again from fasttext.cc."});
    if (rows < 0)
        return damaged(begin, "the matrix has fewer rows than there are words");
    for (const auto& [bucket, row] : m_kept)
        if (row < 0 || row >= rows)
            return damaged(begin, "an n-gram has a row that the matrix does not have");
    if (m_header.usesNgrams() && m_header.keptNgrams < 0 && rows != m_header.buckets)
        return damaged(begin, "the matrix has " + std::to_string(rows) + " rows for n-grams instead of " +
                                  std::to_string(m_header.buckets));
    return {};
}

/// -1 where the n-gram was pruned.
Index FastTextModel::rowOfNgram(std::uint32_t hash) const
{
    const auto bucket = static_cast<std::int32_t>(hash % static_cast<std::uint32_t>(m_header.buckets));
    if (m_header.keptNgrams < 0)
        return Index{m_header.words} + bucket;
    const auto found = std::lower_bound(m_kept.begin(), m_kept.end(), std::pair(bucket, std::int32_t{0}));
    return found == m_kept.end() || found->first != bucket ? -1 : Index{m_header.words} + found->second;
}

template <class Use>
void FastTextModel::forEachPart(std::string_view token, const Use& use) const
{
    // fastText composes its sign for the end of a sentence of nothing else; before there were versions, it did.
    if (!m_header.usesNgrams() || (m_header.hasMagic() && token == kEndOfSentence))
        return;
    std::string bracketed;
    bracketed.reserve(token.size() + 2);
    bracketed.append("<").append(token).append(">");
    forEachNgram(bracketed, m_header.minn, m_header.maxn, [&](std::uint32_t hash) {
        const Index row = rowOfNgram(hash);
        return row < 0 || use(row);
    });
}

/// Adds the rows of the n-grams of `token` to `sum` and returns how many there were.
Index FastTextModel::addNgrams(std::string_view token, float* sum, const std::stop_token& stop) const
{
    RowVector part(m_header.dim);
    Index count = 0;
    forEachPart(token, [&](Index row) {
        // Through a row of its own: a product of the quantiser must be rounded before it is added.
        m_input.copyRow(row, part.data());
        add(part.data(), m_header.dim, sum);
        ++count;
        return !stop.stop_requested();
    });
    return count;
}

void FastTextModel::composeWord(Index row, std::string_view token, float* out, const std::stop_token& stop) const
{
    m_input.copyRow(row, out);
    if (const Index ngrams = addNgrams(token, out, stop); ngrams > 0)
        divide(out, m_header.dim, ngrams + 1);
}

/// A word of the model that was not read, since only the first rows were wanted.
std::optional<Index> FastTextModel::findUnread(std::string_view token) const
{
    ByteCursor cursor(m_file.bytes().substr(m_unreadBegin));
    Entry entry;
    for (Index row = m_wordsRead; row < m_header.words && takeEntry(cursor, entry); ++row)
        if (entry.token == token)
            return row;
    return std::nullopt;
}

bool FastTextModel::canCompose(std::string_view token) const
{
    bool any = false;
    forEachPart(token, [&any](Index) {
        any = true;
        return false;
    });
    return any;
}

std::optional<RowVector> FastTextModel::vectorOf(std::string_view token) const
{
    RowVector vector = RowVector::Zero(m_header.dim);
    if (const auto row = findUnread(token)) {
        composeWord(*row, token, vector.data(), {});
        return vector;
    }
    const Index ngrams = addNgrams(token, vector.data(), {});
    if (ngrams == 0)
        return std::nullopt;
    divide(vector.data(), m_header.dim, ngrams);
    return vector;
}

} // namespace embedscope
