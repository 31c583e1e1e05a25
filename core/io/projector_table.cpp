// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/strings.h"
#include "core/io/csv_rows.h"
#include "core/io/matrix_reader.h"
#include "core/io/projector_config.h"
#include "core/io/projector_metadata.h"
#include "core/io/token_list.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <utility>

namespace embedscope {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kSampleBytes = 65536;

/// A file of vectors, and what its configuration says of it.
struct Tensor
{
    const ReadRequest& request; // of the file of vectors
    fs::path metadata;          // empty where there is none
    std::optional<Index> rows;
    std::optional<Index> dim;
};

Result<void> readTokens(const Tensor& tensor, Index rows, TableDraft& draft)
{
    if (!tensor.metadata.empty())
        return readProjectorMetadata(tensor.metadata, rows, tensor.request, draft);
    if (draft.vocabulary.size() == draft.weights.rows())
        return {};
    auto tokens = readTokensBeside(tensor.request.path, rows, draft.weights.rows(), draft.report);
    if (!tokens)
        return fail(tokens.error());
    draft.vocabulary = std::move(*tokens);
    return {};
}

tl::unexpected<Error> withoutDim(const ReadRequest& request)
{
    return fail(ErrorCode::FormatRefused,
                {request.place(), "a file of float32 numbers without a header",
                 "it does not say how many of them make a row",
                 "Give the number of dimensions, or put the projector_config.json beside it that names it."});
}

Result<TableDraft> readRaw(const Tensor& tensor)
{
    const ReadRequest& request = tensor.request;
    if (!tensor.dim)
        return withoutDim(request);
    if (*tensor.dim < 1)
        return fail(ErrorCode::ValueRefused,
                    {"The number of dimensions", std::to_string(*tensor.dim), "a row has at least one"});
    const std::string_view bytes = request.bytes();
    const Index dim = *tensor.dim;
    const auto values = static_cast<Index>(bytes.size() / sizeof(float));
    if (bytes.size() % sizeof(float) != 0 || values % dim != 0)
        return fail(ErrorCode::ShapeMismatch, {request.place(), "rows of " + std::to_string(dim) + " float32 numbers",
                                               std::to_string(bytes.size()) + " bytes"});
    const Index rows = values / dim;
    if (tensor.rows && *tensor.rows != rows)
        return fail(ErrorCode::ShapeMismatch,
                    {request.place(), std::to_string(*tensor.rows) + " rows of " + std::to_string(dim) + " numbers",
                     std::to_string(rows)});
    const Index wanted = request.wanted(rows);
    auto weights = readMatrix({bytes, {}, rows, dim, false}, wanted, request);
    if (!weights)
        return fail(weights.error());
    TableDraft draft;
    draft.weights = std::move(*weights);
    if (const auto read = readTokens(tensor, rows, draft); !read)
        return fail(read.error());
    draft.report.dtype = elementName(ElementType::Float32);
    if (wanted < rows)
        addLimitFinding(draft.report, wanted, rows);
    addFindings(draft, rowNumbers(), request.stop);
    return draft;
}

Result<TableDraft> readText(const Tensor& tensor)
{
    const ReadRequest& request = tensor.request;
    ReadOptions options = request.options;
    options.header = false;
    const auto layout = findCsvLayout(request.bytes(), options, CsvContent::AnyTable);
    if (!layout)
        return fail(ErrorCode::FormatRefused,
                    {request.place(), "a file of vectors of the Embedding Projector",
                     "it is neither numbers between tabs nor as large as its shape says", "Export it again."});
    const Index dim = layout->count(ColumnRole::Value);
    if (tensor.dim && *tensor.dim != dim)
        return fail(ErrorCode::ShapeMismatch,
                    {request.place(), std::to_string(*tensor.dim) + " numbers a row", std::to_string(dim)});
    return readCsvRows(request, *layout, [&](TableDraft& draft, const std::function<Index()>& rowsInFile) {
        const Index rows = rowsInFile();
        if (tensor.rows)
            addRowCountFindings(draft.report, rows, *tensor.rows);
        return readTokens(tensor, rows, draft);
    });
}

/// Vectors as bytes are no text, but for a few files of some numbers.
bool isRaw(std::string_view bytes, const std::vector<Index>& shape)
{
    const std::string_view start = bytes.substr(0, kSampleBytes);
    const bool fits = shape.size() == 2 && shape[1] > 0 && bytes.size() % sizeof(float) == 0 &&
                      std::cmp_equal(bytes.size() / sizeof(float) / static_cast<std::size_t>(shape[1]), shape[0]);
    return start.find('\0') != std::string_view::npos || (fits && firstInvalidUtf8(start));
}

std::optional<Index> sizeAt(const std::vector<Index>& shape, std::size_t i)
{
    return shape.size() == 2 ? std::optional(shape[i]) : std::nullopt;
}

Result<const ProjectorEmbedding*> chooseEmbedding(const std::vector<ProjectorEmbedding>& embeddings,
                                                  const ReadRequest& request)
{
    const std::string& wanted = request.options.array;
    if (wanted.empty() && embeddings.size() == 1)
        return &embeddings.front();
    std::string names;
    for (const ProjectorEmbedding& embedding : embeddings) {
        if (!wanted.empty() && embedding.name == wanted)
            return &embedding;
        names.append(names.empty() ? "" : ", ").append(embedding.name);
    }
    if (wanted.empty())
        return fail(ErrorCode::ArrayNeeded, {request.place(), names});
    return fail(ErrorCode::ValueRefused,
                {"The array to read", wanted, request.place() + " names no embedding like that (" + names + ")"});
}

Result<TableDraft> readEmbedding(const ProjectorEmbedding& embedding, const ReadRequest& request)
{
    if (embedding.tensorPath.empty())
        return fail(ErrorCode::FormatRefused,
                    {request.place(), "the embedding " + embedding.name, "its vectors lie in a TensorFlow checkpoint",
                     "Save them with tensor_path, or as .npy."});
    const auto path = projectorFile(request.path, embedding.tensorPath);
    if (!path)
        return fail(path.error());
    fs::path metadata;
    if (!embedding.metadataPath.empty()) {
        auto found = projectorFile(request.path, embedding.metadataPath);
        if (!found)
            return fail(found.error());
        metadata = std::move(*found);
    }
    const auto file = Source::open(*path);
    if (!file)
        return fail(file.error());
    const ReadRequest inner{*path, *file, request.options, request.stop, request.progress};
    const Tensor tensor{inner, metadata, sizeAt(embedding.shape, 0), sizeAt(embedding.shape, 1)};
    return isRaw(file->bytes(), embedding.shape) ? readRaw(tensor) : readText(tensor);
}

bool isPlausible(float value)
{
    return value == 0.0F || (std::abs(value) >= 1e-12F && std::abs(value) <= 1e6F);
}

} // namespace

