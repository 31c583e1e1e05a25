// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/read_arguments.h"
#include "app/cli/target_format.h"
#include "core/base/strings.h"
#include "core/io/metadata.h"
#include "core/search/neighbors.h"
#include "core/table/statistics.h"

#include <chrono>
#include <memory>

namespace embedscope::cli {

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

Result<LoadedTable> load(const std::string& path, const ReadArguments& arguments)
{
    const auto options = readOptions(arguments);
    if (!options)
        return fail(options.error());
    Progress progress;
    const ProgressBar bar(progress, "Reading");
    return readTable(path, *options, interruptToken(), progress);
}

Json columnsOf(const EmbeddingTable& table)
{
    Json columns = Json::array();
    for (const CategoryColumn& column : table.columns())
        columns.push_back({{"name", column.name}, {"type", "categories"}, {"distinct", distinctIn(column)}});
    for (const NumberColumn& column : table.numberColumns()) {
        const NumberRange range = rangeOf(column);
        columns.push_back(
            {{"name", column.name}, {"type", "numbers"}, {"min", number(range.least)}, {"max", number(range.most)}});
    }
    return columns;
}

Json infoOf(const LoadedTable& loaded)
{
    const LoadReport& report = loaded.report;
    Json warnings = Json::array();
    for (const Warning& warning : report.warnings)
        warnings.push_back(toValidUtf8(describe(warning)));
    const NormSummary norm = statisticsOf(loaded.table).norm;
    return {{"format", formatName(report.format)},
            {"rows", report.rows},
            {"dim", report.dim},
            {"dtype", report.dtype},
            {"bytes", report.bytes},
            {"duplicates", report.duplicates},
            {"nan_rows", report.nanRows},
            {"zero_rows", report.zeroRows},
            {"invalid_utf8", report.invalidUtf8},
            {"warnings", warnings},
            {"tokens_from", report.tokensFrom.empty() ? Json() : Json(toValidUtf8(report.tokensFrom))},
            {"columns", columnsOf(loaded.table)},
            {"norm",
             {{"min", number(norm.min)},
              {"median", number(norm.median)},
              {"mean", number(norm.mean)},
              {"max", number(norm.max)}}},
            {"seconds", report.seconds}};
}

struct InfoOptions
{
    std::string file;
    ReadArguments read;
};

int info(const InfoOptions& options, bool json)
{
    const auto loaded = load(options.file, options.read);
    if (!loaded)
        return report(loaded.error());
    printResult(infoOf(*loaded), json);
    return 0;
}

struct ConvertOptions
{
    std::string in;
    std::string out;
    std::string to;
    Index limit = 0;
    ReadArguments read;
};

int convert(const ConvertOptions& options, bool json)
{
    const auto format = targetFormat(options.to, options.out);
    if (!format)
        return report(format.error());
    const auto start = Clock::now();
    ReadArguments read = options.read;
    if (options.limit > 0)
        read.options.limit = options.limit;
    const auto loaded = load(options.in, read);
    if (!loaded)
        return report(loaded.error());
    for (const Warning& warning : loaded->report.warnings)
        printWarning(describe(warning));
    Progress progress;
    const ProgressBar bar(progress, "Writing");
    const auto written = writeTable(loaded->table, options.out, *format, interruptToken(), progress);
    if (!written)
        return report(written.error());
    printResult({{"format", formatName(written->format)},
                 {"rows", written->rows},
                 {"dim", written->dim},
                 {"bytes", written->bytes},
                 {"seconds", secondsSince(start)}},
                json);
    return 0;
}

struct NeighborOptions
{
    std::string file;
    std::string query;
    Index k = 10;
    std::string metric = "cosine";
    ReadArguments read;
};

void printNeighbors(const NeighborOptions& options, const EmbeddingTable& table, const std::vector<Neighbor>& found,
                    const std::vector<std::string>& composed, double seconds, bool json)
{
    Json list = Json::array();
    for (const Neighbor& neighbor : found)
        list.push_back({{"token", toValidUtf8(table.vocabulary()[neighbor.row])},
                        {"row", neighbor.row},
                        {"score", number(neighbor.score)}});
    if (json) {
        Json result = {{"query", options.query}, {"metric", options.metric}, {"neighbors", list}, {"seconds", seconds}};
        for (const std::string& token : composed)
            result["composed"].push_back(toValidUtf8(token));
        printResult(result, true);
        return;
    }
    for (const Json& entry : list)
        std::printf("%-30s %10.6f\n", entry["token"].get<std::string>().c_str(),
                    entry["score"].is_null() ? 0.0 : entry["score"].get<double>());
}

int neighbors(const NeighborOptions& options, bool json)
{
    const auto metric = metricFromName(options.metric);
    if (!metric)
        return report({ErrorCode::ValueRefused, {"--metric", options.metric, "it is cosine, euclidean or dot"}});
    const auto loaded = load(options.file, options.read);
    if (!loaded)
        return report(loaded.error());
    const auto start = Clock::now();
    const auto query = evaluateFormula(options.query, loaded->table, *metric);
    if (!query)
        return report(query.error());
    const auto found =
        nearestRows(loaded->table.weights(), query->vector, options.k, *metric, query->rows, interruptToken());
    if (!found)
        return report(found.error());
    for (const std::string& token : query->composed)
        std::fprintf(stderr, "\"%s\" is not in the vocabulary; its vector was composed from its parts.\n",
                     toValidUtf8(token).c_str());
    printNeighbors(options, loaded->table, *found, query->composed, secondsSince(start), json);
    return 0;
}

} // namespace

void addInfo(CLI::App& app, const CommonOptions& common, Action& action)
{
    auto* command = app.add_subcommand("info", "What a file of vectors holds: format, shape, norms, findings");
    auto options = std::make_shared<InfoOptions>();
    command->add_option("FILE", options->file, "Any file of vectors; its format is found by content")->required();
    addReadOptions(*command, options->read);
    command->callback(
        [options, &common, &action] { action = [options, &common] { return info(*options, common.json); }; });
}

void addConvert(CLI::App& app, const CommonOptions& common, Action& action)
{
    auto* command = app.add_subcommand("convert", "Write the vectors of a file in another format");
    auto options = std::make_shared<ConvertOptions>();
    command->add_option("IN", options->in, "File to read")->required();
    command->add_option("OUT", options->out, "File to write; its ending chooses the format unless --to does")
        ->required();
    command->add_option("--to", options->to, writableFormatNames());
    command->add_option("--limit", options->limit, "Only the first N rows")->check(CLI::PositiveNumber);
    addReadOptions(*command, options->read);
    command->callback(
        [options, &common, &action] { action = [options, &common] { return convert(*options, common.json); }; });
}

void addNeighbors(CLI::App& app, const CommonOptions& common, Action& action)
{
    auto* command =
        app.add_subcommand("neighbors", "The nearest tokens of a token or a formula; its own tokens are left out");
    auto options = std::make_shared<NeighborOptions>();
    command->add_option("FILE", options->file, "File of vectors")->required();
    command->add_option("QUERY", options->query, "A token, or a formula such as 'king - man + woman'")->required();
    command->add_option("-k", options->k, "How many")->capture_default_str()->check(CLI::PositiveNumber);
    command->add_option("--metric", options->metric, "cosine, euclidean or dot")->capture_default_str();
    addReadOptions(*command, options->read);
    command->callback(
        [options, &common, &action] { action = [options, &common] { return neighbors(*options, common.json); }; });
}

} // namespace embedscope::cli
