// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/embedding.h"
#include "tests/core/nn/matrices.h"

#include <QtTest>

#include <limits>

using namespace embedscope;
using namespace embedscope::test;

class TestRenormalize : public QObject
{
    Q_OBJECT

private slots:
    void renormalizes_data();
    void renormalizes();
    void normsRoundAsPyTorchRounds();
    void frozenRowsAreRenormalizedToo();
    void thePaddingRowIsRenormalizedToo();
    void onlyRowsLookedUpAreRenormalized();
};

void TestRenormalize::renormalizes_data()
{
    QTest::addColumn<Matrix>("row");
    QTest::addColumn<double>("max_norm");
    QTest::addColumn<double>("norm_type");
    QTest::addColumn<Matrix>("expected");
    const double inf = std::numeric_limits<double>::infinity();
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const auto scaled = [](std::initializer_list<float> x, double factor) {
        Matrix out = matrix({x});
        out *= static_cast<float>(factor);
        return out;
    };
    QTest::newRow("a longer row lands a hair below the limit")
        << matrix({{3, 4}}) << 1.0 << 2.0 << scaled({3, 4}, 1 / (5 + 1e-7));
    QTest::newRow("a row exactly at the limit stays") << matrix({{3, 4}}) << 5.0 << 2.0 << matrix({{3, 4}});
    QTest::newRow("a shorter row stays") << matrix({{3, 4}}) << 6.0 << 2.0 << matrix({{3, 4}});
    QTest::newRow("a zero row stays") << matrix({{0, 0}}) << 1e-9 << 2.0 << matrix({{0, 0}});
    QTest::newRow("p = 1 adds absolute values") << matrix({{-3, 4}}) << 3.5 << 1.0 << scaled({-3, 4}, 3.5 / (7 + 1e-7));
    QTest::newRow("p = 1 at the limit stays") << matrix({{-3, 4}}) << 7.0 << 1.0 << matrix({{-3, 4}});
    QTest::newRow("p infinite takes the largest") << matrix({{3, -4}}) << 2.0 << inf << scaled({3, -4}, 2 / (4 + 1e-7));
    QTest::newRow("p infinite at the limit stays") << matrix({{3, -4}}) << 4.0 << inf << matrix({{3, -4}});
    QTest::newRow("p = 3") << matrix({{3, 4, 5}}) << 3.0 << 3.0 << scaled({3, 4, 5}, 3 / (6 + 1e-7));
    QTest::newRow("p = 1/2") << matrix({{4, 9}}) << 5.0 << 0.5 << scaled({4, 9}, 5 / (25 + 1e-7));
    QTest::newRow("a NaN row stays") << matrix({{nan, 40}}) << 1.0 << 2.0 << matrix({{nan, 40}});
    QTest::newRow("a NaN row stays with p infinite")
        << matrix({{40, nan, 50}}) << 1.0 << inf << matrix({{40, nan, 50}});
    QTest::newRow("a NaN row stays with p = 1") << matrix({{nan, 40}}) << 1.0 << 1.0 << matrix({{nan, 40}});
}

void TestRenormalize::renormalizes()
{
    QFETCH(Matrix, row);
    QFETCH(const double, max_norm);
    QFETCH(const double, norm_type);
    QFETCH(const Matrix, expected);
    renormalizeRows(row, Indices{0, 0}, max_norm, norm_type);
    if (norm_type == 3.0 || norm_type == 0.5)
        QVERIFY2(deviation(row, expected) < 1e-6, qPrintable(text(row)));
    else
        QCOMPARE(text(row), text(expected));
}

/// Eight lanes are summed first, then the rest: 4096^2 = 2^24 swallows ones that are added to it one by one. PyTorch
/// gives 4096 for the first row and 4096.00098 for the second.
void TestRenormalize::normsRoundAsPyTorchRounds()
{
    Matrix largeFirst = matrix({{4096, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}});
    const Matrix before = largeFirst;
    renormalizeRows(largeFirst, Indices{0}, 4096.0, 2.0);
    QCOMPARE(text(largeFirst), text(before));
    Matrix largeLast = matrix({{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 4096}});
    renormalizeRows(largeLast, Indices{0}, 4096.0, 2.0);
    QVERIFY(largeLast(0, 10) < 4096.0F);
}

void TestRenormalize::frozenRowsAreRenormalizedToo()
{
    auto embedding = Embedding::fromPretrained(matrix({{3, 4}}), {.freeze = true, .max_norm = 1.0}).value();
    Matrix out;
    QVERIFY(embedding.forward(Indices{0}, out).has_value());
    QVERIFY(deviation(embedding.weight(), matrix({{0.6F, 0.8F}})) < 1e-6);
    QCOMPARE(text(out), text(embedding.weight()));
}

void TestRenormalize::thePaddingRowIsRenormalizedToo()
{
    auto embedding = Embedding::fromPretrained(matrix({{3, 4}}), {.padding_idx = 0, .max_norm = 1.0}).value();
    Matrix out;
    QVERIFY(embedding.forward(Indices{0}, out).has_value());
    QVERIFY(deviation(embedding.weight(), matrix({{0.6F, 0.8F}})) < 1e-6);
}

void TestRenormalize::onlyRowsLookedUpAreRenormalized()
{
    auto embedding = Embedding::fromPretrained(matrix({{3, 4}, {30, 40}}), {.max_norm = 1.0}).value();
    Matrix out;
    QVERIFY(embedding.forward(Indices{0}, out).has_value());
    QCOMPARE(text(embedding.weight().bottomRows(1)), text(matrix({{30, 40}})));
}

QTEST_APPLESS_MAIN(TestRenormalize)
#include "tst_renormalize.moc"
