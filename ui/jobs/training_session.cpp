// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/training_session.h"

#include "core/nn/cross_entropy.h"
#include "core/table/statistics.h"
#include "core/train/run.h"
#include "ui/model/map_coordinates.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace embedscope {

namespace {

using Clock = std::chrono::steady_clock;
constexpr int kPollMilliseconds = 16;

/// Axes found anew, with the signs of the old ones, so that the picture does not flip.
std::shared_ptr<const Pca> refitted(const Matrix& weights, const Pca& old, const std::stop_token& stop)
{
    Progress unwatched;
    auto fitted = fitPca(weights, old.components.rows(), stop, unwatched);
    if (!fitted)
        return nullptr;
    for (Index i = 0; i < fitted->components.rows(); ++i)
        if (fitted->components.row(i).dot(old.components.row(i)) < 0)
            fitted->components.row(i) *= -1.0F;
    return std::make_shared<const Pca>(std::move(*fitted));
}

TrainingFrame frameOf(const Trainer& trainer, const FrameRequest& request, const std::stop_token& stop)
{
    const Matrix& weights = trainer.model().embedding().weight();
    TrainingFrame frame{.step = trainer.stepsDone(), .axes = request.axes};
    if (request.refit && request.axes)
        if (auto axes = refitted(weights, *request.axes, stop))
            frame.axes = std::move(axes);
    if (frame.axes)
        frame.coordinates = mapCoordinates(*frame.axes, weights);
    frame.norms = std::make_shared<const std::vector<float>>(rowNorms(weights));
    if (request.weights)
        frame.weights = std::make_shared<const Matrix>(weights);
    return frame;
}

/// Sums over the epoch at hand.
struct EpochSums
{
    double loss = 0;
    std::int64_t right = 0;
    std::int64_t sentences = 0;
    std::int64_t tokens = 0;
    std::int64_t batches = 0;
    double seconds = 0;

    void add(const StepReport& report, double stepSeconds)
    {
        loss += report.loss;
        right += report.right;
        sentences += report.sentences;
        tokens += report.tokens;
        ++batches;
        seconds += stepSeconds;
    }
};

} // namespace

/// What the two threads share; everything behind the mutex but the settings, which have their own.
struct TrainingSession::Shared
{
    std::mutex mutex;
    std::condition_variable_any wake;
    bool running = true;
    std::int64_t singleSteps = 0;
    double pace = 0; // steps a second, 0: no limit
    std::optional<FrameRequest> request;
    std::shared_ptr<const DataSet> question;
    bool copyWanted = false;
    TrainingNews news;
    bool ended = false;
    bool stoppedEarly = false;
    std::optional<Error> error;

    Published<LiveSettings> settings;

    /// Before the thread starts: what of the past decides the future.
    void remember(const Trainer& trainer, const TrainingPast& past);
    void run(Trainer& trainer, const std::shared_ptr<const DataSet>& validation, const std::stop_token& stop);

private:
    void takeSettings(Trainer& trainer, std::uint64_t& seen);
    void noteSwitches(const Trainer& trainer);
    void serveFrame(const Trainer& trainer, const std::stop_token& stop);
    void serveQuestion(const Trainer& trainer, const std::stop_token& stop);
    void serveCopy(const Trainer& trainer);
    bool waitForWork(const std::stop_token& stop, std::uint64_t seen);
    [[nodiscard]] bool due() const { return running && Clock::now() >= m_nextStep; }
    bool mayStep();
    std::optional<Error> stepOnce(Trainer& trainer, const std::shared_ptr<const DataSet>& validation,
                                  const std::stop_token& stop);
    void endEpoch(const Trainer& trainer, const std::shared_ptr<const DataSet>& validation,
                  const std::stop_token& stop);
    void judge(const Evaluation& evaluation, std::int64_t patience);

