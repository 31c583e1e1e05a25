// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/token_list.h"

#include "core/base/strings.h"
#include "core/io/row_metadata.h"
#include "core/io/text_lines.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace embedscope {

namespace {

namespace fs = std::filesystem;

constexpr const char* kWrittenEnding = ".vocab.txt";
constexpr const char* kOwnEndings[] = {kWrittenEnding,    ".tokens.txt", ".vocab",
                                       ".tokenizer.json", ".vocab.json", ".metadata.tsv"};
constexpr const char* kFolderNames[] = {"tokenizer.json", "vocab.json",   "vocab.txt",
                                        "words.tsv",      "metadata.tsv", "labels.tsv"};

bool isFile(const fs::path& path)
{
    std::error_code error;
    return fs::is_regular_file(path, error);
}

std::optional<fs::path> findOwnList(const fs::path& table)
{
    const fs::path plain = table.extension() == ".gz" ? fs::path(table).replace_extension() : table;
    for (const char* ending : kOwnEndings)
        if (auto path = fs::path(plain).replace_extension(ending); isFile(path))
            return path;
    return std::nullopt;
}

std::vector<fs::path> findFolderLists(const fs::path& table)
{
    std::vector<fs::path> found;
    for (const char* name : kFolderNames)
        if (auto path = fs::path(table).replace_filename(name); path != table && isFile(path))
            found.push_back(std::move(path));
    return found;
}

Result<RowMetadata> readFitting(const fs::path& list, const fs::path& table, Index rows, const std::stop_token& stop)
{
    const MetadataRequest request{list, table, rows, stop};
    auto metadata = readRowMetadata(request);
    if (!metadata)
        return metadata;
    if (const auto fine = fitToRows(*metadata, request); !fine)
        return fail(fine.error());
    return metadata;
}

struct FoundList
{
    fs::path path;
    RowMetadata metadata;
};

std::size_t columnCount(const RowMetadata& metadata)
{
    return metadata.columns.size() + metadata.numberColumns.size();
}

bool sameTokens(const FoundList& a, const FoundList& b)
{
    return !a.metadata.tokens || !b.metadata.tokens || *a.metadata.tokens == *b.metadata.tokens;
}

/// The list in the folder that fits the rows beyond doubt; why there is none stands in the report.
Result<std::optional<FoundList>> chooseFolderList(const fs::path& table, Index rows, const std::stop_token& stop,
                                                  LoadReport& report)
{
    std::vector<FoundList> fitting;
    const std::vector<fs::path> lists = findFolderLists(table);
    for (const fs::path& list : lists) {
        auto metadata = readFitting(list, table, rows, stop);
        if (!metadata && metadata.error().code == ErrorCode::Cancelled)
            return fail(metadata.error());
        if (metadata)
            fitting.push_back({list, std::move(*metadata)});
    }
    if (fitting.empty()) {
        if (!lists.empty())
            report.warnings.push_back({WarningCode::TokensUnfit, {lists.front().string()}});
        return std::optional<FoundList>();
    }
    std::string names;
    bool agree = true;
    for (const FoundList& list : fitting) {
        names.append(names.empty() ? "" : ", ").append(list.path.filename().string());
        agree = agree && sameTokens(fitting.front(), list);
    }
    if (!agree) {
        report.warnings.push_back({WarningCode::TokensAmbiguous, {names}});
        return std::optional<FoundList>();
    }
    return std::optional(
        std::move(*std::max_element(fitting.begin(), fitting.end(), [](const FoundList& a, const FoundList& b) {
            return std::pair(a.metadata.tokens.has_value(), columnCount(a.metadata)) <
                   std::pair(b.metadata.tokens.has_value(), columnCount(b.metadata));
        })));
}

Result<std::optional<FoundList>> chooseList(const fs::path& table, Index rows, const std::stop_token& stop,
                                            LoadReport& report)
{
    const auto own = findOwnList(table);
    if (!own)
        return chooseFolderList(table, rows, stop, report);
    auto metadata = readFitting(*own, table, rows, stop);
    if (!metadata)
        return fail(metadata.error());
    return std::optional(FoundList{*own, std::move(*metadata)});
}

Vocabulary numberedRows(Index rows)
{
    Vocabulary vocabulary;
    vocabulary.reserve(rows, static_cast<std::size_t>(rows) * 7);
    for (Index row = 0; row < rows; ++row)
        vocabulary.add(std::to_string(row));
    return vocabulary;
}

Result<void> nameRows(const fs::path& table, Index rows, Index wanted, const std::stop_token& stop, TableDraft& draft)
{
    LoadReport& report = draft.report;
    const auto warned = report.warnings.size();
    auto found = chooseList(table, rows, stop, report);
    if (!found)
        return fail(found.error());
    if (*found) {
        RowMetadata& metadata = (*found)->metadata;
        keepFirst(metadata, wanted);
        report.warnings.insert(report.warnings.end(), metadata.warnings.begin(), metadata.warnings.end());
        draft.columns = std::move(metadata.columns);
        draft.numberColumns = std::move(metadata.numberColumns);
        if (metadata.tokens) {
            draft.vocabulary = std::move(*metadata.tokens);
            report.tokensFrom = (*found)->path.string();
            return {};
        }
    }
    if (report.warnings.size() == warned)
        report.warnings.push_back({WarningCode::TokensMissing, {tokenListPath(table).string()}});
    draft.vocabulary = numberedRows(wanted);
    return {};
}

} // namespace

fs::path tokenListPath(const fs::path& table)
{
    return fs::path(table).replace_extension(kWrittenEnding);
}

Result<void> nameRowsBeside(const ReadRequest& request, Index rows, TableDraft& draft)
{
    if (!request.options.tokens)
        return nameRows(request.path, rows, request.wanted(rows), request.stop, draft);
    draft.vocabulary = numberedRows(request.wanted(rows));
    return {};
}

Result<Vocabulary> readTokensBeside(const fs::path& table, Index rows, Index wanted, LoadReport& report)
{
    TableDraft draft;
    std::swap(draft.report, report);
    const auto named = nameRows(table, rows, wanted, {}, draft);
    std::swap(draft.report, report);
    if (!named)
        return fail(named.error());
    return std::move(draft.vocabulary);
}

Result<std::string> formatTokenList(const Vocabulary& vocabulary, const fs::path& table)
{
    std::string text;
    for (Index row = 0; row < vocabulary.size(); ++row)
        text.append(vocabulary[row]).append("\n");
    const fs::path list = tokenListPath(table);
    const std::stop_token never;
    const MetadataRequest request{list, table, vocabulary.size(), never};
    const std::string_view bytes = std::string_view(text).substr(textBegin(text));
    auto read = looksLikeJson(bytes) ? readJsonMetadata(bytes, request) : readTextMetadata(bytes, request);
    if (read && fitToRows(*read, request) && read->tokens == vocabulary && columnCount(*read) == 0)
        return text;
    return fail(ErrorCode::FormatRefused,
                {table.string(), "a .npy file with a token list",
                 "some tokens hold line breaks or end in a tab and a number, which a list of lines cannot keep",
                 "Choose safetensors, which keeps any text."});
}

} // namespace embedscope
