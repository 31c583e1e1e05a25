// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/strings.h"
#include "core/io/matrix_reader.h"
#include "core/io/piecewise_writer.h"
#include "core/io/safetensors.h"
#include "core/io/safetensors_json.h"
#include "core/io/token_list.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

namespace embedscope {

namespace {

// nn.Embedding's parameter in a module that calls it `embedding`.
constexpr const char* kTensorName = "embedding.weight";
// The key of __metadata__ that holds the tokens: a JSON list within a string, since metadata are strings only.
constexpr const char* kVocabularyKey = "vocabulary";

using Entries = std::vector<const SafetensorsEntry*>;

bool isTable(const SafetensorsEntry& entry)
{
    const auto type = elementFromSafetensorsCode(entry.dtype);
    return entry.shape.size() == 2 && type && isFloatingPoint(*type);
}

template <class Matches>
Entries filtered(const Entries& entries, const Matches& matches)
{
    Entries out;
    std::copy_if(entries.begin(), entries.end(), std::back_inserter(out), matches);
    return out;
}

/// The only 2-D tensor; else the one called embedding.weight; else the only one called *.weight.
Result<const SafetensorsEntry*> chooseTensor(const SafetensorsHeader& header, const std::string& place)
{
    Entries tables;
    for (const SafetensorsEntry& entry : header.entries)
        if (isTable(entry))
            tables.push_back(&entry);
    const auto isNamed = [](const auto* entry) { return entry->name == kTensorName; };
    const auto isWeight = [](const auto* entry) { return entry->name.ends_with(".weight"); };
    for (const Entries& choice : {tables, filtered(tables, isNamed), filtered(tables, isWeight)})
        if (choice.size() == 1)
            return choice.front();
    if (tables.empty())
        return fail(ErrorCode::FormatRefused, {place, "a safetensors file without a 2-D floating-point tensor",
                                               "there is no table in it", "Save a tensor of shape (rows, dim)."});
    std::string names;
    for (const auto* entry : tables)
        names += (names.empty() ? "" : ", ") + entry->name;
    return fail(ErrorCode::FormatRefused, {place, "a safetensors file with several tables", names,
                                           "Save one of them alone, or name it embedding.weight."});
}

Result<Vocabulary> readVocabulary(const std::string& json, Index rows, Index wanted, const std::string& place)
{
    const auto tokens = parseJsonStrings(json);
    if (!tokens)
        return fail(ErrorCode::FileDamaged,
                    {place, "__metadata__", "the value of \"vocabulary\" is not a JSON list of strings"});
    if (std::ssize(*tokens) != rows)
        return fail(ErrorCode::ShapeMismatch,
                    {place + ": vocabulary", std::to_string(rows) + " tokens, one for each row",
                     std::to_string(tokens->size())});
    Vocabulary vocabulary;
    vocabulary.reserve(wanted, 0);
    for (Index row = 0; row < wanted; ++row)
        vocabulary.add((*tokens)[static_cast<std::size_t>(row)]);
    return vocabulary;
}

Result<Vocabulary> findTokens(const SafetensorsHeader& header, const ReadRequest& request, Index rows, Index wanted,
                              LoadReport& report)
{
    if (const auto entry = header.metadata.find(kVocabularyKey); entry != header.metadata.end())
        return readVocabulary(entry->second, rows, wanted, request.place());
    return readTokensBeside(request.path, rows, wanted, report);
}

StoredMatrix storedMatrix(const SafetensorsEntry& entry, const ReadRequest& request)
{
    const ElementType type = elementFromSafetensorsCode(entry.dtype).value_or(ElementType::Float32);
    return {request.bytes().substr(entry.begin, entry.end - entry.begin),
            {type, false},
            entry.shape[0],
            entry.shape[1],
            false};
}

Result<TableDraft> readTensor(const SafetensorsEntry& entry, const SafetensorsHeader& header,
                              const ReadRequest& request)
{
    const StoredMatrix stored = storedMatrix(entry, request);
    if (stored.rows == 0 || stored.dim == 0)
        return fail(ErrorCode::FileEmpty, {request.place()});
    const Index wanted = request.wanted(stored.rows);
    TableDraft draft;
    auto tokens = findTokens(header, request, stored.rows, wanted, draft.report);
    if (!tokens)
        return fail(tokens.error());
    auto weights = readMatrix(stored, wanted, request);
    if (!weights)
        return fail(weights.error());
    draft.weights = std::move(*weights);
    draft.vocabulary = std::move(*tokens);
    draft.report.dtype = elementName(stored.layout.type);
    if (wanted < stored.rows)
        addLimitFinding(draft.report, wanted, stored.rows);
    addFindings(draft, rowNumbers(), request.stop);
    return draft;
}

/// FormatRefused at the first token that JSON cannot hold.
Result<std::string> vocabularyJson(const Vocabulary& vocabulary, const std::string& place)
{
    auto json = nlohmann::json::array();
    for (Index row = 0; row < vocabulary.size(); ++row) {
        if (firstInvalidUtf8(vocabulary[row]))
            return fail(ErrorCode::FormatRefused,
                        {place, "safetensors", "the token of row " + std::to_string(row) + " is not UTF-8",
                         "Choose .npy or word2vec-bin, which keep any bytes."});
        json.push_back(vocabulary[row]);
    }
    return json.dump();
}

} // namespace

bool recognisesSafetensors(std::string_view bytes)
{
    return startsAsSafetensors(bytes);
}

Result<TableDraft> readSafetensorsTable(const ReadRequest& request)
{
    const auto header = readSafetensorsHeader(request.bytes(), request.place());
    if (!header)
        return fail(header.error());
    const auto entry = chooseTensor(*header, request.place());
    if (!entry)
        return fail(entry.error());
    return readTensor(**entry, *header, request);
}

Result<WrittenFiles> writeSafetensorsTable(const WriteRequest& request)
{
    auto json = vocabularyJson(request.table.vocabulary(), request.path.string());
    if (!json)
        return fail(json.error());
    const std::vector<TensorView> tensors{viewOf(kTensorName, request.table.weights())};
    const auto layout = layOutSafetensors(tensors, {{kVocabularyKey, std::move(*json)}}, request.path.string());
    if (!layout)
        return fail(layout.error());
    auto file = AtomicFile::create(request.path);
    if (!file)
        return fail(file.error());
    if (const auto written = file->write(layout->header); !written)
        return fail(written.error());
    if (const auto written = writePiecewise(*file, tensors.front().bytes, request.stop, request.progress); !written)
        return fail(written.error());
    if (const auto done = file->commit(); !done)
        return fail(done.error());
    return WrittenFiles{request.path};
}

} // namespace embedscope