    Clock::time_point m_nextStep; // earliest time of the next step, by the pace
    EpochSums m_sums;
    std::size_t m_loggedSwitches = 0;
    double m_bestAccuracy = -1;
    std::int64_t m_epochsWithoutBetter = 0;
    bool m_mayImprove = true;
};

void TrainingSession::Shared::remember(const Trainer& trainer, const TrainingPast& past)
{
    m_loggedSwitches = trainer.log().size(); // told before
    const std::int64_t begin = trainer.stepsDone() - trainer.stepsDone() % trainer.stepsPerEpoch();
    for (StepReport report : past.steps) {
        if (report.step < begin || report.step >= trainer.stepsDone())
            continue;
        report.tokens = 0; // nobody knows how long they took
        m_sums.add(report, 0);
    }
    for (const EpochResult& result : past.epochs)
        if (result.validation)
            judge(*result.validation, trainer.options().early_stop);
}

void TrainingSession::Shared::takeSettings(Trainer& trainer, std::uint64_t& seen)
{
    const std::uint64_t generation = settings.generation();
    if (generation == seen)
        return;
    seen = generation;
    const auto taken = trainer.apply(*settings.value());
    if (!taken) {
        const std::scoped_lock lock(mutex);
        news.refusedSettings = taken.error();
    }
    noteSwitches(trainer);
}

/// The trainer thaws a table by itself too.
void TrainingSession::Shared::noteSwitches(const Trainer& trainer)
{
    if (m_loggedSwitches >= trainer.log().size())
        return;
    const std::scoped_lock lock(mutex);
    for (; m_loggedSwitches < trainer.log().size(); ++m_loggedSwitches)
        news.switches.push_back(trainer.log()[m_loggedSwitches]);
}

void TrainingSession::Shared::serveFrame(const Trainer& trainer, const std::stop_token& stop)
{
    std::optional<FrameRequest> wanted;
    {
        const std::scoped_lock lock(mutex);
        wanted.swap(request);
    }
    if (!wanted)
        return;
    TrainingFrame frame = frameOf(trainer, *wanted, stop);
    const std::scoped_lock lock(mutex);
    news.frame = std::move(frame);
}

void TrainingSession::Shared::serveQuestion(const Trainer& trainer, const std::stop_token& stop)
{
    std::shared_ptr<const DataSet> asked;
    {
        const std::scoped_lock lock(mutex);
        asked.swap(question);
    }
    if (!asked)
        return;
    auto probabilities = probabilitiesOf(trainer.model(), *asked, stop);
    const std::scoped_lock lock(mutex);
    news.answer = {std::move(asked), trainer.stepsDone(), probabilities ? *probabilities : std::vector<float>()};
}

void TrainingSession::Shared::serveCopy(const Trainer& trainer)
{
    {
        const std::scoped_lock lock(mutex);
        if (!std::exchange(copyWanted, false))
            return;
    }
    auto copy = std::make_shared<Checkpoint>(checkpointOf(trainer, recordOf(trainer, {})));
    const std::scoped_lock lock(mutex);
    news.copy = std::move(copy);
}

bool TrainingSession::Shared::waitForWork(const std::stop_token& stop, std::uint64_t seen)
{
    std::unique_lock lock(mutex);
    const auto something = [this, seen] {
        return due() || singleSteps > 0 || request.has_value() || question || copyWanted ||
               settings.generation() != seen;
    };
    while (!stop.stop_requested() && !something()) {
        const auto woken = [&] { return something() || running; };
        if (running)
            wake.wait_until(lock, stop, m_nextStep, something);
        else
            wake.wait(lock, stop, woken);
    }
    return !stop.stop_requested();
}

bool TrainingSession::Shared::mayStep()
{
    const std::scoped_lock lock(mutex);
    if (singleSteps > 0) {
        --singleSteps;
        return true;
    }
    if (!due())
        return false;
    if (pace > 0)
        // From when the step was due, so that the pace holds on average; not from long ago.
        m_nextStep = std::max(m_nextStep, Clock::now() - std::chrono::milliseconds(100)) +
                     std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(1 / pace));
    return true;
}

