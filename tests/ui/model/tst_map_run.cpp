// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "ui/jobs/job_runner.h"
#include "ui/model/document.h"
#include "ui/model/map_run.h"

#include <QSignalSpy>
#include <QtTest>

#include <cmath>

using namespace embedscope;

namespace {

constexpr Index kForEver = 100000000;

TableSnapshot snapshotWith(Index rows, std::uint64_t seed)
{
    Random random(seed);
    Matrix weights(rows, 8);
    for (float& value : weights.reshaped<Eigen::RowMajor>())
        value = static_cast<float>(random.normal());
    Vocabulary words;
    CategoryColumn parity{"parity", {"even", "odd"}, {}};
    for (Index row = 0; row < rows; ++row) {
        words.add("w" + std::to_string(row));
        parity.values.push_back(static_cast<std::int32_t>(row % 2));
    }
    auto table = EmbeddingTable::create(std::move(weights), std::move(words));
    table->addColumn(std::move(parity));
    Progress progress;
    return *snapshotOf(std::move(*table), nullptr, {}, progress);
}

} // namespace

class TestMapRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void makesAMapAndKeepsIt();
    void theSameSeedGivesTheSameMap();
    void pausesAndContinues();
    void stopKeepsWhatWasReached();
    void cancelBringsTheMapOfBeforeBack();
    void cancelOfTheFirstMapLeavesNone();
    void goesOnWithOtherSettings();
    void goesOnAfterTheEnd();
    void aRefusedChangeLeavesTheRun();
    void anErrorLeavesTheMapOfBefore();
    void neighboursAreFoundOnce();
    void otherSettingsMakeAMapOld();
    void otherNumbersMakeAMapOld();
    void anotherTableTakesTheMapsAway();
    void anotherTableEndsARun();
    void mapsOnlyTheChosenRows();
    void shakingMovesThePoints();
    void eachMethodKeepsItsMap();
    void restoredMapIsShownAsItWas();

private:
    MapRun& run() { return *m_run; }
    void setIterations(Index iterations);
    void startLong();
    [[nodiscard]] const Matrix& places() { return *run().map(MapMethod::Tsne)->frame.coordinates; }

    std::unique_ptr<JobRunner> m_jobs;
    std::unique_ptr<Document> m_document;
    std::unique_ptr<MapRun> m_run;
};

void TestMapRun::init()
{
    m_jobs = std::make_unique<JobRunner>();
    m_document = std::make_unique<Document>(m_jobs.get());
    m_run = std::make_unique<MapRun>(m_document.get(), m_jobs.get());
    m_document->setTable(snapshotWith(200, 1), Document::Origin::File, QStringLiteral("words"));
    setIterations(60);
}

void TestMapRun::cleanup()
{
    m_run.reset();
    m_document.reset();
    m_jobs.reset();
}

void TestMapRun::setIterations(Index iterations)
{
    MapOptions options = run().options();
    options.method = MapMethod::Tsne;
    options.tsne.iterations = iterations;
    run().setOptions(options);
}

/// A run that does not end by itself, and has begun to move.
void TestMapRun::startLong()
{
    setIterations(kForEver);
    run().start();
    QTRY_VERIFY(run().state() == MapRun::State::Running);
    QTRY_VERIFY(run().map(MapMethod::Tsne)->frame.step > 0);
}

void TestMapRun::makesAMapAndKeepsIt()
{
    QSignalSpy started(&run(), &MapRun::started);
    QSignalSpy frames(&run(), &MapRun::frameChanged);
    QSignalSpy finished(&run(), &MapRun::finished);
    QVERIFY(run().map(MapMethod::Tsne) == nullptr);
    run().start();
    QCOMPARE(started.count(), 1);
    QVERIFY(run().active());
    QTRY_COMPARE(finished.count(), 1);
    QVERIFY(!run().active());
    QVERIFY(frames.count() >= 1);
    const ComputedMap& map = *run().map(MapMethod::Tsne);
    QCOMPARE(map.frame.step, Index{60});
    QCOMPARE(map.frame.steps, Index{60});
    QCOMPARE(map.frame.points, Index{200});
    QCOMPARE(places().rows(), Index{200});
    QCOMPARE(places().cols(), Index{2});
    QVERIFY(places().allFinite());
    QVERIFY(std::isfinite(map.frame.kl));
    QVERIFY(!run().hasOtherSettings(map));
    QVERIFY(!run().isOfOlderTable(map));
}

void TestMapRun::theSameSeedGivesTheSameMap()
{
    run().start();
    QTRY_VERIFY(!run().active());
    const Matrix first = places();
    run().start();
    QTRY_VERIFY(!run().active());
    QVERIFY(first == places());
}

