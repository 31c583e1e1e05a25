// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/token_list.h"

#include "core/base/strings.h"
#include "core/io/mapped_file.h"
#include "core/io/text_lines.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace embedscope {

namespace {

namespace fs = std::filesystem;

constexpr const char* kWrittenEnding = ".vocab.txt";

/// The first token list that exists.
std::optional<fs::path> findTokenList(const fs::path& table)
{
    std::vector<fs::path> candidates;
    for (const char* ending : {kWrittenEnding, ".tokens.txt", ".vocab"})
        candidates.push_back(fs::path(table).replace_extension(ending));
    candidates.push_back(fs::path(table).replace_filename("vocab.txt"));
    std::error_code error;
    const auto found = std::find_if(candidates.begin(), candidates.end(),
                                    [&error](const fs::path& path) { return fs::is_regular_file(path, error); });
    return found == candidates.end() ? std::nullopt : std::optional(*found);
}

/// Where a count behind a tab begins, or npos.
std::size_t countBegin(std::string_view line)
{
    const std::size_t last = line.find_last_not_of("0123456789");
    const bool counted = last != std::string_view::npos && line[last] == '\t' && last + 1 < line.size();
    return counted ? last : std::string_view::npos;
}

/// An empty line is an empty token, as padding rows often have it.
std::vector<std::string_view> splitLines(std::string_view text)
{
    std::vector<std::string_view> lines;
    for (std::size_t position = textBegin(text); position < text.size();)
        lines.push_back(nextLine(text, position));
    return lines;
}

void dropCounts(std::vector<std::string_view>& lines)
{
    const auto isCounted = [](std::string_view line) { return countBegin(line) != std::string_view::npos; };
    if (std::all_of(lines.begin(), lines.end(), isCounted))
        for (std::string_view& line : lines)
            line = line.substr(0, countBegin(line));
}

Vocabulary numberedRows(Index rows)
{
    Vocabulary vocabulary;
    vocabulary.reserve(rows, static_cast<std::size_t>(rows) * 7);
    for (Index row = 0; row < rows; ++row)
        vocabulary.add(std::to_string(row));
    return vocabulary;
}

Result<Vocabulary> readTokenList(const fs::path& path, const fs::path& table, Index rows, Index wanted)
{
    const auto file = MappedFile::open(path);
    if (!file && file.error().code != ErrorCode::FileEmpty)
        return fail(file.error());
    std::vector<std::string_view> lines = splitLines(file ? file->bytes() : std::string_view());
    if (std::ssize(lines) != rows)
        return fail(ErrorCode::ShapeMismatch,
                    {path.string(), std::to_string(rows) + " tokens, one for each row of " + table.string(),
                     std::to_string(lines.size())});
    dropCounts(lines);
    Vocabulary vocabulary;
    vocabulary.reserve(wanted, 0);
    for (Index row = 0; row < wanted; ++row)
        vocabulary.add(lines[static_cast<std::size_t>(row)]);
    return vocabulary;
}

} // namespace

fs::path tokenListPath(const fs::path& table)
{
    return fs::path(table).replace_extension(kWrittenEnding);
}

Result<Vocabulary> readTokensBeside(const fs::path& table, Index rows, Index wanted, LoadReport& report)
{
    if (const auto list = findTokenList(table))
        return readTokenList(*list, table, rows, wanted);
    report.warnings.push_back({WarningCode::TokensMissing, {tokenListPath(table).string()}});
    return numberedRows(wanted);
}

Result<std::string> formatTokenList(const Vocabulary& vocabulary, const fs::path& table)
{
    std::string text;
    for (Index row = 0; row < vocabulary.size(); ++row)
        text.append(vocabulary[row]).append("\n");
    std::vector<std::string_view> lines = splitLines(text);
    dropCounts(lines);
    bool same = std::ssize(lines) == vocabulary.size();
    Index row = 0;
    for (; same && row < vocabulary.size(); ++row)
        same = lines[static_cast<std::size_t>(row)] == vocabulary[row];
    if (same)
        return text;
    return fail(ErrorCode::FormatRefused,
                {table.string(), "a .npy file with a token list",
                 "some tokens hold line breaks or end in a tab and a number, which a list of lines cannot keep",
                 "Choose safetensors, which keeps any text."});
}

} // namespace embedscope
