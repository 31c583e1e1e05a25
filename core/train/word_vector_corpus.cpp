// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/word_vector_corpus.h"

#include "core/base/parallel.h"
#include "core/io/mapped_file.h"
#include "core/text/tokenizer.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>

namespace embedscope {

namespace {

constexpr std::size_t kPieceBytes = std::size_t{1} << 18U; // counted in well under 5 ms
constexpr std::size_t kPiecesAtOnce = 64;
constexpr std::int32_t kLineEnd = -1;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool isBlank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/// Words of a piece, numbered as they come, and the piece as such numbers.
struct Piece
{
    Vocabulary vocabulary;
    std::vector<std::int64_t> counts;
    std::vector<std::int32_t> words; // kLineEnd between lines

    void add(std::string_view word)
    {
        const auto known = vocabulary.find(word);
        const Index row = known ? *known : vocabulary.add(word);
        if (!known)
            counts.push_back(0);
        ++counts[static_cast<std::size_t>(row)];
        words.push_back(static_cast<std::int32_t>(row));
    }
};

void splitAtBlanks(std::string_view line, Piece& out)
{
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= line.size(); ++i)
        if (i == line.size() || isBlank(line[i])) {
            if (i > begin)
                out.add(line.substr(begin, i - begin));
            begin = i + 1;
        }
}

Piece readPiece(std::string_view text, WordSplit split)
{
    Piece out;
    out.words.reserve(text.size() / 5);
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        if (split == WordSplit::Blanks)
            splitAtBlanks(line, out);
        else
            forEachToken(line, {}, [&out](std::string_view word) { out.add(word); });
        if (end == std::string_view::npos)
            break;
        out.words.push_back(kLineEnd);
        text.remove_prefix(end + 1);
    }
    return out;
}

/// Cuts off a piece of about kPieceBytes that ends with a blank, so that no word is cut.
std::string_view takePiece(std::string_view& text)
{
    std::size_t end = std::min(kPieceBytes, text.size());
    while (end < text.size() && !isBlank(text[end - 1]))
        ++end;
    const std::string_view piece = text.substr(0, end);
    text.remove_prefix(end);
    return piece;
}

std::vector<std::string_view> takePieces(std::string_view& text)
{
    std::vector<std::string_view> out;
    while (!text.empty() && out.size() < kPiecesAtOnce)
        out.push_back(takePiece(text));
    return out;
}

/// The whole text, its words numbered as they first occur.
class CorpusReader
{
public:
    CorpusReader(const MappedFile& file, const std::filesystem::path& path)
        : m_file(file)
        , m_path(path)
    {
    }

    Result<void> read(WordSplit split, std::stop_token stop, Progress& progress);
    Result<WordCorpus> finish(std::int64_t min_count, std::stop_token stop);

private:
    void append(const Piece& piece);
    [[nodiscard]] std::vector<std::int32_t> order() const;
    [[nodiscard]] tl::unexpected<Error> zeroByte(const char* place) const;
    [[nodiscard]] tl::unexpected<Error> tooRare(std::int64_t min_count) const;

    const MappedFile& m_file;
    const std::filesystem::path& m_path;
    Vocabulary m_vocabulary;
    std::vector<std::int64_t> m_counts;
    std::vector<std::int32_t> m_words;
};

void CorpusReader::append(const Piece& piece)
{
    std::vector<std::int32_t> number;
    number.reserve(piece.counts.size());
    for (Index row = 0; row < piece.vocabulary.size(); ++row) {
        const std::string_view word = piece.vocabulary[row];
        const auto known = m_vocabulary.find(word);
        number.push_back(static_cast<std::int32_t>(known ? *known : m_vocabulary.add(word)));
        if (!known)
            m_counts.push_back(0);
        m_counts[static_cast<std::size_t>(number.back())] += piece.counts[static_cast<std::size_t>(row)];
    }
    for (const std::int32_t word : piece.words)
        m_words.push_back(word == kLineEnd ? kLineEnd : number[static_cast<std::size_t>(word)]);
}

tl::unexpected<Error> CorpusReader::zeroByte(const char* place) const
{
    const auto line = 1 + std::count(m_file.bytes().data(), place, '\n');
    return fail(ErrorCode::FileNotText, {m_path.string(), "line " + std::to_string(line)});
}

