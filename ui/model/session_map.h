// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/session_file.h"
#include "ui/model/map_run.h"

#include <optional>
#include <vector>

namespace embedscope {

/// Puts a t-SNE or UMAP map into a session: a section of settings and an array of places.
void putComputedMap(const ComputedMap& map, Session& session);
/// The t-SNE and UMAP maps of a session for a table of so many rows. What does not fit is left out: a map can be made
/// again.
std::vector<ComputedMap> takeComputedMaps(const Session& session, Index rows);

} // namespace embedscope
