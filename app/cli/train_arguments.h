// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"
#include "core/base/result.h"
#include "core/text/labelled_text.h"
#include "core/train/run.h"

#include <CLI/CLI.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace embedscope::cli {

/// The arguments of `train` as they stand on the command line; the core decides what they mean.
struct TrainArguments
{
    std::string data, output, test, valid, vectors;
    std::string format, textColumn, labelColumn;
    Fields options; // of TrainOptions, by name
    Fields live;    // of LiveSettings, by name
    std::vector<std::string> switches;
    bool freeze = false, scale = false;
    bool resume = false;
    double checkpointSeconds = 30;
};

void addTrainArguments(CLI::App& command, TrainArguments& arguments);

[[nodiscard]] LabelledTextOptions readingOptions(const TrainArguments& arguments);
[[nodiscard]] Result<LabelledText> readText(const std::string& path, const LabelledTextOptions& options);
/// Reads data and vectors and notes in `record` what they were.
[[nodiscard]] Result<RunInput> readInput(const TrainArguments& arguments, RunRecord& record);
/// `120:freeze=on,lr=0.1` -> from step 120 on.
[[nodiscard]] Result<std::pair<std::int64_t, Fields>> parseSwitch(const std::string& text);

} // namespace embedscope::cli
