// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>

#include <functional>

namespace embedscope::cli {

/// Options that every command has.
struct CommonOptions
{
    bool json = false;
    int threads = 0;
};

/// What the chosen command does; returns the exit code. Set by the command's callback, run after parsing.
using Action = std::function<int()>;

// Each adds its command with options and help to `app`.
void addInfo(CLI::App& app, const CommonOptions& common, Action& action);
void addPreview(CLI::App& app, const CommonOptions& common, Action& action);
void addRepair(CLI::App& app, const CommonOptions& common, Action& action);
void addConvert(CLI::App& app, const CommonOptions& common, Action& action);
void addNeighbors(CLI::App& app, const CommonOptions& common, Action& action);
void addEvaluate(CLI::App& app, const CommonOptions& common, Action& action);
void addProject(CLI::App& app, const CommonOptions& common, Action& action);
void addTrain(CLI::App& app, const CommonOptions& common, Action& action);
void addTrainWords(CLI::App& app, const CommonOptions& common, Action& action);
void addTrainRecommender(CLI::App& app, const CommonOptions& common, Action& action);
void addPredict(CLI::App& app, const CommonOptions& common, Action& action);
void addExport(CLI::App& app, const CommonOptions& common, Action& action);
void addReplay(CLI::App& app, const CommonOptions& common, Action& action);

} // namespace embedscope::cli
