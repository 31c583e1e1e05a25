// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/matrix.h"
#include "core/search/neighbor_graph.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace embedscope {

enum class MapMethod { Pca, Tsne, Umap };
EMBEDSCOPE_EXPORT std::string_view mapMethodName(MapMethod method); // "pca", "tsne", "umap"
EMBEDSCOPE_EXPORT std::optional<MapMethod> mapMethodFromName(std::string_view name);

/// Where the points of t-SNE and UMAP start.
enum class MapInit { Pca, Random, Spectral };
EMBEDSCOPE_EXPORT std::string_view mapInitName(MapInit init); // "pca", "random", "spectral"
EMBEDSCOPE_EXPORT std::optional<MapInit> mapInitFromName(std::string_view name);

/// t-SNE (van der Maaten and Hinton 2008) with the defaults of openTSNE. All but `perplexity` may change between two
/// steps of a run.
struct TsneOptions
{
    double perplexity = 30;  // 2 to 500; cut to (n - 1) / 3 where there are too few points
    Index iterations = 1000; // early exaggeration included
    double early_exaggeration = 12;
    Index early_exaggeration_iter = 250;
    double exaggeration = 1;  // after the early phase ("late exaggeration"); above 1 draws clusters together
    double learning_rate = 0;  // 0: n / early_exaggeration, at least 200 (Belkina et al. 2019)
    double momentum = 0.8;
    double supervision = 0;   // 0 to 1: how strongly points of one label attract each other
    bool operator==(const TsneOptions&) const = default;
};

/// UMAP (McInnes, Healy and Melville 2018), names and defaults of umap-learn.
struct UmapOptions
{
    Index n_neighbors = 15; // the point itself counts, as in umap-learn
    double min_dist = 0.1;
    double spread = 1;
    Index n_epochs = 0; // 0: 500 up to 10,000 points, 200 above
    double learning_rate = 1;
    double negative_sample_rate = 5;
    double repulsion_strength = 1;
    double set_op_mix_ratio = 1;
    double local_connectivity = 1;
    bool operator==(const UmapOptions&) const = default;
};

struct MapOptions
{
    MapMethod method = MapMethod::Pca;
    Index dims = 2; // 2 or 3
    Metric metric = Metric::Euclidean;
    NeighborSearch neighbors = NeighborSearch::Auto;
    Index pca_dims = 50; // t-SNE and UMAP look at this many principal components; 0 for the rows as they are
    MapInit init = MapInit::Pca;
    std::uint64_t seed = 0;
    TsneOptions tsne;
    UmapOptions umap;
    bool operator==(const MapOptions&) const = default;
};

} // namespace embedscope
