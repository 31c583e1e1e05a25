// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/base/strings.h"
#include "core/io/format.h"
#include "core/io/run_directory.h"
#include "core/train/run.h"

#include <chrono>
#include <map>
#include <memory>
#include <optional>

namespace embedscope::cli {

namespace {

using Clock = std::chrono::steady_clock;

/// As they stand on the command line; the core decides what they mean.
struct TrainArguments
{
    std::string data, output, test, valid, vectors;
    std::string format, textColumn, labelColumn;
    Fields options; // of TrainOptions, by name
    Fields live;    // of LiveSettings, by name
    std::vector<std::string> switches;
    bool freeze = false, scale = false, sparse = false;
};

/// Labelled sentences beside the training data, as rows of its vocabulary.
struct HeldOut
{
    std::shared_ptr<const DataSet> valid;
    std::shared_ptr<const DataSet> test;
};

LabelledTextOptions readingOptions(const TrainArguments& a)
{
    LabelledTextOptions options;
    if (!a.textColumn.empty())
        options.text_column = a.textColumn;
    if (!a.labelColumn.empty())
        options.label_column = a.labelColumn;
    if (!a.format.empty())
        options.format = textFormatFromName(a.format);
    return options;
}

Result<LabelledText> readText(const std::string& path, const LabelledTextOptions& options)
{
    Progress progress;
    const ProgressBar bar(progress, "Reading");
    return readLabelledText(path, options, interruptToken(), progress);
}

Result<TrainOptions> trainOptions(const TrainArguments& a)
{
    auto options = trainOptionsFrom(a.options);
    if (!options)
        return options;
    options->sparse = a.sparse;
    options->live.freeze = a.freeze || options->freeze_epochs > 0;
    options->live.scale_grad_by_freq = a.scale;
    options->live.lr = defaultLearningRate(options->optimizer);
    const auto live = withFields(options->live, a.live);
    if (!live)
        return fail(live.error());
    options->live = *live;
    return options;
}

/// `120:freeze=on,lr=0.1` -> from step 120 on.
Result<std::pair<std::int64_t, Fields>> parseSwitch(const std::string& text)
{
    const auto bad = [&text] {
        return fail(ErrorCode::ValueRefused, {"--switch", text, "write it like 120:freeze=on,lr=0.1"});
    };
    const std::size_t colon = text.find(':');
    const auto step = parseInteger(std::string_view(text).substr(0, colon));
    if (colon == std::string::npos || !step || *step < 0)
        return bad();
    Fields fields;
    for (std::string_view rest = std::string_view(text).substr(colon + 1); !rest.empty();) {
        const std::size_t comma = rest.find(',');
        const std::string_view part = rest.substr(0, comma);
        const std::size_t equals = part.find('=');
        if (equals == std::string_view::npos)
            return bad();
        fields.emplace(part.substr(0, equals), part.substr(equals + 1));
        rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
    }
    return std::pair(static_cast<std::int64_t>(*step), fields);
}

Result<RunInput> readInput(const TrainArguments& a, RunRecord& record)
{
    auto options = trainOptions(a);
    if (!options)
        return fail(options.error());
    if (!a.format.empty() && !textFormatFromName(a.format))
        return fail(ErrorCode::ValueRefused, {"--format", a.format, "it is tsv, csv, jsonl, fasttext or label-first"});
    const LabelledTextOptions reading = readingOptions(a);
    auto data = readText(a.data, reading);
    if (!data)
        return fail(data.error());
    auto stamp = stampOf(a.data);
    if (!stamp)
        return fail(stamp.error());
    record.data = *stamp;
    record.data_options = toFields(reading);
    RunInput input{std::make_shared<const LabelledText>(std::move(*data)), nullptr, *options, {}};
    if (a.vectors.empty())
        return input;
    Progress progress;
    const ProgressBar bar(progress, "Reading vectors");
    auto loaded = readTable(a.vectors, {}, interruptToken(), progress);
    if (!loaded)
        return fail(loaded.error());
    auto vectors = stampOf(a.vectors);
    if (!vectors)
        return fail(vectors.error());
    record.vectors = *vectors;
    input.vectors = std::make_shared<const EmbeddingTable>(std::move(loaded->table));
    return input;
}

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
    Result<void> planSwitches();
    Result<void> applySwitches();
    Result<void> epoch(std::int64_t epochNumber);
    Result<void> finishEpoch(std::int64_t epochNumber, double loss, double accuracy, double tokens, double seconds);
    Result<void> save();
    [[nodiscard]] bool stoppedImproving(double accuracy);

