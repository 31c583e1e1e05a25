// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/run.h"
#include "ui/jobs/training_session.h"
#include "ui/model/document.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace embedscope {

class JobRunner;

/// What a new run starts from.
enum class StartFrom { OpenTable, FreshTable };

/// How a trained model is written.
enum class ModelFormat { Safetensors, PyTorch, Npz, PyTorchProject, RunFolder };

/// A live switch that was taken, and what it changed.
struct RunMark
{
    std::int64_t step = 0;
    Fields changes;
};

/// A run that is ready to begin, or to go on: prepared off the GUI thread.
struct RunStart
{
    PreparedRun prepared;
    std::shared_ptr<Trainer> trainer;              // shared only because results of jobs are copied
    std::optional<TableSnapshot> snapshot;         // of the run's table; none where another one is on screen
    RunRecord stamps;                              // data, vectors and how they were read
    std::shared_ptr<const EmbeddingTable> initial; // what the run started from, where no file holds it
    TrainingPast past;
    bool axesFollow = true;
    QString tableName; // empty: that of the table on screen
};

/// A run as it stood between two steps, to be written while it goes on.
struct CapturedRun
{
    RunRecord record;
    std::shared_ptr<const Checkpoint> copy; // of a run that goes on, else null
    std::shared_ptr<const Trainer> trainer; // of one that has ended, else null
    std::shared_ptr<const PreparedRun> prepared;
    std::shared_ptr<const EmbeddingTable> initial;
    TrainingPast past;
    bool showsTable = false;
    bool axesFollow = true;
};

/// The training run of the document: prepares it off the GUI thread, drives the session, keeps the document's picture
/// of the table up to date while it moves, and writes what came out. Knows no widget.
class TrainingRun : public QObject
{
    Q_OBJECT

public:
    TrainingRun(Document* document, JobRunner* jobs, QObject* parent = nullptr);

    /// Trains on the document's text. A run that goes on is ended first.
    void begin(const TrainOptions& options, StartFrom from, TrainingSession::State state);

    /// Takes over a run that was prepared elsewhere; one that goes on is ended first.
    void take(RunStart start, TrainingSession::State state);
    /// As if there had been no run.
    void forget();
    /// Hands over the run as it stands between two steps: at once where it is not active, else as soon as its thread
    /// gets there. Only where there is a model.
    void capture(std::function<void(CapturedRun)> done);

    [[nodiscard]] TrainingSession& session() { return m_session; }
    [[nodiscard]] const TrainingSession& session() const { return m_session; }
    [[nodiscard]] bool preparing() const { return m_preparing; }
    /// True once a run has begun: there is a model, trained as far as it came.
    [[nodiscard]] bool hasModel() const { return m_prepared != nullptr; }
    /// The run's vocabulary, classes and data; null before the first run.
    [[nodiscard]] const PreparedRun* prepared() const { return m_prepared.get(); }
    /// The document's table is that of the run: its rows are those of the run's vocabulary.
    [[nodiscard]] bool showsTable() const { return m_showsTable; }
    [[nodiscard]] const std::vector<EpochResult>& epochs() const { return m_epochs; }
    /// All steps and switches so far, for a view that comes later.
    [[nodiscard]] const std::vector<StepReport>& steps() const { return m_steps; }
    [[nodiscard]] const std::vector<RunMark>& marks() const { return m_marks; }

    /// The settings asked for last; the run log says from which step on they hold.
    [[nodiscard]] const LiveSettings& settings() const { return m_settings; }
    void publish(const LiveSettings& settings);

    /// Whether the axes of the map are found anew as the table moves, or stay those of step 0.
    [[nodiscard]] bool axesFollow() const { return m_axesFollow; }
    void setAxesFollow(bool follow);

    /// Only while no run is active.
    void save(const QString& path, ModelFormat format);

Q_SIGNALS:
    /// A run is being prepared on the first rows of a file; the rest of it is not loaded any more.
    void startsFromFirstRows();
    void begun();
    void stateChanged();
    void settingsChanged();
    void switched(const embedscope::RunMark& mark);
    void stepsDone(const std::vector<embedscope::StepReport>& steps);
    void epochDone(const embedscope::EpochResult& result);
    /// Once a run: every sentence of the validation data was taken for this class.
    void collapsed(const QString& className);
    void stoppedEarly(std::int64_t epoch, std::int64_t patience);
    void saved(const QStringList& files);
    void failed(const embedscope::Error& error);

private:
    void onState();
    void deliverCopy(const std::shared_ptr<Checkpoint>& copy);
    [[nodiscard]] CapturedRun captured(RunRecord record, std::int64_t step) const;
    /// What the trainer does not know of itself, as far as `step`.
    void complete(RunRecord& record, std::int64_t step) const;
    void onNews(const TrainingNews& news);
    /// Another table was opened: the run's is not on screen any more.
    void onTable();
    void noteSwitches(const std::vector<LoggedSwitch>& switches);
    void noteThaw(const LoggedSwitch& entry);
    void noteEpoch(const EpochResult& result);
    void askForFrame();
    void showFrame(const TrainingFrame& frame);
    /// The document's table becomes a copy of these weights.
    void adopt(std::shared_ptr<const Matrix> weights);
    [[nodiscard]] RunDirectory runDirectory() const;

    Document* m_document;
    JobRunner* m_jobs;
    TrainingSession m_session;
    QTimer m_nextFrame;
    QElapsedTimer m_frameAsked;
    QElapsedTimer m_adopted;

    std::shared_ptr<const PreparedRun> m_prepared;
    RunRecord m_stamps; // data, vectors and how they were read, as they were when the run began
    std::shared_ptr<const EmbeddingTable> m_initial; // where no file holds it
    LiveSettings m_settings;
    LiveSettings m_logged; // as the run log last had them
    std::vector<EpochResult> m_epochs;
    std::vector<StepReport> m_steps;
    std::vector<RunMark> m_marks;
    std::vector<std::function<void(CapturedRun)>> m_captures; // that wait for a copy
    std::int64_t m_thawStep = 0; // the first one after freeze_epochs; 0: the table is not frozen first
    bool m_axesFollow = true;
    bool m_collapseTold = false;
    bool m_preparing = false;
    int m_preparation = 0; // number of the latest
    bool m_adopting = false;
    bool m_takingTable = false; // the run itself sets the document's table
    bool m_showsTable = false;  // the document's table is that of the run
};

} // namespace embedscope
