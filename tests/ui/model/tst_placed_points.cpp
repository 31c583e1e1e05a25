// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "ui/jobs/job_runner.h"
#include "ui/model/axes_map.h"
#include "ui/model/pca_map.h"
#include "ui/model/placed_points.h"
#include "ui/model/text_vector.h"

#include <QSignalSpy>
#include <QtTest>

using namespace embedscope;

namespace {

TableSnapshot words(Index rows, Index dim)
{
    Random random(3);
    Matrix weights(rows, dim);
    for (float& value : weights.reshaped<Eigen::RowMajor>())
        value = static_cast<float>(random.normal());
    Vocabulary names;
    for (Index row = 0; row < rows; ++row)
        names.add("w" + std::to_string(row));
    auto table = EmbeddingTable::create(std::move(weights), std::move(names));
    Progress progress;
    return *snapshotOf(std::move(*table), nullptr, {}, progress);
}

} // namespace

class TestPlacedPoints : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void aWordLiesOnItsRowAmongPrincipalComponents();
    void aFormulaLiesOnAxesExactly();
    void aSentenceIsTheMeanOfItsWords();
    void aSignMakesAFormulaNotASentence();
    void liesBetweenItsNearestRows_data();
    void liesBetweenItsNearestRows();
    void movesWithTheMap();
    void saysWhyThereIsNoPlace();
    void pointsComeAndGo();
    void anotherTableTakesThemAway();

private:
    [[nodiscard]] const EmbeddingTable& table() const { return *m_document->snapshot().table; }
    [[nodiscard]] PlaceGround pcaGround(const PcaMap& map) const;
    [[nodiscard]] PlaceGround neighbourGround(Metric metric, Index pcaDims) const;
    void place(const char* text);

    std::unique_ptr<JobRunner> m_jobs;
    std::unique_ptr<Document> m_document;
    std::unique_ptr<PlacedPoints> m_placed;
};

void TestPlacedPoints::init()
{
    m_jobs = std::make_unique<JobRunner>();
    m_document = std::make_unique<Document>(m_jobs.get());
    m_document->setTable(words(80, 6), Document::Origin::File, QStringLiteral("words"));
    m_placed = std::make_unique<PlacedPoints>(m_document.get(), m_jobs.get());
}

void TestPlacedPoints::cleanup()
{
    m_placed.reset();
    m_document.reset();
    m_jobs.reset();
}

PlaceGround TestPlacedPoints::pcaGround(const PcaMap& map) const
{
    PlaceGround ground;
    ground.table = m_document->snapshot().table;
    ground.coordinates = map.coordinates();
    ground.project = map.placer();
    return ground;
}

/// On a map whose places are the first two numbers of each row.
PlaceGround TestPlacedPoints::neighbourGround(Metric metric, Index pcaDims) const
{
    PlaceGround ground;
    ground.table = m_document->snapshot().table;
    ground.coordinates = std::make_shared<const Matrix>(table().weights().leftCols(2));
    ground.metric = metric;
    ground.pcaDims = pcaDims;
    return ground;
}

void TestPlacedPoints::place(const char* text)
{
    m_placed->add(QString::fromLatin1(text));
    QTRY_VERIFY(!m_placed->isBusy());
}

void TestPlacedPoints::aWordLiesOnItsRowAmongPrincipalComponents()
{
    PcaMap pca(m_document.get(), m_jobs.get());
    PcaAxes axes;
    axes.components = {2, 0, 1};
    axes.dims = 3;
    axes.whiten = true;
    pca.setAxes(axes);
    QTRY_COMPARE(pca.coordinates()->cols(), 3);
    m_placed->setGround(pcaGround(pca));
    place("w7");
    place("w7 - w9 + w1");
    QVERIFY((m_placed->points()[0].place - pca.coordinates()->row(7)).cwiseAbs().maxCoeff() < 1e-5F);
    // Projection is affine, and the weights of the three add up to 1.
    const RowVector expected = pca.coordinates()->row(7) - pca.coordinates()->row(9) + pca.coordinates()->row(1);
    QVERIFY((m_placed->points()[1].place - expected).cwiseAbs().maxCoeff() < 1e-4F);
}

void TestPlacedPoints::aFormulaLiesOnAxesExactly()
{
    const RowVector vector = table().weights().row(4);
    AxisSpec norm, dimension, direction, column;
    norm.kind = AxisSpec::Kind::Norm;
    dimension.kind = AxisSpec::Kind::Dimension;
    dimension.dimension = 3;
    direction.formula = QStringLiteral("w1 -> w2");
    column.kind = AxisSpec::Kind::Column;
    QCOMPARE(*axisValueOf(table(), vector, norm), vector.norm());
    QCOMPARE(*axisValueOf(table(), vector, dimension), vector[3]);
    const auto rows = axisValues(table(), {}, direction);
    QCOMPARE(*axisValueOf(table(), vector, direction), (*rows)[4]);
    QCOMPARE(axisValueOf(table(), vector, column).error().code, ErrorCode::ValueRefused);
}

