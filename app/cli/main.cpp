// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/base/parallel.h"

#include <exception>
#include <iostream>

using namespace embedscope;

namespace {

int run(int argc, char** argv)
{
    CLI::App app{"Embedscope without a window: word vectors and text classifiers from the command line.",
                 "embedscope-cli"};
    app.set_version_flag("--version", "embedscope-cli " EMBEDSCOPE_VERSION);
    app.require_subcommand(1);
    app.fallthrough();
    app.footer(
        "Exit codes: 0 done, 1 internal error, 2 wrong usage, 3 file, 4 value refused, 5 cancelled, 6 diverged.");

    cli::CommonOptions common;
    app.add_flag("--json", common.json, "Print each result as one JSON object a line");
    app.add_option("--threads", common.threads, "Threads to use (default: all cores)")->check(CLI::Range(1, 1024));

    cli::Action action;
    for (auto* add : {cli::addInfo, cli::addPreview, cli::addConvert, cli::addRepair, cli::addNeighbors,
                      cli::addEvaluate, cli::addProject, cli::addTrain, cli::addTrainWords, cli::addTrainRecommender,
                      cli::addPredict, cli::addExport, cli::addReplay})
        add(app, common, action);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        // CLI11 has codes of its own; help and version are no error.
        return app.exit(error) == 0 ? static_cast<int>(cli::Exit::Done) : static_cast<int>(cli::Exit::Usage);
    }
    if (common.threads > 0)
        setThreadCount(common.threads);
    return action();
}

} // namespace

int main(int argc, char** argv)
{
    cli::watchInterrupts();
    try {
        return run(argc, argv);
    } catch (const std::bad_alloc&) {
        return cli::report({ErrorCode::Internal, {"the memory is used up"}});
    } catch (const std::exception& error) {
        return cli::report({ErrorCode::Internal, {error.what()}});
    }
}
