// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/search/neighbors.h"
#include "tests/core/search/glove_sample.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <thread>

using namespace embedscope;
using namespace embedscope::test;

class TestNeighbors : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { setThreadCount(0); }
    void metricsHaveNames();
    void findsByHand_data();
    void findsByHand();
    void equalScoresGoByRow();
    void answersAsManyAsThereAre_data();
    void answersAsManyAsThereAre();
    void leavesOutWhatCannotBeCompared_data();
    void leavesOutWhatCannotBeCompared();
    void hugeAndTinyVectorsKeepTheirScores_data();
    void hugeAndTinyVectorsKeepTheirScores();
    void cosineIgnoresTheLengthOfTheQuery();
    void agreesWithFloat64_data();
    void agreesWithFloat64();
    void threadsDoNotMatter();
    void refusesQueries_data();
    void refusesQueries();
    void stopsWhenAsked();
    void agreesWithGensim_data();
    void agreesWithGensim();
};

namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
constexpr float kInf = std::numeric_limits<float>::infinity();

std::vector<Neighbor> nearest(const Matrix& weights, const RowVector& query, Index k, Metric metric,
                              const std::vector<Index>& excluded = {})
{
    return nearestRows(weights, query, k, metric, excluded, {}).value();
}

QList<Index> rowsOf(const std::vector<Neighbor>& neighbors)
{
    QList<Index> out;
    for (const auto& neighbor : neighbors)
        out << neighbor.row;
    return out;
}

Matrix randomMatrix(Index rows, Index dim, std::uint64_t seed)
{
    Random random(seed);
    return Matrix::NullaryExpr(rows, dim, [&random] { return static_cast<float>(random.normal()); });
}

/// The definition, one row after the other in float64.
double scoreByDefinition(const Matrix& weights, const RowVector& query, Index row, Metric metric)
{
    const Eigen::RowVectorXd a = weights.row(row).cast<double>();
    const Eigen::RowVectorXd b = query.cast<double>();
    if (metric == Metric::Euclidean)
        return (a - b).norm();
    return metric == Metric::Dot ? a.dot(b) : a.dot(b) / (a.norm() * b.norm());
}

void addMetrics()
{
    QTest::addColumn<int>("metric");
    for (const Metric metric : {Metric::Cosine, Metric::Euclidean, Metric::Dot})
        QTest::newRow(metricName(metric).data()) << static_cast<int>(metric);
}

} // namespace

void TestNeighbors::metricsHaveNames()
{
    for (const Metric metric : {Metric::Cosine, Metric::Euclidean, Metric::Dot})
        QVERIFY(metricFromName(metricName(metric)) == metric);
    QVERIFY(metricName(Metric::Euclidean) == "euclidean");
    QVERIFY(!metricFromName("Cosine"));
    QVERIFY(!metricFromName(""));
}

void TestNeighbors::findsByHand_data()
{
    QTest::addColumn<int>("metric");
    QTest::addColumn<QList<Index>>("rows");
    QTest::addColumn<QList<double>>("scores");
    // From (2, 0): the rows are (1, 0), (3, 4), (0, 1), (-1, 0).
    QTest::newRow("cosine") << static_cast<int>(Metric::Cosine) << QList<Index>{0, 1, 2, 3}
                            << QList<double>{1, 0.6, 0, -1};
    QTest::newRow("euclidean") << static_cast<int>(Metric::Euclidean) << QList<Index>{0, 2, 3, 1}
                               << QList<double>{1, std::sqrt(5.0), 3, std::sqrt(17.0)};
    QTest::newRow("dot") << static_cast<int>(Metric::Dot) << QList<Index>{1, 0, 2, 3} << QList<double>{6, 2, 0, -2};
}

void TestNeighbors::findsByHand()
{
    QFETCH(int, metric);
    QFETCH(QList<Index>, rows);
    QFETCH(QList<double>, scores);
    const auto found =
        nearest(Matrix{{1, 0}, {3, 4}, {0, 1}, {-1, 0}}, RowVector{{2, 0}}, 4, static_cast<Metric>(metric));
    QCOMPARE(rowsOf(found), rows);
    for (std::size_t i = 0; i < found.size(); ++i)
        QVERIFY(std::abs(found[i].score - scores[static_cast<qsizetype>(i)]) < 1e-6);
}

