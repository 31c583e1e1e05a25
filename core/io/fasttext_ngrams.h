// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace embedscope {

/// FNV-1a over 32 bits, continued from `hash`. Bytes are signed, as fastText has always had them: one of 0x80 and above
/// changes the upper 24 bits too.
constexpr std::uint32_t fastTextHash(std::string_view bytes, std::uint32_t hash = 2166136261U)
{
    for (const char byte : bytes) {
        hash ^= static_cast<std::uint32_t>(static_cast<std::int32_t>(static_cast<std::int8_t>(byte)));
        hash *= 16777619U;
    }
    return hash;
}

/// Calls use(hash) for each n-gram of `minn` to `maxn` characters of "<token>", brackets included, in fastText's order:
/// by beginning, then by length. A bracket alone is none. Stops where use returns false. Characters are UTF-8
/// sequences; stray continuation bytes belong to the character before them.
template <class Use>
void forEachNgram(std::string_view bracketed, int minn, int maxn, const Use& use)
{
    const auto continues = [bracketed](std::size_t i) {
        return i < bracketed.size() && (static_cast<unsigned char>(bracketed[i]) & 0xC0U) == 0x80U;
    };
    for (std::size_t begin = 0; begin < bracketed.size(); ++begin) {
        if (continues(begin))
            continue;
        std::uint32_t hash = fastTextHash({});
        std::size_t end = begin;
        for (int length = 1; end < bracketed.size() && length <= maxn; ++length) {
            const std::size_t last = end++;
            while (continues(end))
                ++end;
            hash = fastTextHash(bracketed.substr(last, end - last), hash);
            const bool bracket = length == 1 && (begin == 0 || end == bracketed.size());
            if (length >= minn && !bracket && !use(hash))
                return;
        }
    }
}

} // namespace embedscope
