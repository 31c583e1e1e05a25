// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/session_history.h"

#include <cmath>
#include <limits>

namespace embedscope {

namespace {

using Wholes = std::vector<std::int64_t>;
using Reals = std::vector<double>;

constexpr double kNotMeasured = std::numeric_limits<double>::quiet_NaN();

template <class Items, class Value>
auto column(const Items& items, Value value)
{
    std::vector<decltype(value(items.front()))> out;
    out.reserve(items.size());
    for (const auto& item : items)
        out.push_back(value(item));
    return out;
}

/// The array of this name with `size` values, else null.
template <class Values>
const Values* arrayOf(const Session& session, const char* name, std::size_t size)
{
    const auto found = session.arrays.find(name);
    const auto* values = found == session.arrays.end() ? nullptr : std::get_if<Values>(&found->second);
    return values != nullptr && values->size() == size ? values : nullptr;
}

std::size_t sizeOf(const Session& session, const char* name)
{
    const auto found = session.arrays.find(name);
    const auto* values = found == session.arrays.end() ? nullptr : std::get_if<Wholes>(&found->second);
    return values == nullptr ? 0 : values->size();
}

bool takeSteps(const Session& session, std::int64_t stepsPerEpoch, std::vector<StepReport>& out)
{
    const std::size_t size = sizeOf(session, "run.step");
    const auto* step = arrayOf<Wholes>(session, "run.step", size);
    const auto* loss = arrayOf<Reals>(session, "run.loss", size);
    const auto* right = arrayOf<Wholes>(session, "run.right", size);
    const auto* sentences = arrayOf<Wholes>(session, "run.sentences", size);
    const auto* tokens = arrayOf<Wholes>(session, "run.tokens", size);
    if (step == nullptr || loss == nullptr || right == nullptr || sentences == nullptr || tokens == nullptr)
        return false;
    for (std::size_t i = 0; i < size; ++i)
        out.push_back({.step = (*step)[i],
                       .epoch = (*step)[i] / stepsPerEpoch,
                       .loss = (*loss)[i],
                       .right = (*right)[i],
                       .sentences = (*sentences)[i],
                       .tokens = (*tokens)[i],
                       .epochEnded = (*step)[i] % stepsPerEpoch == stepsPerEpoch - 1});
    return true;
}

bool takeEpochs(const Session& session, std::vector<EpochResult>& out)
{
    const std::size_t size = sizeOf(session, "epoch.epoch");
    const auto* epoch = arrayOf<Wholes>(session, "epoch.epoch", size);
    const auto* step = arrayOf<Wholes>(session, "epoch.step", size);
    const Reals* reals[] = {
        arrayOf<Reals>(session, "epoch.train_loss", size), arrayOf<Reals>(session, "epoch.train_accuracy", size),
        arrayOf<Reals>(session, "epoch.valid_accuracy", size), arrayOf<Reals>(session, "epoch.valid_loss", size),
        arrayOf<Reals>(session, "epoch.tokens_per_second", size)};
    if (epoch == nullptr || step == nullptr)
        return false;
    for (const Reals* values : reals)
        if (values == nullptr)
            return false;
    for (std::size_t i = 0; i < size; ++i) {
        EpochResult result{.epoch = (*epoch)[i],
                           .step = (*step)[i],
                           .trainLoss = (*reals[0])[i],
                           .trainAccuracy = (*reals[1])[i],
                           .validation = std::nullopt,
                           .tokensPerSecond = (*reals[4])[i]};
        if (!std::isnan((*reals[2])[i])) {
            result.validation.emplace();
            result.validation->accuracy = (*reals[2])[i];
            result.validation->loss = (*reals[3])[i];
        }
        out.push_back(std::move(result));
    }
    return true;
}

} // namespace

void putHistory(const TrainingPast& past, Session& session)
{
    auto& arrays = session.arrays;
    arrays["run.step"] = column(past.steps, [](const StepReport& report) { return report.step; });
    arrays["run.loss"] = column(past.steps, [](const StepReport& report) { return report.loss; });
    arrays["run.right"] = column(past.steps, [](const StepReport& report) { return report.right; });
    arrays["run.sentences"] = column(past.steps, [](const StepReport& report) { return report.sentences; });
    arrays["run.tokens"] = column(past.steps, [](const StepReport& report) { return report.tokens; });
    arrays["epoch.epoch"] = column(past.epochs, [](const EpochResult& result) { return result.epoch; });
    arrays["epoch.step"] = column(past.epochs, [](const EpochResult& result) { return result.step; });
    arrays["epoch.train_loss"] = column(past.epochs, [](const EpochResult& result) { return result.trainLoss; });
    arrays["epoch.train_accuracy"] =
        column(past.epochs, [](const EpochResult& result) { return result.trainAccuracy; });
    arrays["epoch.valid_accuracy"] = column(past.epochs, [](const EpochResult& result) {
        return result.validation ? result.validation->accuracy : kNotMeasured;
    });
    arrays["epoch.valid_loss"] = column(past.epochs, [](const EpochResult& result) {
        return result.validation ? result.validation->loss : kNotMeasured;
    });
    arrays["epoch.tokens_per_second"] =
        column(past.epochs, [](const EpochResult& result) { return result.tokensPerSecond; });
}

Result<TrainingPast> takeHistory(const Session& session, std::int64_t stepsPerEpoch, const std::string& place)
{
    TrainingPast past;
    if (!takeSteps(session, stepsPerEpoch, past.steps) || !takeEpochs(session, past.epochs))
        return fail(ErrorCode::FileDamaged, {place, "the curves", "they are not equally long"});
    return past;
}

} // namespace embedscope
