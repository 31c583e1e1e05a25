// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/training_session.h"

#include "tests/core/train/small_data.h"

#include <QtTest>

using namespace embedscope;
using State = TrainingSession::State;

/// The training thread, without any window.
class TestTrainingSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsToItsEnd();
    void everyStepArrivesOnce();
    void pausesAndGoesOn();
    void stopsWhilePaused();
    void settingsAreTakenWhilePaused();
    void manySettingsLeaveTheLastOne();
    void aRefusedSettingIsToldAndChangesNothing();
    void aFrameIsWhatTheTrainerHas();
    void paceIsKept();
    void divergenceEndsTheRunWithItsError();
    void dyingWhileTrainingDoesNotHang();
    void theSameAsWithoutAThread();
    void aQuestionIsAnsweredBetweenTwoSteps();
    void stopsEarlyWithoutABetterValidation();
};

namespace {

TrainOptions options(std::int64_t epochs)
{
    TrainOptions out;
    out.embedding_dim = 8;
    out.batch_size = 16;
    out.epochs = epochs;
    out.live.lr = 0.01;
    return out;
}

std::unique_ptr<Trainer> trainer(std::int64_t epochs = 20)
{
    return std::make_unique<Trainer>(*Trainer::create(options(epochs), testing::smallData(), 3, testing::smallTable()));
}

} // namespace

void TestTrainingSession::runsToItsEnd()
{
    TrainingSession session;
    std::vector<EpochResult> epochs;
    connect(&session, &TrainingSession::newsArrived, this,
            [&](const TrainingNews& news) { epochs.insert(epochs.end(), news.epochs.begin(), news.epochs.end()); });
    session.start(trainer(), testing::smallData(30));
    QCOMPARE(session.trainer(), nullptr);
    QTRY_COMPARE(session.state(), State::Ended);
    QVERIFY(session.trainer() != nullptr);
    QVERIFY(!session.error());
    QCOMPARE(session.stepsDone(), session.totalSteps());
    QCOMPARE(epochs.size(), std::size_t(20));
    QCOMPARE(epochs.back().epoch, std::int64_t(20));
    QVERIFY(epochs.back().validation.has_value());
}

void TestTrainingSession::everyStepArrivesOnce()
{
    TrainingSession session;
    std::vector<std::int64_t> steps;
    connect(&session, &TrainingSession::newsArrived, this, [&](const TrainingNews& news) {
        for (const StepReport& step : news.steps)
            steps.push_back(step.step);
    });
    session.start(trainer(), nullptr);
    QTRY_COMPARE(session.state(), State::Ended);
    QCOMPARE(static_cast<std::int64_t>(steps.size()), session.totalSteps());
    for (std::size_t i = 0; i < steps.size(); ++i)
        QCOMPARE(steps[i], static_cast<std::int64_t>(i));
}

void TestTrainingSession::pausesAndGoesOn()
{
    TrainingSession session;
    session.setPace(200);
    session.start(trainer(1000), nullptr);
    QTRY_VERIFY(session.stepsDone() > 3);
    session.pause();
    QTest::qWait(60); // the step at hand and its news
    const auto paused = session.stepsDone();
    QTest::qWait(120);
    QCOMPARE(session.stepsDone(), paused);
    session.resume();
    QTRY_VERIFY(session.stepsDone() > paused + 3);
}

void TestTrainingSession::stopsWhilePaused()
{
    TrainingSession session;
    session.start(trainer(), nullptr, State::Paused);
    QCOMPARE(session.state(), State::Paused);
    session.stop();
    QTRY_COMPARE(session.state(), State::Ended);
    QCOMPARE(session.stepsDone(), std::int64_t(0));
}

void TestTrainingSession::settingsAreTakenWhilePaused()
{
    TrainingSession session;
    std::vector<LoggedSwitch> switches;
    connect(&session, &TrainingSession::newsArrived, this, [&](const TrainingNews& news) {
        switches.insert(switches.end(), news.switches.begin(), news.switches.end());
    });
    session.start(trainer(), nullptr, State::Paused);
    LiveSettings settings = options(1).live;
    settings.freeze = true;
    session.publish(settings);
    QTRY_COMPARE(switches.size(), std::size_t(1));
    QCOMPARE(switches[0].step, std::int64_t(0));
}

void TestTrainingSession::manySettingsLeaveTheLastOne()
{
    TrainingSession session;
    session.start(trainer(200000), nullptr);
    LiveSettings settings = options(1).live;
    for (int i = 1; i <= 10000; ++i) {
        settings.lr = 2e-6 * i;
        session.publish(settings);
    }
    const auto last = session.stepsDone();
    QTRY_VERIFY(session.stepsDone() > last + 10);
    session.stop();
    QTRY_COMPARE(session.state(), State::Ended);
    QCOMPARE(session.trainer()->settings().lr, settings.lr);
    QVERIFY(!session.trainer()->log().empty());
    QCOMPARE(session.trainer()->log().back().settings.lr, settings.lr);
}

