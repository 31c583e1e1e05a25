// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/project/map_options.h"

#include <CLI/CLI.hpp>

#include <string>

namespace embedscope::cli {

/// How a map is asked for: texts as they were given, and which options were given at all.
struct MapArguments
{
    std::string method;
    std::string metric = "euclidean";
    std::string neighbors = "auto";
    std::string init = "pca";
    double learning_rate = 0;
    Index epochs = 0;
    MapOptions options;
    CLI::Option* iterationsOption = nullptr;
    CLI::Option* learningRateOption = nullptr;
};

/// `arguments` outlives the parsing.
void addMapOptions(CLI::App& command, MapArguments& arguments);

/// ValueRefused where a name means nothing.
Result<MapOptions> mapOptions(const MapArguments& arguments);

} // namespace embedscope::cli
