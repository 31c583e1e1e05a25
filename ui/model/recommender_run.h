// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/text/ratings.h"
#include "core/train/recommender_options.h"
#include "core/train/recommender_tables.h"
#include "ui/jobs/job.h"
#include "ui/model/document.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>
#include <vector>

namespace embedscope {

class JobRunner;

/// Ratings that are open, and the file they came from.
struct OpenRatings
{
    std::shared_ptr<const RatingSet> set;
    QString path;
};

/// Loss of one step, as the core reports it.
struct RecommenderPoint
{
    std::int64_t step = 0;
    double loss = 0;
};

/// The end of an epoch.
struct RecommenderEpoch
{
    std::int64_t epoch = 0; // from 1
    std::int64_t step = 0;  // done so far
    double quality = 0;     // on held-out ratings: RMSE, or recall at 10 where the loss ranks; NaN where not measured
};

/// Trains a recommender on ratings in a job that can be paused and ended, and shows its items or users as the
/// document's table. Knows no widget.
class RecommenderRun : public QObject
{
    Q_OBJECT

public:
    RecommenderRun(Document* document, JobRunner* jobs, QObject* parent = nullptr);
    ~RecommenderRun() override;

    enum class AfterOpening { Wait, Train };
    void open(const QString& path, AfterOpening then = AfterOpening::Wait);
    [[nodiscard]] const OpenRatings& ratings() const { return m_ratings; }
    [[nodiscard]] bool hasRatings() const { return m_ratings.set != nullptr; }

    /// Learns from nine tenths of the ratings; the rest is held out. Nothing while one is trained.
    void begin(const RecommenderOptions& options);
    [[nodiscard]] bool training() const { return m_shared != nullptr; }
    [[nodiscard]] bool paused() const { return m_paused; }
    void pause();
    void resume();
    /// Ends after the step at hand; what was learned stays.
    void stop();

    [[nodiscard]] bool hasModel() const { return m_trained.model != nullptr; }
    /// Its vectors become the document's table.
    void showSide(RatingSide side);

    /// Of the run at hand or the last one.
    [[nodiscard]] RecommenderLoss loss() const { return m_options.loss; }
    [[nodiscard]] const std::vector<RecommenderPoint>& points() const { return m_points; }
    [[nodiscard]] const std::vector<RecommenderEpoch>& epochs() const { return m_epochs; }
    /// What to compare with: the quality of means and biases alone, or of recommending what is popular.
    [[nodiscard]] std::optional<double> baseline() const { return m_trained.baseline; }

Q_SIGNALS:
    void ratingsChanged();
    void opened(const QString& path);
    /// The ratings were opened to be trained on.
    void trainingWanted();
    void begun();
    void stateChanged();
    void stepsDone(const std::vector<embedscope::RecommenderPoint>& points);
    void epochDone(const embedscope::RecommenderEpoch& epoch);
    void trained();
    void failed(const embedscope::Error& error);

private:
    struct Shared;
    struct Trained
    {
        std::shared_ptr<const Recommender> model;
        std::shared_ptr<const std::vector<Rating>> train;
        std::optional<double> baseline;
        std::optional<Error> error; // the run diverged; the model is its last good one
    };

    static Result<Trained> train(const RatingSet& set, const RecommenderOptions& options, Shared& shared,
                                 const std::stop_token& stop, Progress& progress);
    void poll();
    void take(Result<Trained> result);

    Document* m_document;
    JobRunner* m_jobs;
    JobHandle m_job;
    QTimer m_poll;
    OpenRatings m_ratings;
    OpenRatings m_learned; // those that the model was trained on
    RecommenderOptions m_options;
    std::shared_ptr<Shared> m_shared; // while a model is trained
    Trained m_trained;
    std::vector<RecommenderPoint> m_points;
    std::vector<RecommenderEpoch> m_epochs;
    bool m_paused = false;
};

} // namespace embedscope
