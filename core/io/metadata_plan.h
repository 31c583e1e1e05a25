// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/column_builder.h"
#include "core/io/row_metadata.h"
#include "core/io/text_records.h"

#include <optional>
#include <string>
#include <vector>

namespace embedscope {

/// What the first pass over a list or table finds out: how the second one reads it.
struct MetadataPlan
{
    Dialect dialect = Dialect::Lines;
    bool header = false;
    Index records = 0; // without the header
    std::vector<std::string> names;
    std::vector<CellSurvey> columns;
    std::optional<std::size_t> tokenColumn; // where it is known before all cells are read
};

/// FileDamaged where a record is not like the others, Cancelled.
Result<MetadataPlan> planMetadata(std::string_view text, Dialect dialect, const MetadataRequest& request);

} // namespace embedscope
