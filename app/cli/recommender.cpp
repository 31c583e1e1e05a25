// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/recommender_files.h"
#include "app/cli/recommender_judge.h"
#include "core/base/strings.h"
#include "core/train/recommender_trainer.h"

#include <chrono>
#include <cmath>
#include <limits>
#include <memory>
#include <optional>
#include <utility>

namespace embedscope::cli {

namespace {

using Clock = std::chrono::steady_clock;

constexpr double kValidationShare = 0.1; // of the training ratings, for --early-stop

/// As they stand on the command line; the core decides what they mean.
struct RecommenderArguments
{
    std::vector<std::string> ratings;
    std::string output, test;
    Fields options; // of RecommenderOptions, by name
    bool implicit = false;
    std::optional<double> threshold;
    std::optional<double> heldOut;
};

/// Drives a recommender to its end, epoch by epoch.
class RecommenderCommand
{
public:
    RecommenderCommand(RecommenderArguments arguments, bool json)
        : m_arguments(std::move(arguments))
        , m_json(json)
    {
    }

    Result<void> run();

private:
    Result<void> prepare();
    Result<void> chooseLoss();
    Result<void> checkArguments() const;
    [[nodiscard]] std::vector<Rating> usable(std::span<const Rating> ratings) const;
    [[nodiscard]] RatingSplit split(std::span<const Rating> ratings, double share, std::uint64_t seed) const;
    [[nodiscard]] RatingSplit heldOutSplit() const;
    [[nodiscard]] RecommenderJudge judgeOf(std::vector<Rating> heldOut, const std::vector<Rating>& known) const;
    Result<void> startTrainer(std::vector<Rating> known);
    Result<void> epoch(std::int64_t number);
    Result<void> finishEpoch(std::int64_t number, double loss, double seconds);
    Result<void> validate(Json& line);
    Result<void> save();
    [[nodiscard]] Json record(const Json& quality) const;
    [[nodiscard]] const Recommender& result() const { return m_best ? *m_best : m_trainer->model(); }

