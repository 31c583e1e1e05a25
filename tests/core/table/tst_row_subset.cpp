// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/row_subset.h"

#include <QtTest>

using namespace embedscope;

namespace {

EmbeddingTable table()
{
    Matrix weights(5, 2);
    weights << 0, 1, 10, 11, 20, 21, 30, 31, 40, 41;
    auto table = EmbeddingTable::create(std::move(weights), Vocabulary({"a", "b", "c", "d", "e"}));
    table->addColumn(CategoryColumn{"kind", {"x", "y"}, {0, 1, -1, 1, 0}});
    table->addColumn(NumberColumn{"count", {5, 4, 3, 2, 1}});
    return std::move(*table);
}

} // namespace

class TestRowSubset : public QObject
{
    Q_OBJECT

private slots:
    void keepsRowsAndColumnsInStep();
    void noRowsAreRefused();
    void canBeCancelled();
};

void TestRowSubset::keepsRowsAndColumnsInStep()
{
    Progress progress;
    const std::vector<Index> rows{1, 3, 4};
    const auto subset = rowSubset(table(), rows, {}, progress);
    QVERIFY(subset);
    QCOMPARE(subset->rows(), Index(3));
    QVERIFY(subset->weights() == (Matrix(3, 2) << 10, 11, 30, 31, 40, 41).finished());
    QCOMPARE(std::string(subset->vocabulary()[1]), std::string("d"));
    QCOMPARE(subset->columns()[0].values, (std::vector<std::int32_t>{1, 1, 0}));
    QCOMPARE(subset->columns()[0].categories, (std::vector<std::string>{"x", "y"}));
    QCOMPARE(subset->numberColumns()[0].values, (std::vector<double>{4, 2, 1}));
}

void TestRowSubset::noRowsAreRefused()
{
    Progress progress;
    const auto subset = rowSubset(table(), {}, {}, progress);
    QVERIFY(!subset);
    QCOMPARE(subset.error().code, ErrorCode::ValueRefused);
}

void TestRowSubset::canBeCancelled()
{
    Progress progress;
    std::stop_source stop;
    stop.request_stop();
    const std::vector<Index> rows{1};
    const auto subset = rowSubset(table(), rows, stop.get_token(), progress);
    QVERIFY(!subset);
    QCOMPARE(subset.error().code, ErrorCode::Cancelled);
}

QTEST_GUILESS_MAIN(TestRowSubset)
#include "tst_row_subset.moc"
