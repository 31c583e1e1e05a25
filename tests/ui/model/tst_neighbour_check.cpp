// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/map_quality_run.h"

#include <QSignalSpy>
#include <QTest>

#include <cmath>
#include <limits>

using namespace embedscope;
using Rows = std::vector<Index>;

namespace {

/// Points on a line at 0, 1, 3, 7, 15 ...; on the map they stand where `places` says.
JudgedMap mapOf(const std::vector<float>& places)
{
    const auto rows = static_cast<Index>(places.size());
    Matrix weights(rows, 1);
    Vocabulary tokens;
    auto coordinates = std::make_shared<Matrix>(rows, 2);
    for (Index row = 0; row < rows; ++row) {
        weights(row, 0) = std::exp2(static_cast<float>(row)) - 1;
        tokens.add("w" + std::to_string(row));
        coordinates->row(row) << places[static_cast<std::size_t>(row)], 0;
    }
    auto table = EmbeddingTable::create(std::move(weights), std::move(tokens));
    return {std::make_shared<const EmbeddingTable>(std::move(*table)), coordinates, Metric::Euclidean};
}

} // namespace

class TestNeighbourCheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsKeptTornAndFaked();
    void rowsOffTheMapDoNotCount();
    void canBeCancelled();
    void judgesInTheBackground();
};

void TestNeighbourCheck::tellsKeptTornAndFaked()
{
    // Nearest to row 0 are 1, 2, 3; on the map they are 1, 5, 3, since 2 went far away and 5 came near.
    const auto check = checkNeighbours(mapOf({0, 1, 100, 4, 60, 2}), 0, 3, {});
    QVERIFY(check);
    QCOMPARE(check->kept, (Rows{1, 3}));
    QCOMPARE(check->torn, (Rows{2}));
    QCOMPARE(check->faked, (Rows{5}));
}

void TestNeighbourCheck::rowsOffTheMapDoNotCount()
{
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const auto check = checkNeighbours(mapOf({0, nan, 1, 2, 3, 4}), 0, 2, {});
    QVERIFY(check);
    QCOMPARE(check->kept, (Rows{2, 3}));
    QVERIFY(check->torn.empty() && check->faked.empty());
    QVERIFY(!checkNeighbours(mapOf({0, nan, 1, 2}), 1, 2, {}));
}

void TestNeighbourCheck::canBeCancelled()
{
    std::stop_source stop;
    stop.request_stop();
    const auto check = checkNeighbours(mapOf({0, 1, 2, 3}), 0, 2, stop.get_token());
    QVERIFY(!check);
    QCOMPARE(check.error().code, ErrorCode::Cancelled);
}

void TestNeighbourCheck::judgesInTheBackground()
{
    JobRunner jobs;
    MapQualityRun run(&jobs);
    QVERIFY(!run.quality() && !run.isStale());
    std::vector<float> places;
    for (int i = 0; i < 60; ++i)
        places.push_back(static_cast<float>(i)); // in the order of the space: every rank is close
    places[7] = std::numeric_limits<float>::quiet_NaN();
    const JudgedMap map = mapOf(places);
    run.setMap(map);
    QVERIFY(run.isQuick());
    run.judge();
    QTRY_VERIFY(run.quality());
    QCOMPARE(run.quality()->judged.size(), std::size_t(59));
    const auto trust = run.valuesOfRows(MapQualityRun::Figure::Trustworthiness);
    QCOMPARE(trust->size(), std::size_t(60));
    QVERIFY(std::isnan((*trust)[7]) && std::isfinite((*trust)[8]));
    QVERIFY(!run.isStale());
    auto moved = map;
    moved.coordinates = std::make_shared<const Matrix>(*map.coordinates);
    run.setMap(moved);
    QVERIFY(run.isStale());
}

QTEST_MAIN(TestNeighbourCheck)
#include "tst_neighbour_check.moc"