void TestNeighbors::equalScoresGoByRow()
{
    // 30,000 equal rows lie in several chunks.
    const Matrix weights = Matrix::Ones(30'000, 20);
    for (const Metric metric : {Metric::Cosine, Metric::Euclidean, Metric::Dot}) {
        const auto found = nearest(weights, RowVector::Ones(20), 3, metric, {1, 0});
        QCOMPARE(rowsOf(found), (QList<Index>{2, 3, 4}));
    }
    const double best = nearest(weights, RowVector::Ones(20), 1, Metric::Cosine)[0].score;
    QVERIFY2(std::abs(best - 1.0) < 1e-6, qPrintable(QString::number(best, 'g', 12))); // float32 sums
    QCOMPARE(nearest(weights, RowVector::Ones(20), 1, Metric::Euclidean)[0].score, 0.0);
}

void TestNeighbors::answersAsManyAsThereAre_data()
{
    QTest::addColumn<Index>("k");
    QTest::addColumn<QList<Index>>("excluded");
    QTest::addColumn<QList<Index>>("rows");
    QTest::newRow("none wanted") << Index{0} << QList<Index>{} << QList<Index>{};
    QTest::newRow("less than none wanted") << Index{-4} << QList<Index>{} << QList<Index>{};
    QTest::newRow("one") << Index{1} << QList<Index>{} << QList<Index>{3};
    QTest::newRow("all") << Index{4} << QList<Index>{} << QList<Index>{3, 2, 1, 0};
    QTest::newRow("more than there are") << Index{1'000'000'000'000} << QList<Index>{} << QList<Index>{3, 2, 1, 0};
    QTest::newRow("one excluded") << Index{2} << QList<Index>{3} << QList<Index>{2, 1};
    QTest::newRow("excluded in any order and twice") << Index{9} << QList<Index>{3, 0, 3} << QList<Index>{2, 1};
    QTest::newRow("all excluded") << Index{2} << QList<Index>{0, 1, 2, 3} << QList<Index>{};
    QTest::newRow("excluded rows that do not exist") << Index{1} << QList<Index>{-1, 99} << QList<Index>{3};
}

void TestNeighbors::answersAsManyAsThereAre()
{
    QFETCH(Index, k);
    QFETCH(QList<Index>, excluded);
    QFETCH(QList<Index>, rows);
    const std::vector<Index> without(excluded.begin(), excluded.end());
    QCOMPARE(rowsOf(nearest(Matrix{{1}, {2}, {3}, {4}}, RowVector{{1}}, k, Metric::Dot, without)), rows);
    QVERIFY(nearest(Matrix(0, 1), RowVector{{1}}, k, Metric::Dot, without).empty());
}

void TestNeighbors::leavesOutWhatCannotBeCompared_data()
{
    QTest::addColumn<int>("metric");
    QTest::addColumn<QList<Index>>("rows");
    QTest::newRow("cosine also leaves out zero rows") << static_cast<int>(Metric::Cosine) << QList<Index>{5, 0};
    QTest::newRow("euclidean") << static_cast<int>(Metric::Euclidean) << QList<Index>{0, 3, 5};
    QTest::newRow("dot") << static_cast<int>(Metric::Dot) << QList<Index>{5, 0, 3};
}

void TestNeighbors::leavesOutWhatCannotBeCompared()
{
    QFETCH(int, metric);
    QFETCH(QList<Index>, rows);
    const Matrix weights{{1, 1}, {kNaN, 1}, {1, kInf}, {0, 0}, {-kInf, kInf}, {9, 0}};
    QCOMPARE(rowsOf(nearest(weights, RowVector{{2, 0}}, 9, static_cast<Metric>(metric))), rows);
}

void TestNeighbors::hugeAndTinyVectorsKeepTheirScores_data()
{
    QTest::addColumn<float>("scale");
    QTest::newRow("usual numbers") << 1.0F;
    QTest::newRow("squares that overflow float32") << 1e30F;
    QTest::newRow("squares that vanish in float32") << 1e-30F;
    QTest::newRow("numbers of few bits") << 1e-42F;
}

void TestNeighbors::hugeAndTinyVectorsKeepTheirScores()
{
    QFETCH(float, scale);
    const Matrix weights = Matrix{{4, 3}, {3, 4}, {-3, 4}} * scale;
    const RowVector query = RowVector{{5, 0}} * scale;
    const auto cosine = nearest(weights, query, 3, Metric::Cosine);
    QCOMPARE(rowsOf(cosine), (QList<Index>{0, 1, 2}));
    QVERIFY(std::abs(cosine[0].score - 0.8) < 2e-3); // few bits are few bits
    QVERIFY(std::abs(cosine[2].score + 0.6) < 2e-3);
    const auto euclidean = nearest(weights, query, 3, Metric::Euclidean);
    QCOMPARE(rowsOf(euclidean), (QList<Index>{0, 1, 2}));
    QVERIFY(std::abs(euclidean[0].score / static_cast<double>(scale) - std::sqrt(10.0)) < 1e-2);
    const auto dot = nearest(weights * 1e4F, RowVector{{5, 0}}, 3, Metric::Dot);
    QVERIFY(std::abs(dot[0].score / static_cast<double>(scale) - 2e5) < 1e2);
    QCOMPARE(rowsOf(dot), (QList<Index>{0, 1, 2}));
}

void TestNeighbors::cosineIgnoresTheLengthOfTheQuery()
{
    const Matrix weights = randomMatrix(100, 7, 1);
    const RowVector query = randomMatrix(1, 7, 2);
    const auto usual = nearest(weights, query, 10, Metric::Cosine);
    for (const float scale : {1e-38F, 1e-3F, 1e3F, 1e37F}) {
        const auto scaled = nearest(weights, query * scale, 10, Metric::Cosine);
        QCOMPARE(rowsOf(scaled), rowsOf(usual));
        QVERIFY(std::abs(scaled[9].score - usual[9].score) < 1e-5);
    }
}

void TestNeighbors::agreesWithFloat64_data()
{
    addMetrics();
}

void TestNeighbors::agreesWithFloat64()
{
    QFETCH(int, metric);
    const auto by = static_cast<Metric>(metric);
    const Matrix weights = randomMatrix(20'000, 37, 3); // three chunks, the last a short one
    for (const Index k : {1, 10, 8'000, 20'000}) {
        const RowVector query = randomMatrix(1, 37, static_cast<std::uint64_t>(k));
        const auto found = nearest(weights, query, k, by);
        QCOMPARE(static_cast<Index>(found.size()), k);
        std::vector<double> expected;
        for (Index row = 0; row < weights.rows(); ++row)
            expected.push_back(scoreByDefinition(weights, query, row, by));
        for (const auto& neighbor : found)
            QVERIFY(std::abs(neighbor.score - expected[static_cast<std::size_t>(neighbor.row)]) < 3e-5);
        std::sort(expected.begin(), expected.end(),
                  [by](double a, double b) { return by == Metric::Euclidean ? a < b : a > b; });
        for (std::size_t i = 0; i < found.size(); ++i)
            QVERIFY(std::abs(found[i].score - expected[i]) < 3e-5);
    }
}

void TestNeighbors::threadsDoNotMatter()
{
    const Matrix weights = randomMatrix(50'000, 16, 4);
    const RowVector query = randomMatrix(1, 16, 5);
    for (const Metric metric : {Metric::Cosine, Metric::Euclidean, Metric::Dot}) {
        setThreadCount(1);
        const auto one = nearest(weights, query, 500, metric);
        for (const int threads : {2, 5}) {
            setThreadCount(threads);
            const auto more = nearest(weights, query, 500, metric);
            QCOMPARE(rowsOf(more), rowsOf(one));
            for (std::size_t i = 0; i < one.size(); ++i)
                QVERIFY(more[i].score == one[i].score);
        }
    }
}

void TestNeighbors::refusesQueries_data()
{
    QTest::addColumn<int>("metric");
    QTest::addColumn<QList<float>>("query");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char* name, Metric metric, const QList<float>& query, const char* sentence) {
        QTest::newRow(name) << static_cast<int>(metric) << query << QString::fromUtf8(sentence);
    };
    row("a query of another dim", Metric::Dot, {1, 2, 3},
        "Query: expected 2 numbers, found 3. Choose files that belong together.");
    row("an empty query", Metric::Dot, {}, "Query: expected 2 numbers, found 0. Choose files that belong together.");
    row("a NaN", Metric::Euclidean, {1, kNaN},
        "The query cannot be NaN or infinite: only finite numbers can be compared.");
    row("an infinity", Metric::Cosine, {kInf, 0},
        "The query cannot be NaN or infinite: only finite numbers can be compared.");
    row("a zero query for cosine", Metric::Cosine, {0, -0.0F},
        "The query cannot be zero: a zero vector has no direction for the cosine to compare.");
}

void TestNeighbors::refusesQueries()
{
    QFETCH(int, metric);
    QFETCH(QList<float>, query);
    QFETCH(QString, sentence);
    const RowVector vector = Eigen::Map<const RowVector>(query.constData(), query.size());
    const auto found = nearestRows(Matrix::Ones(3, 2), vector, 1, static_cast<Metric>(metric), {}, {});
    QVERIFY(!found);
    QCOMPARE(QString::fromStdString(describe(found.error())), sentence);
    QVERIFY(nearestRows(Matrix::Ones(3, 2), RowVector::Zero(2), 1, Metric::Euclidean, {}, {}));
}

void TestNeighbors::stopsWhenAsked()
{
    std::stop_source stop;
    stop.request_stop();
    const auto found = nearestRows(Matrix::Ones(10, 2), RowVector::Ones(2), 1, Metric::Cosine, {}, stop.get_token());
    QVERIFY(!found);
    QVERIFY(found.error().code == ErrorCode::Cancelled);
}

void TestNeighbors::agreesWithGensim_data()
{
    // gensim 4.2, KeyedVectors.most_similar(positive, negative, topn=5).
    using Scores = QList<std::pair<QString, double>>;
    QTest::addColumn<QString>("formula");
    QTest::addColumn<Scores>("expected");
    QTest::newRow("one word") << "king"
                              << Scores{{"prince", 0.8236179},
                                        {"queen", 0.7839043},
                                        {"ii", 0.7746232},
                                        {"emperor", 0.7736247},
                                        {"son", 0.7667194}};
    QTest::newRow("the usual analogy") << "king - man + woman"
                                       << Scores{{"queen", 0.8523604},
                                                 {"throne", 0.7664335},
                                                 {"prince", 0.7592144},
                                                 {"daughter", 0.7473882},
                                                 {"elizabeth", 0.7460220}};
    QTest::newRow("capitals") << "paris - france + germany"
                              << Scores{{"berlin", 0.9203966},
                                        {"frankfurt", 0.8201638},
                                        {"vienna", 0.8182448},
                                        {"munich", 0.8152027},
                                        {"hamburg", 0.7986699}};
}

void TestNeighbors::agreesWithGensim()
{
    using Scores = QList<std::pair<QString, double>>;
    QFETCH(QString, formula);
    QFETCH(Scores, expected);
    const auto table = gloveSample();
    if (!table)
        QSKIP(qPrintable(QStringLiteral("missing: EMBEDSCOPE_DATA, ") + gloveSamplePath()));
    const auto query = evaluateFormula(formula.toStdString(), *table, Metric::Cosine).value();
    const auto found = nearest(table->weights(), query.vector, 5, Metric::Cosine, query.rows);
    QCOMPARE(static_cast<qsizetype>(found.size()), expected.size());
    for (qsizetype i = 0; i < expected.size(); ++i) {
        const auto& neighbor = found[static_cast<std::size_t>(i)];
        QCOMPARE(QString::fromUtf8(QByteArray::fromStdString(std::string(table->vocabulary()[neighbor.row]))),
                 expected[i].first);
        QVERIFY(std::abs(neighbor.score - expected[i].second) < 1e-5);
    }
}

QTEST_APPLESS_MAIN(TestNeighbors)
#include "tst_neighbors.moc"