bool recognisesProjector(std::string_view bytes)
{
    return startsAsProjectorConfig(bytes);
}

Result<std::vector<ArrayInfo>> arraysOfProjector(const ReadRequest& request)
{
    const auto embeddings = parseProjectorConfig(request.bytes(), request.place());
    if (!embeddings)
        return fail(embeddings.error());
    std::vector<ArrayInfo> arrays;
    for (const ProjectorEmbedding& embedding : *embeddings)
        arrays.push_back({embedding.name, embedding.shape, std::string(elementName(ElementType::Float32)), true});
    return arrays;
}

Result<TableDraft> readProjectorTable(const ReadRequest& request)
{
    const auto embeddings = parseProjectorConfig(request.bytes(), request.place());
    if (!embeddings)
        return fail(embeddings.error());
    const auto chosen = chooseEmbedding(*embeddings, request);
    if (!chosen)
        return fail(chosen.error());
    auto draft = readEmbedding(**chosen, request);
    if (draft && embeddings->size() > 1)
        draft->report.array = (*chosen)->name;
    return draft;
}

/// Numbers without a magic: no plain text, nearly all of the first ones are of a size that weights have, and not only
/// zeros.
bool recognisesProjectorBytes(std::string_view bytes)
{
    const std::string_view start = bytes.substr(0, kSampleBytes);
    const auto isPlain = [](char c) { return static_cast<unsigned char>(c) < 0x80U && c != '\0'; };
    if (bytes.size() % sizeof(float) != 0 || std::all_of(start.begin(), start.end(), isPlain))
        return false;
    std::size_t plausible = 0;
    std::size_t zeros = 0;
    const std::size_t count = start.size() / sizeof(float);
    for (std::size_t i = 0; i < count; ++i) {
        float value = 0;
        std::memcpy(&value, start.data() + i * sizeof(float), sizeof(float));
        plausible += isPlausible(value) ? 1U : 0U;
        zeros += value == 0.0F ? 1U : 0U;
    }
    return count >= 2 && plausible * 100 >= count * 99 && zeros * 2 < count;
}

Result<TableDraft> readProjectorBytes(const ReadRequest& request)
{
    const auto embedding = findProjectorEmbedding(request.path);
    if (!embedding)
        return fail(embedding.error());
    Tensor tensor{request, {}, std::nullopt, request.options.dim};
    if (*embedding && !tensor.dim) {
        tensor.rows = sizeAt((*embedding)->shape, 0);
        tensor.dim = sizeAt((*embedding)->shape, 1);
    }
    if (*embedding && !(*embedding)->metadataPath.empty()) {
        auto metadata = projectorFile(request.path, (*embedding)->metadataPath);
        if (!metadata)
            return fail(metadata.error());
        tensor.metadata = std::move(*metadata);
    }
    return readRaw(tensor);
}

} // namespace embedscope
