// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/raw_floats.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace embedscope {

namespace {

constexpr std::size_t kLeast = 16; // fewer floats look plausible by chance
constexpr std::size_t kLookedAt = 4096;
constexpr float kHuge = 1e6F;
constexpr float kMinute = 1e-15F;
constexpr Index kCommonDims[] = {1024, 768, 512, 384, 300, 256, 200, 192, 150, 128, 100, 96, 64, 50,
                                 48,   40,  32,  25,  24,  20,  16,  12,  10,  8,   5,   4,  3,  2};

std::size_t floatCount(std::string_view bytes)
{
    return bytes.size() % sizeof(float) == 0 ? bytes.size() / sizeof(float) : 0;
}

} // namespace

bool looksLikeRawFloats(std::string_view bytes)
{
    const std::size_t count = floatCount(bytes);
    if (count < kLeast)
        return false;
    std::size_t zeros = 0;
    const std::size_t looked = std::min(count, kLookedAt);
    for (std::size_t i = 0; i < looked; ++i) {
        float value = 0;
        std::memcpy(&value, bytes.data() + i * sizeof(float), sizeof(float));
        const float size = std::abs(value);
        if (!std::isfinite(value) || size > kHuge || (size != 0 && size < kMinute))
            return false;
        zeros += size == 0 ? 1U : 0U;
    }
    return zeros * 2 < looked;
}

std::vector<Index> rawDimensions(std::string_view bytes)
{
    std::vector<Index> dims;
    if (!looksLikeRawFloats(bytes))
        return dims;
    const auto count = static_cast<Index>(floatCount(bytes));
    std::copy_if(std::begin(kCommonDims), std::end(kCommonDims), std::back_inserter(dims),
                 [count](Index dim) { return count % dim == 0 && count / dim > 1; });
    return dims;
}

} // namespace embedscope
