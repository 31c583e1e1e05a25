// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/io/matrix_reader.h"
#include "core/io/pytorch_file.h"
#include "core/io/token_list.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace embedscope {

namespace {

constexpr Index kValuesPerChunk = Index{1} << 16;

/// A tensor of two dimensions that holds plain numbers, and how many of its rows are wanted.
struct WantedTable
{
    const PyTorchTensor& tensor;
    ElementLayout layout;
    Index rows;

    [[nodiscard]] Index dim() const { return tensor.shape[1]; }
    [[nodiscard]] std::size_t numberBytes() const { return tensor.storage.type->size; }
    [[nodiscard]] bool isWholeStorage() const
    {
        return tensor.isContiguous() && tensor.offset == 0 &&
               static_cast<std::size_t>(rows * dim()) == tensor.storage.count;
    }
    [[nodiscard]] bool isNativeFloat() const
    {
        return layout.type == ElementType::Float32 && layout.bigEndian == (std::endian::native == std::endian::big);
    }
};

/// The numbers as they come, when they lie one after the other.
Result<Matrix> readContiguous(const PyTorchFile& file, const WantedTable& table, const ReadRequest& request)
{
    Matrix weights(table.rows, table.dim());
    request.progress.start(weights.size());
    if (table.isWholeStorage() && table.isNativeFloat()) {
        auto* out = reinterpret_cast<char*>(weights.data());
        if (const auto read = file.readInto(table.tensor.storage, out, request.stop); !read)
            return fail(read.error());
        request.progress.set(weights.size());
        return weights;
    }
    const auto end = static_cast<Index>(table.tensor.offset) + weights.size();
    Index position = -static_cast<Index>(table.tensor.offset); // of the piece, seen from the first number
    const auto convert = [&](std::string_view piece) {
        const auto count = static_cast<Index>(piece.size() / table.numberBytes());
        const Index first = std::clamp<Index>(-position, 0, count);
        const Index last = std::clamp<Index>(weights.size() - position, 0, count);
        const char* in = piece.data() + static_cast<std::size_t>(first) * table.numberBytes();
        if (last > first) {
            convertToFloat(in, table.layout, last - first, weights.data() + position + first);
            request.progress.add(last - first);
        }
        position += count;
        // To the end where that is near, for the checksum.
        return position < weights.size() || end == static_cast<Index>(table.tensor.storage.count);
    };
    if (const auto read = file.readPieces(table.tensor.storage, convert, request.stop); !read)
        return fail(read.error());
    return weights;
}

/// The numbers of a view, such as a transposed table, out of the whole storage.
Result<Matrix> gather(std::string_view storage, const WantedTable& table, const ReadRequest& request)
{
    Matrix weights(table.rows, table.dim());
    request.progress.start(table.rows);
    const std::size_t size = table.numberBytes();
    parallelFor(table.rows, std::max<Index>(1, kValuesPerChunk / table.dim()), [&](Index begin, Index end) {
        std::string row(static_cast<std::size_t>(table.dim()) * size, '\0');
        for (Index r = begin; r < end && !request.stop.stop_requested(); ++r) {
            const Index first = static_cast<Index>(table.tensor.offset) + r * table.tensor.strides[0];
            for (Index c = 0; c < table.dim(); ++c) {
                const auto at = static_cast<std::size_t>(first + c * table.tensor.strides[1]);
                storage.copy(row.data() + static_cast<std::size_t>(c) * size, size, at * size);
            }
            convertToFloat(row.data(), table.layout, table.dim(), weights.row(r).data());
        }
        request.progress.add(end - begin);
    });
    if (request.stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    return weights;
}

Result<Matrix> readWeights(const PyTorchFile& file, const WantedTable& table, const ReadRequest& request)
{
    const PyTorchTensor& tensor = table.tensor;
    if (const auto bytes = file.inPlace(tensor.storage)) {
        if (!tensor.isContiguous())
            return gather(*bytes, table, request);
        const std::string_view numbers = bytes->substr(tensor.offset * table.numberBytes());
        return readMatrix({numbers, table.layout, tensor.shape[0], table.dim(), false}, table.rows, request);
    }
    if (tensor.isContiguous())
        return readContiguous(file, table, request);
    std::string bytes(tensor.storage.bytes(), '\0');
    if (const auto read = file.readInto(tensor.storage, bytes.data(), request.stop); !read)
        return fail(read.error());
    return gather(bytes, table, request);
}

Result<TableDraft> readTensor(const PyTorchFile& file, const WantedTable& table, const ReadRequest& request)
{
    TableDraft draft;
    const Index rows = table.tensor.shape[0];
    if (auto vocabulary = findVocabulary(file.state(), rows, table.rows)) {
        draft.vocabulary = std::move(*vocabulary);
    } else {
        auto tokens = readTokensBeside(request.path, rows, table.rows, draft.report);
        if (!tokens)
            return fail(tokens.error());
        draft.vocabulary = std::move(*tokens);
    }
    auto weights = readWeights(file, table, request);
    if (!weights)
        return fail(weights.error());
    draft.weights = std::move(*weights);
    draft.report.dtype = table.tensor.storage.type->dtype;
    if (table.rows < rows)
        addLimitFinding(draft.report, table.rows, rows);
    addFindings(draft, rowNumbers(), request.stop);
    return draft;
}

} // namespace

Result<TableDraft> readPyTorchTable(const ReadRequest& request)
{
    const auto file = PyTorchFile::open(request.bytes(), request.place(), request.stop);
    if (!file)
        return fail(file.error());
    const auto index = chooseArray(arraysOf(file->state()), request.options.array, request.place());
    if (!index)
        return fail(index.error());
    const PyTorchTensor& tensor = file->state().tensors[*index];
    const PyTorchStorageType& type = *tensor.storage.type;
    if (!type.element)
        return fail(ErrorCode::FormatRefused,
                    {request.place(), "the type " + std::string(type.dtype) + " of " + tensor.name,
                     "it is not a plain number", "Save the tensor as float32."});
    if (tensor.shape[0] == 0 || tensor.shape[1] == 0)
        return fail(ErrorCode::FileEmpty, {request.place()});
    const WantedTable table{tensor, {*type.element, file->bigEndian()}, request.wanted(tensor.shape[0])};
    auto draft = readTensor(*file, table, request);
    if (draft && file->state().tensors.size() > 1)
        draft->report.array = tensor.name;
    return draft;
}

Result<std::vector<ArrayInfo>> arraysOfPyTorch(const ReadRequest& request)
{
    const auto file = PyTorchFile::open(request.bytes(), request.place(), request.stop);
    if (!file)
        return fail(file.error());
    return arraysOf(file->state());
}

} // namespace embedscope
