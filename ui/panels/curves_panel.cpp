// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/curves_panel.h"

#include "ui/bridge/parameter_text.h"
#include "ui/plot/training_curves.h"

#include <QVBoxLayout>

#include <cmath>
#include <limits>

namespace embedscope {

namespace {
constexpr double kNotMeasured = std::numeric_limits<double>::quiet_NaN();
} // namespace

CurvesPanel::CurvesPanel(TrainingRun* run, RecommenderRun* recommender, QWidget* parent)
    : QWidget(parent)
    , m_run(run)
    , m_recommender(recommender)
    , m_curves(new TrainingCurves)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_curves);
    connect(m_run, &TrainingRun::begun, m_curves, [this] {
        m_curves->clear();
        m_curves->setMeasure(TrainingCurves::Measure::Accuracy);
        showRun(); // what a run that goes on did before
    });
    connect(m_run, &TrainingRun::stepsDone, this, &CurvesPanel::addSteps);
    connect(m_run, &TrainingRun::epochDone, this, &CurvesPanel::addEpoch);
    connect(m_run, &TrainingRun::switched, this, &CurvesPanel::addMark);
    connect(m_recommender, &RecommenderRun::begun, this, &CurvesPanel::beginRecommender);
    connect(m_recommender, &RecommenderRun::stepsDone, this, &CurvesPanel::addPoints);
    connect(m_recommender, &RecommenderRun::epochDone, this, &CurvesPanel::addRecommenderEpoch);
    showAll();
}

void CurvesPanel::showAll()
{
    if (m_recommender->training() || (m_run->steps().empty() && !m_recommender->points().empty())) {
        beginRecommender();
        addPoints(m_recommender->points());
        for (const RecommenderEpoch& epoch : m_recommender->epochs())
            addRecommenderEpoch(epoch);
        return;
    }
    showRun();
}

void CurvesPanel::showRun()
{
    addSteps(m_run->steps());
    for (const EpochResult& result : m_run->epochs())
        addEpoch(result);
    for (const RunMark& mark : m_run->marks())
        addMark(mark);
}

void CurvesPanel::addSteps(const std::vector<StepReport>& steps)
{
    for (const StepReport& step : steps)
        m_curves->addPoint(step.step, step.loss, static_cast<double>(step.right) / static_cast<double>(step.sentences));
}

void CurvesPanel::addEpoch(const EpochResult& result)
{
    const auto& validation = result.validation;
    m_curves->addEvaluation(result.step, result.trainAccuracy, validation ? validation->accuracy : kNotMeasured,
                            validation ? validation->loss : kNotMeasured);
}

void CurvesPanel::addMark(const RunMark& mark)
{
    m_curves->addMark(mark.step, switchText(mark.changes));
}

void CurvesPanel::beginRecommender()
{
    const bool ranks = m_recommender->loss() != RecommenderLoss::Squared;
    m_curves->clear();
    m_curves->setMeasure(ranks ? TrainingCurves::Measure::Recall : TrainingCurves::Measure::Rmse);
}

void CurvesPanel::addPoints(const std::vector<RecommenderPoint>& points)
{
    const bool ranks = m_recommender->loss() != RecommenderLoss::Squared;
    for (const RecommenderPoint& point : points)
        m_curves->addPoint(point.step, ranks ? point.loss : std::sqrt(point.loss), kNotMeasured);
}

void CurvesPanel::addRecommenderEpoch(const RecommenderEpoch& epoch)
{
    if (m_recommender->loss() == RecommenderLoss::Squared)
        m_curves->addEvaluation(epoch.step, kNotMeasured, kNotMeasured, epoch.quality);
    else
        m_curves->addEvaluation(epoch.step, kNotMeasured, epoch.quality);
}

} // namespace embedscope
