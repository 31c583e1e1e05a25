// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/row_estimate.h"

#include "core/io/text_lines.h"

#include <algorithm>

namespace embedscope {

namespace {

constexpr std::size_t kCountedBytes = std::size_t{4} << 20U;
constexpr std::size_t kSamples = 32;
constexpr std::size_t kSampleBytes = std::size_t{64} << 10U;

Index countRows(std::string_view text, const std::stop_token& stop)
{
    Index rows = 0;
    for (std::size_t position = 0; position < text.size() && !stop.stop_requested();)
        rows += withoutTrailingBlanks(nextLine(text, position)).empty() ? 0 : 1;
    return rows;
}

} // namespace

RowEstimate estimateRows(std::string_view text, std::uint64_t allBytes, const std::stop_token& stop)
{
    if (text.size() == allBytes && text.size() <= kCountedBytes)
        return {countRows(text, stop), true};
    std::size_t lines = 0;
    std::size_t bytes = 0;
    const std::size_t length = std::min(kSampleBytes, text.size());
    const std::size_t room = text.size() - length;
    for (std::size_t i = 0; i < kSamples && !stop.stop_requested(); ++i) {
        const std::string_view sample = text.substr(room / (kSamples - 1) * i, length);
        lines += static_cast<std::size_t>(std::count(sample.begin(), sample.end(), '\n'));
        bytes += sample.size();
    }
    if (lines == 0)
        return {1, false};
    return {static_cast<Index>(static_cast<double>(allBytes) * static_cast<double>(lines) / static_cast<double>(bytes)),
            false};
}

} // namespace embedscope
