// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/recommender_run.h"

#include "core/train/recommender_baselines.h"
#include "core/train/recommender_metrics.h"
#include "core/train/recommender_trainer.h"
#include "ui/jobs/job_runner.h"

#include <QFileInfo>

#include <array>
#include <condition_variable>
#include <limits>
#include <mutex>
#include <utility>

namespace embedscope {

namespace {

constexpr double kHeldOut = 0.1;
constexpr Index kPlaces = 10; // of recall
constexpr int kPollMilliseconds = 33;

/// Measures on ratings that were held out.
class Judge
{
public:
    Judge(bool ranks, const RatingSet& set, RatingSplit parts)
        : m_ranks(ranks)
        , m_parts(std::move(parts))
        , m_users(set.users.size())
        , m_items(set.items.size())
        , m_heldOutItems(m_parts.heldOut, m_users)
        , m_knownItems(m_parts.train, m_users)
    {
    }

    [[nodiscard]] const std::vector<Rating>& train() const { return m_parts.train; }

    [[nodiscard]] std::optional<double> quality(const Recommender& model, const std::stop_token& stop) const
    {
        return m_ranks ? recall(scoresOf(model), stop) : rmse(predictionOf(model), stop);
    }

    [[nodiscard]] std::optional<double> baseline(std::uint64_t seed, const std::stop_token& stop) const
    {
        if (m_ranks) {
            const Eigen::VectorXf counts = popularity(m_parts.train, m_items);
            return recall([&counts](Index, Eigen::VectorXf& scores) { scores = counts; }, stop);
        }
        const auto biases = fitBestBiases(m_parts.train, m_users, m_items, seed, stop);
        if (!biases)
            return std::nullopt;
        return rmse([&biases](Index user, Index item) { return biases->predict(user, item); }, stop);
    }

private:
    [[nodiscard]] std::optional<double> rmse(const Predict& predict, const std::stop_token& stop) const
    {
        const auto found = ratingError(m_parts.heldOut, predict, stop);
        return found && !m_parts.heldOut.empty() ? std::optional(found->rmse) : std::nullopt;
    }
    [[nodiscard]] std::optional<double> recall(const ScoreItems& score, const std::stop_token& stop) const
    {
        const auto found = rankingQuality(m_heldOutItems, m_knownItems, m_items, kPlaces, score, stop);
        return found && found->users > 0 ? std::optional(found->recall) : std::nullopt;
    }

    bool m_ranks;
    RatingSplit m_parts;
    Index m_users;
    Index m_items;
    UserItems m_heldOutItems;
    UserItems m_knownItems;
};

Judge judgeOf(const RatingSet& set, const RecommenderOptions& options)
{
    if (options.loss == RecommenderLoss::Squared)
        return {false, set, splitRatings(set.ratings, kHeldOut, options.seed)};
    return {true, set, splitRatingsByUser(positivesOf(set.ratings), kHeldOut, options.seed)};
}

} // namespace

/// What the job and the GUI share.
struct RecommenderRun::Shared
{
    std::mutex mutex;
    std::condition_variable_any wake;
    bool paused = false;
    std::vector<RecommenderPoint> points;
    std::vector<RecommenderEpoch> epochs;

