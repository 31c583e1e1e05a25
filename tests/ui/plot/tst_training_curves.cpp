// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/training_curves.h"

#include <QElapsedTimer>
#include <QTest>

#include <cmath>
#include <limits>

using namespace embedscope;

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

int pixelsLike(const QImage& image, const QColor& colour)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            count += image.pixelColor(x, y) == colour;
    return count;
}

void show(TrainingCurves& view)
{
    view.resize(600, 200);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
}

void addSteps(TrainingCurves& view, int steps)
{
    for (int step = 0; step < steps; ++step)
        view.addPoint(step, 0.7 * std::exp(-2.0 * step / steps), 0.5 + 0.3 * step / steps);
}

} // namespace

class TestTrainingCurves : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysSomethingWhenEmpty();
    void drawsLossAndAccuracy();
    void namesTheEndsOfTheCurves();
    void namesEvaluationsOnceThereAreSome();
    void drawsTheLossOfValidation();
    void namesWhatARecommenderMeasures();
    void drawsMarks();
    void joinsMarksOfOneStep();
    void startsAgain();
    void bearsWhatIsNotFinite();
    void readsValuesUnderTheCursor();
    void staysFastForManySteps();
};

void TestTrainingCurves::saysSomethingWhenEmpty()
{
    TrainingCurves view;
    show(view);
    QCOMPARE(view.accessibleDescription(), QStringLiteral("No training run yet."));
    QVERIFY(pixelsLike(view.renderToImage(view.size()), view.colours().background) < 600 * 200);
    QCOMPARE(view.textAt({300, 100}), QString());
}

void TestTrainingCurves::drawsLossAndAccuracy()
{
    TrainingCurves view;
    show(view);
    addSteps(view, 100);
    QTRY_VERIFY(view.accessibleDescription().contains(QStringLiteral("99")));
    const QImage image = view.renderToImage(view.size());
    QVERIFY(pixelsLike(image, view.colours().accent) > 100);
    QVERIFY(pixelsLike(image, view.colours().positive) > 100);
    QCOMPARE(pixelsLike(image, view.colours().selection), 0);
}

void TestTrainingCurves::namesTheEndsOfTheCurves()
{
    TrainingCurves view;
    for (int step = 0; step < 50; ++step)
        view.addPoint(step, 0.31, 0.83);
    QTRY_COMPARE(view.accessibleDescription(), QStringLiteral("Step 49, loss 0.31, accuracy 0.83"));
}

void TestTrainingCurves::namesEvaluationsOnceThereAreSome()
{
    TrainingCurves view;
    view.addPoint(10, 0.5, 0.7);
    view.addEvaluation(10, 0.9, 0.8);
    QTRY_COMPARE(view.accessibleDescription(), QStringLiteral("Step 10, loss 0.50, train 0.90, validation 0.80"));
    view.addEvaluation(20, kNan, 0.85);
    QTRY_COMPARE(view.accessibleDescription(), QStringLiteral("Step 20, loss 0.50, validation 0.85"));
}

void TestTrainingCurves::drawsTheLossOfValidation()
{
    TrainingCurves view;
    show(view);
    view.addPoint(10, 0.5, 0.7);
    view.addEvaluation(10, 0.9, 0.8, 0.6);
    view.addEvaluation(20, 0.9, 0.8, 2.5); // above all losses of steps, and still in the picture
    QTRY_VERIFY(view.accessibleDescription().contains(QStringLiteral("validation loss 2.50")));
    QVERIFY(pixelsLike(view.renderToImage(view.size()), view.colours().accent) > 20);
    QStringList found;
    for (int x = 0; x < view.width(); ++x)
        found += view.textAt({static_cast<double>(x), 100});
    QVERIFY(
        found.join(QLatin1Char(' ')).contains(QStringLiteral("validation after step 20: accuracy 0.80, loss 2.50")));
}

void TestTrainingCurves::namesWhatARecommenderMeasures()
{
    TrainingCurves view;
    view.setMeasure(TrainingCurves::Measure::Rmse);
    view.addPoint(10, 0.5, kNan);
    view.addEvaluation(10, kNan, kNan, 0.75);
    QTRY_COMPARE(view.accessibleDescription(), QStringLiteral("Step 10, RMSE 0.50, held-out RMSE 0.75"));
    view.clear();
    view.setMeasure(TrainingCurves::Measure::Recall);
    view.addPoint(10, 0.5, kNan);
    view.addEvaluation(10, kNan, 0.25);
    QTRY_COMPARE(view.accessibleDescription(), QStringLiteral("Step 10, loss 0.50, recall 0.25"));
}

void TestTrainingCurves::drawsMarks()
{
    TrainingCurves view;
    show(view);
    addSteps(view, 100);
    view.addMark(50, QStringLiteral("freeze on"));
    QTRY_VERIFY(pixelsLike(view.renderToImage(view.size()), view.colours().selection) > 60);
}

void TestTrainingCurves::joinsMarksOfOneStep()
{
    TrainingCurves view;
    show(view);
    addSteps(view, 101);
    view.addMark(100, QStringLiteral("freeze on"));
    view.addMark(100, QStringLiteral("max_norm 6"));
    QTRY_VERIFY(view.accessibleDescription().contains(QStringLiteral("100")));
    QStringList found;
    for (int x = 0; x < view.width(); ++x)
        if (const QString text = view.textAt({static_cast<double>(x), 100}); text.contains(QStringLiteral("freeze")))
            found += text;
    QVERIFY(!found.isEmpty());
    QVERIFY(found.first().contains(QStringLiteral("step 100: freeze on, max_norm 6")));
}

void TestTrainingCurves::startsAgain()
{
    TrainingCurves view;
    addSteps(view, 10);
    view.addMark(3, QStringLiteral("freeze on"));
    view.clear();
    QCOMPARE(view.accessibleDescription(), QStringLiteral("No training run yet."));
    view.addPoint(0, 1, 0.5);
    QTRY_COMPARE(view.accessibleDescription(), QStringLiteral("Step 0, loss 1.00, accuracy 0.50"));
}

void TestTrainingCurves::bearsWhatIsNotFinite()
{
    TrainingCurves view;
    show(view);
    view.addPoint(0, kNan, kNan);
    view.addPoint(1, std::numeric_limits<double>::infinity(), 0.5);
    QTRY_COMPARE(view.accessibleDescription(), QStringLiteral("Step 1, accuracy 0.50"));
    QVERIFY(!view.renderToImage(view.size()).isNull());
}

void TestTrainingCurves::readsValuesUnderTheCursor()
{
    TrainingCurves view;
    show(view);
    for (int step = 0; step < 100; ++step)
        view.addPoint(step, 0.25, 0.75);
    QTRY_VERIFY(view.textAt({300, 100}).contains(QStringLiteral("\nloss 0.25\naccuracy 0.75")));
    QCOMPARE(view.textAt({1, 100}), QString());
}

void TestTrainingCurves::staysFastForManySteps()
{
    TrainingCurves view;
    show(view);
    QElapsedTimer timer;
    timer.start();
    addSteps(view, 100'000);
    QVERIFY(!view.renderToImage(view.size()).isNull());
    // A hundred times more than it takes, for busy machines; drawing every step would still fail.
    QVERIFY2(timer.elapsed() < 3000, qPrintable(QString::number(timer.elapsed())));
}

QTEST_MAIN(TestTrainingCurves)
#include "tst_training_curves.moc"