std::optional<Error> TrainingSession::Shared::stepOnce(Trainer& trainer,
                                                       const std::shared_ptr<const DataSet>& validation,
                                                       const std::stop_token& stop)
{
    const auto before = Clock::now();
    const auto report = trainer.step();
    if (!report)
        return report.error();
    m_sums.add(*report, std::chrono::duration<double>(Clock::now() - before).count());
    {
        const std::scoped_lock lock(mutex);
        news.steps.push_back(*report);
    }
    noteSwitches(trainer);
    if (report->epochEnded)
        endEpoch(trainer, validation, stop);
    return std::nullopt;
}

void TrainingSession::Shared::endEpoch(const Trainer& trainer, const std::shared_ptr<const DataSet>& validation,
                                       const std::stop_token& stop)
{
    EpochResult result{.epoch = trainer.stepsDone() / trainer.stepsPerEpoch(), .step = trainer.stepsDone()};
    result.trainLoss = m_sums.loss / static_cast<double>(m_sums.batches);
    result.trainAccuracy = static_cast<double>(m_sums.right) / static_cast<double>(m_sums.sentences);
    result.tokensPerSecond = m_sums.seconds > 0 ? static_cast<double>(m_sums.tokens) / m_sums.seconds : 0;
    m_sums = {};
    if (validation)
        if (const auto logits = trainer.model().predict(*validation, stop))
            result.validation = evaluate(*logits, validation->labels);
    if (result.validation)
        judge(*result.validation, trainer.options().early_stop);
    const std::scoped_lock lock(mutex);
    news.epochs.push_back(std::move(result));
}

void TrainingSession::Shared::judge(const Evaluation& evaluation, std::int64_t patience)
{
    m_epochsWithoutBetter = evaluation.accuracy > m_bestAccuracy ? 0 : m_epochsWithoutBetter + 1;
    m_bestAccuracy = std::max(m_bestAccuracy, evaluation.accuracy);
    m_mayImprove = patience == 0 || m_epochsWithoutBetter < patience;
}

void TrainingSession::Shared::run(Trainer& trainer, const std::shared_ptr<const DataSet>& validation,
                                  const std::stop_token& stop)
{
    std::uint64_t seen = 0;
    std::optional<Error> failure;
    while (!trainer.finished() && !failure && m_mayImprove && waitForWork(stop, seen)) {
        takeSettings(trainer, seen);
        serveFrame(trainer, stop);
        serveQuestion(trainer, stop);
        serveCopy(trainer);
        if (!stop.stop_requested() && mayStep())
            failure = stepOnce(trainer, validation, stop);
    }
    serveCopy(trainer);
    const std::scoped_lock lock(mutex);
    error = std::move(failure);
    stoppedEarly = !m_mayImprove && !trainer.finished();
    ended = true;
}

Result<std::vector<float>> probabilitiesOf(const TextClassifier& model, const DataSet& sentence, std::stop_token stop)
{
    const auto logits = model.predict(sentence, std::move(stop));
    if (!logits)
        return fail(logits.error());
    Matrix probabilities;
    softmax(*logits, probabilities);
    return std::vector<float>(probabilities.data(), probabilities.data() + probabilities.cols());
}

TrainingSession::TrainingSession(QObject* parent)
    : QObject(parent)
{
    m_poll.setInterval(kPollMilliseconds);
    connect(&m_poll, &QTimer::timeout, this, &TrainingSession::poll);
}

TrainingSession::~TrainingSession()
{
    join();
}

void TrainingSession::start(std::unique_ptr<Trainer> trainer, std::shared_ptr<const DataSet> validation, State state,
                            const TrainingPast& past)
{
    join();
    m_trainer = std::move(trainer);
    m_error.reset();
    m_stoppedEarly = false;
    m_stepsDone = m_trainer->stepsDone();
    m_totalSteps = m_trainer->totalSteps();
    m_stepsPerEpoch = m_trainer->stepsPerEpoch();
    m_shared = std::make_shared<Shared>();
    m_shared->running = state == State::Running;
    m_shared->pace = m_pace;
    m_shared->remember(*m_trainer, past);
    m_thread = std::jthread([shared = m_shared, worker = m_trainer.get(), data = std::move(validation)](
                                const std::stop_token& stop) { shared->run(*worker, data, stop); });
    m_poll.start();
    setState(state == State::Running ? State::Running : State::Paused);
}

