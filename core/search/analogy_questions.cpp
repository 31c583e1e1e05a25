// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/strings.h"
#include "core/search/analogy.h"
#include "core/search/text_line.h"

#include <filesystem>

namespace embedscope {

namespace {

constexpr Index kLinesPerLook = 1024;

std::int32_t numberOf(std::string_view word, Vocabulary& words)
{
    const auto known = words.find(word);
    return static_cast<std::int32_t>(known ? *known : words.add(word));
}

/// gensim's line.lstrip(': ').strip()
std::string headerName(std::string_view line)
{
    const std::size_t begin = line.find_first_not_of(": ");
    return begin == std::string_view::npos ? std::string() : std::string(withoutBlanks(line.substr(begin)));
}

class Reader
{
public:
    explicit Reader(const std::string& path)
        : m_path(path)
    {
    }

    void read(std::string_view line, Index number)
    {
        if (line.starts_with(": "))
            m_found.sections.push_back({headerName(line), {}});
        else
            readQuestion(wordsOf(line), number);
    }

    AnalogyQuestions take() && { return std::move(m_found); }

private:
    void readQuestion(const std::vector<std::string_view>& words, Index number)
    {
        if (words.empty())
            return;
        if (words.size() != 4) {
            ++m_found.skippedLines;
            if (m_found.firstSkippedLine == 0)
                m_found.firstSkippedLine = number;
            return;
        }
        if (m_found.sections.empty())
            m_found.sections.push_back({std::filesystem::path(m_path).stem().string(), {}});
        const auto word = [&](std::size_t i) { return numberOf(words[i], m_found.words); };
        m_found.sections.back().questions.push_back({word(0), word(1), word(2), word(3)});
    }

    const std::string& m_path;
    AnalogyQuestions m_found;
};

} // namespace

Index AnalogyQuestions::size() const
{
    std::size_t count = 0;
    for (const auto& section : sections)
        count += section.questions.size();
    return static_cast<Index>(count);
}

Result<AnalogyQuestions> parseAnalogies(std::string_view text, const std::string& path, std::stop_token stop)
{
    Reader reader(path);
    Index number = 0;
    for (std::size_t position = 0; position < text.size();) {
        const std::string_view line = takeLine(text, position);
        if (++number % kLinesPerLook == 0 && stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        if (firstInvalidUtf8(line))
            return fail(ErrorCode::FileNotText, {path, "line " + std::to_string(number)});
        reader.read(line, number);
    }
    auto found = std::move(reader).take();
    if (found.size() == 0)
        return fail(ErrorCode::FormatRefused, {path, "A list of analogies without a question", "no line has four words",
                                               "Write a question as: Athens Greece Oslo Norway."});
    return found;
}

} // namespace embedscope
