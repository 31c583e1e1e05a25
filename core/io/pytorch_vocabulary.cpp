// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/pytorch_state.h"

#include <limits>

namespace embedscope {

namespace {

using Texts = std::vector<std::string_view>;

std::optional<Texts> textsOfList(const PickleHeap& heap, PickleRef list)
{
    Texts texts;
    for (const PickleRef item : heap.items(list)) {
        if (heap.kind(item) != PickleKind::String)
            return std::nullopt;
        texts.push_back(*heap.text(item));
    }
    return texts;
}

/// From tokens to rows, or from rows to tokens; every row exactly once.
std::optional<Texts> textsOfDict(const PickleHeap& heap, PickleRef dict)
{
    const auto items = heap.items(dict);
    const std::size_t rows = items.size() / 2;
    Texts texts(rows);
    std::vector<bool> seen(rows);
    for (std::size_t i = 0; i < items.size(); i += 2) {
        const bool tokenFirst = heap.kind(items[i]) == PickleKind::String;
        const PickleRef token = items[i + (tokenFirst ? 0 : 1)];
        const auto row = heap.integer(items[i + (tokenFirst ? 1 : 0)]);
        if (heap.kind(token) != PickleKind::String || !row || *row < 0 || static_cast<std::size_t>(*row) >= rows ||
            seen[static_cast<std::size_t>(*row)])
            return std::nullopt;
        seen[static_cast<std::size_t>(*row)] = true;
        texts[static_cast<std::size_t>(*row)] = *heap.text(token);
    }
    return texts;
}

std::optional<Texts> textsOf(const PickleHeap& heap, PickleRef value, std::size_t rows)
{
    const PickleKind kind = heap.kind(value);
    const std::size_t size = heap.items(value).size();
    if ((kind == PickleKind::List || kind == PickleKind::Tuple) && size == rows)
        return textsOfList(heap, value);
    if (kind == PickleKind::Dict && size == 2 * rows)
        return textsOfDict(heap, value);
    return std::nullopt;
}

} // namespace

std::optional<Vocabulary> findVocabulary(const PyTorchState& state, Index rows, Index wanted)
{
    for (const PickleRef candidate : state.vocabularies) {
        const auto texts = textsOf(state.pickle.heap, candidate, static_cast<std::size_t>(rows));
        if (!texts)
            continue;
        Vocabulary vocabulary;
        vocabulary.reserve(wanted, 0);
        for (Index row = 0; row < wanted; ++row)
            vocabulary.add((*texts)[static_cast<std::size_t>(row)]);
        return vocabulary;
    }
    return std::nullopt;
}

} // namespace embedscope
