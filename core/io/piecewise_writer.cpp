// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/piecewise_writer.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <vector>

namespace embedscope {

namespace {

constexpr std::size_t kPieceBytes = std::size_t{1} << 22U;
// About 2 ms of formatting.
constexpr Index kValuesPerChunk = Index{1} << 15;
constexpr Index kChunksAtOnce = 32;

/// The quick way for most vectors that are published, which have a few decimals; null where `value` is none of these.
/// Two decimals of up to six digits never stand for the same float32, so the one that does is the shortest there is,
/// which std::to_chars() would find as well. From 0.001 on it prefers this notation to an exponent.
char* writeShortDecimal(char* out, float value)
{
    constexpr double kScale = 1e5;
    constexpr std::uint32_t kLeast = 100;
    constexpr std::uint32_t kMost = 1'000'000;
    constexpr int kDecimals = 5;
    const double size = std::abs(static_cast<double>(value));
    if (!(size < kMost / kScale))
        return nullptr;
    const auto scaled = static_cast<std::uint32_t>(size * kScale + 0.5);
    if (scaled < kLeast || scaled >= kMost || static_cast<float>(scaled / kScale) != std::abs(value))
        return nullptr;
    if (value < 0)
        *out++ = '-';
    constexpr std::uint32_t kOne = 100'000;
    *out++ = static_cast<char>('0' + scaled / kOne);
    std::uint32_t fraction = scaled % kOne;
    if (fraction == 0)
        return out;
    *out++ = '.';
    for (int i = kDecimals; i-- > 0; fraction /= 10)
        out[i] = static_cast<char>('0' + fraction % 10);
    out += kDecimals;
    while (out[-1] == '0')
        --out;
    return out;
}

} // namespace

Result<void> writePiecewise(AtomicFile& file, std::string_view bytes, const std::stop_token& stop, Progress& progress)
{
    progress.start(static_cast<std::int64_t>(bytes.size()));
    for (std::size_t done = 0; done < bytes.size();) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        const std::string_view piece = bytes.substr(done, kPieceBytes);
        if (const auto written = file.write(piece); !written)
            return written;
        done += piece.size();
        progress.set(static_cast<std::int64_t>(done));
    }
    return {};
}

void appendNumber(std::string& out, float value)
{
    std::array<char, 32> buffer{};
    char* end = writeShortDecimal(buffer.data(), value);
    if (end == nullptr)
        end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    out.append(buffer.data(), end);
}

Result<void> writeRows(AtomicFile& file, Index rows, Index dim, const FormatRows& format, const std::stop_token& stop,
                       Progress& progress)
{
    const Index grain = std::max<Index>(1, kValuesPerChunk / std::max<Index>(1, dim));
    std::vector<std::string> parts(static_cast<std::size_t>(kChunksAtOnce));
    progress.start(rows);
    for (Index first = 0; first < rows; first += grain * kChunksAtOnce) {
        const Index count = std::min(rows - first, grain * kChunksAtOnce);
        parallelChunks(count, grain, [&](Index chunk, Index begin, Index end) {
            std::string& part = parts[static_cast<std::size_t>(chunk)];
            part.clear();
            if (!stop.stop_requested())
                format(first + begin, first + end, part);
        });
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        for (Index chunk = 0; chunk < chunkCount(count, grain); ++chunk)
            if (const auto written = file.write(parts[static_cast<std::size_t>(chunk)]); !written)
                return written;
        progress.set(first + count);
    }
    return {};
}

} // namespace embedscope
