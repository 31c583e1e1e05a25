// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/map_arguments.h"

#include <optional>
#include <string_view>

namespace embedscope::cli {

namespace {

std::optional<NeighborSearch> searchFromName(std::string_view name)
{
    if (name == "auto")
        return NeighborSearch::Auto;
    if (name == "exact")
        return NeighborSearch::Exact;
    if (name == "approximate")
        return NeighborSearch::Approximate;
    return std::nullopt;
}

/// Puts what `name` means into `target`.
template <class T>
std::optional<Error> choose(const std::optional<T>& meaning, const char* option, const std::string& name,
                            const char* allowed, T& target)
{
    if (!meaning)
        return Error{ErrorCode::ValueRefused, {option, name, allowed}};
    target = *meaning;
    return std::nullopt;
}

void addTsneOptions(CLI::App& command, MapArguments& a)
{
    constexpr const char* kGroup = "t-SNE";
    TsneOptions& tsne = a.options.tsne;
    command.add_option("--perplexity", tsne.perplexity, "How many neighbours count, softly: 2 to 500")
        ->capture_default_str()
        ->group(kGroup);
    a.iterationsOption =
        command.add_option("--iterations", tsne.iterations, "Steps, early exaggeration included; for UMAP as --epochs")
            ->capture_default_str()
            ->check(CLI::PositiveNumber)
            ->group(kGroup);
    command.add_option("--early-exaggeration", tsne.early_exaggeration, "Factor of the attraction in the early phase")
        ->capture_default_str()
        ->group(kGroup);
    command.add_option("--early-exaggeration-iter", tsne.early_exaggeration_iter, "Steps of the early phase")
        ->capture_default_str()
        ->check(CLI::NonNegativeNumber)
        ->group(kGroup);
    command
        .add_option("--exaggeration", tsne.exaggeration,
                    "Factor after the early phase; above 1 draws clusters together")
        ->capture_default_str()
        ->group(kGroup);
    command
        .add_option("--supervision", tsne.supervision,
                    "0 to 1: how strongly rows of one label attract each other; needs --labels")
        ->capture_default_str()
        ->check(CLI::Range(0.0, 1.0))
        ->group(kGroup);
}

void addUmapOptions(CLI::App& command, MapArguments& a)
{
    constexpr const char* kGroup = "UMAP";
    UmapOptions& umap = a.options.umap;
    const auto option = [&command](const char* name, auto& value, const char* help) {
        command.add_option(name, value, help)->capture_default_str()->group(kGroup);
    };
    option("--n-neighbors", umap.n_neighbors, "Size of a neighbourhood, the row itself included, as in umap-learn");
    option("--min-dist", umap.min_dist, "How close rows may lie on the map");
    option("--spread", umap.spread, "Scale of the map");
    option("--negative-sample-rate", umap.negative_sample_rate, "Rows that repel for each one that attracts");
    command.add_option("--epochs", a.epochs, "Passes over the edges (default: 500 up to 10,000 rows, 200 above)")
        ->check(CLI::PositiveNumber)
        ->group(kGroup);
}

} // namespace

void addMapOptions(CLI::App& command, MapArguments& a)
{
    command.add_option("--method", a.method, "pca, tsne or umap")->required();
    command.add_option("--dims", a.options.dims, "2 or 3")->capture_default_str();
    command.add_option("--metric", a.metric, "euclidean, cosine or dot")->capture_default_str();
    command.add_option("--neighbors", a.neighbors, "exact, approximate, or auto: exact while that is quick")
        ->capture_default_str();
    command
        .add_option("--pca-dims", a.options.pca_dims,
                    "t-SNE and UMAP look at this many principal components; 0 for the rows as they are")
        ->capture_default_str();
    command.add_option("--seed", a.options.seed, "The same seed gives the same map")->capture_default_str();
    command.add_option("--init", a.init, "Where rows start: pca, random or, for UMAP, spectral")->capture_default_str();
    a.learningRateOption = command.add_option("--learning-rate", a.learning_rate,
                                              "t-SNE (default: rows / 24, at least 200) and UMAP (default: 1)");
    addTsneOptions(command, a);
    addUmapOptions(command, a);
}

Result<MapOptions> mapOptions(const MapArguments& a)
{
    MapOptions out = a.options;
    std::optional<Error> error =
        choose(mapMethodFromName(a.method), "--method", a.method, "pca, tsne or umap", out.method);
    if (!error)
        error = choose(metricFromName(a.metric), "--metric", a.metric, "euclidean, cosine or dot", out.metric);
    if (!error)
        error = choose(searchFromName(a.neighbors), "--neighbors", a.neighbors, "exact, approximate or auto",
                       out.neighbors);
    if (!error)
        error = choose(mapInitFromName(a.init), "--init", a.init, "pca, random or spectral", out.init);
    if (!error && out.init == MapInit::Spectral && out.method != MapMethod::Umap)
        error = Error{ErrorCode::ValueRefused, {"--init", a.init, "spectral is a start of UMAP alone"}};
    if (error)
        return fail(*error);
    out.umap.n_epochs = a.epochs > 0 ? a.epochs : a.iterationsOption->count() > 0 ? out.tsne.iterations : 0;
    if (a.learningRateOption->count() > 0)
        out.tsne.learning_rate = out.umap.learning_rate = a.learning_rate;
    return out;
}

} // namespace embedscope::cli