    TrainArguments m_arguments;
    bool m_json;
    RunRecord m_record; // stamps and epochs
    PreparedRun m_prepared;
    HeldOut m_heldOut;
    std::optional<Trainer> m_trainer;
    std::multimap<std::int64_t, Fields> m_switches;
    double m_best = -1;
    std::int64_t m_epochsWithoutBetter = 0;
    bool m_stopEarly = false;
};

Result<void> TrainCommand::prepare()
{
    auto input = readInput(m_arguments, m_record);
    if (!input)
        return fail(input.error());
    auto prepared = prepareRun(*input);
    if (!prepared)
        return fail(prepared.error());
    m_prepared = std::move(*prepared);
    auto valid = readHeldOut(m_arguments.valid, m_arguments, m_prepared);
    auto test = readHeldOut(m_arguments.test, m_arguments, m_prepared);
    if (!valid || !test)
        return fail(valid ? test.error() : valid.error());
    m_heldOut = {*valid, *test};
    // A frozen or fresh table starts with its padding row as padding, unless the user says otherwise.
    if (!m_arguments.live.contains("padding_idx"))
        m_prepared.options.live.padding_idx = m_prepared.vocabulary.paddingRow;
    auto trainer = startTrainer(m_prepared);
    if (!trainer)
        return fail(trainer.error());
    m_trainer = std::move(*trainer);
    return planSwitches();
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
    const auto& options = m_trainer->options();
    if (options.freeze_epochs > 0 && !m_arguments.freeze)
        m_switches.emplace(options.freeze_epochs * m_trainer->stepsPerEpoch(), Fields{{"freeze", "off"}});
    return {};
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

Result<void> TrainCommand::epoch(std::int64_t epochNumber)
{
    double loss = 0;
    double tokens = 0;
    std::int64_t right = 0;
    std::int64_t sentences = 0;
    Progress progress;
    progress.start(m_trainer->stepsPerEpoch());
    const ProgressBar bar(progress, "Epoch " + std::to_string(epochNumber));
    const auto start = Clock::now();
    for (bool ended = false; !ended; progress.add(1)) {
        if (interruptToken().stop_requested())
            return fail(ErrorCode::Cancelled);
        if (auto switched = applySwitches(); !switched)
            return switched;
        const auto report = m_trainer->step();
        if (!report)
            return fail(report.error());
        loss += report->loss * static_cast<double>(report->sentences);
        tokens += static_cast<double>(report->tokens);
        right += report->right;
        sentences += report->sentences;
        ended = report->epochEnded;
    }
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    const auto n = static_cast<double>(sentences);
    return finishEpoch(epochNumber, loss / n, static_cast<double>(right) / n, tokens, seconds);
}

Result<void> TrainCommand::finishEpoch(std::int64_t epochNumber, double loss, double accuracy, double tokens,
                                       double seconds)
{
    std::optional<Evaluation> valid;
    std::optional<Evaluation> test;
    for (auto [data, out] : {std::pair(m_heldOut.valid, &valid), std::pair(m_heldOut.test, &test)}) {
        if (!data)
            continue;
        const auto logits = m_trainer->model().predict(*data, interruptToken());
        if (!logits)
            return fail(logits.error());
        *out = evaluate(*logits, data->labels);
    }
    const auto share = [](const std::optional<Evaluation>& e) { return e ? number(e->accuracy) : Json(); };
    const auto& best = test ? test : valid;
    const Json line = {{"epoch", epochNumber},
                       {"train_loss", number(loss)},
                       {"train_accuracy", number(accuracy)},
                       {"valid_accuracy", share(valid)},
                       {"test_accuracy", share(test)},
                       {"macro_f1", best ? number(best->macro_f1) : Json()},
                       {"tokens_per_second", seconds > 0 ? number(tokens / seconds) : Json()},
                       {"seconds", seconds},
                       {"vocabulary_covered", number(m_prepared.vocabulary.coverage())}};
    Fields metrics;
    for (const auto& [key, value] : line.items())
        if (key != "epoch" && !value.is_null())
            metrics[key] = value.dump();
    m_record.epochs.push_back({epochNumber, metrics});
    printResult(line, m_json);
    m_stopEarly = valid && stoppedImproving(valid->accuracy);
    return {};
}

bool TrainCommand::stoppedImproving(double accuracy)
{
    m_epochsWithoutBetter = accuracy > m_best ? 0 : m_epochsWithoutBetter + 1;
    m_best = std::max(m_best, accuracy);
    const std::int64_t patience = m_trainer->options().early_stop;
    return patience > 0 && m_epochsWithoutBetter >= patience;
}

Result<void> TrainCommand::save()
{
    RunDirectory run{.record = recordOf(*m_trainer, m_prepared),
                     .model = modelTensors(m_trainer->model()),
                     .vocabulary = m_prepared.vocabulary.vocabulary};
    run.record.data = m_record.data;
    run.record.data_options = m_record.data_options;
    run.record.vectors = m_record.vectors;
    run.record.epochs = m_record.epochs;
    const auto files = writeRun(run, m_arguments.output);
    if (!files)
        return fail(files.error());
    Json paths = Json::array();
    for (const auto& file : *files)
        paths.push_back(file.string());
    printResult({{"final", true}, {"steps", m_trainer->stepsDone()}, {"files", paths}}, m_json);
    return {};
}

Result<void> TrainCommand::run()
{
    if (auto prepared = prepare(); !prepared)
        return prepared;
    for (std::int64_t number = 1; !m_trainer->finished() && !m_stopEarly; ++number) {
        auto done = epoch(number);
        if (done)
            continue;
        // What was learned so far is worth keeping, whether the user or the numbers ended the run.
        const ErrorCode code = done.error().code;
        if (code == ErrorCode::Cancelled || code == ErrorCode::TrainingDiverged)
            if (auto saved = save(); !saved)
                return saved;
        return done;
    }
    return save();
}

void addOptions(CLI::App& command, TrainArguments& a)
{
    const auto named = [&command](Fields& fields, const char* flag, const char* name, const char* otherwise) {
        command.add_option_function<std::string>(
            flag, [&fields, name](const std::string& value) { fields[name] = value; },
            std::string(trainParameter(name).help) + otherwise);
    };
    named(a.options, "--encoder", "encoder", "");
    named(a.options, "--bag-mode", "mode", " Default: mean.");
    named(a.options, "--embedding-dim", "embedding_dim", " Default: 128.");
    named(a.options, "--optimizer", "optimizer", " sgd, adagrad, adam, adamw or sparse_adam. Default: adam.");
    named(a.options, "--weight-decay", "weight_decay", " Default: 0.");
    named(a.options, "--batch-size", "batch_size", " Default: 32.");
    named(a.options, "--epochs", "epochs", " Default: 10.");
    named(a.options, "--seed", "seed", " Default: 0.");
    named(a.options, "--max-length", "max_length", "");
    named(a.options, "--min-count", "min_count", " Default: 1.");
    named(a.options, "--freeze-epochs", "freeze_epochs", "");
    named(a.options, "--early-stop", "early_stop", "");
    named(a.live, "--lr", "lr", " Default: 0.001, for sgd 0.5, for adagrad 0.05.");
    named(a.live, "--padding-idx", "padding_idx", " Default: the row of <pad>, which is 0 without --vectors.");
    named(a.live, "--max-norm", "max_norm", "");
    named(a.live, "--norm-type", "norm_type", " Default: 2.");
    command.add_flag("--freeze", a.freeze, trainParameter("freeze").help);
    command.add_flag("--scale-grad-by-freq", a.scale, trainParameter("scale_grad_by_freq").help);
    command.add_flag("--sparse", a.sparse, trainParameter("sparse").help);
}

} // namespace

void addTrain(CLI::App& app, const CommonOptions& common, Action& action)
{
    auto* command = app.add_subcommand("train", "Train a text classifier on labelled sentences");
    auto a = std::make_shared<TrainArguments>();
    command->add_option("DATA", a->data, "Labelled sentences: TSV, CSV, JSON Lines, __label__x text, or label text")
        ->required();
    command->add_option("--output", a->output, "Folder for the run: weights, vocabulary, log")->required();
    command->add_option("--test", a->test, "Labelled sentences to test on after each epoch");
    command->add_option("--valid", a->valid, "Labelled sentences to validate on after each epoch");
    command->add_option("--vectors", a->vectors, "Start from these vectors instead of random ones");
    command->add_option("--format", a->format,
                        "Shape of the data: tsv, csv, jsonl, fasttext, label-first (default: found out)");
    command->add_option("--text-column", a->textColumn, "Name or number of the column with the text");
    command->add_option("--label-column", a->labelColumn, "Name or number of the column with the label");
    command->add_option("--switch", a->switches,
                        "Change a live setting at a step, such as 120:freeze=on,lr=0.1; may be given several times");
    addOptions(*command, *a);
    command->callback([a, &common, &action] {
        action = [a, &common] {
            const auto done = TrainCommand(*a, common.json).run();
            return done ? 0 : report(done.error());
        };
    });
}

} // namespace embedscope::cli
