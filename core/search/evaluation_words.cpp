// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/evaluation_words.h"

#include "core/search/upper_case.h"

namespace embedscope {

namespace {
constexpr Index kTokensPerLook = 4096;
}

Result<EvaluationWords> EvaluationWords::create(const Vocabulary& vocabulary, const EvaluationOptions& options,
                                                std::stop_token stop)
{
    if (options.restrict_vocab < 1)
        return fail(ErrorCode::ValueRefused, {"restrict_vocab", std::to_string(options.restrict_vocab),
                                              "it is the number of tokens that take part, at least 1"});
    EvaluationWords words(options.case_insensitive);
    Index tokens = 0;
    for (Index row = 0; row < vocabulary.size() && tokens < options.restrict_vocab; ++row) {
        if (row % kTokensPerLook == 0 && stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        if (vocabulary.find(vocabulary[row]) != row) {
            words.m_words.push_back(kNone);
            continue;
        }
        words.add(vocabulary[row]);
        ++tokens;
    }
    return words;
}

std::string EvaluationWords::spelled(std::string_view word) const
{
    return m_upperCase ? toUpperCase(word) : std::string(word);
}

void EvaluationWords::add(std::string_view token)
{
    const std::string spelling = spelled(token);
    auto word = m_spellings.find(spelling);
    if (!word) {
        word = m_spellings.add(spelling);
        m_rows.push_back(rowEnd());
    }
    m_words.push_back(*word);
}

Index EvaluationWords::find(std::string_view word) const
{
    return m_spellings.find(spelled(word)).value_or(kNone);
}

Result<std::vector<Index>> EvaluationWords::find(const Vocabulary& words, std::stop_token stop) const
{
    std::vector<Index> found;
    found.reserve(static_cast<std::size_t>(words.size()));
    for (Index i = 0; i < words.size(); ++i) {
        if (i % kTokensPerLook == 0 && stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        found.push_back(find(words[i]));
    }
    return found;
}

} // namespace embedscope
