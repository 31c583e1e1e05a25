// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/pytorch_state.h"

#include "core/io/tensor_view.h"

#include <algorithm>
#include <limits>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace embedscope {

namespace {

using Refs = std::span<const PickleRef>;

constexpr std::size_t kDeepest = 64; // state dicts are nested three times or four
constexpr std::size_t kMostExtents = 16;
constexpr std::size_t kLongestName = 1000;
// A tensor is made of a dozen values and more.
constexpr std::size_t kTensorsAlwaysFine = 1024;
constexpr std::size_t kValuesPerTensor = 4;
constexpr std::size_t kMostWrappers = 8; // Parameter around tensor
constexpr std::size_t kMostVocabularies = 64;
constexpr std::size_t kVisitsBetweenLooks = 4096;
constexpr std::size_t kAlwaysVisited = std::size_t{1} << 16U;

constexpr std::string_view kVocabularyKeys[] = {"vocabulary", "vocab",    "tokens",       "words",       "itos",
                                                "stoi",       "word2idx", "word2id",      "token2id",    "token_to_id",
                                                "idx2word",   "id2word",  "index_to_key", "key_to_index"};

/// The way from the root to a value.
class Path
{
public:
    void push(std::string_view step)
    {
        m_lengths.push_back(m_text.size());
        m_text.append(m_text.empty() ? "" : ".").append(step);
    }
    void pop()
    {
        m_text.resize(m_lengths.back());
        m_lengths.pop_back();
    }
    [[nodiscard]] std::size_t length() const { return m_text.size(); }
    [[nodiscard]] std::size_t depth() const { return m_lengths.size(); }
    [[nodiscard]] std::string name() const { return m_text.empty() ? "tensor" : m_text; }

private:
    std::string m_text;
    std::vector<std::size_t> m_lengths;
};

/// Walks through the values from the root and collects what counts.
class Finder
{
public:
    Finder(Pickle pickle, const std::string& place, const std::stop_token& stop)
        : m_place(place)
        , m_stop(stop)
        , m_state{std::move(pickle), {}, {}, {}}
    {
    }

    Result<PyTorchState> run();

private:
    [[nodiscard]] const PickleHeap& heap() const { return m_state.pickle.heap; }
    [[nodiscard]] std::optional<std::string_view> calleeOf(PickleRef value) const;
    [[nodiscard]] Refs argumentsOf(PickleRef call) const { return heap().items(heap().items(call)[1]); }

    Result<void> findStorages();
    Result<PyTorchStorage> storageOf(PickleRef persistent) const;
    Result<void> walk(PickleRef value);
    Result<void> walkDict(Refs items);
    Result<void> walkList(Refs items);
    Result<void> step(std::string_view key, PickleRef value);
    void noteVocabularies(Refs dict);
    Result<void> addTensor(PickleRef call);
    Result<PyTorchTensor> tensorOf(PickleRef call) const;
    Result<std::vector<Index>> extentsOf(PickleRef value) const;
    [[nodiscard]] tl::unexpected<Error> damaged(const std::string& what) const
    {
        return fail(ErrorCode::FileDamaged, {m_place, "its state dict", what});
    }

