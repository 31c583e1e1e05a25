// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/preview_table_model.h"

#include <QAbstractItemModelTester>
#include <QLocale>
#include <QTest>

using namespace embedscope;

namespace {

std::shared_ptr<const EmbeddingTable> table(Index rows, Index dim)
{
    Matrix weights(rows, dim);
    Vocabulary vocabulary;
    for (Index row = 0; row < rows; ++row) {
        for (Index i = 0; i < dim; ++i)
            weights(row, i) = static_cast<float>(row) + 0.25F * static_cast<float>(i);
        vocabulary.add("token " + std::to_string(row));
    }
    return std::make_shared<const EmbeddingTable>(*EmbeddingTable::create(weights, vocabulary));
}

} // namespace

class TestPreviewTableModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void keepsThePromisesOfAModel()
    {
        PreviewTableModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        for (const auto& next : {table(20, 50), table(2, 3), table(1, 1), std::shared_ptr<const EmbeddingTable>()})
            model.setTable(next);
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(model.columnCount(), 0);
    }

    void showsTokensAndTheFirstValues()
    {
        PreviewTableModel model;
        model.setTable(table(3, 50));
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.columnCount(), 8);
        const auto text = [&](int row, int column) { return model.index(row, column).data().toString(); };
        QCOMPARE(text(2, 0), QStringLiteral("token 2"));
        QCOMPARE(text(2, 1), QStringLiteral("2.0000"));
        QCOMPARE(text(2, 6), QStringLiteral("3.2500"));
        QCOMPARE(text(2, 7), QString(QChar(0x2026)));
        QCOMPARE(model.headerData(7, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("44 more"));
        QCOMPARE(model.headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("0"));
    }

    void aNarrowTableHasNoMore()
    {
        PreviewTableModel model;
        model.setTable(table(1, 6));
        QCOMPARE(model.columnCount(), 7);
        QCOMPARE(model.headerData(6, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("5"));
    }
};

QTEST_GUILESS_MAIN(TestPreviewTableModel)
#include "tst_preview_table_model.moc"
