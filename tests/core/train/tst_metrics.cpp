// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/metrics.h"

#include <QtTest>

#include <cmath>

using namespace embedscope;

class TestMetrics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void byHand();
    void aClassThatNeverOccursDoesNotCount();
    void noDataIsAllZero();
};

void TestMetrics::byHand()
{
    // True classes 0 0 1 1; predicted 0 1 1 1.
    Matrix logits(4, 2);
    logits << 1, 0, 0, 1, 0, 1, 0, 1;
    const std::vector<std::int32_t> labels{0, 0, 1, 1};
    const Evaluation got = evaluate(logits, labels);
    QCOMPARE(got.accuracy, 0.75);
    QCOMPARE(got.confusion(0, 0), std::int64_t(1));
    QCOMPARE(got.confusion(0, 1), std::int64_t(1));
    QCOMPARE(got.confusion(1, 0), std::int64_t(0));
    QCOMPARE(got.confusion(1, 1), std::int64_t(2));
    QVERIFY(std::abs(got.macro_f1 - (2.0 / 3 + 4.0 / 5) / 2) < 1e-12);
    const double right = std::log(1 + std::exp(-1.0));
    QVERIFY(std::abs(got.loss - (3 * right + (right + 1)) / 4) < 1e-6);
}

void TestMetrics::aClassThatNeverOccursDoesNotCount()
{
    Matrix logits(2, 3);
    logits << 2, 1, 0, 1, 2, 0;
    const Evaluation got = evaluate(logits, std::vector<std::int32_t>{0, 1});
    QCOMPARE(got.macro_f1, 1.0);
}

void TestMetrics::noDataIsAllZero()
{
    const Evaluation got = evaluate(Matrix(0, 3), {});
    QCOMPARE(got.accuracy, 0.0);
    QCOMPARE(got.loss, 0.0);
    QCOMPARE(got.confusion.sum(), std::int64_t(0));
}

QTEST_APPLESS_MAIN(TestMetrics)
#include "tst_metrics.moc"