    const std::string& m_place;
    const std::stop_token& m_stop;
    PyTorchState m_state;
    std::unordered_map<PickleRef, PyTorchStorage> m_storages;
    std::unordered_set<std::string> m_names;
    Path m_path;
    std::size_t m_visits = 0;
};

Result<PyTorchState> Finder::run()
{
    if (const auto found = findStorages(); !found)
        return fail(found.error());
    if (const auto walked = walk(m_state.pickle.root); !walked)
        return fail(walked.error());
    return std::move(m_state);
}

Result<void> Finder::findStorages()
{
    for (PickleRef value = 0; value < heap().size(); ++value) {
        if (heap().kind(value) != PickleKind::Persistent)
            continue;
        auto storage = storageOf(value);
        if (!storage)
            return fail(storage.error());
        m_state.storages.push_back(*storage);
        m_storages.emplace(value, std::move(*storage));
    }
    return {};
}

/// ("storage", type, key, device, count) and, in the legacy layout, None or (key of the view, offset, count).
Result<PyTorchStorage> Finder::storageOf(PickleRef persistent) const
{
    const Refs fields = heap().items(heap().items(persistent).front());
    if ((fields.size() != 5 && fields.size() != 6) || heap().text(fields[0]) != "storage")
        return damaged("a value outside the pickle is no storage");
    PyTorchStorage storage;
    if (const auto name = heap().text(fields[1]); name && heap().kind(fields[1]) == PickleKind::Name)
        storage.type = pyTorchStorageType(*name);
    const auto key = heap().text(fields[2]);
    const auto count = heap().integer(fields[4]);
    if (storage.type == nullptr || !key || !count || *count < 0 ||
        *count > std::numeric_limits<std::int64_t>::max() / 16)
        return damaged("a storage is described wrongly");
    storage.key = *key;
    storage.count = static_cast<std::size_t>(*count);
    if (fields.size() == 6 && fields[5] != PickleHeap::kNone) {
        const Refs view = heap().items(fields[5]);
        const auto offset = view.size() == 3 ? heap().integer(view[1]) : std::nullopt;
        if (!offset || *offset < 0 || *offset > *count)
            return damaged("the view of a storage is described wrongly");
        storage.offset = static_cast<std::size_t>(*offset);
    }
    return storage;
}

std::optional<std::string_view> Finder::calleeOf(PickleRef value) const
{
    return heap().kind(value) == PickleKind::Call ? heap().text(heap().items(value)[0]) : std::nullopt;
}

Result<void> Finder::walk(PickleRef value)
{
    const Refs items = heap().items(value);
    switch (heap().kind(value)) {
    case PickleKind::Dict:
        if (const auto attributes = heap().attributes(value))
            noteVocabularies(heap().items(*attributes));
        return walkDict(items);
    case PickleKind::List:
    case PickleKind::Tuple:
        return walkList(items);
    case PickleKind::Call:
        if (const auto callee = calleeOf(value); callee && callee->starts_with("torch._utils._rebuild"))
            return addTensor(value);
        return {};
    default:
        return {};
    }
}

Result<void> Finder::walkDict(Refs items)
{
    noteVocabularies(items);
    for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
        const auto number = heap().integer(items[i]);
        // A key that is neither text nor number is known by its position.
        const std::string counted = std::to_string(number.value_or(static_cast<std::int64_t>(i / 2)));
        if (const auto done = step(heap().text(items[i]).value_or(counted), items[i + 1]); !done)
            return done;
    }
    return {};
}

Result<void> Finder::walkList(Refs items)
{
    for (std::size_t i = 0; i < items.size(); ++i)
        if (const auto done = step(std::to_string(i), items[i]); !done)
            return done;
    return {};
}

