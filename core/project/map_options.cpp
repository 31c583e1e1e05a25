// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/map_options.h"

namespace embedscope {

std::string_view mapMethodName(MapMethod method)
{
    switch (method) {
    case MapMethod::Pca:
        return "pca";
    case MapMethod::Tsne:
        return "tsne";
    case MapMethod::Umap:
        return "umap";
    }
    return {};
}

std::optional<MapMethod> mapMethodFromName(std::string_view name)
{
    for (const MapMethod method : {MapMethod::Pca, MapMethod::Tsne, MapMethod::Umap})
        if (mapMethodName(method) == name)
            return method;
    return std::nullopt;
}

std::string_view mapInitName(MapInit init)
{
    switch (init) {
    case MapInit::Pca:
        return "pca";
    case MapInit::Random:
        return "random";
    case MapInit::Spectral:
        return "spectral";
    }
    return {};
}

std::optional<MapInit> mapInitFromName(std::string_view name)
{
    for (const MapInit init : {MapInit::Pca, MapInit::Random, MapInit::Spectral})
        if (mapInitName(init) == name)
            return init;
    return std::nullopt;
}

} // namespace embedscope
