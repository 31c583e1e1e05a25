// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/strings.h"
#include "core/io/array_choice.h"
#include "core/io/matrix_reader.h"
#include "core/io/piecewise_writer.h"
#include "core/io/safetensors.h"
#include "core/io/safetensors_json.h"
#include "core/io/token_list.h"

#include <nlohmann/json.hpp>
#include <utility>

namespace embedscope {

namespace {

// nn.Embedding's parameter in a module that calls it `embedding`.
constexpr const char* kTensorName = "embedding.weight";
// The key of __metadata__ that holds the tokens: a JSON list within a string, since metadata are strings only.
constexpr const char* kVocabularyKey = "vocabulary";

std::vector<ArrayInfo> arraysOf(const SafetensorsHeader& header)
{
    std::vector<ArrayInfo> arrays;
    for (const SafetensorsEntry& entry : header.entries) {
        const auto type = elementFromSafetensorsCode(entry.dtype);
        arrays.push_back({entry.name, entry.shape, type ? std::string(elementName(*type)) : entry.dtype,
                          type && isFloatingPoint(*type)});
    }
    return arrays;
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

Result<void> nameRows(const SafetensorsHeader& header, const ReadRequest& request, Index rows, TableDraft& draft)
{
    const auto entry = header.metadata.find(kVocabularyKey);
    if (entry == header.metadata.end())
        return nameRowsBeside(request, rows, draft);
    auto tokens = readVocabulary(entry->second, rows, request.wanted(rows), request.place());
    if (!tokens)
        return fail(tokens.error());
    draft.vocabulary = std::move(*tokens);
    return {};
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
    if (const auto named = nameRows(header, request, stored.rows, draft); !named)
        return fail(named.error());
    auto weights = readWeights(stored, wanted, request);
    if (!weights)
        return fail(weights.error());
    draft.weights = std::move(*weights);
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
    const auto index = chooseArray(arraysOf(*header), request.options.array, request.place());
    if (!index)
        return fail(index.error());
    const SafetensorsEntry& entry = header->entries[*index];
    if (!elementFromSafetensorsCode(entry.dtype))
        return fail(ErrorCode::FormatRefused, {request.place(), "the type " + entry.dtype + " of " + entry.name,
                                               "it is not a plain number", "Save the tensor as float32."});
    auto draft = readTensor(entry, *header, request);
    if (draft && header->entries.size() > 1)
        draft->report.array = entry.name;
    return draft;
}

Result<std::vector<ArrayInfo>> arraysOfSafetensors(const ReadRequest& request)
{
    const auto header = readSafetensorsHeader(request.bytes(), request.place());
    if (!header)
        return fail(header.error());
    return arraysOf(*header);
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
