// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/word_vector_batch.h"
#include "core/train/word_vector_hogwild.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace embedscope;

class TestWordVectorSteps : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void logisticIsExact();
    void dotProductsOfAnyNumberOfRows();
    void initialTables();
    void oneNumberOutOfBoundsIsDivergence_data();
    void oneNumberOutOfBoundsIsDivergence();
    void onePairByHand_data();
    void onePairByHand();
    void batchFollowsTheGradient();
    void batchDoesNotSeeItsOwnSteps();
    void hogwildSeesEachStep();
    void batchesAreSmallWhereAWordIsFrequent();
};

namespace {

constexpr Index kRows = 7;
constexpr Index kDim = 11;

/// Outputs are no zeros, so that each part of the gradient counts.
SkipGramTables tables()
{
    SkipGramTables out = SkipGramTables::initial(kRows, kDim, 5);
    Random random(6);
    for (Index row = 0; row < kRows; ++row)
        for (Index i = 0; i < kDim; ++i) {
            out.input(row, i) = random.uniform(-1.0F, 1.0F);
            out.output(row, i) = random.uniform(-1.0F, 1.0F);
        }
    return out;
}

/// Words 3 4 3 0, the two in the middle being centres; two drawn words a pair, one of them skipped, one drawn twice.
WordPairs somePairs()
{
    WordPairs pairs;
    pairs.words = {3, 4, 3, 0};
    pairs.centres = {{1, 0, 3}, {2, 1, 4}};
    pairs.outputs = 3;
    pairs.targets = {4, 6, 1, 4, kSkippedTarget, 2, 3, 5, 5, 3, 0, 4};
    return pairs;
}

WordPairs onePair()
{
    WordPairs pairs;
    pairs.words = {2, 1};
    pairs.centres = {{1, 0, 2}};
    pairs.outputs = 2;
    pairs.targets = {1, 0};
    return pairs;
}

double logSigmoid(double x)
{
    return -std::log1p(std::exp(-x));
}

/// The negative logarithm of the likelihood of all pairs (Mikolov et al. 2013, equation 4).
double lossOf(const SkipGramTables& tables, const WordPairs& pairs)
{
    double loss = 0;
    std::size_t next = 0;
    for (const auto& centre : pairs.centres)
        for (auto position = centre.begin; position < centre.end; ++position) {
            if (position == centre.position)
                continue;
            const auto input = tables.input.row(pairs.words[static_cast<std::size_t>(position)]).cast<double>();
            for (std::int32_t k = 0; k < pairs.outputs; ++k, ++next) {
                const std::int32_t target = pairs.targets[next];
                if (target != kSkippedTarget)
                    loss -= logSigmoid((k == 0 ? 1 : -1) * input.dot(tables.output.row(target).cast<double>()));
            }
        }
    return loss;
}

void trainBatch(SkipGramTables& tables, const std::vector<WordPairs>& stretches, float alpha)
{
    const WordVectorOptions options;
    const RowSampler negatives(std::vector<double>{1.0});
    WordVectorBatch(tables, options, negatives).train(stretches, alpha);
}

} // namespace

void TestWordVectorSteps::logisticIsExact()
{
    RowVector values(4096);
    for (Index i = 0; i < values.size(); ++i)
        values[i] = static_cast<float>(i - 2048) / 50;
    RowVector got = values;
    logistic(got.data(), got.size());
    for (Index i = 0; i < values.size(); ++i) {
        const double x = std::max(-30.0, static_cast<double>(values[i]));
        const double expected = 1 / (1 + std::exp(-x));
        QVERIFY2(std::abs(static_cast<double>(got[i]) - expected) <= 4e-7 * expected, qPrintable(QString::number(x)));
    }
}

void TestWordVectorSteps::dotProductsOfAnyNumberOfRows()
{
    const SkipGramTables t = tables();
    for (std::size_t count = 1; count <= 20; ++count) {
        std::vector<const float*> rows;
        for (std::size_t k = 0; k < count; ++k)
            rows.push_back(t.output.row(static_cast<Index>(k * 3) % kRows).data());
        RowVector out(factorStride(count));
        dotProducts(t.input.row(1).data(), rows, t.lanes, out.data());
        RowVector sum = t.input.row(2);
        addRows(sum.data(), rows, out.data(), t.lanes);
        RowVector expected = t.input.row(2);
        for (std::size_t k = 0; k < count; ++k) {
            const auto row = t.output.row(static_cast<Index>(k * 3) % kRows);
            const auto i = static_cast<Index>(k);
            QVERIFY(std::abs(out[i] - t.input.row(1).dot(row)) < 1e-5F);
            expected += out[i] * row;
        }
        QVERIFY((sum - expected).cwiseAbs().maxCoeff() < 1e-4F);
    }
}

void TestWordVectorSteps::initialTables()
{
    const SkipGramTables t = SkipGramTables::initial(400, 25, 1);
    QVERIFY(t.output.isZero(0));
    const auto vectors = t.input.leftCols(25);
    QVERIFY(t.input.rightCols(t.input.cols() - 25).isZero(0));
    QVERIFY(vectors.maxCoeff() < 0.02F && vectors.maxCoeff() > 0.0199F);
    QVERIFY(vectors.minCoeff() >= -0.02F && vectors.minCoeff() < -0.0199F);
    QVERIFY(std::abs(vectors.mean()) < 0.0005F);
}

void TestWordVectorSteps::oneNumberOutOfBoundsIsDivergence_data()
{
    QTest::addColumn<float>("number");
    QTest::addColumn<bool>("diverged");
    QTest::newRow("as trained") << -6.0F << false;
    QTest::newRow("finite, but huge") << -1e14F << true;
    QTest::newRow("infinite") << std::numeric_limits<float>::infinity() << true;
    QTest::newRow("NaN") << std::numeric_limits<float>::quiet_NaN() << true;
}

