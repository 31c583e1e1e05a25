// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/training_run.h"

#include "core/base/strings.h"
#include "core/train/pytorch_project.h"
#include "ui/bridge/qt_text.h"
#include "ui/jobs/job_runner.h"

#include <QFileInfo>
#include <QStringList>

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

namespace embedscope {

namespace {

/// Up to here the weights are copied about once a second while a run goes on, so that neighbours move too.
constexpr qint64 kSmallTableBytes = 64LL << 20;
constexpr qint64 kAdoptMilliseconds = 1000;
constexpr int kFastestFrame = 16;
constexpr int kSlowestFrame = 2000;

Result<std::vector<std::filesystem::path>> writeModel(const RunDirectory& run, const std::filesystem::path& path,
                                                      ModelFormat format)
{
    if (format == ModelFormat::RunFolder)
        return writeRun(run, path);
    if (format == ModelFormat::PyTorchProject)
        return exportProject(run, path);
    const char* name = format == ModelFormat::Npz ? "npz" : format == ModelFormat::PyTorch ? "pt" : "safetensors";
    return exportModel(run, path, name);
}

Fields metricsOf(const EpochResult& result)
{
    Fields fields{{"train_loss", formatNumber(result.trainLoss)},
                  {"train_accuracy", formatNumber(result.trainAccuracy)}};
    if (result.validation)
        fields["valid_accuracy"] = formatNumber(result.validation->accuracy);
    return fields;
}

} // namespace

TrainingRun::TrainingRun(Document* document, JobRunner* jobs, QObject* parent)
    : QObject(parent)
    , m_document(document)
    , m_jobs(jobs)
{
    m_nextFrame.setSingleShot(true);
    connect(&m_nextFrame, &QTimer::timeout, this, &TrainingRun::askForFrame);
    connect(m_document, &Document::tableChanged, this, &TrainingRun::onTable);
    connect(&m_session, &TrainingSession::newsArrived, this, &TrainingRun::onNews);
    connect(&m_session, &TrainingSession::stateChanged, this, &TrainingRun::onState);
}

void TrainingRun::begin(const TrainOptions& options, StartFrom from, TrainingSession::State state)
{
    if (!m_document->hasText() || m_preparing)
        return;
    m_session.stop();
    m_preparing = true;
    const int preparation = ++m_preparation;
    const bool fromTable = from == StartFrom::OpenTable && m_document->hasTable();
    RunInput input{m_document->text().data, fromTable ? m_document->snapshot().table : nullptr, options, {}};
    if (fromTable && m_document->hasFirstRowsOnly()) {
        Q_EMIT startsFromFirstRows();
        m_document->keepFirstRows();
    }
    const QString vectorsPath = fromTable ? m_document->tablePath() : QString();
    const auto work = [input, text = m_document->text(), vectorsPath](const std::stop_token& stop,
                                                                      Progress& progress) -> Result<RunStart> {
        RunStart start;
        auto stamp = stampOf(text.path.toStdString());
        if (!stamp)
            return fail(stamp.error());
        start.stamps.data = *stamp;
        start.stamps.data_options = toFields(text.options);
        if (!vectorsPath.isEmpty()) {
            auto vectors = stampOf(vectorsPath.toStdString());
            if (!vectors)
                return fail(vectors.error());
            start.stamps.vectors = *vectors;
        } else {
            start.initial = input.vectors;
        }
        auto prepared = prepareRun(input);
        if (!prepared)
            return fail(prepared.error());
        start.prepared = std::move(*prepared);
        if (input.options.early_stop > 0 && !start.prepared.valid)
            return fail(ErrorCode::OptionsConflict,
                        {"early_stop", "no validation data", "Set a larger validation share."});
        auto table = tableOf(start.prepared, start.prepared.weight);
        if (!table)
            return fail(table.error());
        auto snapshot = snapshotOf(std::move(*table), nullptr, stop, progress);
        if (!snapshot)
            return fail(snapshot.error());
        start.snapshot = std::move(*snapshot);
        auto trainer = startTrainer(start.prepared);
        if (!trainer)
            return fail(trainer.error());
        start.trainer = std::make_shared<Trainer>(std::move(*trainer));
        return start;
    };
    m_jobs->start(this, tr("Preparing the training run"), work, [this, state, preparation](Result<RunStart> result) {
        if (preparation != m_preparation)
            return; // another run was opened meanwhile
        m_preparing = false;
        if (result)
            result->axesFollow = m_axesFollow;
        if (result)
            take(std::move(*result), state);
        else
            Q_EMIT failed(result.error());
        Q_EMIT stateChanged();
    });
    Q_EMIT stateChanged();
}

void TrainingRun::take(RunStart start, TrainingSession::State state)
{
    ++m_preparation;
    m_preparing = false;
    m_prepared = std::make_shared<const PreparedRun>(std::move(start.prepared));
    m_stamps = std::move(start.stamps);
    m_initial = std::move(start.initial);
    m_thawStep = start.trainer->options().freeze_epochs * start.trainer->stepsPerEpoch();
    m_steps = start.past.steps;
    m_epochs = start.past.epochs;
    m_marks.clear();
    m_logged = start.trainer->options().live;
    for (const LoggedSwitch& entry : start.trainer->log()) {
        m_marks.push_back({entry.step, changedFields(m_logged, entry.settings)});
        m_logged = entry.settings;
    }
    m_settings = m_logged = start.trainer->settings();
    m_axesFollow = start.axesFollow;
    m_collapseTold = false;
    m_showsTable = start.snapshot.has_value();
    if (start.snapshot) {
        m_takingTable = true;
        const QString name = start.tableName.isEmpty() ? m_document->tableName() : start.tableName;
        m_document->setTable(std::move(*start.snapshot), Document::Origin::Trained, name);
        m_takingTable = false;
    }
    Q_EMIT begun();
    Q_EMIT settingsChanged();
    m_adopted.start();
    m_session.start(std::make_unique<Trainer>(std::move(*start.trainer)), m_prepared->valid, state, start.past);
    askForFrame();
}

void TrainingRun::forget()
{
    ++m_preparation;
    m_preparing = false;
    m_captures.clear();
    m_nextFrame.stop();
    m_prepared.reset();
    m_initial.reset();
    m_stamps = {};
    m_steps.clear();
    m_epochs.clear();
    m_marks.clear();
    m_showsTable = false;
    m_session.forget();
    Q_EMIT begun();
    Q_EMIT stateChanged();
}

void TrainingRun::capture(std::function<void(CapturedRun)> done)
{
    if (m_session.active()) {
        m_captures.push_back(std::move(done));
        m_session.requestCopy();
        return;
    }
    auto trainer = m_session.sharedTrainer();
    if (!trainer)
        return;
    CapturedRun run = captured(recordOf(*trainer, *m_prepared), trainer->stepsDone());
    run.trainer = std::move(trainer);
    done(std::move(run));
}

void TrainingRun::deliverCopy(const std::shared_ptr<Checkpoint>& copy)
{
    complete(copy->record, copy->state.step);
    CapturedRun run = captured(copy->record, copy->state.step);
    run.copy = copy;
    for (const auto& done : std::exchange(m_captures, {}))
        done(run);
}

CapturedRun TrainingRun::captured(RunRecord record, std::int64_t step) const
{
    complete(record, step);
    CapturedRun run{.record = std::move(record),
                    .copy = nullptr,
                    .trainer = nullptr,
                    .prepared = m_prepared,
                    .initial = m_initial,
                    .past = {},
                    .showsTable = m_showsTable,
                    .axesFollow = m_axesFollow};
    std::copy_if(m_steps.begin(), m_steps.end(), std::back_inserter(run.past.steps),
                 [step](const StepReport& report) { return report.step < step; });
    std::copy_if(m_epochs.begin(), m_epochs.end(), std::back_inserter(run.past.epochs),
                 [step](const EpochResult& result) { return result.step <= step; });
    return run;
}

void TrainingRun::complete(RunRecord& record, std::int64_t step) const
{
    record.data = m_stamps.data;
    record.data_options = m_stamps.data_options;
    record.vectors = m_stamps.vectors;
    record.stored_table = m_initial != nullptr;
    record.classes = m_prepared->classes;
    record.padding_row = m_prepared->vocabulary.paddingRow;
    record.unknown_row = m_prepared->vocabulary.unknownRow;
    record.epochs.clear();
    for (const EpochResult& result : m_epochs)
        if (result.step <= step)
            record.epochs.push_back({result.epoch, metricsOf(result)});
}

void TrainingRun::onTable()
{
    if (m_takingTable)
        return;
    m_showsTable = false;
    m_session.stop();
}

void TrainingRun::publish(const LiveSettings& settings)
{
    if (settings == m_settings)
        return;
    m_settings = settings;
    m_session.publish(settings);
    Q_EMIT settingsChanged();
}

void TrainingRun::setAxesFollow(bool follow)
{
    m_axesFollow = follow;
    askForFrame();
}

void TrainingRun::askForFrame()
{
    if (!m_session.active() || !m_showsTable)
        return;
    const auto& table = m_document->snapshot().table;
    const bool small = static_cast<qint64>(table->weights().size()) * 4 <= kSmallTableBytes;
    const bool paused = m_session.state() == TrainingSession::State::Paused;
    const bool weights = !m_adopting && (paused || (small && m_adopted.elapsed() >= kAdoptMilliseconds));
    m_frameAsked.start();
    m_session.request({m_document->snapshot().axes, m_axesFollow, weights});
}

void TrainingRun::onNews(const TrainingNews& news)
{
    if (news.refusedSettings) {
        m_settings = m_logged;
        Q_EMIT settingsChanged();
        Q_EMIT failed(*news.refusedSettings);
    }
    if (!news.steps.empty()) {
        m_steps.insert(m_steps.end(), news.steps.begin(), news.steps.end());
        Q_EMIT stepsDone(news.steps);
    }
    noteSwitches(news.switches);
    for (const EpochResult& result : news.epochs)
        noteEpoch(result);
    if (news.copy)
        deliverCopy(news.copy);
    if (news.frame)
        showFrame(*news.frame);
    else if (!news.steps.empty() && m_session.state() == TrainingSession::State::Paused)
        askForFrame(); // after a single step
}

void TrainingRun::noteSwitches(const std::vector<LoggedSwitch>& switches)
{
    for (const LoggedSwitch& entry : switches) {
        noteThaw(entry);
        m_marks.push_back({entry.step, changedFields(m_logged, entry.settings)});
        m_logged = entry.settings;
        Q_EMIT switched(m_marks.back());
    }
}

/// After freeze_epochs the trainer thaws the table by itself; nobody asked for that here.
void TrainingRun::noteThaw(const LoggedSwitch& entry)
{
    if (entry.step == 0 || entry.step != m_thawStep || entry.settings.freeze || !m_settings.freeze)
        return;
    m_settings.freeze = false;
    if (!(m_settings == entry.settings)) // asked for something else meanwhile, with the old freeze in it
        m_session.publish(m_settings);
    Q_EMIT settingsChanged();
}

void TrainingRun::noteEpoch(const EpochResult& result)
{
    m_epochs.push_back(result);
    Q_EMIT epochDone(result);
    if (m_collapseTold || !result.validation)
        return;
    if (const auto all = collapsedClass(*result.validation)) {
        m_collapseTold = true;
        Q_EMIT collapsed(displayToken(m_prepared->classes[static_cast<std::size_t>(*all)]));
    }
}

void TrainingRun::showFrame(const TrainingFrame& frame)
{
    if (!m_showsTable)
        return;
    if (frame.axes)
        m_document->showFrame(frame);
    if (frame.weights)
        adopt(frame.weights);
    if (m_session.state() != TrainingSession::State::Running)
        return;
    // The thread shall train most of the time, however large the table is.
    const int pause = static_cast<int>(std::clamp<qint64>(m_frameAsked.elapsed() * 2, kFastestFrame, kSlowestFrame));
    m_nextFrame.start(pause);
}

void TrainingRun::adopt(std::shared_ptr<const Matrix> weights)
{
    m_adopting = true;
    m_jobs->start(
        this, tr("Updating the table"),
        [weights = std::move(weights), prepared = m_prepared,
         axes = m_document->snapshot().axes](const std::stop_token& stop, Progress& progress) -> Result<TableSnapshot> {
            auto table = tableOf(*prepared, *weights);
            if (!table)
                return fail(table.error());
            return snapshotOf(std::move(*table), axes, stop, progress);
        },
        [this, prepared = m_prepared](Result<TableSnapshot> result) {
            m_adopting = false;
            m_adopted.start();
            if (result && prepared == m_prepared && m_showsTable)
                m_document->setWeights(std::move(*result));
        });
}

void TrainingRun::onState()
{
    if (m_session.state() == TrainingSession::State::Paused)
        askForFrame();
    if (m_session.state() == TrainingSession::State::Running)
        askForFrame();
    if (m_session.state() == TrainingSession::State::Ended) {
        m_nextFrame.stop();
        if (m_showsTable)
            adopt(std::make_shared<const Matrix>(m_session.trainer()->model().embedding().weight()));
        for (auto& done : std::exchange(m_captures, {})) // asked for as the run ended
            capture(std::move(done));
        if (m_session.error())
            Q_EMIT failed(*m_session.error());
        if (m_session.stoppedEarly())
            Q_EMIT stoppedEarly(m_epochs.back().epoch, m_prepared->options.early_stop);
    }
    Q_EMIT stateChanged();
}

RunDirectory TrainingRun::runDirectory() const
{
    const Trainer& trainer = *m_session.trainer();
    RunDirectory run{.record = recordOf(trainer, *m_prepared),
                     .model = modelTensors(trainer.model()),
                     .vocabulary = m_prepared->vocabulary.vocabulary};
    complete(run.record, std::numeric_limits<std::int64_t>::max());
    if (m_initial) {
        run.initial = TensorFile{};
        run.initial->tensors["embedding.weight"] = Tensor::fromMatrix(m_initial->weights());
    }
    return run;
}

void TrainingRun::save(const QString& path, ModelFormat format)
{
    if (m_session.trainer() == nullptr)
        return;
    m_jobs->start(
        this, tr("Writing %1").arg(QFileInfo(path).fileName()),
        [run = std::make_shared<const RunDirectory>(runDirectory()), path, format](const std::stop_token&, Progress&) {
            return writeModel(*run, path.toStdString(), format);
        },
        [this](Result<std::vector<std::filesystem::path>> result) {
            if (!result) {
                Q_EMIT failed(result.error());
                return;
            }
            QStringList files;
            for (const auto& file : *result)
                files.append(QString::fromStdString(file.string()));
            Q_EMIT saved(files);
        });
}

} // namespace embedscope
