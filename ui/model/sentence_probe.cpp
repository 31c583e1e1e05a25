// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/sentence_probe.h"

#include <algorithm>
#include <utility>

namespace embedscope {

namespace {

/// A person reads ten answers a second at most, and the thread shall train.
constexpr qint64 kAskMilliseconds = 100;

std::vector<ProbedWord> wordsOf(const std::string& text, const PreparedRun& run)
{
    std::vector<ProbedWord> words;
    for (std::string& token : tokenize(text, run.tokenizer)) {
        const auto row = run.vocabulary.vocabulary.find(token);
        words.push_back({std::move(token), row});
    }
    return words;
}

} // namespace

SentenceProbe::SentenceProbe(TrainingRun* run, JobRunner* jobs, QObject* parent)
    : QObject(parent)
    , m_run(run)
    , m_job(jobs)
{
    connect(m_run, &TrainingRun::begun, this, &SentenceProbe::encode);
    connect(m_run, &TrainingRun::stateChanged, this, &SentenceProbe::onState);
    connect(m_run, &TrainingRun::stepsDone, this, &SentenceProbe::askAgain);
    connect(&m_run->session(), &TrainingSession::newsArrived, this, [this](const TrainingNews& news) {
        if (!news.answer)
            return;
        m_waiting = false;
        if (news.answer->sentence == m_sentence)
            take(news.answer->probabilities, news.answer->step);
    });
}

void SentenceProbe::setText(const QString& text)
{
    if (text == m_text)
        return;
    m_text = text;
    encode();
    ask();
}

void SentenceProbe::encode()
{
    m_words.clear();
    m_wordsCut = 0;
    m_sentence.reset();
    m_job.cancel();
    if (const PreparedRun* run = m_run->prepared()) {
        const std::string text = m_text.toStdString();
        m_words = wordsOf(text, *run);
        const LabelledText data{.texts = {text}, .labels = {0}, .classes = run->classes};
        auto sentence = embedscope::encode(data, run->tokenizer, run->vocabulary.vocabulary, run->vocabulary.unknownRow,
                                           run->options.max_length);
        m_wordsCut = m_words.size() - std::min(m_words.size(), sentence.tokens.size());
        if (!m_words.empty())
            m_sentence = std::make_shared<const DataSet>(std::move(sentence));
    }
    Q_EMIT wordsChanged();
    take({}, 0);
}

void SentenceProbe::ask()
{
    if (!m_sentence)
        return;
    if (!m_run->session().active()) {
        askEndedModel();
        return;
    }
    m_waiting = true;
    m_asked.start();
    m_run->session().ask(m_sentence);
}

void SentenceProbe::askAgain()
{
    if (!m_waiting && (!m_asked.isValid() || m_asked.elapsed() >= kAskMilliseconds))
        ask();
}

void SentenceProbe::askEndedModel()
{
    const auto trainer = m_run->session().sharedTrainer();
    if (!trainer)
        return;
    m_job.start(
        tr("Reading the sentence"),
        [trainer, sentence = m_sentence](const std::stop_token& stop, Progress&) {
            return probabilitiesOf(trainer->model(), *sentence, stop);
        },
        [this, step = trainer->stepsDone()](Result<std::vector<float>> result) {
            if (result)
                take(std::move(*result), step);
        });
}

void SentenceProbe::onState()
{
    // A run that ended left its last question unanswered, and the picture of its last steps.
    m_waiting = false;
    ask();
}

void SentenceProbe::take(std::vector<float> probabilities, std::int64_t step)
{
    m_probabilities = std::move(probabilities);
    m_step = step;
    Q_EMIT probabilitiesChanged();
}

} // namespace embedscope
