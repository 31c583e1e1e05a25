// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/train_arguments.h"
#include "core/base/strings.h"
#include "core/train/checkpoint.h"
#include "core/train/run.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>

namespace embedscope::cli {

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Labelled sentences beside the training data, as rows of its vocabulary.
struct HeldOut
{
    std::shared_ptr<const DataSet> valid;
    std::shared_ptr<const DataSet> test;
};

Result<std::shared_ptr<const DataSet>> readHeldOut(const std::string& path, const TrainArguments& a,
                                                   const PreparedRun& run)
{
    if (path.empty())
        return std::shared_ptr<const DataSet>();
    LabelledTextOptions reading = readingOptions(a);
    reading.one_class_is_enough = true;
    auto text = readText(path, reading);
    if (!text)
        return fail(text.error());
    auto renumbered = withClasses(std::move(*text), run.classes, path);
    if (!renumbered)
        return fail(renumbered.error());
    return std::make_shared<const DataSet>(encode(*renumbered, run.tokenizer, run.vocabulary.vocabulary,
                                                  run.vocabulary.unknownRow, run.options.max_length));
}

/// Drives a trainer to its end, epoch by epoch.
class TrainCommand
{
public:
    TrainCommand(TrainArguments arguments, bool json)
        : m_arguments(std::move(arguments))
        , m_json(json)
    {
    }

    Result<void> run();

private:
    Result<void> prepare();
    Result<void> readHeldOutData();
    Result<void> planSwitches();
    Result<void> goOnFromCheckpoint();
    Result<void> applySwitches();
    Result<void> trainToEnd();
    Result<void> epoch();
    Result<void> finishEpoch(double seconds, std::int64_t tokens);
    Result<std::optional<Evaluation>> evaluateOn(const std::shared_ptr<const DataSet>& data) const;
    void warnOfCollapse(const Evaluation& evaluation) const;
    Result<void> checkpointIfDue();
    Result<void> writeCheckpointNow();
    Result<void> save();
    [[nodiscard]] RunRecord record() const;
    [[nodiscard]] bool stoppedImproving() const;

