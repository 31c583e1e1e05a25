// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/nn/dropout.h"
#include "tests/core/nn/matrices.h"

#include <QtTest>

using namespace embedscope;
using namespace embedscope::test;

namespace {

Matrix droppedOnes(double p, Index rows, Index cols, std::uint64_t seed)
{
    Random random(seed);
    Dropout dropout(p);
    Matrix x = Matrix::Ones(rows, cols);
    dropout.forward(x, random);
    return x;
}

} // namespace

class TestDropout : public QObject
{
    Q_OBJECT

private slots:
    void dropsTheShareAskedFor_data();
    void dropsTheShareAskedFor();
    void theRestIsDividedByWhatIsKept();
    void neighboursFallIndependently();
    void zeroDoesNothingAndDrawsNothing();
    void oneDrawAForward();
    void eachForwardDropsOthers();
    void theGradientOfTheDroppedIsZero();
    void noRows();
    void threadsDoNotMatter();
};

void TestDropout::dropsTheShareAskedFor_data()
{
    QTest::addColumn<double>("p");
    QTest::newRow("a tenth") << 0.1;
    QTest::newRow("half") << 0.5;
    QTest::newRow("nearly all") << 0.95;
}

void TestDropout::dropsTheShareAskedFor()
{
    QFETCH(const double, p);
    const Matrix x = droppedOnes(p, 1000, 301, 1);
    const auto dropped = static_cast<double>((x.array() == 0.0F).count());
    const auto size = static_cast<double>(x.size());
    // Five standard deviations of a binomial share.
    QVERIFY2(std::abs(dropped / size - p) < 5 * std::sqrt(p * (1 - p) / size), qPrintable(QString::number(dropped)));
}

void TestDropout::theRestIsDividedByWhatIsKept()
{
    Random random(3);
    Dropout dropout(0.75);
    Matrix x = randomMatrix(20, 30, 1);
    const Matrix before = x;
    dropout.forward(x, random);
    for (Index i = 0; i < x.size(); ++i)
        QVERIFY(x.data()[i] == 0.0F || x.data()[i] == 4 * before.data()[i]);
    QVERIFY((x.array() != 0.0F).any());
}

/// Two numbers share a draw: both halves of its bits have to be random.
void TestDropout::neighboursFallIndependently()
{
    const Matrix x = droppedOnes(0.5, 1, 200'000, 5);
    double both = 0;
    for (Index i = 0; i + 1 < x.size(); i += 2)
        both += x(0, i) == 0.0F && x(0, i + 1) == 0.0F ? 1.0 : 0.0;
    QVERIFY2(std::abs(both / 100'000 - 0.25) < 0.007, qPrintable(QString::number(both)));
}

void TestDropout::zeroDoesNothingAndDrawsNothing()
{
    Random random(3);
    const RandomState before = random.state();
    Dropout dropout;
    Matrix x = randomMatrix(3, 4, 1);
    const Matrix kept = x;
    dropout.forward(x, random);
    dropout.backward(x);
    QCOMPARE(text(x), text(kept));
    QVERIFY(random.state() == before);
}

void TestDropout::oneDrawAForward()
{
    Random random(3);
    Random other(3);
    Dropout dropout(0.5);
    Matrix x = Matrix::Ones(100, 100);
    dropout.forward(x, random);
    other.next();
    QVERIFY(random.state() == other.state());
}

void TestDropout::eachForwardDropsOthers()
{
    Random random(3);
    Dropout dropout(0.5);
    Matrix first = Matrix::Ones(10, 10);
    Matrix second = first;
    dropout.forward(first, random);
    dropout.forward(second, random);
    QVERIFY(text(first) != text(second));
    QCOMPARE(text(first), text(droppedOnes(0.5, 10, 10, 3)));
}

void TestDropout::theGradientOfTheDroppedIsZero()
{
    Random random(3);
    Dropout dropout(0.2);
    Matrix x = Matrix::Ones(30, 7);
    dropout.forward(x, random);
    Matrix grad = Matrix::Constant(30, 7, 3);
    dropout.backward(grad);
    QCOMPARE(text(grad), text(Matrix(3 * x)));
}

void TestDropout::noRows()
{
    QCOMPARE(text(droppedOnes(0.5, 0, 4, 1)), text(Matrix(0, 4)));
}

void TestDropout::threadsDoNotMatter()
{
    const auto run = [](int threads) {
        setThreadCount(threads);
        Random random(7);
        Dropout dropout(0.3);
        Matrix x = randomMatrix(700, 301, 2);
        dropout.forward(x, random);
        Matrix grad = randomMatrix(700, 301, 3);
        dropout.backward(grad);
        setThreadCount(0);
        return std::pair(x, grad);
    };
    const auto one = run(1);
    QVERIFY(one == run(2));
    QVERIFY(one == run(5));
}

QTEST_APPLESS_MAIN(TestDropout)
#include "tst_dropout.moc"
