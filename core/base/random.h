// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"

#include <array>
#include <cstdint>
#include <span>
#include <utility>

namespace embedscope {

/// Everything a Random needs to go on exactly where it stopped.
struct RandomState
{
    std::array<std::uint64_t, 4> words{};
    double spare_normal = 0;
    bool has_spare = false;
    bool operator==(const RandomState&) const = default;
};

/// xoshiro256++ (Blackman and Vigna 2019), seeded by splitmix64. Our own distributions, because those of the standard
/// library differ between implementations, and a run must be repeatable everywhere.
class EMBEDSCOPE_EXPORT Random
{
public:
    explicit Random(std::uint64_t seed = 0);

    std::uint64_t next();
    /// Uniform in [0, 1), 53 bits.
    double uniform();
    /// Uniform in [low, high), in steps of float32; `low` where the two are equal.
    float uniform(float low, float high);
    /// Standard normal, by Marsaglia's polar method.
    double normal();
    /// Uniform integer in [0, bound), without bias (Lemire 2019); bound > 0.
    std::uint64_t below(std::uint64_t bound);

    /// Fisher-Yates.
    template <class T>
    void shuffle(std::span<T> items)
    {
        for (std::size_t i = items.size(); i > 1; --i)
            std::swap(items[i - 1], items[below(i)]);
    }

    [[nodiscard]] const RandomState& state() const { return m_state; }
    void setState(const RandomState& state) { m_state = state; }

private:
    RandomState m_state;
};

} // namespace embedscope
