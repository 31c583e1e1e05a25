// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/model/selection.h"
#include "ui/model/sentence_probe.h"
#include "ui/model/training_run.h"

#include <QScrollArea>

class QLineEdit;

namespace embedscope {

class ClassBars;
class HelpText;
class SentenceWords;

/// A sentence of one's own, and what the model says of it while it learns.
class TryPanel : public QScrollArea
{
    Q_OBJECT

public:
    TryPanel(TrainingRun* run, SentenceProbe* probe, Selection* selection, QWidget* parent = nullptr);

    [[nodiscard]] QLineEdit& line() { return *m_line; }
    [[nodiscard]] SentenceWords& words() { return *m_words; }
    [[nodiscard]] ClassBars& bars() { return *m_bars; }

private:
    void createContent();
    void showRun();
    void showWords();
    void showProbabilities();
    void showSelection();
    [[nodiscard]] QString note() const;

    TrainingRun* m_run;
    SentenceProbe* m_probe;
    Selection* m_selection;
    QLineEdit* m_line = nullptr;
    SentenceWords* m_words = nullptr;
    ClassBars* m_bars = nullptr;
    HelpText* m_note = nullptr;
};

} // namespace embedscope
