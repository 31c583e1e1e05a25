// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "core/text/data_set.h"

#include <memory>

namespace embedscope::testing {

/// `sentences` of up to 7 words from `rows` rows in three classes; the words of a class are a third of the rows, so
/// that a classifier can learn them. Row 0 is never a word.
inline std::shared_ptr<const DataSet> smallData(std::int64_t sentences = 90, std::int64_t rows = 31)
{
    Random random(7);
    DataSet data;
    data.offsets.push_back(0);
    for (std::int64_t i = 0; i < sentences; ++i) {
        const auto label = static_cast<std::int32_t>(i % 3);
        const auto length = 1 + random.below(7);
        for (std::uint64_t w = 0; w < length; ++w) {
            const auto third = static_cast<std::uint64_t>((rows - 1) / 3);
            data.tokens.push_back(
                1 + static_cast<std::int64_t>(static_cast<std::uint64_t>(label) * third + random.below(third)));
        }
        data.offsets.push_back(static_cast<std::int64_t>(data.tokens.size()));
        data.labels.push_back(label);
    }
    return std::make_shared<const DataSet>(std::move(data));
}

inline Matrix smallTable(Index rows = 31, Index dim = 8)
{
    Random random(3);
    Matrix weight(rows, dim);
    for (Index i = 0; i < weight.size(); ++i)
        weight.data()[i] = static_cast<float>(random.normal());
    return weight;
}

} // namespace embedscope::testing