void TrainingSession::pause()
{
    if (m_state != State::Running)
        return;
    {
        const std::scoped_lock lock(m_shared->mutex);
        m_shared->running = false;
    }
    setState(State::Paused);
}

void TrainingSession::resume()
{
    if (m_state != State::Paused)
        return;
    {
        const std::scoped_lock lock(m_shared->mutex);
        m_shared->running = true;
        m_shared->singleSteps = 0;
    }
    m_shared->wake.notify_all();
    setState(State::Running);
}

void TrainingSession::step()
{
    if (!active())
        return;
    pause();
    {
        const std::scoped_lock lock(m_shared->mutex);
        ++m_shared->singleSteps;
    }
    m_shared->wake.notify_all();
}

void TrainingSession::stop()
{
    if (!active())
        return;
    m_thread.request_stop();
    m_shared->wake.notify_all();
}

void TrainingSession::forget()
{
    join();
    m_poll.stop();
    m_trainer.reset();
    m_error.reset();
    m_stoppedEarly = false;
    m_stepsDone = m_totalSteps = m_stepsPerEpoch = 0;
    setState(State::Idle);
}

void TrainingSession::setPace(double stepsPerSecond)
{
    m_pace = stepsPerSecond;
    if (!active())
        return;
    {
        const std::scoped_lock lock(m_shared->mutex);
        m_shared->pace = stepsPerSecond;
    }
    m_shared->wake.notify_all();
}

void TrainingSession::publish(const LiveSettings& settings)
{
    if (!active())
        return;
    m_shared->settings.publish(settings);
    // Taken under the lock, so that a thread about to sleep cannot miss it.
    const std::scoped_lock lock(m_shared->mutex);
    m_shared->wake.notify_all();
}

void TrainingSession::request(const FrameRequest& request)
{
    if (!active())
        return;
    {
        const std::scoped_lock lock(m_shared->mutex);
        FrameRequest wanted = request;
        if (m_shared->request)
            wanted.weights = wanted.weights || m_shared->request->weights;
        m_shared->request = std::move(wanted);
    }
    m_shared->wake.notify_all();
}

void TrainingSession::ask(std::shared_ptr<const DataSet> sentence)
{
    if (!active())
        return;
    {
        const std::scoped_lock lock(m_shared->mutex);
        m_shared->question = std::move(sentence);
    }
    m_shared->wake.notify_all();
}

void TrainingSession::requestCopy()
{
    if (!active())
        return;
    {
        const std::scoped_lock lock(m_shared->mutex);
        m_shared->copyWanted = true;
    }
    m_shared->wake.notify_all();
}

void TrainingSession::poll()
{
    TrainingNews news;
    bool ended = false;
    {
        const std::scoped_lock lock(m_shared->mutex);
        std::swap(news, m_shared->news);
        ended = m_shared->ended;
    }
    if (!news.steps.empty())
        m_stepsDone = news.steps.back().step + 1;
    Q_EMIT newsArrived(news);
    if (!ended)
        return;
    m_poll.stop();
    join();
    m_error = m_shared->error;
    m_stoppedEarly = m_shared->stoppedEarly;
    m_stepsDone = m_trainer->stepsDone();
    setState(State::Ended);
}

void TrainingSession::join()
{
    if (!m_thread.joinable())
        return;
    m_thread.request_stop();
    m_thread.join();
}

void TrainingSession::setState(State state)
{
    if (state == m_state)
        return;
    m_state = state;
    Q_EMIT stateChanged();
}

} // namespace embedscope
