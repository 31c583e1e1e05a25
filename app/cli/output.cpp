// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"

#include "core/base/strings.h"

#include <chrono>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <pthread.h>
#include <unistd.h>

namespace embedscope::cli {

namespace {

std::stop_source& interrupts()
{
    static std::stop_source source;
    return source;
}

std::string plainValue(const Json& value)
{
    if (value.is_string())
        return value.get<std::string>();
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace

Exit exitCode(const Error& error)
{
    switch (errorKind(error.code)) {
    case ErrorKind::Internal:
        return Exit::Internal;
    case ErrorKind::Usage:
        return Exit::Usage;
    case ErrorKind::File:
        return Exit::File;
    case ErrorKind::Value:
        return Exit::Value;
    case ErrorKind::Cancelled:
        return Exit::Cancelled;
    case ErrorKind::Diverged:
        return Exit::Diverged;
    }
    return Exit::Internal;
}

int report(const Error& error)
{
    std::cerr << "embedscope-cli: " << toValidUtf8(describe(error)) << std::endl;
    return static_cast<int>(exitCode(error));
}

void printWarning(const std::string& text)
{
    std::cerr << "embedscope-cli: warning: " << toValidUtf8(text) << std::endl;
}

Json number(double value)
{
    return std::isfinite(value) ? Json(value) : Json();
}

Json number(float value)
{
    return std::isfinite(value) ? Json(*parseNumber(formatNumber(value))) : Json();
}

Json confusionLists(const Evaluation& evaluation)
{
    Json rows = Json::array();
    for (const auto& row : evaluation.confusion.rowwise())
        rows.push_back(std::vector<std::int64_t>(row.begin(), row.end()));
    return rows;
}

void printResult(const Json& result, bool json)
{
    if (json) {
        std::cout << result.dump(-1, ' ', false, Json::error_handler_t::replace) << std::endl;
        return;
    }
    for (const auto& [key, value] : result.items())
        std::cout << key << ": " << plainValue(value) << '\n';
    std::cout.flush();
}

ProgressBar::ProgressBar(const Progress& progress, std::string title)
    : m_progress(progress)
    , m_title(std::move(title))
{
    if (::isatty(STDERR_FILENO) == 0)
        return;
    m_thread = std::jthread([this](const std::stop_token& stop) {
        constexpr int kWidth = 30;
        while (!stop.stop_requested()) {
            const double fraction = m_progress.fraction();
            const int filled = fraction < 0 ? 0 : static_cast<int>(std::min(fraction, 1.0) * kWidth);
            std::cerr << '\r' << m_title << " [" << std::string(static_cast<std::size_t>(filled), '=')
                      << std::string(static_cast<std::size_t>(kWidth - filled), ' ') << ']' << std::flush;
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        }
        std::cerr << "\r\033[K" << std::flush;
    });
}

ProgressBar::~ProgressBar() = default;

std::stop_token interruptToken()
{
    return interrupts().get_token();
}

void watchInterrupts()
{
    // Waited for in a thread of its own: a signal handler may do next to nothing, a thread may ask the work to stop.
    static sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::thread([] {
        int signal = 0;
        sigwait(&signals, &signal);
        interrupts().request_stop();
        sigwait(&signals, &signal);
        std::_Exit(static_cast<int>(Exit::Cancelled));
    }).detach();
}

} // namespace embedscope::cli
