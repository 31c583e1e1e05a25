// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace embedscope {

/// Number of a value in a PickleHeap.
using PickleRef = std::uint32_t;

enum class PickleKind : std::uint8_t {
    None,
    Bool,
    Int,
    LargeInt, // beyond 64 bits; its value is not kept
    Float,    // its value is not kept
    String,
    Bytes,
    Tuple,
    List,
    Set,
    Dict,       // an OrderedDict as well
    Name,       // of something that is allowed to be named; it is a text and nothing else
    Call,       // a name and the arguments that it would be called with; nothing is called
    Persistent, // what an identifier stands for that the file resolves, such as a storage
};

/// The values of a pickle, side by side: deep nesting costs no recursion when they go away, and values may hold each
/// other in circles. Texts are views of the pickle's bytes.
class EMBEDSCOPE_EXPORT PickleHeap
{
public:
    /// `bytes` and `names` must outlive the heap.
    PickleHeap(std::string_view bytes, std::span<const std::string_view> names);

    [[nodiscard]] PickleKind kind(PickleRef value) const { return m_values[value].kind; }
    /// Of an Int or Bool.
    [[nodiscard]] std::optional<std::int64_t> integer(PickleRef value) const;
    /// Of a String or Bytes, or the "module.name" of a Name.
    [[nodiscard]] std::optional<std::string_view> text(PickleRef value) const;
    /// What a Tuple, List or Set holds; keys and values of a Dict in turn; name and arguments of a Call, where the
    /// arguments are a Tuple; the identifier of a Persistent. Empty for others.
    [[nodiscard]] std::span<const PickleRef> items(PickleRef value) const;
    /// The attributes that were set on a Dict: another Dict.
    [[nodiscard]] std::optional<PickleRef> attributes(PickleRef value) const;
    [[nodiscard]] std::size_t size() const { return m_values.size(); }
    /// How many values stand in others.
    [[nodiscard]] std::size_t links() const { return m_links.size() + m_containerLinks; }
    /// Whether there are more values than `bytes` of pickle have any use for.
    [[nodiscard]] bool overfull(std::size_t bytes) const;

    // Values that need no place of their own.
    static constexpr PickleRef kNone = 0;
    static constexpr PickleRef kFalse = 1;
    static constexpr PickleRef kTrue = 2;
    static constexpr PickleRef kFloat = 3;
    static constexpr PickleRef kLargeInt = 4;
    static constexpr PickleRef kEmptyTuple = 5;

    PickleRef addInteger(std::int64_t value);
    PickleRef addText(PickleKind kind, std::string_view text); // a part of the bytes
    PickleRef addName(std::size_t index);                      // of the names
    PickleRef addTuple(std::span<const PickleRef> items) { return addFixed(PickleKind::Tuple, items); }
    PickleRef addCall(PickleRef name, PickleRef arguments);
    PickleRef addPersistent(PickleRef identifier);
    /// A List, Set or Dict.
    PickleRef addContainer(PickleKind kind);
    void append(PickleRef container, std::span<const PickleRef> items);
    void setAttributes(PickleRef dict, PickleRef attributes) { m_attributes[dict] = attributes; }

private:
    struct Value
    {
        PickleKind kind = PickleKind::None;
        std::uint32_t size = 0;  // of a text, or of what never changes
        std::uint64_t begin = 0; // in the bytes or links; else the integer, name or container
    };
    PickleRef add(const Value& value);
    PickleRef addFixed(PickleKind kind, std::span<const PickleRef> items);

    std::string_view m_bytes;
    std::span<const std::string_view> m_names;
    std::vector<Value> m_values;
    std::vector<PickleRef> m_links;                   // the items of tuples, calls and persistents
    std::vector<std::vector<PickleRef>> m_containers; // of what can grow
    std::size_t m_containerLinks = 0;
    std::map<PickleRef, PickleRef> m_attributes;
};

} // namespace embedscope
