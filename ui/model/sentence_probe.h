// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/latest_job.h"
#include "ui/model/training_run.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace embedscope {

/// A word of the sentence as the model reads it, and its row; no row for one that the vocabulary does not have.
struct ProbedWord
{
    std::string token;
    std::optional<Index> row;

    bool operator==(const ProbedWord&) const = default;
};

/// One sentence that the model of the run is asked about again and again while it learns. Asks between two steps while
/// a run goes on, and in a job afterwards. Knows no widget.
class SentenceProbe : public QObject
{
    Q_OBJECT

public:
    SentenceProbe(TrainingRun* run, JobRunner* jobs, QObject* parent = nullptr);

    [[nodiscard]] const QString& text() const { return m_text; }
    void setText(const QString& text);

    /// Empty before the first run.
    [[nodiscard]] const std::vector<ProbedWord>& words() const { return m_words; }
    /// Words at the end that the model does not read, because of max_length.
    [[nodiscard]] std::size_t wordsCut() const { return m_wordsCut; }
    /// One a class of the run; empty while nothing is known.
    [[nodiscard]] const std::vector<float>& probabilities() const { return m_probabilities; }
    /// After how many steps the model said so.
    [[nodiscard]] std::int64_t step() const { return m_step; }

Q_SIGNALS:
    void wordsChanged();
    void probabilitiesChanged();

private:
    void encode();
    void ask();
    void askAgain();
    void askEndedModel();
    void onState();
    void take(std::vector<float> probabilities, std::int64_t step);

    TrainingRun* m_run;
    LatestJob m_job;
    QElapsedTimer m_asked;
    QString m_text;
    std::vector<ProbedWord> m_words;
    std::size_t m_wordsCut = 0;
    std::shared_ptr<const DataSet> m_sentence; // null without words or without a run
    std::vector<float> m_probabilities;
    std::int64_t m_step = 0;
    bool m_waiting = false;
};

} // namespace embedscope