void TestWordVectorSteps::oneNumberOutOfBoundsIsDivergence()
{
    QFETCH(const float, number);
    SkipGramTables t = tables();
    t.input(3, 4) = number;
    QTEST(t.diverged(), "diverged");
}

void TestWordVectorSteps::onePairByHand_data()
{
    QTest::addColumn<bool>("hogwild");
    QTest::newRow("in a batch") << false;
    QTest::newRow("one after the other") << true;
}

void TestWordVectorSteps::onePairByHand()
{
    QFETCH(const bool, hogwild);
    SkipGramTables t = SkipGramTables::initial(3, 2, 0);
    t.input.setZero();
    t.input.row(2).head(2) << 1, 2;
    t.output.row(1).head(2) << 0.5F, 0.25F; // dot 1, the centre
    t.output.row(0).head(2) << -1, 1;       // dot 1, drawn against it
    if (hogwild)
        trainPairs(onePair(), 0.1F, t);
    else
        trainBatch(t, {onePair()}, 0.1F);
    const double s = 1 / (1 + std::exp(-1.0));
    const double up = (1 - s) * 0.1;
    const double down = -s * 0.1;
    const auto near = [](float got, double expected) { return std::abs(static_cast<double>(got) - expected) < 1e-6; };
    QVERIFY(near(t.input(2, 0), 1 + up * 0.5 - down));
    QVERIFY(near(t.input(2, 1), 2 + up * 0.25 + down));
    QVERIFY(near(t.output(1, 0), 0.5 + up));
    QVERIFY(near(t.output(1, 1), 0.25 + up * 2));
    QVERIFY(near(t.output(0, 0), -1 + down));
    QVERIFY(near(t.output(0, 1), 1 + down * 2));
    QVERIFY(t.input.topRows(2).isZero(0));
    QVERIFY(t.output.row(2).isZero(0));
}

void TestWordVectorSteps::batchFollowsTheGradient()
{
    const std::vector<WordPairs> stretches{somePairs(), onePair()};
    const SkipGramTables before = tables();
    SkipGramTables after = tables();
    trainBatch(after, stretches, 1.0F);
    const auto loss = [&](const SkipGramTables& t) { return lossOf(t, stretches[0]) + lossOf(t, stretches[1]); };
    constexpr float kStep = 1.0F / 128;
    for (Matrix SkipGramTables::*table : {&SkipGramTables::input, &SkipGramTables::output})
        for (Index row = 0; row < kRows; ++row)
            for (Index i = 0; i < kDim; ++i) {
                SkipGramTables above = before;
                SkipGramTables below = before;
                (above.*table)(row, i) += kStep;
                (below.*table)(row, i) -= kStep;
                const double gradient = (loss(above) - loss(below)) / (2 * static_cast<double>(kStep));
                const auto step = static_cast<double>((after.*table)(row, i) - (before.*table)(row, i));
                QVERIFY2(std::abs(step + gradient) < 1e-4, qPrintable(QStringLiteral("row %1, %2").arg(row).arg(i)));
            }
}

void TestWordVectorSteps::batchDoesNotSeeItsOwnSteps()
{
    // The same stretch twice in a batch takes the same step twice.
    const SkipGramTables before = tables();
    SkipGramTables once = tables();
    SkipGramTables twice = tables();
    trainBatch(once, {somePairs()}, 0.5F);
    trainBatch(twice, {somePairs(), somePairs()}, 0.5F);
    QVERIFY(((twice.input - before.input) - 2 * (once.input - before.input)).cwiseAbs().maxCoeff() < 1e-5F);
    QVERIFY(((twice.output - before.output) - 2 * (once.output - before.output)).cwiseAbs().maxCoeff() < 1e-5F);
    QVERIFY((once.input - before.input).cwiseAbs().maxCoeff() > 0.1F);
}

void TestWordVectorSteps::hogwildSeesEachStep()
{
    // A pair twice in one call is the pair in two calls, bit for bit, and not twice the step.
    WordPairs two = onePair();
    two.centres.push_back(two.centres[0]);
    two.targets.insert(two.targets.end(), {1, 0});
    SkipGramTables once = tables();
    SkipGramTables twice = tables();
    trainPairs(two, 0.5F, once);
    trainPairs(onePair(), 0.5F, twice);
    const Matrix first = twice.input;
    trainPairs(onePair(), 0.5F, twice);
    QVERIFY(once.input == twice.input && once.output == twice.output);
    QVERIFY(((first - tables().input) - (twice.input - first)).cwiseAbs().maxCoeff() > 1e-3F);
}

void TestWordVectorSteps::batchesAreSmallWhereAWordIsFrequent()
{
    WordVectorOptions options;
    options.sample = 0;
    const std::vector<std::int64_t> few(20, 1000);
    const std::vector<std::int64_t> many(100000, 10);
    // A word of twenty is a target in 1/20 of the 6 pairs of each word, and drawn 5 times as often.
    QCOMPARE(batchWords(few, options), Index(64 / (6 * 6 / 20.0)));
    QCOMPARE(batchWords(many, options), Index(1024));
    QCOMPARE(batchWords(std::vector<std::int64_t>{5}, options), Index(64 / 36));
    options.alpha *= 4;
    QCOMPARE(batchWords(few, options), Index(16 / (6 * 6 / 20.0)));
}

QTEST_APPLESS_MAIN(TestWordVectorSteps)
#include "tst_word_vector_steps.moc"
