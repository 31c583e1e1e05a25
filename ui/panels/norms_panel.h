// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/model/document.h"
#include "ui/model/selection.h"
#include "ui/model/training_run.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

namespace embedscope {

class NormHistogram;

/// The norm histogram of the open table, with the selected word and the largest norm allowed.
class NormsPanel : public QWidget
{
    Q_OBJECT

public:
    NormsPanel(Document* document, TrainingRun* run, Selection* selection, QWidget* parent = nullptr);

private:
    void showNorms();
    void showNormsSoon();
    void showSelected();
    void showMaxNorm();

    Document* m_document;
    TrainingRun* m_run;
    Selection* m_selection;
    NormHistogram* m_histogram = nullptr;
    QTimer m_soon; // a moving table changes its norms sixty times a second; ten pictures are enough
};

} // namespace embedscope