void TestMapRun::pausesAndContinues()
{
    startLong();
    run().pause();
    QCOMPARE(run().state(), MapRun::State::Paused);
    QTest::qWait(100); // the step at hand
    const Index held = run().map(MapMethod::Tsne)->frame.step;
    QTest::qWait(150);
    QCOMPARE(run().map(MapMethod::Tsne)->frame.step, held);
    run().resume();
    QCOMPARE(run().state(), MapRun::State::Running);
    QTRY_VERIFY(run().map(MapMethod::Tsne)->frame.step > held);
}

void TestMapRun::stopKeepsWhatWasReached()
{
    startLong();
    QSignalSpy finished(&run(), &MapRun::finished);
    run().stop();
    QTRY_COMPARE(finished.count(), 1);
    const Index reached = run().map(MapMethod::Tsne)->frame.step;
    QVERIFY(reached > 0 && reached < kForEver);
    QVERIFY(run().canGoOn());
}

void TestMapRun::cancelBringsTheMapOfBeforeBack()
{
    run().start();
    QTRY_VERIFY(!run().active());
    const auto before = run().map(MapMethod::Tsne)->frame.coordinates;
    QSignalSpy cancelled(&run(), &MapRun::cancelled);
    QSignalSpy failed(&run(), &MapRun::failed);
    startLong();
    QVERIFY(run().map(MapMethod::Tsne)->frame.coordinates != before);
    m_jobs->cancelAll(); // as the status bar does
    QTRY_COMPARE(cancelled.count(), 1);
    QCOMPARE(failed.count(), 0);
    QCOMPARE(run().map(MapMethod::Tsne)->frame.coordinates, before);
    QVERIFY(run().hasOtherSettings(*run().map(MapMethod::Tsne)));
}

void TestMapRun::cancelOfTheFirstMapLeavesNone()
{
    startLong();
    run().cancel();
    QTRY_VERIFY(!run().active());
    QVERIFY(run().map(MapMethod::Tsne) == nullptr);
    QVERIFY(!run().canGoOn());
}

void TestMapRun::goesOnWithOtherSettings()
{
    startLong();
    MapOptions options = run().options();
    options.tsne.perplexity = 12;
    options.tsne.learning_rate = 50;
    run().setOptions(options);
    QVERIFY(run().hasOtherSettings(*run().map(MapMethod::Tsne)));
    const Index before = run().map(MapMethod::Tsne)->frame.step;
    QVERIFY(run().canGoOn());
    run().goOn();
    QTRY_COMPARE(run().map(MapMethod::Tsne)->frame.options.tsne.perplexity, 12.0);
    QCOMPARE(run().map(MapMethod::Tsne)->frame.options.tsne.learning_rate, 50.0);
    QVERIFY(run().map(MapMethod::Tsne)->frame.step >= before);
    QVERIFY(!run().hasOtherSettings(*run().map(MapMethod::Tsne)));
    options.dims = 3;
    run().setOptions(options);
    QVERIFY(!run().canGoOn()); // another layout
}

void TestMapRun::goesOnAfterTheEnd()
{
    run().start();
    QTRY_VERIFY(!run().active());
    QVERIFY(run().canGoOn());
    run().goOn();
    QTRY_VERIFY(!run().active());
    QCOMPARE(run().map(MapMethod::Tsne)->frame.step, Index{310});
    QVERIFY(!run().hasOtherSettings(*run().map(MapMethod::Tsne)));
}

void TestMapRun::aRefusedChangeLeavesTheRun()
{
    startLong();
    QSignalSpy refused(&run(), &MapRun::changeRefused);
    MapOptions options = run().options();
    options.tsne.perplexity = 1000;
    run().setOptions(options);
    run().goOn();
    QTRY_COMPARE(refused.count(), 1);
    const Index step = run().map(MapMethod::Tsne)->frame.step;
    QTRY_VERIFY(run().map(MapMethod::Tsne)->frame.step > step);
    QCOMPARE(run().map(MapMethod::Tsne)->frame.options.tsne.perplexity, 30.0);
}

void TestMapRun::anErrorLeavesTheMapOfBefore()
{
    run().start();
    QTRY_VERIFY(!run().active());
    const auto before = run().map(MapMethod::Tsne)->frame.coordinates;
    QSignalSpy failed(&run(), &MapRun::failed);
    run().setRows(std::make_shared<const std::vector<Index>>(std::vector<Index>{1, 2, 3}));
    run().start();
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(qvariant_cast<Error>(failed[0][0]).code, ErrorCode::ValueRefused);
    QCOMPARE(run().map(MapMethod::Tsne)->frame.coordinates, before);
    QVERIFY(run().hasOtherRows(*run().map(MapMethod::Tsne)));
}

void TestMapRun::neighboursAreFoundOnce()
{
    QVERIFY(run().graph() == nullptr);
    run().start();
    QTRY_VERIFY(!run().active());
    const auto graph = run().graph();
    QVERIFY(graph != nullptr);
    run().start();
    QTRY_VERIFY(!run().active());
    QCOMPARE(run().graph(), graph); // the very same
    MapOptions options = run().options();
    options.metric = Metric::Cosine;
    run().setOptions(options);
    QVERIFY(run().graph() == nullptr);
    run().start();
    QTRY_VERIFY(!run().active());
    QVERIFY(run().graph() != nullptr && run().graph() != graph);
}

