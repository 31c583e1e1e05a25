// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/neighbors_model.h"

#include <QAbstractItemModelTester>
#include <QLocale>
#include <QTest>

using namespace embedscope;

namespace {

std::shared_ptr<const EmbeddingTable> someTable()
{
    return std::make_shared<const EmbeddingTable>(
        EmbeddingTable::create(Matrix::Ones(3, 2), Vocabulary(std::vector<std::string>{"king", "queen", "<unk>"}))
            .value());
}

} // namespace

class TestNeighborsModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void showsTokensAndScores()
    {
        NeighborsModel model;
        const QAbstractItemModelTester tester(&model);
        model.setNeighbors(someTable(), Metric::Cosine, {{1, 0.78390}, {2, -0.25}});
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(0, NeighborsModel::TokenColumn).data().toString(), QStringLiteral("queen"));
        QCOMPARE(model.index(0, NeighborsModel::ScoreColumn).data().toString(), QStringLiteral("0.784"));
        QCOMPARE(model.index(1, NeighborsModel::ScoreColumn).data(Qt::ToolTipRole).toString(),
                 QStringLiteral("<qt>&lt;unk&gt;: row 2, cosine of the angle -0.25</qt>"));
        QCOMPARE(model.rows(), (std::vector<Index>{1, 2}));
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }

    void theBar_data()
    {
        QTest::addColumn<int>("metric");
        QTest::addColumn<QList<double>>("scores");
        QTest::addColumn<QList<double>>("fractions");
        QTest::newRow("a cosine is its own share, and a negative one has no bar")
            << static_cast<int>(Metric::Cosine) << QList<double>{0.5, -0.5} << QList<double>{0.5, 0.0};
        QTest::newRow("a distance is compared with the largest")
            << static_cast<int>(Metric::Euclidean) << QList<double>{1, 4} << QList<double>{0.25, 1.0};
        QTest::newRow("a dot product is compared with the largest")
            << static_cast<int>(Metric::Dot) << QList<double>{8, 2} << QList<double>{1.0, 0.25};
        QTest::newRow("duplicates at distance 0 have no bar")
            << static_cast<int>(Metric::Euclidean) << QList<double>{0, 0} << QList<double>{0.0, 0.0};
    }
    void theBar()
    {
        QFETCH(const int, metric);
        QFETCH(const QList<double>, scores);
        NeighborsModel model;
        model.setNeighbors(someTable(), static_cast<Metric>(metric), {{0, scores[0]}, {1, scores[1]}});
        QList<double> fractions;
        for (int row = 0; row < 2; ++row)
            fractions.push_back(
                model.index(row, NeighborsModel::ScoreColumn).data(NeighborsModel::FractionRole).toDouble());
        QTEST(fractions, "fractions");
    }

    void theTextHasAllDigitsWhateverTheLocale()
    {
        QLocale::setDefault(QLocale(QLocale::German));
        NeighborsModel model;
        model.setNeighbors(someTable(), Metric::Cosine, {{1, 0.1}, {2, 1.0 / 3.0}});
        QCOMPARE(model.toText(), QStringLiteral("queen\t0.1\n<unk>\t0.3333333333333333\n"));
        QCOMPARE(model.index(0, NeighborsModel::ScoreColumn).data().toString(), QStringLiteral("0,100"));
        QLocale::setDefault(QLocale::c());
    }
};

QTEST_APPLESS_MAIN(TestNeighborsModel)
#include "tst_neighbors_model.moc"
