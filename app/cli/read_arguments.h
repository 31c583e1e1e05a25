// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/io/format.h"

#include <CLI/CLI.hpp>

#include <string>

namespace embedscope::cli {

/// How a command is asked to read its table: the options that all of them share.
struct ReadArguments
{
    ReadOptions options;
    std::string from;
    std::string tokens;
    Index dim = 0;
    bool header = false;
    CLI::Option* headerFlag = nullptr;
};

/// Adds --from, --tokens, --array, --entry, --encoding, --header, --dim and --skip-damaged. `arguments` outlives the
/// parsing.
void addReadOptions(CLI::App& command, ReadArguments& arguments);

/// ValueRefused where --from names no format.
Result<ReadOptions> readOptions(const ReadArguments& arguments);

} // namespace embedscope::cli
