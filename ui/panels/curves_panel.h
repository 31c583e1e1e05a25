// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/model/recommender_run.h"
#include "ui/model/training_run.h"

#include <QWidget>

namespace embedscope {

class TrainingCurves;

/// Loss and accuracy of the run, with a mark where each live switch was taken; or error or recall of a recommender,
/// whichever began later.
class CurvesPanel : public QWidget
{
    Q_OBJECT

public:
    CurvesPanel(TrainingRun* run, RecommenderRun* recommender, QWidget* parent = nullptr);

private:
    void showAll();
    void showRun();
    void addSteps(const std::vector<StepReport>& steps);
    void addEpoch(const EpochResult& result);
    void addMark(const RunMark& mark);
    void beginRecommender();
    void addPoints(const std::vector<RecommenderPoint>& points);
    void addRecommenderEpoch(const RecommenderEpoch& epoch);

    TrainingRun* m_run;
    RecommenderRun* m_recommender;
    TrainingCurves* m_curves;
};

} // namespace embedscope
