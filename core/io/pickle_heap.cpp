// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/pickle_heap.h"

#include <limits>

namespace embedscope {

namespace {

// Small integers are shared: a list of them has two bytes of pickle for each.
constexpr PickleRef kFirstSmall = PickleHeap::kEmptyTuple + 1;
constexpr std::int64_t kSmallIntegers = 256;

// A value with a place of its own takes three bytes of pickle and more; a container, eight. What a small pickle may
// hold in any case fits into a megabyte.
constexpr std::size_t kAlwaysFine = std::size_t{1} << 14U;
constexpr std::size_t kBytesPerValue = 3;
constexpr std::size_t kBytesPerContainer = 8;

constexpr auto kNoContainer = std::numeric_limits<std::uint64_t>::max();

} // namespace

PickleHeap::PickleHeap(std::string_view bytes, std::span<const std::string_view> names)
    : m_bytes(bytes)
    , m_names(names)
{
    m_values = {{PickleKind::None, 0, 0},  {PickleKind::Bool, 0, 0},     {PickleKind::Bool, 0, 1},
                {PickleKind::Float, 0, 0}, {PickleKind::LargeInt, 0, 0}, {PickleKind::Tuple, 0, 0}};
    for (std::int64_t i = 0; i < kSmallIntegers; ++i)
        add({PickleKind::Int, 0, static_cast<std::uint64_t>(i)});
}

PickleRef PickleHeap::add(const Value& value)
{
    m_values.push_back(value);
    return static_cast<PickleRef>(m_values.size() - 1);
}

PickleRef PickleHeap::addInteger(std::int64_t value)
{
    if (value >= 0 && value < kSmallIntegers)
        return kFirstSmall + static_cast<PickleRef>(value);
    return add({PickleKind::Int, 0, static_cast<std::uint64_t>(value)});
}

PickleRef PickleHeap::addText(PickleKind kind, std::string_view text)
{
    const auto begin = static_cast<std::uint64_t>(text.data() - m_bytes.data());
    return add({kind, static_cast<std::uint32_t>(text.size()), begin});
}

PickleRef PickleHeap::addName(std::size_t index)
{
    return add({PickleKind::Name, 0, index});
}

PickleRef PickleHeap::addFixed(PickleKind kind, std::span<const PickleRef> items)
{
    const std::uint64_t begin = m_links.size();
    m_links.insert(m_links.end(), items.begin(), items.end());
    return add({kind, static_cast<std::uint32_t>(items.size()), begin});
}

PickleRef PickleHeap::addCall(PickleRef name, PickleRef arguments)
{
    const PickleRef items[] = {name, arguments};
    return addFixed(PickleKind::Call, items);
}

PickleRef PickleHeap::addPersistent(PickleRef identifier)
{
    return addFixed(PickleKind::Persistent, {&identifier, 1});
}

PickleRef PickleHeap::addContainer(PickleKind kind)
{
    return add({kind, 0, kNoContainer});
}

void PickleHeap::append(PickleRef container, std::span<const PickleRef> items)
{
    Value& value = m_values[container];
    if (items.empty())
        return;
    if (value.begin == kNoContainer) {
        value.begin = m_containers.size();
        m_containers.emplace_back();
    }
    std::vector<PickleRef>& all = m_containers[value.begin];
    all.insert(all.end(), items.begin(), items.end());
    m_containerLinks += items.size();
}

std::optional<std::int64_t> PickleHeap::integer(PickleRef value) const
{
    const Value& found = m_values[value];
    if (found.kind != PickleKind::Int && found.kind != PickleKind::Bool)
        return std::nullopt;
    return static_cast<std::int64_t>(found.begin);
}

std::optional<std::string_view> PickleHeap::text(PickleRef value) const
{
    const Value& found = m_values[value];
    if (found.kind == PickleKind::Name)
        return m_names[found.begin];
    if (found.kind != PickleKind::String && found.kind != PickleKind::Bytes)
        return std::nullopt;
    return m_bytes.substr(found.begin, found.size);
}

std::span<const PickleRef> PickleHeap::items(PickleRef value) const
{
    const Value& found = m_values[value];
    switch (found.kind) {
    case PickleKind::Tuple:
    case PickleKind::Call:
    case PickleKind::Persistent:
        return std::span(m_links).subspan(found.begin, found.size);
    case PickleKind::List:
    case PickleKind::Set:
    case PickleKind::Dict:
        return found.begin == kNoContainer ? std::span<const PickleRef>() : std::span(m_containers[found.begin]);
    default:
        return {};
    }
}

std::optional<PickleRef> PickleHeap::attributes(PickleRef value) const
{
    const auto found = m_attributes.find(value);
    return found == m_attributes.end() ? std::nullopt : std::optional(found->second);
}

bool PickleHeap::overfull(std::size_t bytes) const
{
    return m_values.size() > kAlwaysFine + bytes / kBytesPerValue ||
           m_containers.size() > kAlwaysFine + bytes / kBytesPerContainer || links() > kAlwaysFine + 2 * bytes ||
           m_values.size() >= std::numeric_limits<PickleRef>::max() / 2;
}

} // namespace embedscope
