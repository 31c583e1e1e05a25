// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/io/atomic_file.h"
#include "core/io/format.h"
#include "core/train/word_vectors.h"

#include <chrono>
#include <memory>
#include <string>

namespace embedscope::cli {

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

struct Arguments
{
    std::string text;
    std::string output;
    std::string tokenizer = "blanks";
    WordVectorOptions options;
};

/// Refuses what would only fail after the training: an unknown ending, a folder that may not be written.
Result<Format> checkOutput(const std::string& path)
{
    const auto format = formatFromEnding(path);
    if (!format)
        return fail(ErrorCode::ValueRefused, {"Ending of the file to write", path,
                                              "no format belongs to it; it is .txt, .vec, .bin, .npy or .safetensors"});
    if (const auto file = AtomicFile::create(path); !file)
        return fail(file.error());
    return *format;
}

Result<WordCorpus> readCorpus(const Arguments& a)
{
    Progress progress;
    const ProgressBar bar(progress, "Reading");
    return readWordCorpus(a.text, a.options.min_count, a.options.split, interruptToken(), progress);
}

Result<EmbeddingTable> trainTable(const WordCorpus& corpus, const WordVectorOptions& options)
{
    Progress progress;
    const ProgressBar bar(progress, "Training");
    return trainWordVectors(corpus, options, interruptToken(), progress);
}

Result<WriteReport> writeVectors(const EmbeddingTable& table, const std::string& path, Format format)
{
    Progress progress;
    const ProgressBar bar(progress, "Writing");
    return writeTable(table, path, format, interruptToken(), progress);
}

Result<Json> trainWords(const Arguments& a)
{
    const auto start = Clock::now();
    if (auto valid = check(a.options); !valid)
        return fail(valid.error());
    const auto format = checkOutput(a.output);
    if (!format)
        return fail(format.error());
    const auto corpus = readCorpus(a);
    if (!corpus)
        return fail(corpus.error());
    const auto trainingStart = Clock::now();
    const auto table = trainTable(*corpus, a.options);
    if (!table)
        return fail(table.error());
    const double seconds = secondsSince(trainingStart);
    if (const auto written = writeVectors(*table, a.output, *format); !written)
        return fail(written.error());
    const auto trained = static_cast<double>(corpus->words.size()) * static_cast<double>(a.options.epochs);
    return Json{{"words", table->rows()},
                {"tokens", corpus->words.size()},
                {"tokens_per_second", number(trained / seconds)},
                {"seconds", secondsSince(start)}};
}

int run(Arguments a, bool json)
{
    a.options.split = a.tokenizer == "words" ? WordSplit::Words : WordSplit::Blanks;
    const auto result = trainWords(a);
    if (!result)
        return report(result.error());
    printResult(*result, json);
    return 0;
}

void addOptions(CLI::App& command, Arguments& a)
{
    const auto named = [&command](const char* flag, const char* name, auto& target) {
        command.add_option(flag, target, wordVectorParameter(name).help)->capture_default_str();
    };
    named("--dim", "dim", a.options.dim);
    named("--window", "window", a.options.window);
    named("--negative", "negative", a.options.negative);
    named("--min-count", "min_count", a.options.min_count);
    named("--epochs", "epochs", a.options.epochs);
    named("--sample", "sample", a.options.sample);
    named("--alpha", "alpha", a.options.alpha);
    named("--min-alpha", "min_alpha", a.options.min_alpha);
    named("--seed", "seed", a.options.seed);
    command.add_option("--tokenizer", a.tokenizer, wordVectorParameter("split").help)
        ->capture_default_str()
        ->check(CLI::IsMember({"blanks", "words"}));
    command.add_flag("--hogwild", a.options.hogwild, wordVectorParameter("hogwild").help);
}

} // namespace

void addTrainWords(CLI::App& app, const CommonOptions& common, Action& action)
{
    auto* command = app.add_subcommand("train-words", "Train word vectors on a text (skip-gram, negative sampling)");
    auto a = std::make_shared<Arguments>();
    command->add_option("TEXT", a->text, "Text in UTF-8, one sentence a line")->required();
    command->add_option("--output", a->output, "File to write; its ending chooses the format")->required();
    addOptions(*command, *a);
    command->callback([a, &common, &action] { action = [a, &common] { return run(*a, common.json); }; });
}

} // namespace embedscope::cli