Result<void> Finder::step(std::string_view key, PickleRef value)
{
    // Values may be shared, and so a small pickle may describe a tree without end.
    if (++m_visits > kAlwaysVisited + 2 * heap().links())
        return damaged("its values hold each other too often");
    if (m_visits % kVisitsBetweenLooks == 0 && m_stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    const PickleKind kind = heap().kind(value);
    if (kind != PickleKind::Dict && kind != PickleKind::List && kind != PickleKind::Tuple && kind != PickleKind::Call)
        return {};
    if (m_path.depth() == kDeepest)
        return damaged("its values are nested too deeply");
    if (m_path.length() + key.size() > kLongestName)
        return damaged("a name is longer than " + std::to_string(kLongestName) + " bytes");
    m_path.push(key);
    auto walked = walk(value);
    m_path.pop();
    return walked;
}

void Finder::noteVocabularies(Refs dict)
{
    for (std::size_t i = 0; i + 1 < dict.size() && m_state.vocabularies.size() < kMostVocabularies; i += 2) {
        const auto key = heap().text(dict[i]);
        if (key && std::find(std::begin(kVocabularyKeys), std::end(kVocabularyKeys), *key) != std::end(kVocabularyKeys))
            m_state.vocabularies.push_back(dict[i + 1]);
    }
}

Result<void> Finder::addTensor(PickleRef call)
{
    // A parameter is its tensor.
    for (std::size_t i = 0; calleeOf(call).value_or("").starts_with("torch._utils._rebuild_parameter"); ++i) {
        const Refs arguments = argumentsOf(call);
        if (arguments.empty() || i == kMostWrappers)
            return damaged("a parameter has no tensor");
        call = arguments.front();
    }
    auto tensor = tensorOf(call);
    if (!tensor)
        return fail(tensor.error());
    tensor->name = m_path.name();
    if (!m_names.insert(tensor->name).second)
        return damaged("two tensors have the name " + tensor->name);
    m_state.tensors.push_back(std::move(*tensor));
    if (m_state.tensors.size() > kTensorsAlwaysFine + heap().size() / kValuesPerTensor)
        return damaged("it has more tensors than values that make them");
    return {};
}

/// Whether the last number of a tensor lies in its storage.
bool fits(const PyTorchTensor& tensor)
{
    const std::size_t count = tensor.storage.count;
    std::size_t last = tensor.offset;
    for (std::size_t i = 0; i < tensor.shape.size(); ++i) {
        const auto steps = static_cast<std::size_t>(tensor.shape[i]) - 1;
        const auto stride = static_cast<std::size_t>(tensor.strides[i]);
        if (last >= count || (steps != 0 && stride > (count - last) / steps))
            return false;
        last += steps * stride;
    }
    return last < count;
}

/// _rebuild_tensor_v2(storage, offset, size, stride, requires_grad, hooks), of which _rebuild_tensor has the first
/// four.
Result<PyTorchTensor> Finder::tensorOf(PickleRef call) const
{
    const auto callee = calleeOf(call).value_or("");
    if (!callee.starts_with("torch._utils._rebuild_tensor"))
        return damaged("a parameter has no tensor");
    const Refs arguments = argumentsOf(call);
    const auto storage = arguments.size() >= 4 ? m_storages.find(arguments[0]) : m_storages.end();
    if (storage == m_storages.end())
        return damaged("a tensor has no storage");
    const auto offset = heap().integer(arguments[1]);
    auto shape = extentsOf(arguments[2]);
    auto strides = extentsOf(arguments[3]);
    if (!offset || *offset < 0 || !shape || !strides || shape->size() != strides->size())
        return damaged("offset, size or stride of a tensor is no number");
    PyTorchTensor tensor{
        {}, storage->second, static_cast<std::size_t>(*offset), std::move(*shape), std::move(*strides)};
    tensor.offset += tensor.storage.offset;
    const auto count = elementCount(tensor.shape);
    if (!count || (*count > 0 && !fits(tensor)))
        return damaged("a tensor of shape " + shapeText(tensor.shape) + " reaches beyond its storage of " +
                       std::to_string(tensor.storage.count) + " numbers");
    if (*count > tensor.storage.count)
        return fail(ErrorCode::FormatRefused,
                    {m_place, "an expanded tensor of shape " + shapeText(tensor.shape), "its numbers are stored once",
                     "In Python, call .contiguous() on it before saving."});
    return tensor;
}

Result<std::vector<Index>> Finder::extentsOf(PickleRef value) const
{
    // torch.Size((3, 4)) is the tuple.
    if (calleeOf(value) == "torch.Size" && argumentsOf(value).size() == 1)
        value = argumentsOf(value).front();
    const Refs items = heap().items(value);
    std::vector<Index> extents;
    if ((heap().kind(value) != PickleKind::Tuple && heap().kind(value) != PickleKind::List) ||
        items.size() > kMostExtents)
        return damaged("a shape is no list of numbers");
    for (const PickleRef item : items) {
        const auto number = heap().integer(item);
        if (!number || *number < 0)
            return damaged("a shape is no list of numbers");
        extents.push_back(*number);
    }
    return extents;
}

} // namespace

bool PyTorchTensor::isContiguous() const
{
    Index expected = 1;
    for (std::size_t i = shape.size(); i-- > 0;) {
        if (shape[i] != 1 && strides[i] != expected)
            return false;
        expected *= shape[i];
    }
    return true;
}

Result<PyTorchState> findTensors(Pickle pickle, const std::string& place, const std::stop_token& stop)
{
    return Finder(std::move(pickle), place, stop).run();
}

std::vector<ArrayInfo> arraysOf(const PyTorchState& state)
{
    std::vector<ArrayInfo> arrays;
    for (const PyTorchTensor& tensor : state.tensors) {
        const PyTorchStorageType& type = *tensor.storage.type;
        arrays.push_back(
            {tensor.name, tensor.shape, std::string(type.dtype), type.element && isFloatingPoint(*type.element)});
    }
    return arrays;
}

} // namespace embedscope
