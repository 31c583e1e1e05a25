// SPDX-License-Identifier: GPL-3.0-or-later
// Vocabularies in JSON: a list of tokens, a map from tokens to ids, or tokenizer.json of Hugging Face.
#include "core/io/json_vocabulary.h"
#include "core/io/row_metadata.h"

#include <algorithm>
#include <utility>

namespace embedscope {

namespace {

constexpr std::string_view kBlank = " \t\r\n";

Result<RowMetadata> finishList(const VocabularyReader& reader, const MetadataRequest& request)
{
    RowMetadata out;
    out.records = request.inPart ? std::min(reader.listed, request.rows) : reader.listed;
    if (out.records != request.rows)
        return out;
    out.tokens.emplace();
    out.tokens->reserve(out.records, 0);
    for (std::size_t row = 0; row < reader.map.size(); ++row)
        out.tokens->add(reader.map[row]);
    return out;
}

void addNumber(std::vector<Warning>& warnings, WarningCode code, Index count, std::uint64_t first)
{
    if (count > 0)
        warnings.push_back({code, {std::to_string(count), std::to_string(first)}});
}

/// Rows without a token are usual: tables are padded to a round number of rows.
Result<RowMetadata> finishIds(const RowTokens& tokens, const MetadataRequest& request)
{
    const std::string rows = std::to_string(request.rows);
    if (tokens.beyond && !request.inPart)
        return fail(ErrorCode::ShapeMismatch,
                    {request.file.string(), "ids below " + rows + ", the number of rows of " + request.table.string(),
                     *tokens.beyond});
    RowMetadata out;
    out.records = request.rows;
    out.tokens.emplace();
    out.tokens->reserve(request.rows, 0);
    Index unnamed = 0;
    std::size_t firstUnnamed = 0;
    for (std::size_t row = 0; row < tokens.size(); ++row) {
        if (!tokens.named(row) && unnamed++ == 0)
            firstUnnamed = row;
        out.tokens->add(tokens.named(row) ? tokens[row] : nameOfUnnamedRow(static_cast<Index>(row)));
    }
    if (unnamed * 2 > request.rows)
        return fail(ErrorCode::ShapeMismatch,
                    {request.file.string(), rows + " tokens, one for each row of " + request.table.string(),
                     std::to_string(request.rows - unnamed)});
    addNumber(out.warnings, WarningCode::RowsUnnamed, unnamed, firstUnnamed);
    addNumber(out.warnings, WarningCode::IdsRepeated, tokens.repeated, tokens.firstRepeated);
    return out;
}

Result<RowMetadata> finishModel(VocabularyReader& reader, const MetadataRequest& request)
{
    for (const auto& [id, token] : reader.added)
        reader.model.put(token, id, true);
    auto out = finishIds(reader.model, request);
    if (out && !reader.scores.empty()) {
        reader.scores.resize(static_cast<std::size_t>(request.rows), std::numeric_limits<double>::quiet_NaN());
        out->numberColumns.push_back({"score", std::move(reader.scores)});
    }
    return out;
}

/// Behind a text of JSON, or the end.
std::size_t behindString(std::string_view bytes, std::size_t begin)
{
    std::size_t place = begin + 1;
    while (place < bytes.size() && bytes[place] != '"')
        place += bytes[place] == '\\' ? 2U : 1U;
    return std::min(place + 1, bytes.size());
}

} // namespace

bool looksLikeJson(std::string_view bytes)
{
    const std::size_t begin = bytes.find_first_not_of(kBlank);
    if (begin == std::string_view::npos || (bytes[begin] != '{' && bytes[begin] != '['))
        return false;
    const std::size_t item = bytes.find_first_not_of(kBlank, begin + 1);
    if (item == std::string_view::npos || bytes[item] != '"')
        return false;
    const std::size_t next = bytes.find_first_not_of(kBlank, behindString(bytes, item));
    const std::string_view expected = bytes[begin] == '{' ? ":" : ",]";
    return next != std::string_view::npos && expected.find(bytes[next]) != std::string_view::npos;
}

Result<RowMetadata> readJsonMetadata(std::string_view bytes, const MetadataRequest& request)
{
    // The number of rows is a claim of another file; a token takes more than a byte.
    if (request.rows > static_cast<Index>(bytes.size()))
        return fail(ErrorCode::ShapeMismatch,
                    {request.file.string(),
                     std::to_string(request.rows) + " tokens, one for each row of " + request.table.string(),
                     "a file of " + std::to_string(bytes.size()) + " bytes"});
    VocabularyReader reader(request.rows, request.stop);
    const bool parsed = nlohmann::json::sax_parse(bytes, &reader);
    if (request.stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    if (!parsed)
        return fail(ErrorCode::FileDamaged,
                    {request.file.string(), "its JSON", reader.problem.empty() ? "it is refused" : reader.problem});
    if (reader.isList)
        return finishList(reader, request);
    if (reader.hasModel)
        return finishModel(reader, request);
    if (!reader.odd)
        return finishIds(reader.map, request);
    return fail(ErrorCode::FormatRefused,
                {request.file.string(), "this JSON", "the value of \"" + toValidUtf8(*reader.odd) + "\" is no id",
                 "Use a list of tokens, an object of tokens and their ids, or tokenizer.json."});
}

} // namespace embedscope
