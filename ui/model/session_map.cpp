// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/session_map.h"

#include "core/base/strings.h"

#include <cmath>

namespace embedscope {

namespace {

std::string sectionOf(MapMethod method)
{
    return "map_" + std::string(mapMethodName(method));
}

std::string placesOf(MapMethod method)
{
    return "map." + std::string(mapMethodName(method)) + ".coordinates";
}

std::string chosenOf(MapMethod method)
{
    return "map." + std::string(mapMethodName(method)) + ".rows";
}

std::string neighborsName(NeighborSearch search)
{
    return search == NeighborSearch::Exact ? "exact" : search == NeighborSearch::Approximate ? "approximate" : "auto";
}

NeighborSearch neighborsFromName(const std::string& name)
{
    return name == "exact"         ? NeighborSearch::Exact
           : name == "approximate" ? NeighborSearch::Approximate
                                   : NeighborSearch::Auto;
}

/// One way for both directions, so that nothing is written that is not read: `visit(name, value)` for each number.
template <class Options, class Visit>
void visitNumbers(Options& options, const Visit& visit)
{
    visit("dims", options.dims);
    visit("pca_dims", options.pca_dims);
    visit("seed", options.seed);
    visit("perplexity", options.tsne.perplexity);
    visit("iterations", options.tsne.iterations);
    visit("early_exaggeration", options.tsne.early_exaggeration);
    visit("early_exaggeration_iter", options.tsne.early_exaggeration_iter);
    visit("exaggeration", options.tsne.exaggeration);
    visit("tsne_learning_rate", options.tsne.learning_rate);
    visit("momentum", options.tsne.momentum);
    visit("supervision", options.tsne.supervision);
    visit("n_neighbors", options.umap.n_neighbors);
    visit("min_dist", options.umap.min_dist);
    visit("spread", options.umap.spread);
    visit("n_epochs", options.umap.n_epochs);
    visit("umap_learning_rate", options.umap.learning_rate);
    visit("negative_sample_rate", options.umap.negative_sample_rate);
    visit("repulsion_strength", options.umap.repulsion_strength);
    visit("set_op_mix_ratio", options.umap.set_op_mix_ratio);
    visit("local_connectivity", options.umap.local_connectivity);
}

struct Writer
{
    Fields& fields;
    void operator()(const char* name, double value) const { fields[name] = formatNumber(value); }
    void operator()(const char* name, Index value) const { fields[name] = std::to_string(value); }
    void operator()(const char* name, std::uint64_t value) const { fields[name] = std::to_string(value); }
};

struct Reader
{
    const Fields& fields;
    [[nodiscard]] std::string text(const char* name) const
    {
        const auto found = fields.find(name);
        return found == fields.end() ? std::string() : found->second;
    }
    void operator()(const char* name, double& value) const { value = parseNumber(text(name)).value_or(value); }
    void operator()(const char* name, Index& value) const
    {
        value = static_cast<Index>(parseInteger(text(name)).value_or(value));
    }
    void operator()(const char* name, std::uint64_t& value) const
    {
        if (const auto read = parseInteger(text(name)); read && *read >= 0)
            value = static_cast<std::uint64_t>(*read);
    }
};

std::optional<MapOptions> optionsFrom(MapMethod method, const Reader& read)
{
    MapOptions options;
    options.method = method;
    visitNumbers(options, read);
    const auto metric = metricFromName(read.text("metric"));
    const auto init = mapInitFromName(read.text("init"));
    if (!metric || !init || (options.dims != 2 && options.dims != 3))
        return std::nullopt;
    options.metric = *metric;
    options.init = *init;
    options.neighbors = neighborsFromName(read.text("neighbors"));
    return options;
}

/// Ascending rows of a table, or nothing.
std::optional<ChosenRows> rowsFrom(const std::vector<std::int64_t>& numbers, Index rows)
{
    auto out = std::make_shared<std::vector<Index>>();
    for (const std::int64_t number : numbers) {
        if (number < 0 || number >= rows || (!out->empty() && number <= out->back()))
            return std::nullopt;
        out->push_back(static_cast<Index>(number));
    }
    return ChosenRows(std::move(out));
}

template <class Array>
const Array* arrayOf(const Session& session, const std::string& name)
{
    const auto found = session.arrays.find(name);
    return found == session.arrays.end() ? nullptr : std::get_if<Array>(&found->second);
}

std::optional<ComputedMap> takeMap(MapMethod method, const Session& session, Index rows)
{
    const auto section = session.sections.find(sectionOf(method));
    const auto* places = arrayOf<Matrix>(session, placesOf(method));
    if (section == session.sections.end() || places == nullptr)
        return std::nullopt;
    const Reader read{section->second};
    const auto options = optionsFrom(method, read);
    if (!options || places->rows() != rows || places->cols() != options->dims)
        return std::nullopt;
    ComputedMap map;
    map.frame.options = *options;
    map.frame.coordinates = std::make_shared<const Matrix>(*places);
    read("step", map.frame.step);
    read("steps", map.frame.steps);
    read("points", map.frame.points);
    read("kl", map.frame.kl);
    read("recall", map.frame.recall);
    map.frame.exact = read.text("exact") != "off";
    map.labelColumn = read.text("label_column");
    if (const auto* numbers = arrayOf<std::vector<std::int64_t>>(session, chosenOf(method))) {
        const auto chosen = rowsFrom(*numbers, rows);
        if (!chosen)
            return std::nullopt;
        map.rows = *chosen;
    }
    return map;
}

} // namespace

void putComputedMap(const ComputedMap& map, Session& session)
{
    const MapOptions& options = map.frame.options;
    Fields& fields = session.sections[sectionOf(options.method)];
    fields = {{"metric", std::string(metricName(options.metric))},
              {"init", std::string(mapInitName(options.init))},
              {"neighbors", neighborsName(options.neighbors)},
              {"exact", map.frame.exact ? "on" : "off"},
              {"label_column", map.labelColumn}};
    const Writer write{fields};
    visitNumbers(options, write);
    write("step", map.frame.step);
    write("steps", map.frame.steps);
    write("points", map.frame.points);
    write("recall", map.frame.recall);
    if (std::isfinite(map.frame.kl))
        write("kl", map.frame.kl);
    session.arrays[placesOf(options.method)] = *map.frame.coordinates;
    if (map.rows)
        session.arrays[chosenOf(options.method)] = std::vector<std::int64_t>(map.rows->begin(), map.rows->end());
}

std::vector<ComputedMap> takeComputedMaps(const Session& session, Index rows)
{
    std::vector<ComputedMap> out;
    for (const MapMethod method : {MapMethod::Tsne, MapMethod::Umap})
        if (auto map = takeMap(method, session, rows))
            out.push_back(*std::move(map));
    return out;
}

} // namespace embedscope
