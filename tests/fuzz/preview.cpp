// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/preview.h"

#include "tests/fuzz/table_check.h"
#include "tests/fuzz/target.h"
#include "tests/support/memory_file.h"

namespace embedscope::fuzz {

namespace {

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

/// The look before loading.
static const AddTarget kAdded("preview", [](std::string_view bytes) {
    static const MemoryFile file;
    file.write(bytes);
    Progress progress;
    return problemOfPreview(previewTable(file.path(), optionsFor(bytes.size()), {}, progress));
});

} // namespace embedscope::fuzz
