// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/model/document.h"
#include "ui/model/recommender_run.h"
#include "ui/model/selection.h"
#include "ui/model/training_run.h"

#include <QScrollArea>

class QComboBox;

namespace embedscope {

class DataSection;
class LiveSection;
class ModelSection;
class RatingsSection;

/// Data, model and live switches of the training run. Starting and stopping are actions of the window.
class TrainingPanel : public QScrollArea
{
    Q_OBJECT

public:
    TrainingPanel(Document* document, TrainingRun* run, RecommenderRun* recommender, Selection* selection,
                  QWidget* parent = nullptr);

    /// Begins a run with what is chosen here, or says why it cannot.
    void begin(TrainingSession::State state);

    /// All that is chosen here, with the live switches.
    [[nodiscard]] TrainOptions options() const;
    /// The switches of a run that goes on are its own and stay.
    void setOptions(const TrainOptions& options, StartFrom from);

    [[nodiscard]] ModelSection& model() { return *m_model; }
    [[nodiscard]] RatingsSection& ratings() { return *m_ratings; }
    [[nodiscard]] LiveSection& live() { return *m_live; }

Q_SIGNALS:
    void openTextRequested();
    void refused(const embedscope::Error& error);

private:
    void createSections();
    QWidget* createPace();
    void connectSections();
    void showTable();
    void showText();
    void showRatings();
    void showRun();
    void showRules();
    void showRefusal();
    [[nodiscard]] Result<void> refusal() const;
    void takeSettings(const LiveSettings& settings);
    void suggestRate(const QString& optimizer);

    Document* m_document;
    TrainingRun* m_run;
    RecommenderRun* m_recommender;
    Selection* m_selection;
    DataSection* m_data = nullptr;
    RatingsSection* m_ratings = nullptr;
    QWidget* m_ratingsPart = nullptr;
    ModelSection* m_model = nullptr;
    LiveSection* m_live = nullptr;
};

} // namespace embedscope
