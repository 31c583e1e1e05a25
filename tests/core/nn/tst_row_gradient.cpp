// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/row_gradient.h"
#include "tests/core/nn/matrices.h"

#include <QtTest>

#include <map>

using namespace embedscope;
using namespace embedscope::test;

namespace {

using Positions = std::map<std::int64_t, std::vector<std::int32_t>>;

Positions positionsOf(const RowGroups& groups)
{
    Positions out;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const auto positions = groups.positions(i);
        out[groups.row(i)].assign(positions.begin(), positions.end());
    }
    return out;
}

Positions expectedPositions(const Indices& indices)
{
    Positions out;
    for (std::size_t i = 0; i < indices.size(); ++i)
        out[indices[i]].push_back(static_cast<std::int32_t>(i));
    return out;
}

} // namespace

class TestRowGradient : public QObject
{
    Q_OBJECT

private slots:
    void groupsByRow_data();
    void groupsByRow();
    void noIndicesMakeNoGroups();
    void denseHasZerosElsewhere();
};

void TestRowGradient::groupsByRow_data()
{
    QTest::addColumn<Indices>("indices");
    QTest::newRow("one index") << Indices{7};
    QTest::newRow("rows come out rising, positions in input order") << Indices{5, 0, 5, 2, 0, 5};
    QTest::newRow("enough for the radix sort, one digit") << randomIndices(5000, 900, 1);
    QTest::newRow("enough for the radix sort, two digits") << randomIndices(5000, 400000, 2);
    QTest::newRow("one row only, many times") << Indices(3000, 4);
    QTest::newRow("row numbers beyond 32 bits") << randomIndices(3000, std::uint64_t{1} << 40, 3);
    QTest::newRow("row 0 only, many times") << Indices(3000, 0);
}

void TestRowGradient::groupsByRow()
{
    QFETCH(const Indices, indices);
    const RowGroups groups(indices);
    QVERIFY(std::is_sorted(groups.rows().begin(), groups.rows().end()));
    QVERIFY(positionsOf(groups) == expectedPositions(indices));
    QCOMPARE(groups.size(), expectedPositions(indices).size());
}

void TestRowGradient::noIndicesMakeNoGroups()
{
    QCOMPARE(RowGroups(Indices{}).size(), std::size_t{0});
    QCOMPARE(RowGroups().size(), std::size_t{0});
}

void TestRowGradient::denseHasZerosElsewhere()
{
    const RowGradient gradient{{0, 2}, matrix({{1, 2}, {3, 4}})};
    QCOMPARE(text(toDense(gradient, 4, 2)), text(matrix({{1, 2}, {0, 0}, {3, 4}, {0, 0}})));
    QCOMPARE(text(toDense({}, 2, 1)), text(matrix({{0}, {0}})));
}

QTEST_APPLESS_MAIN(TestRowGradient)
#include "tst_row_gradient.moc"