    RecommenderArguments m_arguments;
    bool m_json;
    bool m_ranks = false;
    RatingFiles m_files;
    RecommenderOptions m_options;
    std::optional<RecommenderTrainer> m_trainer;
    std::optional<RecommenderJudge> m_test;
    std::optional<RecommenderJudge> m_valid; // with --early-stop
    std::optional<Recommender> m_best;       // of the epochs so far, with --early-stop
    double m_bestGoodness = -std::numeric_limits<double>::infinity();
    std::int64_t m_epochsWithoutBetter = 0;
    Json m_baselines;
    Json m_epochs = Json::array();
};

Result<void> RecommenderCommand::checkArguments() const
{
    const RecommenderArguments& a = m_arguments;
    if (a.heldOut && !(*a.heldOut >= 0 && *a.heldOut < 1))
        return fail(ErrorCode::ValueRefused,
                    {"--held-out", formatNumber(*a.heldOut), "it is a share of at least 0 and below 1"});
    if (a.heldOut && !a.test.empty())
        return fail(ErrorCode::OptionsConflict,
                    {"--held-out", "--test", "Choose one: a part of the ratings, or a file of its own."});
    return {};
}

Result<void> RecommenderCommand::chooseLoss()
{
    Fields fields = m_arguments.options;
    const bool chosen = fields.contains("loss");
    if (!chosen)
        fields["loss"] = m_arguments.implicit || !m_files.set.hasValues ? "bpr" : "squared";
    const auto options = recommenderOptionsFrom(fields);
    if (!options)
        return fail(options.error());
    m_options = *options;
    m_ranks = m_options.loss != RecommenderLoss::Squared;
    if (!m_ranks && m_arguments.implicit)
        return fail(ErrorCode::OptionsConflict, {"--implicit", "--loss squared", "Choose --loss bpr or softmax."});
    if (!m_ranks && !m_files.set.hasValues)
        return fail(ErrorCode::OptionsConflict,
                    {"--loss squared", "data without ratings", "Choose --loss bpr or softmax."});
    if (m_arguments.threshold && (!m_ranks || !m_files.set.hasValues))
        return fail(ErrorCode::OptionsConflict, {"--threshold", m_ranks ? "data without ratings" : "--loss squared",
                                                 m_ranks ? "Leave it out." : "Add --implicit, or leave it out."});
    return {};
}

std::vector<Rating> RecommenderCommand::usable(std::span<const Rating> ratings) const
{
    if (!m_ranks)
        return {ratings.begin(), ratings.end()};
    return positivesOf(ratings, m_arguments.threshold.value_or(-std::numeric_limits<double>::infinity()));
}

RatingSplit RecommenderCommand::split(std::span<const Rating> ratings, double share, std::uint64_t seed) const
{
    return m_ranks ? splitRatingsByUser(ratings, share, seed) : splitRatings(ratings, share, seed);
}

RatingSplit RecommenderCommand::heldOutSplit() const
{
    const std::span<const Rating> all = m_files.set.ratings;
    if (m_arguments.test.empty())
        return split(usable(all), m_arguments.heldOut.value_or(0.2), m_options.seed);
    const auto ofTest = static_cast<std::size_t>(m_files.set.files.back().kept);
    return {usable(all.first(all.size() - ofTest)), usable(all.last(ofTest))};
}

RecommenderJudge RecommenderCommand::judgeOf(std::vector<Rating> heldOut, const std::vector<Rating>& known) const
{
    return {m_ranks, std::move(heldOut), known, m_files.set.users.size(), m_files.set.items.size()};
}

Result<void> RecommenderCommand::startTrainer(std::vector<Rating> known)
{
    auto data = std::make_shared<RecommenderData>();
    data->users = m_files.set.users.size();
    data->items = m_files.set.items.size();
    if (m_options.early_stop > 0) {
        // Another seed than that of the test part: otherwise the two would be drawn alike.
        RatingSplit parts = split(known, kValidationShare, m_options.seed + 1);
        m_valid = judgeOf(std::move(parts.heldOut), parts.train);
        known = std::move(parts.train);
    }
    data->train = std::move(known);
    auto trainer = RecommenderTrainer::create(m_options, std::move(data));
    if (!trainer)
        return fail(trainer.error());
    m_trainer = std::move(*trainer);
    return {};
}

Result<void> RecommenderCommand::prepare()
{
    if (auto checked = checkArguments(); !checked)
        return checked;
    std::vector<std::string> paths = m_arguments.ratings;
    if (!m_arguments.test.empty())
        paths.push_back(m_arguments.test);
    auto files = readRatingFiles(paths);
    if (!files)
        return fail(files.error());
    m_files = std::move(*files);
    if (auto chosen = chooseLoss(); !chosen)
        return chosen;
    RatingSplit parts = heldOutSplit();
    m_test = judgeOf(std::move(parts.heldOut), parts.train);
    auto baselines = m_test->baselines(parts.train, m_options.seed);
    if (!baselines)
        return fail(baselines.error());
    m_baselines = std::move(*baselines);
    return startTrainer(std::move(parts.train));
}

Result<void> RecommenderCommand::epoch(std::int64_t number)
{
    double loss = 0;
    std::int64_t ratings = 0;
    Progress progress;
    progress.start(m_trainer->stepsPerEpoch());
    const ProgressBar bar(progress, "Epoch " + std::to_string(number));
    const auto start = Clock::now();
    for (bool ended = false; !ended; progress.add(1)) {
        if (interruptToken().stop_requested())
            return fail(ErrorCode::Cancelled);
        const auto report = m_trainer->step();
        if (!report)
            return fail(report.error());
        loss += report->loss * static_cast<double>(report->ratings);
        ratings += report->ratings;
        ended = report->epochEnded;
    }
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    return finishEpoch(number, loss / static_cast<double>(ratings), seconds);
}

Result<void> RecommenderCommand::finishEpoch(std::int64_t number, double loss, double seconds)
{
    const auto quality = m_test->judge(m_trainer->model());
    if (!quality)
        return fail(quality.error());
    Json line = {{"epoch", number}};
    line.update(*quality);
    line.update(m_baselines);
    if (m_valid)
        if (auto done = validate(line); !done)
            return done;
    line["train_loss"] = cli::number(loss);
    line["seconds"] = seconds;
    m_epochs.push_back(line);
    printResult(line, m_json);
    return {};
}

Result<void> RecommenderCommand::validate(Json& line)
{
    const auto goodness = m_valid->goodness(m_trainer->model());
    if (!goodness)
        return fail(goodness.error());
    line[m_ranks ? "valid_recall_at_10" : "valid_rmse"] = number(std::abs(*goodness));
    ++m_epochsWithoutBetter;
    if (*goodness <= m_bestGoodness)
        return {};
    m_epochsWithoutBetter = 0;
    m_bestGoodness = *goodness;
    m_best = m_trainer->model();
    return {};
}

Json RecommenderCommand::record(const Json& quality) const
{
    Json options = Json::object();
    for (const auto& [name, value] : toFields(m_options))
        options[name] = value;
    return {{"program", "embedscope " EMBEDSCOPE_VERSION},
            {"options", options},
            {"threshold", m_arguments.threshold ? number(*m_arguments.threshold) : Json()},
            {"held_out", m_arguments.test.empty() ? number(m_arguments.heldOut.value_or(0.2)) : Json()},
            {"test", m_arguments.test.empty() ? Json() : Json(m_arguments.test)},
            {"files", describeFiles(m_files)},
            {"users", m_files.set.users.size()},
            {"items", m_files.set.items.size()},
            {"duplicates", m_files.set.duplicates},
            {"train_ratings", m_trainer->data().train.size()},
            {"validation_ratings", m_valid ? m_valid->heldOut().size() : 0},
            {"held_out_ratings", m_test->heldOut().size()},
            {"result", quality},
            {"epochs", m_epochs}};
}

Result<void> RecommenderCommand::save()
{
    auto quality = m_test->judge(result());
    // After Ctrl+C there is no time to judge.
    Json numbers = quality ? std::move(*quality) : Json::object();
    numbers.update(m_baselines);
    const Json all = record(numbers);
    const auto files = writeRecommender({result(), m_files.set, m_trainer->data().train, all}, m_arguments.output);
    if (!files)
        return fail(files.error());
    Json line = {{"final", true}, {"epochs", m_epochs.size()}};
    line.update(numbers);
    for (const char* key : {"users", "items", "duplicates", "train_ratings", "held_out_ratings"})
        line[key] = all[key];
    line["files"] = Json::array();
    for (const auto& file : *files)
        line["files"].push_back(file.string());
    printResult(line, m_json);
    return {};
}

Result<void> RecommenderCommand::run()
{
    if (auto prepared = prepare(); !prepared)
        return prepared;
    const auto stopsEarly = [this] { return m_valid && m_epochsWithoutBetter >= m_options.early_stop; };
    for (std::int64_t number = 1; !m_trainer->finished() && !stopsEarly(); ++number) {
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

void addOptions(CLI::App& command, RecommenderArguments& a)
{
    const auto named = [&command, &a](const char* flag, const char* name, const char* otherwise) {
        command.add_option_function<std::string>(
            flag, [&a, name](const std::string& value) { a.options[name] = value; },
            std::string(recommenderParameter(name).help) + otherwise);
    };
    named("--loss", "loss", " Default: squared; bpr with --implicit and where there are no ratings.");
    named("--dim", "embedding_dim", " Default: 32.");
    named("--optimizer", "optimizer", " Default: adagrad.");
    named("--lr", "lr", " Default: 0.03, for adam and sparse_adam 0.001, for sgd 1.");
    named("--reg", "reg", " Default: 0.1, for bpr and softmax 0.01.");
    named("--batch-size", "batch_size", " Default: 128.");
    named("--epochs", "epochs", " Default: 30.");
    named("--negatives", "negatives", " Default: 10.");
    named("--init-std", "init_std", " Default: 0.05.");
    named("--early-stop", "early_stop", "");
    named("--seed", "seed", " Decides what is held out, too. Default: 0.");
}

} // namespace

void addTrainRecommender(CLI::App& app, const CommonOptions& common, Action& action)
{
    auto* command = app.add_subcommand("train-recommender", "Learn vectors of users and items from ratings");
    auto a = std::make_shared<RecommenderArguments>();
    command
        ->add_option("RATINGS", a->ratings,
                     "Files with `user item rating [time]` or `user item` a line, parted by tabs, ::, commas or "
                     "blanks; several are read as one")
        ->required();
    command->add_option("--output", a->output, "Folder for the tables of users and items, model and record")
        ->required();
    command->add_option("--test", a->test, "Ratings to test on after each epoch, instead of a held-out part");
    command->add_option("--held-out", a->heldOut,
                        "Share of the ratings (with bpr and softmax: of each user's) that is held back to test on. "
                        "Default: 0.2.");
    command->add_flag("--implicit", a->implicit, "Learn what users rate at all, not how: rank items");
    command->add_option("--threshold", a->threshold,
                        "With bpr and softmax: ratings below this do not count. Default: all count.");
    addOptions(*command, *a);
    command->callback([a, &common, &action] {
        action = [a, &common] {
            const auto done = RecommenderCommand(*a, common.json).run();
            return done ? 0 : report(done.error());
        };
    });
}

} // namespace embedscope::cli
