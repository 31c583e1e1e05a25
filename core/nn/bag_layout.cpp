// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/bag_layout.h"

#include <algorithm>
#include <string>

namespace embedscope::detail {

namespace {

Result<void> refuseOffset(std::int64_t value, std::string allowed)
{
    return fail(ErrorCode::ValueRefused, {"offsets", std::to_string(value), std::move(allowed)});
}

Result<void> checkEnd(const Bags& bags)
{
    const auto size = static_cast<std::int64_t>(bags.indices.size());
    const std::int64_t last = bags.offsets.back();
    if (last > size)
        return refuseOffset(last, "there are only " + std::to_string(size) + " indices");
    if (bags.include_last_offset && last != size)
        return refuseOffset(last, "the last offset is the number of indices, " + std::to_string(size));
    return {};
}

} // namespace

Result<void> checkOffsets(const Bags& bags)
{
    if (bags.offsets.empty()) {
        if (bags.include_last_offset || !bags.indices.empty())
            return fail(ErrorCode::ValueRefused, {"offsets", "empty", "the first bag starts at 0"});
        return {};
    }
    if (bags.offsets.front() != 0)
        return refuseOffset(bags.offsets.front(), "the first bag starts at 0");
    const auto fall = std::adjacent_find(bags.offsets.begin(), bags.offsets.end(), std::greater<>());
    if (fall != bags.offsets.end())
        return refuseOffset(*(fall + 1), "it follows " + std::to_string(*fall) + ", and offsets never fall");
    return checkEnd(bags);
}

Index bagCount(const Bags& bags)
{
    return static_cast<Index>(bags.offsets.size()) - (bags.include_last_offset ? 1 : 0);
}

BagRange bagRange(const Bags& bags, Index bag)
{
    const auto first = static_cast<std::size_t>(bag);
    const bool hasNext = first + 1 < bags.offsets.size();
    return {bags.offsets[first], hasNext ? bags.offsets[first + 1] : static_cast<Index>(bags.indices.size())};
}

std::vector<std::int32_t> bagOfPositions(const Bags& bags)
{
    std::vector<std::int32_t> out(bags.indices.size());
    for (Index bag = 0; bag < bagCount(bags); ++bag) {
        const BagRange range = bagRange(bags, bag);
        std::fill(out.begin() + range.begin, out.begin() + range.end, static_cast<std::int32_t>(bag));
    }
    return out;
}

Index countEntries(const Bags& bags, BagRange range, std::optional<std::int64_t> padding)
{
    if (!padding)
        return range.end - range.begin;
    const auto begin = bags.indices.begin();
    return range.end - range.begin - std::count(begin + range.begin, begin + range.end, *padding);
}

} // namespace embedscope::detail
