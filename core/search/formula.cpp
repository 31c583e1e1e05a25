// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/strings.h"
#include "core/base/translate.h"
#include "core/search/neighbors.h"

#include <algorithm>
#include <utility>

namespace embedscope {

namespace {

constexpr std::string_view kBlanks = " \t\n\v\f\r";
constexpr std::string_view kMinusSign = "\xE2\x88\x92"; // U+2212
constexpr std::size_t kLongestSplit = 256;              // bounds the work on a hostile text

std::string_view trimmed(std::string_view text)
{
    const std::size_t begin = text.find_first_not_of(kBlanks);
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

/// Bytes of the sign that `text` begins with, 0 where it begins with none.
std::size_t signLength(std::string_view text)
{
    if (text.starts_with('+') || text.starts_with('-'))
        return 1;
    return text.starts_with(kMinusSign) ? kMinusSign.size() : 0;
}

class FormulaParser
{
public:
    FormulaParser(std::string_view text, const Vocabulary& vocabulary, const UnknownTokens* unknown)
        : m_text(text)
        , m_vocabulary(vocabulary)
        , m_unknown(unknown)
    {
    }

    Result<std::vector<FormulaTerm>> parse()
    {
        skipBlanks();
        if (atEnd())
            return invalid(m_at, EMBEDSCOPE_TRANSLATE("Error", "it is empty"));
        double sign = leadingSign();
        std::vector<FormulaTerm> terms;
        while (true) {
            auto token = operand();
            if (!token)
                return fail(token.error());
            terms.push_back({sign, *std::move(token)});
            skipBlanks();
            if (atEnd())
                return terms;
            if (signLength(rest()) == 0)
                return invalid(m_at, EMBEDSCOPE_TRANSLATE("Error", "a + or - is missing here"));
            sign = takeSign();
        }
    }

private:
    [[nodiscard]] bool atEnd() const { return m_at == m_text.size(); }
    [[nodiscard]] std::string_view rest() const { return m_text.substr(m_at); }
    void skipBlanks() { m_at = std::min(m_text.find_first_not_of(kBlanks, m_at), m_text.size()); }

    /// What is left up to the next blank. Its end is remembered, or a text without a blank would take quadratic time.
    std::string_view field()
    {
        if (m_at >= m_fieldEnd) {
            m_fieldBegin = m_at;
            m_fieldEnd = std::min(m_text.find_first_of(kBlanks, m_at), m_text.size());
        }
        return m_text.substr(m_at, m_fieldEnd - m_at);
    }

    bool fieldIsToken()
    {
        const std::string_view text = field();
        return isAffordable(text) && signLength(text) != text.size() && m_vocabulary.contains(text);
    }

    [[nodiscard]] bool isAffordable(std::string_view text) const
    {
        return m_at == m_fieldBegin || text.size() <= kLongestSplit;
    }

    /// A piece with an unknown part is one unknown token, hyphens and all, rather than known ones minus a composed one.
    bool fieldIsComposed()
    {
        const std::string_view text = field();
        if (!isAffordable(text) || !canCompose(text))
            return false;
        const auto strict = FormulaParser(text, m_vocabulary, nullptr).parse();
        return !strict && strict.error().code == ErrorCode::UnknownToken;
    }

    double leadingSign() { return signLength(rest()) == 0 || fieldIsToken() ? 1 : takeSign(); }

    double takeSign()
    {
        const double sign = rest().starts_with('+') ? 1 : -1;
        m_at += signLength(rest());
        skipBlanks();
        return sign;
    }

    Result<std::string> operand()
    {
        if (atEnd())
            return invalid(m_at, EMBEDSCOPE_TRANSLATE("Error", "a token is missing after the sign"));
        if (rest().starts_with('"'))
            return quoted();
        if (fieldIsToken())
            return take(field().size());
        if (signLength(rest()) > 0)
            return invalid(m_at, EMBEDSCOPE_TRANSLATE("Error", "two signs follow each other"));
        if (fieldIsComposed())
            return take(field().size());
        if (const std::size_t length = longestTokenBeforeSign())
            return take(length);
        return fail(ErrorCode::UnknownToken, {std::string(field())});
    }

    [[nodiscard]] bool canCompose(std::string_view token) const
    {
        return m_unknown != nullptr && m_unknown->canCompose(token);
    }

    std::string take(std::size_t length)
    {
        const auto token = rest().substr(0, length);
        m_at += length;
        return std::string(token);
    }

    /// Bytes of the longest token that ends right before a sign inside the field; 0 where there is none.
    std::size_t longestTokenBeforeSign()
    {
        const std::string_view text = field();
        for (std::size_t end = std::min(text.size(), kLongestSplit + 1); --end > 0;)
            if (signLength(text.substr(end)) > 0 && m_vocabulary.contains(text.substr(0, end)))
                return end;
        return 0;
    }

    Result<std::string> quoted()
    {
        const std::size_t begin = m_at++;
        std::string token;
        while (!atEnd() && m_text[m_at] != '"') {
            const auto next = rest().substr(1);
            if (m_text[m_at] == '\\' && (next.starts_with('"') || next.starts_with('\\')))
                ++m_at;
            token += m_text[m_at++];
        }
        if (atEnd())
            return invalid(begin, EMBEDSCOPE_TRANSLATE("Error", "the quote is never closed"));
        ++m_at;
        if (!m_vocabulary.contains(token) && !canCompose(token))
            return fail(ErrorCode::UnknownToken, {token});
        return token;
    }

    /// People count characters, from 1.
    [[nodiscard]] tl::unexpected<Error> invalid(std::size_t at, const char* why) const
    {
        std::size_t character = 1;
        for (std::size_t byte = 0; byte < at; ++character)
            nextCodePoint(m_text, byte);
        return fail(ErrorCode::FormulaInvalid, {std::string(m_text), std::to_string(character), why});
    }

    std::string_view m_text;
    const Vocabulary& m_vocabulary;
    const UnknownTokens* m_unknown;
    std::size_t m_at = 0;
    std::size_t m_fieldBegin = 0;
    std::size_t m_fieldEnd = 0;
};

/// The vector of one token as it enters the query.
Result<Eigen::RowVectorXd> operandVector(const std::string& token, Eigen::RowVectorXd vector, Metric metric)
{
    const std::string name = std::string("\"").append(token).append("\"");
    if (!vector.allFinite())
        return fail(ErrorCode::ValueRefused, {name, "part of a query", "its vector holds a NaN or an infinity"});
    if (metric != Metric::Cosine)
        return vector;
    const double norm = vector.norm();
    if (norm == 0)
        return fail(ErrorCode::ValueRefused, {name, "compared by cosine", "its vector is zero and has no direction"});
    return vector / norm;
}

} // namespace

Result<std::vector<FormulaTerm>> parseFormula(std::string_view text, const Vocabulary& vocabulary,
                                              const UnknownTokens* unknown)
{
    for (const std::string_view whole : {text, trimmed(text)})
        if (!whole.empty() && vocabulary.contains(whole))
            return std::vector<FormulaTerm>{{1, std::string(whole)}};
    return FormulaParser(text, vocabulary, unknown).parse();
}

Result<Query> evaluateFormula(std::string_view text, const EmbeddingTable& table, Metric metric)
{
    const UnknownTokens* const unknown = table.unknownTokens().get();
    const auto terms = parseFormula(text, table.vocabulary(), unknown);
    if (!terms)
        return fail(terms.error());
    Eigen::RowVectorXd sum = Eigen::RowVectorXd::Zero(table.dim());
    Query query;
    for (const auto& term : *terms) {
        RowVector raw;
        if (const auto row = table.vocabulary().find(term.token)) {
            raw = table.weights().row(*row);
            query.rows.push_back(*row);
        } else {
            raw = unknown->vectorOf(term.token).value();
            query.composed.push_back(term.token);
        }
        const auto vector = operandVector(term.token, raw.cast<double>(), metric);
        if (!vector)
            return fail(vector.error());
        sum += term.sign * *vector;
    }
    if (metric == Metric::Cosine)
        sum /= static_cast<double>(terms->size());
    query.vector = sum.cast<float>();
    return query;
}

} // namespace embedscope