void TestPlacedPoints::aSentenceIsTheMeanOfItsWords()
{
    const auto found = vectorOfText("W3 w5 nowhere w5", table(), Metric::Cosine);
    QVERIFY(found.has_value());
    QVERIFY(found->mean);
    const RowVector mean = (table().weights().row(3) + 2 * table().weights().row(5)) / 3;
    QVERIFY((found->vector - mean).cwiseAbs().maxCoeff() < 1e-6F);
    QCOMPARE(found->left_out, std::vector<std::string>{"nowhere"});
    QCOMPARE(vectorOfText("no where", table(), Metric::Dot).error().code, ErrorCode::UnknownToken);
}

void TestPlacedPoints::aSignMakesAFormulaNotASentence()
{
    const auto found = vectorOfText("w3 -w5", table(), Metric::Dot);
    QVERIFY(found.has_value());
    QVERIFY(!found->mean);
    QCOMPARE(found->vector, RowVector(table().weights().row(3) - table().weights().row(5)));
    QCOMPARE(vectorOfText("w3 - nowhere", table(), Metric::Dot).error().code, ErrorCode::UnknownToken);
}

void TestPlacedPoints::liesBetweenItsNearestRows_data()
{
    QTest::addColumn<int>("metric");
    QTest::addColumn<int>("pcaDims");
    QTest::newRow("Euclidean") << static_cast<int>(Metric::Euclidean) << 0;
    QTest::newRow("cosine") << static_cast<int>(Metric::Cosine) << 0;
    QTest::newRow("cosine on principal components") << static_cast<int>(Metric::Cosine) << 4;
}

/// A word of the table is its own nearest row, and the map shows a part of the space: the place cannot be far off.
void TestPlacedPoints::liesBetweenItsNearestRows()
{
    QFETCH(int, metric);
    QFETCH(int, pcaDims);
    const PlaceGround ground = neighbourGround(static_cast<Metric>(metric), pcaDims);
    m_placed->setGround(ground);
    place("w7");
    const RowVector placed = m_placed->points()[0].place;
    QCOMPARE(placed.size(), 2);
    Index nearer = 0; // rows of the map that are nearer to where w7 is
    const float off = (placed - ground.coordinates->row(7)).norm();
    for (Index row = 0; row < table().rows(); ++row)
        nearer += (ground.coordinates->row(row) - ground.coordinates->row(7)).norm() < off;
    QVERIFY2(nearer < 25, qPrintable(QString::number(nearer)));
    Progress progress;
    const auto map = mapPoints(table().weights(), {}, ground.metric, ground.pcaDims, {}, progress);
    const auto comparable = comparableWith(*map, table().weights().row(7), ground.metric);
    QVERIFY((*comparable - map->points.row(7)).cwiseAbs().maxCoeff() < 1e-5F);
}

void TestPlacedPoints::movesWithTheMap()
{
    PlaceGround ground = neighbourGround(Metric::Euclidean, 0);
    m_placed->setGround(ground);
    place("w7");
    const RowVector before = m_placed->points()[0].place;
    Matrix moved = *ground.coordinates;
    moved.col(0).array() += 5;
    ground.coordinates = std::make_shared<const Matrix>(std::move(moved));
    m_placed->setGround(ground);
    QVERIFY(!m_placed->isBusy()); // nothing is looked for anew
    const RowVector after = m_placed->points()[0].place;
    QVERIFY(std::abs(after[0] - before[0] - 5) < 1e-5F);
    QCOMPARE(after[1], before[1]);
}

void TestPlacedPoints::saysWhyThereIsNoPlace()
{
    m_placed->setGround(neighbourGround(Metric::Euclidean, 0));
    place("nowhere");
    QCOMPARE(m_placed->points()[0].place.size(), 0);
    QCOMPARE(m_placed->points()[0].error->code, ErrorCode::UnknownToken);
}

void TestPlacedPoints::pointsComeAndGo()
{
    m_placed->setGround(neighbourGround(Metric::Euclidean, 0));
    place("w1");
    place(" w1 "); // there already
    place("w2");
    place("");
    QCOMPARE(m_placed->points().size(), 2U);
    const RowVector second = m_placed->points()[1].place;
    m_placed->remove(0);
    QCOMPARE(m_placed->points().size(), 1U);
    QCOMPARE(m_placed->points()[0].text, QStringLiteral("w2"));
    m_placed->setGround(neighbourGround(Metric::Euclidean, 0));
    QCOMPARE(m_placed->points()[0].place, second); // not the place of the one that went
    m_placed->clear();
    QVERIFY(m_placed->points().empty());
}

void TestPlacedPoints::anotherTableTakesThemAway()
{
    m_placed->setGround(neighbourGround(Metric::Euclidean, 0));
    place("w1");
    m_document->setTable(words(10, 4), Document::Origin::File, QStringLiteral("others"));
    QVERIFY(m_placed->points().empty());
}

QTEST_MAIN(TestPlacedPoints)
#include "tst_placed_points.moc"
