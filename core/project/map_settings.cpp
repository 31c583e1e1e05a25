// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/map_settings.h"

#include "core/base/strings.h"

#include <string>

namespace embedscope {

namespace {

std::string_view searchName(NeighborSearch search)
{
    switch (search) {
    case NeighborSearch::Auto:
        return "auto";
    case NeighborSearch::Exact:
        return "exact";
    case NeighborSearch::Approximate:
        return "hnsw";
    }
    return {};
}

void add(Fields& out, const TsneOptions& options)
{
    out["perplexity"] = formatNumber(options.perplexity);
    out["iterations"] = std::to_string(options.iterations);
    out["early_exaggeration"] = formatNumber(options.early_exaggeration);
    out["early_exaggeration_iter"] = std::to_string(options.early_exaggeration_iter);
    out["exaggeration"] = formatNumber(options.exaggeration);
    out["learning_rate"] = options.learning_rate > 0 ? formatNumber(options.learning_rate) : "auto";
    out["momentum"] = formatNumber(options.momentum);
    out["supervision"] = formatNumber(options.supervision);
}

void add(Fields& out, const UmapOptions& options)
{
    out["n_neighbors"] = std::to_string(options.n_neighbors);
    out["min_dist"] = formatNumber(options.min_dist);
    out["spread"] = formatNumber(options.spread);
    out["n_epochs"] = options.n_epochs > 0 ? std::to_string(options.n_epochs) : "auto";
    out["learning_rate"] = formatNumber(options.learning_rate);
    out["negative_sample_rate"] = formatNumber(options.negative_sample_rate);
    out["repulsion_strength"] = formatNumber(options.repulsion_strength);
    out["set_op_mix_ratio"] = formatNumber(options.set_op_mix_ratio);
    out["local_connectivity"] = formatNumber(options.local_connectivity);
}

} // namespace

Fields mapSettings(const MapOptions& options)
{
    Fields out{{"method", std::string(mapMethodName(options.method))},
               {"dims", std::to_string(options.dims)},
               {"metric", std::string(metricName(options.metric))}};
    if (options.method == MapMethod::Pca)
        return out;
    out["neighbors"] = searchName(options.neighbors);
    out["pca_dims"] = std::to_string(options.pca_dims);
    out["init"] = mapInitName(options.init);
    out["seed"] = std::to_string(options.seed);
    if (options.method == MapMethod::Tsne)
        add(out, options.tsne);
    else
        add(out, options.umap);
    return out;
}

} // namespace embedscope
