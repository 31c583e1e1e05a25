// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/pytorch_writer.h"

#include "core/base/strings.h"
#include "core/io/pickle_writer.h"
#include "core/io/pytorch_names.h"
#include "core/io/registry.h"
#include "core/io/zip_writer.h"

#include <bit>
#include <utility>

namespace embedscope {

namespace {

using Op = PickleOpcode;

constexpr const char* kTensorName = "embedding.weight";
constexpr const char* kVocabulary = "vocabulary";
constexpr const char* kFolder = "archive/";
constexpr std::size_t kAlignment = 64;
constexpr std::size_t kLongestText = 0xFFFFFFFF;

Result<void> check(const std::vector<TensorView>& tensors, const std::vector<PyTorchTexts>& texts,
                   const std::string& place)
{
    for (const TensorView& tensor : tensors) {
        if (pyTorchStorageClass(tensor.type).empty())
            return fail(ErrorCode::FormatRefused,
                        {place, "an array of " + std::string(elementName(tensor.type)),
                         "PyTorch has no such type of number", "Choose .npz or safetensors."});
        if (firstInvalidUtf8(tensor.name) || tensor.name.size() > kLongestText)
            return fail(ErrorCode::FormatRefused, {place, "a PyTorch file", "the name of a tensor is not UTF-8",
                                                   "Choose .npz, which keeps any name."});
    }
    for (const PyTorchTexts& list : texts)
        for (std::size_t row = 0; row < list.texts.size(); ++row)
            if (firstInvalidUtf8(list.texts[row]) || list.texts[row].size() > kLongestText)
                return fail(ErrorCode::FormatRefused,
                            {place, "a PyTorch file",
                             "the text of row " + std::to_string(row) + " in its " + list.name + " is not UTF-8",
                             "Choose .npy or .npz, which keep any bytes."});
    return {};
}

/// A call that puts a tensor together from the storage of number `index`.
void putTensor(PickleWriter& out, const TensorView& tensor, std::size_t index)
{
    const auto count = static_cast<Index>(tensor.bytes.size() / elementSize(tensor.type));
    std::vector<Index> strides(tensor.shape.size(), 1);
    for (std::size_t i = strides.size(); i-- > 1;)
        strides[i - 1] = strides[i] * tensor.shape[i];
    out.putName("torch._utils", "_rebuild_tensor_v2").put(Op::Mark);
    out.put(Op::Mark).putText("storage").putName("torch", pyTorchStorageClass(tensor.type));
    out.putText(std::to_string(index)).putText("cpu").putInteger(count).put(Op::Tuple).put(Op::BinPersId);
    out.putInteger(0).putTuple(tensor.shape).putTuple(strides).put(Op::NewFalse);  // no gradient
    out.putName("collections", "OrderedDict").put(Op::EmptyTuple).put(Op::Reduce); // no hooks
    out.put(Op::Tuple).put(Op::Reduce);
}

std::string pickleOf(const std::vector<TensorView>& tensors, const std::vector<PyTorchTexts>& texts)
{
    PickleWriter out;
    out.putName("collections", "OrderedDict").put(Op::EmptyTuple).put(Op::Reduce);
    out.put(Op::Mark);
    for (std::size_t i = 0; i < tensors.size(); ++i)
        putTensor(out.putText(tensors[i].name), tensors[i], i);
    out.put(Op::SetItems);
    if (!texts.empty()) {
        out.put(Op::EmptyDict).put(Op::Mark);
        for (const PyTorchTexts& list : texts) {
            out.putText(list.name).put(Op::EmptyList).put(Op::Mark);
            for (const std::string_view text : list.texts)
                out.putText(text);
            out.put(Op::Appends);
        }
        out.put(Op::SetItems).put(Op::Build);
    }
    return out.finish();
}

Result<void> writeEntries(ZipWriter& zip, const std::string& pickle, const std::vector<TensorView>& tensors,
                          const ZipEntryOptions& options)
{
    constexpr std::string_view kOrder = std::endian::native == std::endian::big ? "big" : "little";
    const std::string folder = kFolder;
    // PyTorch looks for this name first.
    if (const auto added = zip.add(folder + "data.pkl", pickle, {}, options); !added)
        return added;
    if (const auto added = zip.add(folder + "byteorder", kOrder, {}, options); !added)
        return added;
    for (std::size_t i = 0; i < tensors.size(); ++i)
        if (const auto added = zip.add(folder + "data/" + std::to_string(i), tensors[i].bytes, {}, options); !added)
            return added;
    return zip.add(folder + "version", "3\n", {}, options);
}

} // namespace

PyTorchTexts textsOf(const std::string& name, const Vocabulary& vocabulary)
{
    PyTorchTexts list{name, {}};
    list.texts.reserve(static_cast<std::size_t>(vocabulary.size()));
    for (Index row = 0; row < vocabulary.size(); ++row)
        list.texts.push_back(vocabulary[row]);
    return list;
}

Result<void> writePyTorch(const std::vector<TensorView>& tensors, const std::vector<PyTorchTexts>& texts,
                          const std::filesystem::path& path, const std::stop_token& stop, Progress& progress)
{
    if (const auto fine = check(tensors, texts, path.string()); !fine)
        return fine;
    const std::string pickle = pickleOf(tensors, texts);
    std::size_t bytes = pickle.size();
    for (const TensorView& tensor : tensors)
        bytes += tensor.bytes.size();
    progress.start(static_cast<std::int64_t>(bytes));
    auto file = AtomicFile::create(path);
    if (!file)
        return fail(file.error());
    ZipWriter zip(*file);
    if (const auto written = writeEntries(zip, pickle, tensors, {kAlignment, stop, &progress}); !written)
        return written;
    if (const auto finished = zip.finish(); !finished)
        return finished;
    return file->commit();
}

Result<WrittenFiles> writePyTorchTable(const WriteRequest& request)
{
    const auto written =
        writePyTorch({viewOf(kTensorName, request.table.weights())}, {textsOf(kVocabulary, request.table.vocabulary())},
                     request.path, request.stop, request.progress);
    if (!written)
        return fail(written.error());
    return WrittenFiles{request.path};
}

} // namespace embedscope
