// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/pytorch_state.h"

#include "core/io/pytorch_tensor.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace embedscope {

namespace {

using Refs = std::span<const PickleRef>;

constexpr std::size_t kDeepest = 64; // state dicts are nested three times or four
constexpr std::size_t kLongestName = 1000;
// A tensor is made of a dozen values and more.
constexpr std::size_t kTensorsAlwaysFine = 1024;
constexpr std::size_t kValuesPerTensor = 4;
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

    Result<void> findStorages();
    Result<void> walk(PickleRef value);
    Result<void> walkDict(Refs items);
    Result<void> walkList(Refs items);
    Result<void> step(std::string_view key, PickleRef value);
    void noteVocabularies(Refs dict);
    Result<void> addTensor(PickleRef call);
    [[nodiscard]] tl::unexpected<Error> damaged(const std::string& what) const
    {
        return fail(ErrorCode::FileDamaged, {m_place, "its state dict", what});
    }

    const std::string& m_place;
    const std::stop_token& m_stop;
    PyTorchState m_state;
    PyTorchStorages m_storages;
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
        auto storage = pyTorchStorage(heap(), value, m_place);
        if (!storage)
            return fail(storage.error());
        m_state.storages.push_back(*storage);
        m_storages.emplace(value, std::move(*storage));
    }
    return {};
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
        return makesTensor(heap(), value) ? addTensor(value) : Result<void>();
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
    auto tensor = pyTorchTensor(heap(), call, m_storages, m_place);
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

} // namespace

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
