// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/io/table_files.h"
#include "tests/fuzz/table_check.h"
#include "tests/support/memory_file.h"
#include "tests/support/mutations.h"

#include <algorithm>

// Files of vectors that are damaged again and again: what is demanded of their readers.

namespace embedscope {

/// What the gzip file says of its content, in its last four bytes; 0 where it is none.
inline std::size_t gunzippedSize(std::string_view bytes)
{
    if (!bytes.starts_with("\x1f\x8b") || bytes.size() < 4)
        return 0;
    std::size_t size = 0;
    for (std::size_t i = 1; i <= 4; ++i)
        size = size << 8U | static_cast<unsigned char>(bytes[bytes.size() - i]);
    return size;
}

/// At most four times the size of the file, or of what it holds where it is packed. A file lies in memory once, mapped,
/// so that three times its size is left for the heap, above a floor for what any reading takes: streams, names,
/// messages, a buffer of a megabyte, and several of them where something is unpacked.
inline MutationRules rulesFor(std::string_view bytes, const Result<LoadedTable>& whole)
{
    constexpr std::size_t kFloor = std::size_t{2} << 20U;
    constexpr std::size_t kFloorOfPacked = std::size_t{4} << 20U;
    const bool packed = bytes.starts_with("\x1f\x8b") || bytes.starts_with("PK");
    std::size_t size = std::max(bytes.size(), gunzippedSize(bytes));
    if (whole)
        size = std::max(size, static_cast<std::size_t>(whole->table.weights().size()) * sizeof(float));
    return {.heap = (packed ? kFloorOfPacked : kFloor) + 3 * size};
}

/// As what it is taken for, and as what the whole file was.
inline std::string readDamaged(const MemoryFile& file, std::optional<Format> format)
{
    Progress progress;
    const auto size = std::filesystem::file_size(file.path());
    if (auto problem = fuzz::problemOf(readTable(file.path(), {}, {}, progress), size); !problem.empty())
        return problem;
    return format ? fuzz::problemOf(readTable(file.path(), {.format = format}, {}, progress), size) : "";
}

inline MutationOutcome mutateTable(const std::filesystem::path& path)
{
    const auto whole = read(path);
    const std::string bytes = readBytes(path);
    const auto format = whole ? std::optional(whole->report.format) : std::nullopt;
    return tryMutations(bytes, rulesFor(bytes, whole),
                        [format](const MemoryFile& damaged) { return readDamaged(damaged, format); });
}

} // namespace embedscope
