// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/registry.h"

#include <filesystem>

namespace embedscope {

/// Gives the rows of a draft the tokens and columns of a metadata file of the Embedding Projector: a header exactly
/// where there are several columns, tabs between them, no quoting. `rows` is their number in the file of vectors, of
/// which the draft holds the first. FileNotFound and the like, ShapeMismatch, FileDamaged, Cancelled.
Result<void> readProjectorMetadata(const std::filesystem::path& path, Index rows, const ReadRequest& request,
                                   TableDraft& draft);

} // namespace embedscope
