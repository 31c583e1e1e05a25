// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/io/table_files.h"

#include <cstdint>
#include <type_traits>

// fastText models, byte by byte.

namespace embedscope {

/// An integer, little-endian.
template <class T>
std::string numberBytes(T value)
{
    const auto bits = static_cast<std::make_unsigned_t<T>>(value);
    std::string out;
    for (std::size_t i = 0; i < sizeof(T); ++i)
        out += static_cast<char>(static_cast<unsigned char>(bits >> (8 * i) & 0xFFU));
    return out;
}

inline std::string int32Bytes(std::initializer_list<std::int32_t> values)
{
    std::string out;
    for (const std::int32_t value : values)
        out += numberBytes(value);
    return out;
}

inline std::string denseMatrixBytes(std::int64_t rows, std::int64_t dim, const std::string& values)
{
    return numberBytes(rows) + numberBytes(dim) + values;
}

struct FastTextEntry
{
    std::string token;
    std::int64_t count = 1;
    bool label = false;
};

struct FastTextBytes
{
    std::int32_t version = 12; // 0: the layout before there was a magic number
    std::int32_t dim = 2;
    std::int32_t model = 2; // skip-gram; 3: supervised
    std::int32_t buckets = 5;
    std::int32_t minn = 2;
    std::int32_t maxn = 2;
    std::vector<FastTextEntry> entries;
    std::int64_t keptNgrams = -1;
    std::string kept;
    bool quantised = false;
    std::string input;
    bool quantisedOutput = false;
    std::string output = denseMatrixBytes(1, 2, floatBytes({0, 0}));

    [[nodiscard]] std::string bytes() const
    {
        std::string out = version == 0 ? std::string() : int32Bytes({793712314, version});
        // dim, window, epochs, least count, negatives, word n-grams, loss, model, buckets, minn, maxn, update rate
        out += int32Bytes({dim, 5, 5, 1, 5, 1, 2, model, buckets, minn, maxn, 100});
        out += numberBytes(std::bit_cast<std::uint64_t>(1e-4));
        out += dictionary();
        if (version != 0)
            out += numberBytes(static_cast<std::int8_t>(quantised));
        out += input;
        if (version != 0)
            out += numberBytes(static_cast<std::int8_t>(quantisedOutput));
        return out + output;
    }

private:
    [[nodiscard]] std::string dictionary() const
    {
        std::int32_t labels = 0;
        for (const FastTextEntry& entry : entries)
            labels += entry.label ? 1 : 0;
        const auto size = static_cast<std::int32_t>(entries.size());
        std::string out = int32Bytes({size, size - labels, labels}) + numberBytes(std::int64_t{1000});
        if (version != 0)
            out += numberBytes(keptNgrams);
        for (const FastTextEntry& entry : entries)
            out += entry.token + '\0' + numberBytes(entry.count) + numberBytes(static_cast<std::int8_t>(entry.label));
        return out + kept;
    }
};

} // namespace embedscope
