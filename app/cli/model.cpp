// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/base/strings.h"
#include "core/io/run_directory.h"
#include "core/train/pytorch_project.h"
#include "core/train/run.h"

#include <iostream>
#include <memory>

namespace embedscope::cli {

namespace {

struct PredictOptions
{
    std::string folder;
    std::vector<std::string> texts;
};

void printPrediction(const std::string& text, const TrainedModel& model, const Matrix& probabilities, Index row,
                     bool json)
{
    Index best = 0;
    probabilities.row(row).maxCoeff(&best);
    Json shares = Json::object();
    for (std::size_t c = 0; c < model.classes.size(); ++c)
        shares[model.classes[c]] = number(probabilities(row, static_cast<Index>(c)));
    const std::string& label = model.classes[static_cast<std::size_t>(best)];
    if (json)
        printResult({{"text", toValidUtf8(text)}, {"label", label}, {"probabilities", shares}}, true);
    else
        std::cout << label << '\t' << formatNumber(probabilities(row, best)) << '\t' << text << std::endl;
}

int predictTexts(const TrainedModel& model, const std::vector<std::string>& texts, bool json)
{
    const auto probabilities = model.probabilities(texts, interruptToken());
    if (!probabilities)
        return report(probabilities.error());
    for (std::size_t i = 0; i < texts.size(); ++i)
        printPrediction(texts[i], model, *probabilities, static_cast<Index>(i), json);
    return 0;
}

int predict(const PredictOptions& options, bool json)
{
    const auto run = readRun(options.folder);
    if (!run)
        return report(run.error());
    const auto model = loadModel(*run);
    if (!model)
        return report(model.error());
    if (!options.texts.empty())
        return predictTexts(*model, options.texts, json);
    // Line by line, so that it can stand at the end of a pipe.
    for (std::string line; std::getline(std::cin, line);) {
        if (interruptToken().stop_requested())
            return report({ErrorCode::Cancelled, {}});
        if (const int code = predictTexts(*model, {line}, json); code != 0)
            return code;
    }
    return 0;
}

struct ExportOptions
{
    std::string folder;
    std::string out;
    std::string to;
};

int exportRun(const ExportOptions& options, bool json)
{
    const auto run = readRun(options.folder);
    if (!run)
        return report(run.error());
    const auto files =
        options.to == "pytorch-project" ? exportProject(*run, options.out) : exportModel(*run, options.out, options.to);
    if (!files)
        return report(files.error());
    Json paths = Json::array();
    for (const auto& file : *files)
        paths.push_back(file.string());
    printResult({{"files", paths}}, json);
    return 0;
}

int replay(const std::string& folder, bool json)
{
    Progress progress;
    Result<ReplayReport> outcome;
    {
        const ProgressBar bar(progress, "Replaying");
        outcome = replayRun(folder, interruptToken(), progress);
    }
    if (!outcome)
        return report(outcome.error());
    printResult({{"identical", outcome->identical},
                 {"first_difference", outcome->identical ? Json() : Json(outcome->firstDifference)}},
                json);
    return 0;
}

} // namespace

void addPredict(CLI::App& app, const CommonOptions& common, Action& action)
{
    auto* command = app.add_subcommand("predict", "Classify sentences with a trained model");
    auto options = std::make_shared<PredictOptions>();
    command->add_option("DIR", options->folder, "Folder that train wrote")->required();
    command->add_option("TEXT", options->texts, "Sentences; without any, lines of standard input");
    command->callback(
        [options, &common, &action] { action = [options, &common] { return predict(*options, common.json); }; });
}

void addExport(CLI::App& app, const CommonOptions& common, Action& action)
{
    auto* command = app.add_subcommand("export", "Write a trained model for other programs");
    auto options = std::make_shared<ExportOptions>();
    command->add_option("DIR", options->folder, "Folder that train wrote")->required();
    command->add_option("OUT", options->out, "File to write, or the folder of a project")->required();
    command->add_option("--to", options->to, "One of " + modelFormatNames() + ", pytorch-project")->required();
    command->callback(
        [options, &common, &action] { action = [options, &common] { return exportRun(*options, common.json); }; });
}

void addReplay(CLI::App& app, const CommonOptions& common, Action& action)
{
    auto* command = app.add_subcommand("replay", "Do a training run again and compare every weight bit for bit");
    auto folder = std::make_shared<std::string>();
    command->add_option("DIR", *folder, "Folder that train wrote")->required();
    command->callback(
        [folder, &common, &action] { action = [folder, &common] { return replay(*folder, common.json); }; });
}

} // namespace embedscope::cli
