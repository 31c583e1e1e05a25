// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/train_arguments.h"

#include "app/cli/output.h"
#include "core/base/strings.h"
#include "core/io/format.h"

#include <memory>
#include <string_view>

namespace embedscope::cli {

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

namespace {

Result<TrainOptions> trainOptions(const TrainArguments& a)
{
    auto options = trainOptionsFrom(a.options);
    if (!options)
        return options;
    options->live.freeze = a.freeze;
    options->live.scale_grad_by_freq = a.scale;
    options->live.lr = defaultLearningRate(options->optimizer);
    const auto live = withFields(options->live, a.live);
    if (!live)
        return fail(live.error());
    options->live = *live;
    return options;
}

} // namespace

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
    input.own_vectors = std::move(loaded->table);
    return input;
}

namespace {

/// An option that takes a value, and one that is there or not, with the help of the core's parameter.
void addValue(CLI::App& command, Fields& fields, const char* flag, const char* name, const char* otherwise = "")
{
    command.add_option_function<std::string>(
        flag, [&fields, name](const std::string& value) { fields[name] = value; },
        std::string(trainParameter(name).help) + otherwise);
}

void addSwitch(CLI::App& command, Fields& fields, const char* flag, const char* name)
{
    command.add_flag_callback(
        flag, [&fields, name] { fields[name] = "on"; }, trainParameter(name).help);
}

void addFiles(CLI::App& command, TrainArguments& a)
{
    command.add_option("DATA", a.data, "Labelled sentences: TSV, CSV, JSON Lines, __label__x text, or label text")
        ->required();
    command.add_option("--output", a.output, "Folder for the run: weights, vocabulary, log, checkpoint")->required();
    command.add_option("--test", a.test, "Labelled sentences to test on after each epoch");
    command.add_option("--valid", a.valid, "Labelled sentences to validate on after each epoch");
    command.add_option("--vectors", a.vectors, "Start from these vectors instead of random ones");
    command.add_option("--format", a.format,
                       "Shape of the data: tsv, csv, jsonl, fasttext, label-first (default: found out)");
    command.add_option("--text-column", a.textColumn, "Name or number of the column with the text");
    command.add_option("--label-column", a.labelColumn, "Name or number of the column with the label");
}

void addModel(CLI::App& command, Fields& fields)
{
    addValue(command, fields, "--encoder", "encoder", " Default: bag.");
    addValue(command, fields, "--bag-mode", "mode", " Default: mean.");
    addValue(command, fields, "--embedding-dim", "embedding_dim", " Default: 128.");
    addValue(command, fields, "--hidden-dim", "hidden_dim", " Default: 256.");
    addValue(command, fields, "--layers", "num_layers", " Default: 1.");
    addSwitch(command, fields, "--bidirectional", "bidirectional");
    addValue(command, fields, "--heads", "nhead", " Default: 4, 2 or 1, as the dimensions allow.");
    addValue(command, fields, "--positions", "positions", " Default: learned.");
    addSwitch(command, fields, "--norm-first", "norm_first");
    addSwitch(command, fields, "--gelu", "gelu");
    addValue(command, fields, "--dropout", "dropout", " Default: 0.");
}

void addCourse(CLI::App& command, Fields& fields)
{
    addValue(command, fields, "--optimizer", "optimizer", " sgd, adagrad, adam, adamw or sparse_adam. Default: adam.");
    addValue(command, fields, "--weight-decay", "weight_decay", " Default: 0.");
    addValue(command, fields, "--batch-size", "batch_size", " Default: 32.");
    addValue(command, fields, "--epochs", "epochs", " Default: 10.");
    addValue(command, fields, "--seed", "seed", " Default: 0.");
    addValue(command, fields, "--max-length", "max_length", " Default: none; 512 for a transformer.");
    addValue(command, fields, "--min-count", "min_count", " Default: 1.");
    addSwitch(command, fields, "--sparse", "sparse");
    addValue(command, fields, "--freeze-epochs", "freeze_epochs");
    addValue(command, fields, "--valid-split", "valid_split", " Default: 0.");
    addValue(command, fields, "--early-stop", "early_stop");
    addValue(command, fields, "--class-weight", "class_weight", " Default: none.");
    addValue(command, fields, "--label-smoothing", "label_smoothing", " Default: 0.");
    addValue(command, fields, "--clip-norm", "clip_norm", " Default: 0.");
    addValue(command, fields, "--schedule", "schedule", " Default: constant.");
    addValue(command, fields, "--warmup-steps", "warmup_steps", " Default: 0.");
}

void addLive(CLI::App& command, TrainArguments& a)
{
    addValue(command, a.live, "--lr", "lr", " Default: 0.001, for sgd 0.5, for adagrad 0.05.");
    addValue(command, a.live, "--padding-idx", "padding_idx",
             " Default: the row of <pad>, which is 0 without --vectors.");
    addValue(command, a.live, "--max-norm", "max_norm");
    addValue(command, a.live, "--norm-type", "norm_type", " Default: 2.");
    command.add_flag("--freeze", a.freeze, trainParameter("freeze").help);
    addSwitch(command, a.live, "--scale-grad-by-freq", "scale_grad_by_freq");
    command.add_option("--switch", a.switches,
                       "Change a live setting at a step, such as 120:freeze=on,lr=0.1; may be given several times");
    command.add_flag("--resume", a.resume,
                     "Go on from the checkpoint in the folder, as if the run had never been interrupted");
    command.add_option("--checkpoint-seconds", a.checkpointSeconds,
                       "Save a checkpoint after so many seconds, and at the end. Default: 30.");
}

} // namespace

void addTrainArguments(CLI::App& command, TrainArguments& arguments)
{
    addFiles(command, arguments);
    addModel(command, arguments.options);
    addCourse(command, arguments.options);
    addLive(command, arguments);
}

} // namespace embedscope::cli
