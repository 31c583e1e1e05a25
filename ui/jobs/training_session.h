// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"
#include "core/base/published.h"
#include "core/base/result.h"
#include "core/project/pca.h"
#include "core/train/checkpoint.h"
#include "core/train/metrics.h"
#include "core/train/trainer.h"

#include <QObject>
#include <QTimer>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace embedscope {

/// What a view wants to see of the moving table. Nothing is copied that nobody asked for.
struct FrameRequest
{
    std::shared_ptr<const Pca> axes; // project on these
    bool refit = false;              // find the axes anew; signs follow `axes`
    bool weights = false;            // the whole table too
};

/// One picture of the table, taken between two steps.
struct TrainingFrame
{
    std::int64_t step = 0;
    std::shared_ptr<const Pca> axes;
    std::shared_ptr<const Matrix> coordinates; // rows x components
    std::shared_ptr<const std::vector<float>> norms;
    std::shared_ptr<const Matrix> weights; // null unless asked for
};

/// What the model says of a sentence, as it was between two steps.
struct SentenceAnswer
{
    std::shared_ptr<const DataSet> sentence;
    std::int64_t step = 0;
    std::vector<float> probabilities; // one a class
};

struct EpochResult
{
    std::int64_t epoch = 0; // from 1
    std::int64_t step = 0;  // done so far
    double trainLoss = 0;   // mean over the epoch's batches, before each update
    double trainAccuracy = 0;
    std::optional<Evaluation> validation;
    double tokensPerSecond = 0;
};

/// What a run did before it came here, up to where its trainer stands; nothing for one that begins.
struct TrainingPast
{
    std::vector<StepReport> steps;
    std::vector<EpochResult> epochs;
};

/// What happened since the last poll.
struct TrainingNews
{
    std::vector<StepReport> steps;
    std::vector<EpochResult> epochs;
    std::vector<LoggedSwitch> switches;
    std::optional<TrainingFrame> frame;
    std::optional<SentenceAnswer> answer;
    std::optional<Error> refusedSettings;
    std::shared_ptr<Checkpoint> copy; // its record knows nothing but trainer and switches
};

/// Class probabilities of the first sentence. Cancelled, and the errors of TextClassifier::predict().
Result<std::vector<float>> probabilitiesOf(const TextClassifier& model, const DataSet& sentence, std::stop_token stop);

/// The one long run: owns the training thread. The window publishes settings and asks for frames; the thread picks both
/// up between two steps and leaves news, which are polled at display rate. All methods belong to the GUI thread.
class TrainingSession : public QObject
{
    Q_OBJECT

public:
    enum class State { Idle, Running, Paused, Ended };

    explicit TrainingSession(QObject* parent = nullptr);
    ~TrainingSession() override;

    /// Begins a run, or goes on with one; another that still goes on is stopped first. `validation` may be null.
    void start(std::unique_ptr<Trainer> trainer, std::shared_ptr<const DataSet> validation,
               State state = State::Running, const TrainingPast& past = {});
    void pause();
    void resume();
    /// One step, then paused.
    void step();
    /// Ends the run after the step at hand; its weights stay.
    void stop();

    /// As if there had been no run; one that goes on is ended.
    void forget();

    /// At most so many steps a second, so that a person can watch; 0 is as fast as possible. Never changes what is
    /// learned.
    void setPace(double stepsPerSecond);
    [[nodiscard]] double pace() const { return m_pace; }

    void publish(const LiveSettings& settings);
    void request(const FrameRequest& request);
    /// What does the model say of this sentence? A later question takes the place of one that is not answered yet.
    void ask(std::shared_ptr<const DataSet> sentence);
    /// All that the run needs to go on, copied between two steps. It comes with the news, together with all steps
    /// before it and perhaps some after. Nothing comes where the run has ended: the trainer is there then.
    void requestCopy();

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool active() const { return m_state == State::Running || m_state == State::Paused; }
    /// Why the run ended, where it was not by itself or by stop().
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }
    /// The run ended because early_stop epochs passed without a better validation accuracy.
    [[nodiscard]] bool stoppedEarly() const { return m_stoppedEarly; }
    /// The trainer of a run that has ended; null before.
    [[nodiscard]] const Trainer* trainer() const { return m_state == State::Ended ? m_trainer.get() : nullptr; }
    /// The same, for a job that may outlast it here.
    [[nodiscard]] std::shared_ptr<const Trainer> sharedTrainer() const
    {
        return m_state == State::Ended ? m_trainer : nullptr;
    }

    [[nodiscard]] std::int64_t stepsDone() const { return m_stepsDone; }
    [[nodiscard]] std::int64_t totalSteps() const { return m_totalSteps; }
    [[nodiscard]] std::int64_t stepsPerEpoch() const { return m_stepsPerEpoch; }

Q_SIGNALS:
    void stateChanged();
    void newsArrived(const embedscope::TrainingNews& news);

private:
    struct Shared;

    void poll();
    void join();
    void setState(State state);

    std::shared_ptr<Shared> m_shared;
    std::shared_ptr<Trainer> m_trainer; // touched by the thread while a run is active
    std::jthread m_thread;
    QTimer m_poll;
    State m_state = State::Idle;
    std::optional<Error> m_error;
    bool m_stoppedEarly = false;
    double m_pace = 0;
    std::int64_t m_stepsDone = 0;
    std::int64_t m_totalSteps = 0;
    std::int64_t m_stepsPerEpoch = 0;
};

} // namespace embedscope