    /// False where the run shall end.
    bool mayStep(const std::stop_token& stop)
    {
        std::unique_lock lock(mutex);
        wake.wait(lock, stop, [this] { return !paused; });
        return !stop.stop_requested();
    }
    void setPaused(bool pause)
    {
        {
            const std::scoped_lock lock(mutex);
            paused = pause;
        }
        wake.notify_all();
    }
};

RecommenderRun::RecommenderRun(Document* document, JobRunner* jobs, QObject* parent)
    : QObject(parent)
    , m_document(document)
    , m_jobs(jobs)
{
    m_poll.setInterval(kPollMilliseconds);
    connect(&m_poll, &QTimer::timeout, this, &RecommenderRun::poll);
}

RecommenderRun::~RecommenderRun()
{
    stop();
}

void RecommenderRun::open(const QString& path, AfterOpening then)
{
    m_jobs->start(
        this, tr("Reading %1").arg(QFileInfo(path).fileName()),
        [path](const std::stop_token& stop, Progress& progress) {
            return readRatings(std::array{std::filesystem::path(path.toStdString())}, stop, progress);
        },
        [this, path, then](Result<RatingSet> result) {
            if (!result) {
                Q_EMIT failed(result.error());
                return;
            }
            m_ratings = {std::make_shared<const RatingSet>(std::move(*result)), path};
            Q_EMIT ratingsChanged();
            Q_EMIT opened(path);
            if (then == AfterOpening::Train)
                Q_EMIT trainingWanted();
        });
}

Result<RecommenderRun::Trained> RecommenderRun::train(const RatingSet& set, const RecommenderOptions& options,
                                                      Shared& shared, const std::stop_token& stop, Progress& progress)
{
    const Judge judge = judgeOf(set, options);
    auto data = std::make_shared<RecommenderData>();
    data->users = set.users.size();
    data->items = set.items.size();
    data->train = judge.train();
    auto trainer = RecommenderTrainer::create(options, std::move(data));
    if (!trainer)
        return fail(trainer.error());
    progress.start(trainer->totalSteps());
    Trained out;
    while (!trainer->finished() && !out.error && shared.mayStep(stop)) {
        const auto report = trainer->step();
        if (!report) {
            out.error = report.error();
            break;
        }
        progress.set(trainer->stepsDone());
        const auto quality = report->epochEnded ? judge.quality(trainer->model(), stop) : std::nullopt;
        const std::scoped_lock lock(shared.mutex);
        shared.points.push_back({report->step, report->loss});
        if (report->epochEnded)
            shared.epochs.push_back({trainer->stepsDone() / trainer->stepsPerEpoch(), trainer->stepsDone(),
                                     quality.value_or(std::numeric_limits<double>::quiet_NaN())});
    }
    if (trainer->stepsDone() == 0)
        return fail(out.error.value_or(Error{ErrorCode::Cancelled, {}}));
    out.baseline = judge.baseline(options.seed, stop);
    out.model = std::make_shared<const Recommender>(trainer->model());
    out.train = std::make_shared<const std::vector<Rating>>(judge.train());
    return out;
}

void RecommenderRun::begin(const RecommenderOptions& options)
{
    if (!hasRatings() || training())
        return;
    m_options = options;
    m_learned = m_ratings;
    m_points.clear();
    m_epochs.clear();
    m_paused = false;
    m_shared = std::make_shared<Shared>();
    m_job = m_jobs->start(
        this, tr("Training a recommender"),
        [set = m_ratings.set, options, shared = m_shared](const std::stop_token& stop, Progress& progress) {
            return train(*set, options, *shared, stop, progress);
        },
        [this](Result<Trained> result) { take(std::move(result)); });
    m_poll.start();
    Q_EMIT begun();
    Q_EMIT stateChanged();
}

void RecommenderRun::poll()
{
    std::vector<RecommenderPoint> points;
    std::vector<RecommenderEpoch> epochs;
    {
        const std::scoped_lock lock(m_shared->mutex);
        points.swap(m_shared->points);
        epochs.swap(m_shared->epochs);
    }
    m_points.insert(m_points.end(), points.begin(), points.end());
    if (!points.empty())
        Q_EMIT stepsDone(points);
    for (const RecommenderEpoch& epoch : epochs) {
        m_epochs.push_back(epoch);
        Q_EMIT epochDone(epoch);
    }
}

void RecommenderRun::take(Result<Trained> result)
{
    poll(); // the last news
    m_poll.stop();
    m_shared.reset();
    m_paused = false;
    if (!result)
        Q_EMIT failed(result.error());
    else
        m_trained = std::move(*result);
    Q_EMIT stateChanged();
    if (!result)
        return;
    showSide(RatingSide::Items);
    if (m_trained.error)
        Q_EMIT failed(*m_trained.error);
    else
        Q_EMIT trained();
}

void RecommenderRun::pause()
{
    if (!training() || m_paused)
        return;
    m_paused = true;
    m_shared->setPaused(true);
    Q_EMIT stateChanged();
}

void RecommenderRun::resume()
{
    if (!training() || !m_paused)
        return;
    m_paused = false;
    m_shared->setPaused(false);
    Q_EMIT stateChanged();
}

void RecommenderRun::stop()
{
    if (training())
        m_job.cancel();
}

void RecommenderRun::showSide(RatingSide side)
{
    if (!hasModel())
        return;
    const QString name =
        (side == RatingSide::Items ? tr("%1, items") : tr("%1, users")).arg(QFileInfo(m_learned.path).fileName());
    m_jobs->start(
        this, tr("Making the table"),
        [trained = m_trained, set = m_learned.set, side](const std::stop_token& stop,
                                                         Progress& progress) -> Result<TableSnapshot> {
            const Vocabulary& tokens = side == RatingSide::Items ? set->items : set->users;
            auto table = tableOf(*trained.model, side, tokens, factsOf(*trained.model, side, *trained.train));
            if (!table)
                return fail(table.error());
            return snapshotOf(std::move(*table), nullptr, stop, progress);
        },
        [this, name](Result<TableSnapshot> result) {
            if (result)
                m_document->setTable(std::move(*result), Document::Origin::Trained, name);
            else
                Q_EMIT failed(result.error());
        });
}

} // namespace embedscope
