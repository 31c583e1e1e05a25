// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/preview.h"

#include "tests/fuzz/table_check.h"
#include "tests/fuzz/target.h"
#include "tests/support/memory_file.h"

namespace embedscope::fuzz {

namespace {

/// What a person can ask for, another thing for each size of the file.
ReadOptions optionsFor(std::size_t bytes)
{
    ReadOptions options;
    options.skip_damaged = bytes % 2 == 1;
    if (bytes % 3 == 1)
        options.header = bytes % 6 < 3;
    if (bytes % 5 == 1)
        options.dim = static_cast<Index>(bytes % 7 + 1);
    if (bytes % 4 == 1)
        options.encoding = bytes % 8 < 4 ? "ISO-8859-1" : "CP1252";
    return options;
}

std::string problemOfPreview(const Result<TablePreview>& preview)
{
    if (!preview)
        return problemOf(preview.error());
    if (preview->table.has_value() == preview->problem.has_value())
        return "a preview has either rows or a problem";
    if (preview->problem)
        return problemOf(*preview->problem);
    return preview->table->rows() < 1 || preview->table->rows() > kPreviewRows ? "a preview of too many rows" : "";
}

} // namespace

/// The look before loading, as a person asks for it, and the loading that follows.
static const AddTarget kAdded("preview", [](std::string_view bytes) {
    static const MemoryFile file;
    file.write(bytes);
    Progress progress;
    const ReadOptions options = optionsFor(bytes.size());
    if (auto problem = problemOfPreview(previewTable(file.path(), options, {}, progress)); !problem.empty())
        return problem;
    return problemOf(readTable(file.path(), options, {}, progress), bytes.size());
});

} // namespace embedscope::fuzz
