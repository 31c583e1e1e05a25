// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "ui/model/table_top.h"

#include <QtTest>

using namespace embedscope;

namespace {

/// 300 rows around (5, 5, ...) that vary most along the first dimension.
EmbeddingTable stretched()
{
    Random random(2);
    Matrix weights(300, 5);
    for (float& value : weights.reshaped<Eigen::RowMajor>())
        value = static_cast<float>(5 + random.normal());
    weights.col(0) *= 20;
    Vocabulary words;
    NumberColumn count{"count", {}};
    for (Index row = 0; row < weights.rows(); ++row) {
        words.add("w" + std::to_string(row));
        count.values.push_back(static_cast<double>(row));
    }
    auto table = EmbeddingTable::create(std::move(weights), std::move(words));
    table->addColumn(std::move(count));
    return *std::move(table);
}

} // namespace

class TestTableTop : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theMeanAndTheLargestComponentGo();
    void tokensAndColumnsStay();
    void moreThanThereAreAreRefused();
};

void TestTableTop::theMeanAndTheLargestComponentGo()
{
    const EmbeddingTable table = stretched();
    Progress progress;
    const auto made = withoutTop(table, 1, {}, progress);
    QVERIFY(made.has_value());
    const Matrix after = made->table->weights();
    QVERIFY(after.colwise().mean().cwiseAbs().maxCoeff() < 1e-3F);
    const auto before = fitPca(table.weights(), 5, {}, progress);
    const auto rest = fitPca(after, 5, {}, progress);
    for (std::size_t i = 0; i + 1 < 5; ++i)
        QVERIFY(std::abs(rest->explained_variance[i] - before->explained_variance[i + 1]) < 1e-3);
    QVERIFY(rest->explained_variance[4] < 1e-3);
    QVERIFY((after * before->components.row(0).transpose()).cwiseAbs().maxCoeff() < 1e-2F);
}

void TestTableTop::tokensAndColumnsStay()
{
    const EmbeddingTable table = stretched();
    Progress progress;
    const auto made = withoutTop(table, 2, {}, progress);
    QCOMPARE(made->table->rows(), table.rows());
    QCOMPARE(made->table->vocabulary()[17], table.vocabulary()[17]);
    QCOMPARE(made->table->numberColumns().front().values[17], 17.0);
    QCOMPARE((*made->norms)[3], made->table->weights().row(3).norm());
}

void TestTableTop::moreThanThereAreAreRefused()
{
    Progress progress;
    QCOMPARE(withoutTop(stretched(), 6, {}, progress).error().code, ErrorCode::ValueRefused);
}

QTEST_MAIN(TestTableTop)
#include "tst_table_top.moc"
