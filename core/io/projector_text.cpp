// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/strings.h"
#include "core/io/projector_config.h"

#include <algorithm>
#include <utility>

namespace embedscope {

namespace {

constexpr std::size_t kDeepest = 16;

/// One word, sign or string of protobuf's text format.
struct Word
{
    std::string text;
    bool quoted = false;

    [[nodiscard]] bool is(char sign) const { return !quoted && text.size() == 1 && text[0] == sign; }
};

class Words
{
public:
    explicit Words(std::string_view text)
        : m_text(text)
    {
    }

    /// False at the end, and where a string does not end.
    bool next(Word& word)
    {
        skipBlanks();
        if (m_position == m_text.size())
            return false;
        const char first = m_text[m_position];
        word = {};
        if (first == '"' || first == '\'')
            return takeString(word);
        const std::size_t begin = m_position++;
        if (std::string_view("{}<>[]:;,").find(first) == std::string_view::npos)
            m_position = std::min(m_text.find_first_of(" \t\r\n{}<>[]:;,\"'#", m_position), m_text.size());
        word.text = m_text.substr(begin, m_position - begin);
        return true;
    }

private:
    void skipBlanks()
    {
        for (;;) {
            m_position = std::min(m_text.find_first_not_of(" \t\r\n", m_position), m_text.size());
            if (m_position == m_text.size() || m_text[m_position] != '#')
                return;
            m_position = std::min(m_text.find('\n', m_position), m_text.size());
        }
    }

    /// A backslash stands before a quote or another backslash; paths hold no other escapes.
    bool takeString(Word& word)
    {
        const char quote = m_text[m_position++];
        word.quoted = true;
        for (; m_position < m_text.size(); ++m_position) {
            char c = m_text[m_position];
            if (c == quote) {
                ++m_position;
                return true;
            }
            if (c == '\\' && ++m_position < m_text.size())
                c = m_text[m_position];
            word.text += c;
        }
        return false;
    }

    std::string_view m_text;
    std::size_t m_position = 0;
};

void setField(ProjectorEmbedding& embedding, const std::string& name, const Word& value)
{
    if (name == "tensor_name")
        embedding.name = value.text;
    else if (name == "tensor_path")
        embedding.tensorPath = value.text;
    else if (name == "metadata_path")
        embedding.metadataPath = value.text;
    else if (name == "tensor_shape")
        if (const auto size = parseInteger(value.text); size && *size >= 0)
            embedding.shape.push_back(*size);
}

} // namespace

Result<std::vector<ProjectorEmbedding>> parseProjectorText(std::string_view text, const std::string& place)
{
    std::vector<ProjectorEmbedding> embeddings;
    std::vector<std::string> open; // names of the messages that are not closed
    std::string name;
    Words words(text);
    for (Word word; words.next(word);) {
        if (word.is('{') || word.is('<')) {
            open.push_back(std::exchange(name, {}));
            if (open.size() == 1 && open.front() == "embeddings")
                embeddings.emplace_back();
            if (open.size() > kDeepest)
                break;
        } else if (word.is('}') || word.is('>')) {
            if (open.empty())
                return fail(ErrorCode::FileDamaged, {place, "the configuration", "a brace closes nothing"});
            open.pop_back();
            name.clear();
        } else if (word.quoted || std::string_view(":;,[]").find(word.text) == std::string_view::npos) {
            // A value follows its name; a list of values has the same one.
            const bool isName = !word.quoted && (word.text[0] == '_' || (word.text[0] | 0x20) >= 'a');
            if (isName)
                name = word.text;
            else if (open.size() == 1 && open.front() == "embeddings")
                setField(embeddings.back(), name, word);
        }
    }
    if (!open.empty())
        return fail(ErrorCode::FileDamaged, {place, "the configuration", "a brace is never closed"});
    return embeddings;
}

} // namespace embedscope
