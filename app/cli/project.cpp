// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/map_arguments.h"
#include "app/cli/output.h"
#include "app/cli/read_arguments.h"
#include "core/io/atomic_file.h"
#include "core/io/coordinates.h"
#include "core/io/format.h"
#include "core/project/map_layout.h"
#include "core/project/map_quality.h"
#include "core/project/map_settings.h"

#include <chrono>
#include <memory>
#include <string>

namespace embedscope::cli {

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

struct Arguments
{
    std::string file;
    std::string out;
    std::string settings;
    std::string labels;
    bool quality = false;
    Index limit = 0;
    MapArguments map;
    ReadArguments read;
};

/// Refuses what would only fail after the work: an unknown ending, a folder that may not be written.
Result<void> checkOutput(const Arguments& a)
{
    if (!coordinatesFormat(a.out))
        return fail(ErrorCode::ValueRefused,
                    {"Ending of the file to write", a.out, "coordinates go into .npy, .tsv or .csv"});
    for (const std::string& path : {a.out, a.settings})
        if (!path.empty())
            if (const auto file = AtomicFile::create(path); !file)
                return fail(file.error());
    return {};
}

Result<EmbeddingTable> readVectors(const Arguments& a)
{
    auto options = readOptions(a.read);
    if (!options)
        return fail(options.error());
    if (a.limit > 0)
        options->limit = a.limit;
    Progress progress;
    const ProgressBar bar(progress, "Reading");
    auto loaded = readTable(a.file, *options, interruptToken(), progress);
    if (!loaded)
        return fail(loaded.error());
    for (const Warning& warning : loaded->report.warnings)
        printWarning(describe(warning));
    return std::move(loaded->table);
}

/// One class a row; none where none were asked for.
Result<std::vector<std::int32_t>> labelsOf(const EmbeddingTable& table, const std::string& name)
{
    if (name.empty())
        return std::vector<std::int32_t>();
    std::string known;
    for (const CategoryColumn& column : table.columns()) {
        if (column.name == name)
            return column.values;
        known.append(known.empty() ? "" : ", ").append(column.name);
    }
    const std::string allowed = known.empty() ? "the table has no column of categories" : "one of: " + known;
    return fail(ErrorCode::ValueRefused, {"--labels", name, allowed});
}

Result<MapLayout> prepare(const EmbeddingTable& table, const MapOptions& options, std::vector<std::int32_t> labels)
{
    Progress progress;
    const ProgressBar bar(progress, options.method == MapMethod::Pca ? "Components" : "Neighbours");
    MapLayout::Input input{.weights = table.weights()};
    input.labels = std::move(labels);
    return MapLayout::create(input, options, interruptToken(), progress);
}

Result<void> iterate(MapLayout& layout)
{
    Progress progress;
    const ProgressBar bar(progress, "Layout");
    return layout.run(layout.stepsWanted(), interruptToken(), progress);
}

/// The rows on the map, without those that are left out.
Matrix placesOf(const MapLayout& layout)
{
    const Matrix all = layout.coordinates();
    const auto points = layout.points();
    Matrix out(points->count(), all.cols());
    for (Index i = 0; i < out.rows(); ++i)
        out.row(i) = all.row(points->rows[static_cast<std::size_t>(i)]);
    return out;
}

/// Against the rows of the table, also where the map was made of some of their components.
Result<MapQuality> judge(const EmbeddingTable& table, const MapLayout& layout)
{
    Progress progress;
    const ProgressBar bar(progress, "Quality");
    QualityOptions options;
    options.metric = layout.options().metric;
    options.seed = layout.options().seed;
    const auto rows = mapPoints(table.weights(), layout.points()->rows, options.metric, 0, interruptToken(), progress);
    if (!rows)
        return fail(rows.error());
    return mapQuality(rows->points, placesOf(layout), options, interruptToken(), progress);
}

Result<void> write(const Arguments& a, const EmbeddingTable& table, const MapLayout& layout)
{
    Progress progress;
    const ProgressBar bar(progress, "Writing");
    Fields settings = mapSettings(layout.options());
    settings["file"] = a.file;
    settings["rows"] = std::to_string(layout.points()->count());
    if (const auto graph = layout.graph())
        settings["neighbors_kind"] = graph->exact ? "exact" : "approximate";
    const Matrix coordinates = layout.coordinates();
    return writeCoordinates(a.out, {table.vocabulary(), coordinates, settings, a.settings}, interruptToken(), progress);
}

/// Keys in the order of the contract; what a method does not have is null.
Json resultOf(const MapLayout& layout, Index rows, double iterateSeconds)
{
    const auto graph = layout.graph();
    Json out{{"method", mapMethodName(layout.options().method)},
             {"rows", rows},
             {"dims", layout.options().dims},
             {"neighbors_kind", graph ? Json(graph->exact ? "exact" : "approximate") : Json()},
             {"neighbors_seconds", graph ? number(layout.neighborsSeconds()) : Json()},
             {"iterate_seconds", number(iterateSeconds)},
             {"seconds", nullptr}};
    if (layout.options().method == MapMethod::Tsne)
        out["kl_divergence"] = number(layout.klDivergence());
    if (layout.options().method == MapMethod::Pca) {
        out["explained_variance_ratio"] = Json::array();
        for (const double share : layout.pca()->explained_variance_ratio)
            out["explained_variance_ratio"].push_back(number(share));
    }
    return out;
}

void addDetails(Json& out, const MapLayout& layout)
{
    out["rows_left_out"] = layout.points()->rows_left_out;
    if (const auto graph = layout.graph())
        out["neighbors_recall"] = number(graph->recall);
}

Result<Json> project(const Arguments& a)
{
    const auto start = Clock::now();
    const auto options = mapOptions(a.map);
    if (!options)
        return fail(options.error());
    if (options->tsne.supervision > 0 && a.labels.empty())
        return fail(ErrorCode::ValueRefused, {"--supervision", "without labels", "name their column with --labels"});
    if (const auto fine = checkOutput(a); !fine)
        return fail(fine.error());
    const auto table = readVectors(a);
    if (!table)
        return fail(table.error());
    auto labels = labelsOf(*table, a.labels);
    if (!labels)
        return fail(labels.error());
    auto layout = prepare(*table, *options, *std::move(labels));
    if (!layout)
        return fail(layout.error());
    const auto iterating = Clock::now();
    if (const auto done = iterate(*layout); !done)
        return fail(done.error());
    Json result = resultOf(*layout, table->rows(), secondsSince(iterating));
    if (a.quality) {
        const auto quality = judge(*table, *layout);
        if (!quality)
            return fail(quality.error());
        result["trustworthiness"] = number(quality->trustworthiness);
        result["continuity"] = number(quality->continuity);
        result["knn_kept"] = number(quality->knn_kept);
    }
    addDetails(result, *layout);
    if (const auto written = write(a, *table, *layout); !written)
        return fail(written.error());
    result["seconds"] = secondsSince(start);
    return result;
}

int run(const Arguments& a, bool json)
{
    const auto result = project(a);
    if (!result)
        return report(result.error());
    printResult(*result, json);
    return 0;
}

} // namespace

void addProject(CLI::App& app, const CommonOptions& common, Action& action)
{
    auto* command =
        app.add_subcommand("project", "A map of the vectors in two or three dimensions: PCA, t-SNE or UMAP");
    auto a = std::make_shared<Arguments>();
    command->add_option("FILE", a->file, "File of vectors")->required();
    command->add_option("OUT", a->out, "File to write: .tsv or .csv with tokens, or .npy (rows x dims, float32)")
        ->required();
    addMapOptions(*command, a->map);
    command->add_flag("--quality", a->quality,
                      "Measure trustworthiness and continuity (15 neighbours) and the share of 30 neighbours kept");
    command->add_option("--settings", a->settings, "Also write the settings of the map to this JSON file");
    command->add_option("--labels", a->labels, "Column of categories for --supervision");
    command->add_option("--limit", a->limit, "Only the first N rows")->check(CLI::PositiveNumber);
    addReadOptions(*command, a->read);
    command->callback([a, &common, &action] { action = [a, &common] { return run(*a, common.json); }; });
}

} // namespace embedscope::cli
