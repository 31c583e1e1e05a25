// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/fasttext_header.h"
#include "core/io/fasttext_matrix.h"
#include "core/io/source.h"
#include "core/table/unknown_tokens.h"
#include "core/table/vocabulary.h"

#include <memory>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace embedscope {

/// A fastText model that stays in its file. The vector of a word is the mean of its own row and those of its n-grams,
/// added in fastText's order in float32, then divided: bit for bit what gensim makes of it. fastText itself multiplies
/// by the rounded 1/n instead, which may differ by one unit in the last place.
class FastTextModel : public UnknownTokens
{
public:
    /// The words of the model, in order.
    struct Words
    {
        Vocabulary tokens;
        std::vector<double> counts; // how often each was seen
        std::string firstLabel;
    };

    /// Reads the first `wanted` words, at most all of them, into `words`. FormatRefused, FileDamaged, FileTruncated,
    /// FileEmpty, Cancelled.
    static Result<std::shared_ptr<const FastTextModel>> read(const Source& file, Index wanted, Words& words,
                                                             const std::stop_token& stop);

    [[nodiscard]] const FastTextHeader& header() const { return m_header; }
    [[nodiscard]] const FastTextMatrix& input() const { return m_input; }
    /// Writes the dim floats of word `row`, which is `token`; some of its parts are missing once `stop` is requested.
    void composeWord(Index row, std::string_view token, float* out, const std::stop_token& stop) const;
    [[nodiscard]] bool canCompose(std::string_view token) const override;
    [[nodiscard]] std::optional<RowVector> vectorOf(std::string_view token) const override;

private:
    explicit FastTextModel(Source file);

    Result<void> readAll(Index wanted, Words& words, const std::stop_token& stop);
    Result<void> readDictionary(ByteCursor& cursor, Index wanted, Words& words, const std::stop_token& stop);
    Result<void> readKeptNgrams(ByteCursor& cursor, const std::stop_token& stop);
    Result<void> readMatrices(ByteCursor& cursor);
    [[nodiscard]] Result<void> checkInput(bool quantised, std::size_t begin) const;
    [[nodiscard]] tl::unexpected<Error> damaged(std::size_t byte, const std::string& what) const;
    [[nodiscard]] Index rowOfNgram(std::uint32_t hash) const;
    /// Calls use(row) for the row of each n-gram of `token` until it returns false.
    template <class Use>
    void forEachPart(std::string_view token, const Use& use) const;
    [[nodiscard]] Index addNgrams(std::string_view token, float* sum, const std::stop_token& stop) const;
    [[nodiscard]] std::optional<Index> findUnread(std::string_view token) const;

    Source m_file;
    FastTextHeader m_header;
    FastTextMatrix m_input;
    std::vector<std::pair<std::int32_t, std::int32_t>> m_kept; // bucket and row behind the words, by bucket
    Index m_wordsRead = 0;
    std::size_t m_unreadBegin = 0; // where the words behind the first `wanted` begin in the file
};

} // namespace embedscope
