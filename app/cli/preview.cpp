// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/preview.h"

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/read_arguments.h"
#include "core/base/strings.h"

#include <memory>

namespace embedscope::cli {

namespace {

constexpr Index kShownValues = 8;

const char* nameOf(RowCount count)
{
    switch (count) {
    case RowCount::Exact:
        return "exact";
    case RowCount::Announced:
        return "announced";
    case RowCount::Estimated:
        break;
    }
    return "estimated";
}

Json arraysOf(const TablePreview& preview)
{
    Json arrays = Json::array();
    for (const ArrayInfo& array : preview.arrays)
        arrays.push_back({{"name", toValidUtf8(array.name)}, {"shape", array.shape}, {"dtype", array.dtype}});
    return arrays;
}

Json firstRowsOf(const EmbeddingTable& table)
{
    Json rows = Json::array();
    for (Index row = 0; row < table.rows(); ++row) {
        Json values = Json::array();
        for (Index i = 0; i < std::min(table.dim(), kShownValues); ++i)
            values.push_back(number(table.weights()(row, i)));
        rows.push_back({{"token", toValidUtf8(table.vocabulary()[row])}, {"values", values}});
    }
    return rows;
}

template <class T>
Json orNull(const std::optional<T>& value)
{
    return value ? Json(*value) : Json();
}

Json resultOf(const TablePreview& preview)
{
    Json warnings = Json::array();
    for (const Warning& warning : preview.warnings)
        warnings.push_back(toValidUtf8(describe(warning)));
    return {{"format", preview.format ? Json(formatName(*preview.format)) : Json()},
            {"unpacked", preview.unpacked},
            {"bytes", preview.bytes},
            {"header", orNull(preview.header)},
            {"rows", orNull(preview.rows)},
            {"row_count", preview.rows ? Json(nameOf(preview.rowCount)) : Json()},
            {"dim", preview.dim > 0 ? Json(preview.dim) : Json()},
            {"dtype", preview.dtype},
            {"encoding", preview.encoding},
            {"utf8", preview.utf8},
            {"array", preview.array},
            {"arrays", arraysOf(preview)},
            {"entries", preview.entries},
            {"raw_dims", preview.rawDims},
            {"warnings", warnings},
            {"problem", preview.problem ? Json(toValidUtf8(describe(*preview.problem))) : Json()},
            {"first_rows", preview.table ? firstRowsOf(*preview.table) : Json::array()}};
}

struct Arguments
{
    std::string file;
    ReadArguments read;
};

int preview(const Arguments& arguments, bool json)
{
    const auto options = readOptions(arguments.read);
    if (!options)
        return report(options.error());
    Progress progress;
    const auto seen = previewTable(arguments.file, *options, interruptToken(), progress);
    if (!seen)
        return report(seen.error());
    printResult(resultOf(*seen), json);
    return seen->problem ? report(*seen->problem) : 0;
}

} // namespace

void addPreview(CLI::App& app, const CommonOptions& common, Action& action)
{
    auto* command =
        app.add_subcommand("preview", "What a file would be read as, and its first rows, without loading it");
    auto arguments = std::make_shared<Arguments>();
    command->add_option("FILE", arguments->file, "File of vectors")->required();
    addReadOptions(*command, arguments->read);
    command->callback(
        [arguments, &common, &action] { action = [arguments, &common] { return preview(*arguments, common.json); }; });
}

} // namespace embedscope::cli
