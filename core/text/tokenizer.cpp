// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/tokenizer.h"

#include "core/base/strings.h"
#include "core/text/ascii_match.h"
#include "core/text/code_points.h"
#include "core/text/symbol_rules.h"
#include "core/text/word_rules.h"

namespace embedscope {

namespace {

constexpr std::size_t kLongestField = 65536;

class Splitter
{
public:
    Splitter(const TokenizerOptions& options, const std::function<void(std::string_view)>& visit)
        : m_options(options)
        , m_visit(visit)
    {
    }

    void split(std::string_view text)
    {
        std::size_t position = 0;
        while (position < text.size())
            if (!plainField(text, position))
                anyField(text, position);
    }

private:
    /// Most fields are ASCII letters and digits between blanks: they need no rules. False, and nothing done, for
    /// others.
    bool plainField(std::string_view text, std::size_t& position)
    {
        std::size_t end = position;
        while (end < text.size() && end - position < kLongestField && isAsciiAlphanumeric(byteAt(text, end)))
            ++end;
        if (end < text.size() && byteAt(text, end) > U' ')
            return false;
        if (end > position) {
            m_token.assign(text, position, end - position);
            if (m_options.lower_case)
                for (char& c : m_token)
                    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
            m_visit(m_token);
        }
        position = end < text.size() ? end + 1 : end;
        return true;
    }

    void anyField(std::string_view text, std::size_t& position)
    {
        m_cells.clear();
        while (position < text.size() && m_cells.size() < kLongestField) {
            const bool ascii = byteAt(text, position) < 0x80;
            const char32_t code = ascii ? byteAt(text, position++) : nextCodePoint(text, position);
            const CharClass kind = classOf(code);
            if (kind == CharClass::Space)
                break;
            const bool escape =
                code == U'\\' && position < text.size() && (text[position] == '/' || text[position] == '*');
            if (kind != CharClass::Ignored && !escape)
                m_cells.push_back({code, kind});
        }
        for (std::size_t i = 0; i < m_cells.size();)
            i = tokenAt(i);
    }

    /// Hands out the token, or the parts of the contraction, at `begin`; returns where the next begins.
    std::size_t tokenAt(std::size_t begin)
    {
        const CharClass kind = m_cells[begin].kind;
        if (kind == CharClass::Symbol) {
            const SymbolToken token = symbolToken(m_cells, begin);
            emit(begin, token.end, token.word);
            return token.end;
        }
        if (!isWord(m_cells[begin]))
            return eastAsian(begin);
        if (std::size_t end = std::max(addressEnd(m_cells, begin), keycapEnd(m_cells, begin)); end > begin) {
            emit(begin, end, false);
            return end;
        }
        return word(begin);
    }

    std::size_t word(std::size_t begin)
    {
        const std::size_t end = wordEnd(m_cells, begin);
        for (const std::size_t cut : contractionCuts(m_cells, begin, end)) {
            emit(begin, cut, true);
            begin = cut;
        }
        emit(begin, end, true);
        return end;
    }

    /// One Han or Hiragana character, or a run of Katakana, with their marks.
    std::size_t eastAsian(std::size_t begin)
    {
        const bool run = m_cells[begin].kind == CharClass::Katakana;
        const auto belongs = [&](const Cell& cell) {
            return cell.kind == CharClass::Mark || (run && cell.kind == CharClass::Katakana);
        };
        std::size_t end = begin + 1;
        while (end < m_cells.size() && belongs(m_cells[end]))
            ++end;
        emit(begin, end, false);
        return end;
    }

    void emit(std::size_t begin, std::size_t end, bool word)
    {
        m_token.clear();
        for (std::size_t i = begin; i < end; ++i) {
            char32_t code = m_cells[i].code;
            if (word && isApostrophe(code))
                code = U'\'';
            else if (word && isHyphen(code))
                code = U'-';
            appendUtf8(m_token, m_options.lower_case ? toLower(code) : code);
        }
        m_visit(m_token);
    }

    const TokenizerOptions& m_options;
    const std::function<void(std::string_view)>& m_visit;
    std::vector<Cell> m_cells;
    std::string m_token;

    static char32_t byteAt(std::string_view text, std::size_t i)
    {
        return static_cast<char32_t>(static_cast<unsigned char>(text[i]));
    }
};

} // namespace

std::vector<std::string> tokenize(std::string_view text, const TokenizerOptions& options)
{
    std::vector<std::string> tokens;
    forEachToken(text, options, [&tokens](std::string_view token) { tokens.emplace_back(token); });
    return tokens;
}

void forEachToken(std::string_view text, const TokenizerOptions& options,
                  const std::function<void(std::string_view)>& visit)
{
    Splitter(options, visit).split(text);
}

} // namespace embedscope
