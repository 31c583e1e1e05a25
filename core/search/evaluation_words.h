// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"
#include "core/base/result.h"
#include "core/table/vocabulary.h"

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope {

/// What counts in an evaluation; names, meaning and defaults are those of gensim 4.2.
struct EvaluationOptions
{
    /// Only the first so many tokens take part, as words of a question and as answers; a repeated token counts once.
    Index restrict_vocab = 300'000;
    /// Compare words in upper case; of several spellings the first in the table stands for all.
    bool case_insensitive = true;
    /// Count a question with an unknown word as wrong, a pair with one as similarity 0, instead of leaving it out.
    bool dummy4unknown = false;
};

/// The words of a table as an evaluation knows them. gensim drops a repeated token when it loads a file; here its row
/// stays in the table and takes no part.
class EvaluationWords
{
public:
    static constexpr Index kNone = -1;

    /// ValueRefused for a limit below 1, Cancelled.
    static Result<EvaluationWords> create(const Vocabulary& vocabulary, const EvaluationOptions& options,
                                          std::stop_token stop);

    /// The number of a word, spelled as the options compare it, or kNone.
    [[nodiscard]] Index find(std::string_view word) const;
    /// The numbers of all words of a list. Cancelled.
    [[nodiscard]] Result<std::vector<Index>> find(const Vocabulary& words, std::stop_token stop) const;
    /// The row whose vector stands for a word.
    [[nodiscard]] Index rowOf(Index word) const { return m_rows[static_cast<std::size_t>(word)]; }

    /// Rows from here on take no part.
    [[nodiscard]] Index rowEnd() const { return static_cast<Index>(m_words.size()); }
    /// The word that a row before rowEnd() spells, or kNone where its token is repeated.
    [[nodiscard]] Index wordOf(Index row) const { return m_words[static_cast<std::size_t>(row)]; }

private:
    explicit EvaluationWords(bool upperCase)
        : m_upperCase(upperCase)
    {
    }

    [[nodiscard]] std::string spelled(std::string_view word) const;
    void add(std::string_view token);

    bool m_upperCase;
    Vocabulary m_spellings;
    std::vector<Index> m_rows;
    std::vector<Index> m_words;
};

} // namespace embedscope