Result<void> CorpusReader::read(WordSplit split, std::stop_token stop, Progress& progress)
{
    std::string_view text = m_file.bytes();
    progress.start(static_cast<std::int64_t>(text.size()));
    if (text.starts_with(kByteOrderMark))
        text.remove_prefix(kByteOrderMark.size());
    while (!text.empty()) {
        const std::vector<std::string_view> parts = takePieces(text);
        std::vector<Piece> pieces(parts.size());
        parallelFor(static_cast<Index>(parts.size()), 1, [&](Index begin, Index) {
            const auto i = static_cast<std::size_t>(begin);
            if (!stop.stop_requested())
                pieces[i] = readPiece(parts[i], split);
            progress.add(static_cast<std::int64_t>(parts[i].size()));
        });
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (stop.stop_requested())
                return fail(ErrorCode::Cancelled);
            if (const std::size_t zero = parts[i].find('\0'); zero != std::string_view::npos)
                return zeroByte(parts[i].data() + zero);
            append(pieces[i]);
            m_file.release(parts[i]);
        }
    }
    return {};
}

std::vector<std::int32_t> CorpusReader::order() const
{
    std::vector<std::int32_t> order(m_counts.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [this](std::int32_t a, std::int32_t b) {
        return m_counts[static_cast<std::size_t>(a)] > m_counts[static_cast<std::size_t>(b)];
    });
    return order;
}

tl::unexpected<Error> CorpusReader::tooRare(std::int64_t min_count) const
{
    if (m_counts.empty())
        return fail(ErrorCode::FormatRefused, {m_path.string(), "the text", "it holds no word",
                                               "Choose a text with one sentence a line, words parted by blanks."});
    const auto most = *std::max_element(m_counts.begin(), m_counts.end());
    return fail(ErrorCode::ValueRefused,
                {"min_count", std::to_string(min_count),
                 "no word of " + m_path.string() + " occurs so often, the most frequent one " + std::to_string(most) +
                     " times; choose a smaller number or a longer text"});
}

/// Appends words and cuts them into sentences.
class SentenceBuilder
{
public:
    explicit SentenceBuilder(WordCorpus& corpus)
        : m_corpus(corpus)
    {
    }

    void add(std::int32_t word)
    {
        m_corpus.words.push_back(word);
        if (m_corpus.words.size() - m_begin == kMaxSentenceLength)
            end();
    }

    void end()
    {
        if (m_corpus.words.size() == m_begin)
            return;
        m_begin = m_corpus.words.size();
        m_corpus.sentenceEnds.push_back(m_begin);
    }

private:
    WordCorpus& m_corpus;
    std::size_t m_begin = 0;
};

Result<WordCorpus> CorpusReader::finish(std::int64_t min_count, std::stop_token stop)
{
    WordCorpus out;
    std::vector<std::int32_t> rank(m_counts.size(), kLineEnd - 1);
    std::int64_t kept = 0;
    for (const std::int32_t word : order()) {
        const std::int64_t count = m_counts[static_cast<std::size_t>(word)];
        out.tokens += count;
        if (count < min_count)
            continue;
        rank[static_cast<std::size_t>(word)] = static_cast<std::int32_t>(out.vocabulary.add(m_vocabulary[word]));
        out.counts.push_back(count);
        kept += count;
    }
    if (kept == 0)
        return tooRare(min_count);
    out.words.reserve(static_cast<std::size_t>(kept));
    SentenceBuilder sentences(out);
    for (std::size_t i = 0; i < m_words.size(); ++i) {
        if (i % 65536 == 0 && stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        if (m_words[i] == kLineEnd)
            sentences.end();
        else if (const std::int32_t row = rank[static_cast<std::size_t>(m_words[i])]; row >= 0)
            sentences.add(row);
    }
    sentences.end();
    return out;
}

} // namespace

Result<WordCorpus> readWordCorpus(const std::filesystem::path& path, std::int64_t min_count, WordSplit split,
                                  std::stop_token stop, Progress& progress)
{
    const auto file = MappedFile::open(path);
    if (!file)
        return fail(file.error());
    CorpusReader reader(*file, path);
    if (auto read = reader.read(split, stop, progress); !read)
        return fail(read.error());
    return reader.finish(min_count, stop);
}

} // namespace embedscope
