// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/piecewise_writer.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

namespace embedscope {

namespace {

constexpr std::size_t kPieceBytes = std::size_t{1} << 22U;
// About 2 ms of formatting.
constexpr Index kValuesPerChunk = Index{1} << 15;
constexpr Index kChunksAtOnce = 32;

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
    const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    out.append(buffer.data(), result.ptr);
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
