// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/read_arguments.h"
#include "core/base/strings.h"
#include "core/io/format.h"
#include "core/search/analogy.h"
#include "core/search/similarity.h"
#include "core/text/text_file.h"

#include <chrono>
#include <cstdio>
#include <iostream>
#include <memory>
#include <optional>
#include <string>

namespace embedscope::cli {

namespace {

using Clock = std::chrono::steady_clock;

struct Arguments
{
    std::string file;
    std::string analogies;
    std::string similarity;
    EvaluationOptions options;
    ReadArguments read;
};

/// The lists that were asked for.
struct Lists
{
    std::optional<AnalogyQuestions> questions;
    std::optional<WordPairs> pairs;
};

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

Result<std::string> readText(const std::string& path)
{
    Progress progress;
    const ProgressBar bar(progress, "Reading");
    return readTextFile(path, interruptToken(), progress);
}

Result<EmbeddingTable> readVectors(const std::string& path, const ReadArguments& arguments)
{
    const auto options = readOptions(arguments);
    if (!options)
        return fail(options.error());
    Progress progress;
    const ProgressBar bar(progress, "Reading");
    auto loaded = readTable(path, *options, interruptToken(), progress);
    if (!loaded)
        return fail(loaded.error());
    for (const Warning& warning : loaded->report.warnings)
        printWarning(describe(warning));
    return std::move(loaded->table);
}

void warnOfSkipped(const std::string& path, Index lines, Index first, const char* reason)
{
    if (lines > 0)
        printWarning(path + ": " + std::to_string(lines) + " lines were skipped, the first is line " +
                     std::to_string(first) + ": " + reason);
}

template <class List, class Parse>
Result<List> readList(const std::string& path, Parse parse, const char* reason)
{
    const auto text = readText(path);
    if (!text)
        return fail(text.error());
    auto list = parse(*text, path, interruptToken());
    if (list)
        warnOfSkipped(path, list->skippedLines, list->firstSkippedLine, reason);
    return list;
}

/// Before the table, so that a mistake in a list shows at once.
Result<Lists> readLists(const Arguments& a)
{
    Lists lists;
    if (!a.analogies.empty()) {
        auto read = readList<AnalogyQuestions>(a.analogies, parseAnalogies, "not four words");
        if (!read)
            return fail(read.error());
        lists.questions = std::move(*read);
    }
    if (!a.similarity.empty()) {
        auto read = readList<WordPairs>(a.similarity, parseWordPairs, "not two words and a number");
        if (!read)
            return fail(read.error());
        lists.pairs = std::move(*read);
    }
    return lists;
}

/// The part of the questions or pairs that were asked for whose words are all in the table.
double covered(Index all, Index unknown)
{
    return static_cast<double>(all - unknown) / static_cast<double>(all);
}

Json scoreOf(const AnalogyScore& score)
{
    return {{"name", score.name}, {"correct", score.correct}, {"total", score.total}};
}

Result<Json> askAnalogies(const EmbeddingTable& table, const AnalogyQuestions& questions,
                          const EvaluationOptions& options)
{
    Progress progress;
    const ProgressBar bar(progress, "Analogies");
    const auto result = evaluateAnalogies(table, questions, options, interruptToken(), progress);
    if (!result)
        return fail(result.error());
    Json sections = Json::array();
    for (const auto& section : result->sections)
        sections.push_back(scoreOf(section));
    sections.push_back(scoreOf(result->total));
    return Json{{"sections", sections},
                {"accuracy", number(result->total.accuracy())},
                {"covered", number(covered(result->questions, result->unknown))},
                {"questions", result->questions},
                {"skipped_lines", questions.skippedLines}};
}

Result<Json> comparePairs(const EmbeddingTable& table, const WordPairs& pairs, const EvaluationOptions& options)
{
    Progress progress;
    const ProgressBar bar(progress, "Similarity");
    const auto result = evaluateSimilarity(table, pairs, options, interruptToken(), progress);
    if (!result)
        return fail(result.error());
    return Json{{"spearman", number(result->spearman)},
                {"pearson", number(result->pearson)},
                {"covered", number(covered(result->pairs, result->unknown))},
                {"pairs", result->pairs},
                {"skipped_lines", pairs.skippedLines}};
}

Result<Json> evaluate(const Arguments& a)
{
    const auto lists = readLists(a);
    if (!lists)
        return fail(lists.error());
    const auto table = readVectors(a.file, a.read);
    if (!table)
        return fail(table.error());
    const auto start = Clock::now();
    Json result = Json::object();
    const auto put = [&result](const char* key, Result<Json> part) -> std::optional<Error> {
        if (!part)
            return part.error();
        result[key] = std::move(*part);
        return std::nullopt;
    };
    if (lists->questions)
        if (const auto error = put("analogies", askAnalogies(*table, *lists->questions, a.options)))
            return fail(*error);
    if (lists->pairs)
        if (const auto error = put("similarity", comparePairs(*table, *lists->pairs, a.options)))
            return fail(*error);
    result["seconds"] = secondsSince(start);
    return result;
}

void printSections(const Json& sections)
{
    for (const Json& section : sections) {
        const auto correct = section["correct"].get<long long>();
        const auto total = section["total"].get<long long>();
        const double percent = total == 0 ? 0.0 : 100.0 * static_cast<double>(correct) / static_cast<double>(total);
        std::printf("%-30s %7lld of %7lld %6.1f%%\n", toValidUtf8(section["name"].get<std::string>()).c_str(), correct,
                    total, percent);
    }
    std::fflush(stdout);
}

/// Sections in columns, all else as `key: value` lines.
void print(Json result, bool json)
{
    if (json) {
        printResult(result, true);
        return;
    }
    if (result.contains("analogies")) {
        printSections(result["analogies"]["sections"]);
        result["analogies"].erase("sections");
    }
    for (const char* part : {"analogies", "similarity"})
        if (result.contains(part))
            printResult(result[part], false);
}

int run(const Arguments& a, bool json)
{
    if (a.analogies.empty() && a.similarity.empty()) {
        std::cerr << "embedscope-cli: evaluate: nothing to evaluate; name a list of questions with --analogies or one "
                     "of judged word pairs with --similarity\n";
        return static_cast<int>(Exit::Usage);
    }
    const auto result = evaluate(a);
    if (!result)
        return report(result.error());
    print(*result, json);
    return 0;
}

} // namespace

void addEvaluate(CLI::App& app, const CommonOptions& common, Action& action)
{
    auto* command = app.add_subcommand("evaluate", "How well vectors solve analogies, and agree with people on "
                                                   "similarity; by the rules and defaults of gensim 4.2");
    auto a = std::make_shared<Arguments>();
    command->add_option("FILE", a->file, "File of vectors")->required();
    command->add_option("--analogies", a->analogies,
                        "Questions of four words a line, in sections that begin with ': name' (questions-words.txt)");
    command->add_option("--similarity", a->similarity,
                        "Two words and a number a line, by tabs, commas or blanks (wordsim353.tsv)");
    command->add_option("--restrict", a->options.restrict_vocab, "Only the first N tokens are words and answers")
        ->capture_default_str()
        ->check(CLI::PositiveNumber);
    command->add_flag("--case-fold,!--no-case-fold", a->options.case_insensitive,
                      "Compare words in upper case, where the first spelling in FILE counts (the default); "
                      "--no-case-fold compares them as they are");
    command->add_flag("--dummy4unknown", a->options.dummy4unknown,
                      "Count a question with an unknown word as wrong, a pair as similarity 0; else both are left out");
    addReadOptions(*command, a->read);
    command->callback([a, &common, &action] { action = [a, &common] { return run(*a, common.json); }; });
}

} // namespace embedscope::cli
