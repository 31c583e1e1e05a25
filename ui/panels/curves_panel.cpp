// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/curves_panel.h"

#include "ui/bridge/parameter_text.h"
#include "ui/plot/training_curves.h"

#include <QVBoxLayout>

#include <limits>

namespace embedscope {

CurvesPanel::CurvesPanel(TrainingRun* run, QWidget* parent)
    : QWidget(parent)
    , m_run(run)
    , m_curves(new TrainingCurves)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_curves);
    connect(m_run, &TrainingRun::begun, m_curves, &TrainingCurves::clear);
    connect(m_run, &TrainingRun::stepsDone, this, &CurvesPanel::addSteps);
    connect(m_run, &TrainingRun::epochDone, this, &CurvesPanel::addEpoch);
    connect(m_run, &TrainingRun::switched, this, &CurvesPanel::addMark);
    showAll();
}

void CurvesPanel::showAll()
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
    constexpr double kNotMeasured = std::numeric_limits<double>::quiet_NaN();
    const auto& validation = result.validation;
    m_curves->addEvaluation(result.step, result.trainAccuracy, validation ? validation->accuracy : kNotMeasured,
                            validation ? validation->loss : kNotMeasured);
}

void CurvesPanel::addMark(const RunMark& mark)
{
    m_curves->addMark(mark.step, switchText(mark.changes));
}

} // namespace embedscope