    TrainArguments m_arguments;
    bool m_json;
    RunRecord m_record; // stamps and epochs
    PreparedRun m_prepared;
    HeldOut m_heldOut;
    std::optional<Trainer> m_trainer;
    std::multimap<std::int64_t, Fields> m_switches;
    Clock::time_point m_lastCheckpoint = Clock::now();
};

Result<void> TrainCommand::prepare()
{
    auto input = readInput(m_arguments, m_record);
    if (!input)
        return fail(input.error());
    auto prepared = prepareRun(std::move(*input));
    if (!prepared)
        return fail(prepared.error());
    m_prepared = std::move(*prepared);
    if (auto read = readHeldOutData(); !read)
        return read;
    // A frozen or fresh table starts with its padding row as padding, unless the user says otherwise.
    if (!m_arguments.live.contains("padding_idx"))
        m_prepared.options.live.padding_idx = m_prepared.vocabulary.paddingRow;
    auto trainer = startTrainer(m_prepared);
    if (!trainer)
        return fail(trainer.error());
    m_trainer = std::move(*trainer);
    if (auto planned = planSwitches(); !planned)
        return planned;
    return m_arguments.resume ? goOnFromCheckpoint() : Result<void>();
}

Result<void> TrainCommand::readHeldOutData()
{
    auto valid = readHeldOut(m_arguments.valid, m_arguments, m_prepared);
    auto test = readHeldOut(m_arguments.test, m_arguments, m_prepared);
    if (!valid || !test)
        return fail(valid ? test.error() : valid.error());
    m_heldOut = {*valid ? *valid : m_prepared.valid, *test};
    if (m_prepared.options.early_stop > 0 && !m_heldOut.valid)
        return fail(ErrorCode::OptionsConflict,
                    {"--early-stop", "no validation data", "Add --valid or --valid-split."});
    return {};
}

Result<void> TrainCommand::planSwitches()
{
    for (const std::string& text : m_arguments.switches) {
        auto parsed = parseSwitch(text);
        if (!parsed)
            return fail(parsed.error());
        if (auto valid = withFields({}, parsed->second); !valid)
            return fail(valid.error());
        m_switches.insert(std::move(*parsed));
    }
    return {};
}

Result<void> TrainCommand::goOnFromCheckpoint()
{
    const auto path = std::filesystem::path(m_arguments.output) / kCheckpointFile;
    if (!std::filesystem::exists(path)) {
        printWarning("No checkpoint in " + m_arguments.output + ": the run starts at its beginning.");
        return {};
    }
    auto checkpoint = readCheckpoint(path);
    if (!checkpoint)
        return fail(checkpoint.error());
    m_record.epochs = checkpoint->record.epochs;
    return resume(*m_trainer, m_record, std::move(*checkpoint));
}

Result<void> TrainCommand::applySwitches()
{
    const auto [begin, end] = m_switches.equal_range(m_trainer->stepsDone());
    for (auto it = begin; it != end; ++it) {
        const auto settings = withFields(m_trainer->settings(), it->second);
        if (!settings)
            return fail(settings.error());
        if (auto taken = m_trainer->apply(*settings); !taken)
            return taken;
    }
    return {};
}

Result<void> TrainCommand::epoch()
{
    const std::int64_t begin = m_trainer->stepsDone() % m_trainer->stepsPerEpoch();
    Progress progress;
    progress.start(m_trainer->stepsPerEpoch());
    progress.set(begin);
    const ProgressBar bar(progress, "Epoch " + std::to_string(m_trainer->stepsDone() / m_trainer->stepsPerEpoch() + 1));
    const auto start = Clock::now();
    std::int64_t tokens = 0;
    for (bool ended = false; !ended; progress.add(1)) {
        if (interruptToken().stop_requested())
            return fail(ErrorCode::Cancelled);
        if (auto switched = applySwitches(); !switched)
            return switched;
        const auto report = m_trainer->step();
        if (!report)
            return fail(report.error());
        tokens += report->tokens;
        ended = report->epochEnded;
        // The line of an epoch is part of what a checkpoint at its end holds.
        if (!ended)
            if (auto saved = checkpointIfDue(); !saved)
                return saved;
    }
    if (auto finished = finishEpoch(secondsSince(start), tokens); !finished)
        return finished;
    return checkpointIfDue();
}

Result<std::optional<Evaluation>> TrainCommand::evaluateOn(const std::shared_ptr<const DataSet>& data) const
{
    if (!data)
        return std::nullopt;
    const auto logits = m_trainer->model().predict(*data, interruptToken());
    if (!logits)
        return fail(logits.error());
    return evaluate(*logits, data->labels);
}

Result<void> TrainCommand::finishEpoch(double seconds, std::int64_t tokens)
{
    const auto valid = evaluateOn(m_heldOut.valid);
    const auto test = valid ? evaluateOn(m_heldOut.test) : valid;
    if (!test)
        return fail(test.error());
    const auto& judged = *test ? *test : *valid;
    const auto share = [](const std::optional<Evaluation>& e) { return e ? number(e->accuracy) : Json(); };
    const EpochTotals& totals = m_trainer->totals();
    const std::int64_t epochNumber = m_trainer->stepsDone() / m_trainer->stepsPerEpoch();
    Json line = {{"epoch", epochNumber},
                 {"train_loss", number(totals.meanLoss())},
                 {"train_accuracy", number(totals.accuracy())},
                 {"valid_accuracy", share(*valid)},
                 {"test_accuracy", share(*test)},
                 {"macro_f1", judged ? number(judged->macro_f1) : Json()},
                 {"tokens_per_second", seconds > 0 ? number(static_cast<double>(tokens) / seconds) : Json()},
                 {"seconds", seconds},
                 {"vocabulary_covered", number(m_prepared.vocabulary.coverage())}};
    if (judged) {
        line["confusion"] = confusionLists(*judged);
        warnOfCollapse(*judged);
    }
    Fields metrics;
    for (const auto& [key, value] : line.items())
        if (key != "epoch" && key != "confusion" && !value.is_null())
            metrics[key] = value.dump();
    m_record.epochs.push_back({epochNumber, metrics});
    printResult(line, m_json);
    return {};
}

void TrainCommand::warnOfCollapse(const Evaluation& evaluation) const
{
    if (const auto all = collapsedClass(evaluation))
        printWarning("Every sentence is taken for '" + m_prepared.classes[static_cast<std::size_t>(*all)] +
                     "': the model has collapsed to one class. Try a smaller --lr, --class-weight balanced, or more "
                     "epochs.");
}

bool TrainCommand::stoppedImproving() const
{
    const std::int64_t patience = m_trainer->options().early_stop;
    double best = -1;
    std::int64_t withoutBetter = 0;
    for (const EpochRecord& epoch : m_record.epochs) {
        const auto found = epoch.metrics.find("valid_accuracy");
        const double accuracy = found == epoch.metrics.end() ? -1 : parseNumber(found->second).value_or(-1);
        withoutBetter = accuracy > best ? 0 : withoutBetter + 1;
        best = std::max(best, accuracy);
    }
    return patience > 0 && withoutBetter >= patience;
}

RunRecord TrainCommand::record() const
{
    RunRecord record = recordOf(*m_trainer, m_prepared);
    record.data = m_record.data;
    record.data_options = m_record.data_options;
    record.vectors = m_record.vectors;
    record.epochs = m_record.epochs;
    return record;
}

Result<void> TrainCommand::checkpointIfDue()
{
    if (secondsSince(m_lastCheckpoint) < m_arguments.checkpointSeconds)
        return {};
    return writeCheckpointNow();
}

Result<void> TrainCommand::writeCheckpointNow()
{
    std::error_code error;
    std::filesystem::create_directories(m_arguments.output, error);
    auto written = writeCheckpoint(*m_trainer, record(), std::filesystem::path(m_arguments.output) / kCheckpointFile);
    m_lastCheckpoint = Clock::now(); // writing does not count
    return written;
}

Result<void> TrainCommand::save()
{
    if (auto written = writeCheckpointNow(); !written)
        return written;
    const RunDirectory run{.record = record(), .model = {}, .vocabulary = m_prepared.vocabulary.vocabulary};
    auto files = writeRun(run, modelViews(m_trainer->model()), m_arguments.output);
    if (!files)
        return fail(files.error());
    files->push_back(std::filesystem::path(m_arguments.output) / kCheckpointFile);
    Json paths = Json::array();
    for (const auto& file : *files)
        paths.push_back(file.string());
    printResult({{"final", true}, {"steps", m_trainer->stepsDone()}, {"files", paths}}, m_json);
    return {};
}

Result<void> TrainCommand::trainToEnd()
{
    while (!m_trainer->finished() && !stoppedImproving())
        if (auto done = epoch(); !done)
            return done;
    return {};
}

Result<void> TrainCommand::run()
{
    if (auto prepared = prepare(); !prepared)
        return prepared;
    const auto done = trainToEnd();
    // What was learned so far is worth keeping, whether the user or the numbers ended the run.
    const bool keeps =
        done || done.error().code == ErrorCode::Cancelled || done.error().code == ErrorCode::TrainingDiverged;
    if (keeps)
        if (auto saved = save(); !saved)
            return saved;
    return done;
}

} // namespace

void addTrain(CLI::App& app, const CommonOptions& common, Action& action)
{
    auto* command = app.add_subcommand("train", "Train a text classifier on labelled sentences");
    auto a = std::make_shared<TrainArguments>();
    addTrainArguments(*command, *a);
    command->callback([a, &common, &action] {
        action = [a, &common] {
            const auto done = TrainCommand(*a, common.json).run();
            return done ? 0 : report(done.error());
        };
    });
}

} // namespace embedscope::cli