void TestTrainingSession::aRefusedSettingIsToldAndChangesNothing()
{
    TrainingSession session;
    std::optional<Error> refused;
    connect(&session, &TrainingSession::newsArrived, this, [&](const TrainingNews& news) {
        if (news.refusedSettings)
            refused = news.refusedSettings;
    });
    session.start(trainer(), nullptr, State::Paused);
    LiveSettings settings = options(1).live;
    settings.padding_idx = 1000;
    session.publish(settings);
    QTRY_VERIFY(refused.has_value());
    QCOMPARE(refused->code, ErrorCode::ValueRefused);
    session.stop();
    QTRY_COMPARE(session.state(), State::Ended);
    QVERIFY(session.trainer()->log().empty());
}

void TestTrainingSession::aFrameIsWhatTheTrainerHas()
{
    TrainingSession session;
    std::optional<TrainingFrame> frame;
    connect(&session, &TrainingSession::newsArrived, this, [&](const TrainingNews& news) {
        if (news.frame)
            frame = news.frame;
    });
    Progress progress;
    const auto axes = std::make_shared<const Pca>(*fitPca(testing::smallTable(), 2, {}, progress));
    session.start(trainer(), nullptr, State::Paused);
    session.request({axes, false, true});
    QTRY_VERIFY(frame.has_value());
    QVERIFY(*frame->weights == testing::smallTable());
    QVERIFY(*frame->coordinates == axes->project(testing::smallTable()));
    QCOMPARE(frame->norms->size(), std::size_t(31));
    session.stop();
    QTRY_COMPARE(session.state(), State::Ended);
}

void TestTrainingSession::paceIsKept()
{
    TrainingSession session;
    session.setPace(50);
    session.start(trainer(1000), nullptr);
    QTest::qWait(1000);
    const auto steps = session.stepsDone();
    QVERIFY2(steps >= 10 && steps <= 70,
             qPrintable(QString::number(steps))); // a busy machine may be slower, never faster
    session.setPace(0);
    QTRY_VERIFY(session.stepsDone() > 1000);
}

void TestTrainingSession::divergenceEndsTheRunWithItsError()
{
    auto chosen = options(50);
    chosen.optimizer = "sgd";
    chosen.live.lr = 1e38;
    TrainingSession session;
    session.start(std::make_unique<Trainer>(*Trainer::create(chosen, testing::smallData(), 3, testing::smallTable())),
                  nullptr);
    QTRY_COMPARE(session.state(), State::Ended);
    QVERIFY(session.error().has_value());
    QCOMPARE(session.error()->code, ErrorCode::TrainingDiverged);
    QVERIFY(session.trainer()->model().embedding().weight().allFinite());
}

void TestTrainingSession::dyingWhileTrainingDoesNotHang()
{
    auto session = std::make_unique<TrainingSession>();
    session->start(trainer(1000000), nullptr);
    QTRY_VERIFY(session->stepsDone() > 0);
    QElapsedTimer timer;
    timer.start();
    session.reset();
    QVERIFY(timer.elapsed() < 2000);
}

void TestTrainingSession::theSameAsWithoutAThread()
{
    TrainingSession session;
    session.start(trainer(), nullptr);
    QTRY_COMPARE(session.state(), State::Ended);
    auto alone = trainer();
    while (!alone->finished())
        QVERIFY(alone->step().has_value());
    QVERIFY(session.trainer()->model().embedding().weight() == alone->model().embedding().weight());
}

void TestTrainingSession::aQuestionIsAnsweredBetweenTwoSteps()
{
    TrainingSession session;
    std::optional<SentenceAnswer> answer;
    connect(&session, &TrainingSession::newsArrived, this, [&](const TrainingNews& news) {
        if (news.answer)
            answer = news.answer;
    });
    const auto sentence = testing::smallData(1);
    session.start(trainer(), nullptr, State::Paused);
    session.ask(sentence);
    QTRY_VERIFY(answer.has_value());
    QCOMPARE(answer->sentence, sentence);
    QCOMPARE(answer->step, std::int64_t(0));
    QCOMPARE(answer->probabilities, *probabilitiesOf(trainer()->model(), *sentence, {}));
    answer.reset();
    session.step();
    QTRY_COMPARE(session.stepsDone(), std::int64_t(1));
    session.ask(sentence);
    QTRY_VERIFY(answer.has_value());
    auto alone = trainer();
    QVERIFY(alone->step().has_value());
    QCOMPARE(answer->step, std::int64_t(1));
    QCOMPARE(answer->probabilities, *probabilitiesOf(alone->model(), *sentence, {}));
}

void TestTrainingSession::stopsEarlyWithoutABetterValidation()
{
    auto chosen = options(50);
    chosen.early_stop = 3;
    chosen.live.lr = 0;
    TrainingSession session;
    session.start(std::make_unique<Trainer>(*Trainer::create(chosen, testing::smallData(), 3, testing::smallTable())),
                  testing::smallData(30));
    QTRY_COMPARE(session.state(), State::Ended);
    QVERIFY(session.stoppedEarly());
    QVERIFY(!session.error());
    QCOMPARE(session.stepsDone(), 4 * session.stepsPerEpoch()); // the first is better than nothing
}

QTEST_GUILESS_MAIN(TestTrainingSession)
#include "tst_training_session.moc"
