// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/map_options.h"

#include <optional>

namespace embedscope {

/// What is on the map: principal components, a map that MapRun makes, or axes that a person chose.
enum class MapKind { Pca, Tsne, Umap, Axes };

/// The method of the maps that are runs; nothing for the others.
inline std::optional<MapMethod> runMethod(MapKind kind)
{
    if (kind == MapKind::Tsne)
        return MapMethod::Tsne;
    return kind == MapKind::Umap ? std::optional(MapMethod::Umap) : std::nullopt;
}

} // namespace embedscope
