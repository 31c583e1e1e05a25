// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/io/format.h"
#include "core/train/metrics.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <thread>

namespace embedscope::cli {

/// Keys in the order in which they were put, as the contract lists them.
using Json = nlohmann::ordered_json;

/// Exit codes of the contract.
enum class Exit { Done = 0, Internal = 1, Usage = 2, File = 3, Value = 4, Cancelled = 5, Diverged = 6 };

[[nodiscard]] Exit exitCode(const Error& error);

/// One line on standard error; the exit code that belongs to it.
[[nodiscard]] int report(const Error& error);
void printWarning(const std::string& text);

/// A number for JSON: null where it is not finite.
[[nodiscard]] Json number(double value);
/// A float with the digits that it takes to read it back, not those of its double.
[[nodiscard]] Json number(float value);

/// A row for each true class, its predictions by class.
[[nodiscard]] Json confusionLists(const Evaluation& evaluation);

/// One result object: a JSON line, or `key: value` lines for people.
void printResult(const Json& result, bool json);

/// A bar on standard error while it lives, where that is a terminal.
class ProgressBar
{
public:
    ProgressBar(const Progress& progress, std::string title);
    ~ProgressBar();
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

private:
    const Progress& m_progress;
    std::string m_title;
    std::jthread m_thread;
};

/// Asked to stop by the first SIGINT; a second one ends the program at once.
[[nodiscard]] std::stop_token interruptToken();
/// Blocks SIGINT for all threads and starts the one that waits for it; call it first in main().
void watchInterrupts();

} // namespace embedscope::cli