void TestMapRun::otherSettingsMakeAMapOld()
{
    run().start();
    QTRY_VERIFY(!run().active());
    const ComputedMap& map = *run().map(MapMethod::Tsne);
    MapOptions options = run().options();
    options.umap.min_dist = 0.4;
    run().setOptions(options);
    QVERIFY(!run().hasOtherSettings(map)); // of another method
    options.tsne.perplexity = 31;
    run().setOptions(options);
    QVERIFY(run().hasOtherSettings(map));
}

void TestMapRun::otherNumbersMakeAMapOld()
{
    run().start();
    QTRY_VERIFY(!run().active());
    m_document->setWeights(snapshotWith(200, 2));
    QVERIFY(run().isOfOlderTable(*run().map(MapMethod::Tsne)));
    QVERIFY(!run().canGoOn());
    QVERIFY(run().graph() == nullptr);
    run().start();
    QTRY_VERIFY(!run().active());
    QVERIFY(!run().isOfOlderTable(*run().map(MapMethod::Tsne)));
}

void TestMapRun::anotherTableTakesTheMapsAway()
{
    run().setRows(std::make_shared<const std::vector<Index>>(std::vector<Index>{1, 2, 3, 4, 5, 6}));
    run().start();
    QTRY_VERIFY(!run().active());
    m_document->setTable(snapshotWith(50, 3), Document::Origin::File, QStringLiteral("others"));
    QVERIFY(run().map(MapMethod::Tsne) == nullptr);
    QVERIFY(run().rows() == nullptr);
    QVERIFY(!run().canGoOn());
}

void TestMapRun::anotherTableEndsARun()
{
    startLong();
    QSignalSpy finished(&run(), &MapRun::finished);
    m_document->setTable(snapshotWith(50, 3), Document::Origin::File, QStringLiteral("others"));
    QVERIFY(!run().active());
    QTRY_VERIFY(m_jobs->isIdle());
    QCOMPARE(finished.count(), 0);
    QVERIFY(run().map(MapMethod::Tsne) == nullptr);
}

void TestMapRun::mapsOnlyTheChosenRows()
{
    std::vector<Index> rows;
    for (Index row = 0; row < 200; row += 2)
        rows.push_back(row);
    run().setRows(std::make_shared<const std::vector<Index>>(rows));
    run().start();
    QTRY_VERIFY(!run().active());
    QCOMPARE(run().map(MapMethod::Tsne)->frame.points, Index{100});
    for (Index row = 0; row < 200; ++row)
        QCOMPARE(std::isfinite(places()(row, 0)), row % 2 == 0);
}

void TestMapRun::shakingMovesThePoints()
{
    startLong();
    run().pause();
    QTest::qWait(100);
    const ComputedMap held = *run().map(MapMethod::Tsne);
    QVERIFY(run().canPerturb());
    run().perturb();
    QTRY_VERIFY(run().map(MapMethod::Tsne)->frame.coordinates != held.frame.coordinates);
    QCOMPARE(run().map(MapMethod::Tsne)->frame.step, held.frame.step);
    QVERIFY(!places().isApprox(*held.frame.coordinates, 1e-6F));
}

void TestMapRun::eachMethodKeepsItsMap()
{
    run().start();
    QTRY_VERIFY(!run().active());
    const auto tsne = run().map(MapMethod::Tsne)->frame.coordinates;
    MapOptions options = run().options();
    options.method = MapMethod::Umap;
    options.umap.n_epochs = 20;
    run().setOptions(options);
    run().start();
    QTRY_VERIFY(!run().active());
    QVERIFY(run().map(MapMethod::Umap) != nullptr);
    QVERIFY(std::isnan(run().map(MapMethod::Umap)->frame.kl));
    QCOMPARE(run().map(MapMethod::Tsne)->frame.coordinates, tsne);
    QVERIFY(!run().canPerturb());
}

void TestMapRun::restoredMapIsShownAsItWas()
{
    run().start();
    QTRY_VERIFY(!run().active());
    ComputedMap kept = *run().map(MapMethod::Tsne);
    m_document->setTable(snapshotWith(200, 1), Document::Origin::File, QStringLiteral("words"));
    QVERIFY(run().map(MapMethod::Tsne) == nullptr);
    run().restore(kept);
    QCOMPARE(run().map(MapMethod::Tsne)->frame.coordinates, kept.frame.coordinates);
    QVERIFY(!run().isOfOlderTable(*run().map(MapMethod::Tsne)));
    QVERIFY(!run().hasOtherSettings(*run().map(MapMethod::Tsne)));
}

QTEST_MAIN(TestMapRun)
#include "tst_map_run.moc"
