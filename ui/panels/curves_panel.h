// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/model/training_run.h"

#include <QWidget>

namespace embedscope {

class TrainingCurves;

/// Loss and accuracy of the run, with a mark where each live switch was taken.
class CurvesPanel : public QWidget
{
    Q_OBJECT

public:
    explicit CurvesPanel(TrainingRun* run, QWidget* parent = nullptr);

private:
    void showAll();
    void addSteps(const std::vector<StepReport>& steps);
    void addEpoch(const EpochResult& result);
    void addMark(const RunMark& mark);

    TrainingRun* m_run;
    TrainingCurves* m_curves;
};

} // namespace embedscope
