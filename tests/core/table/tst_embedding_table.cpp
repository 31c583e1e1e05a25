// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/embedding_table.h"

#include <QtTest>

using namespace embedscope;

class TestEmbeddingTable : public QObject
{
    Q_OBJECT

private slots:
    void keepsRowsAndTokensTogether();
    void holdsNoRows();
    void refusesWrongShapes_data();
    void refusesWrongShapes();
    void keepsColumns();
    void takesTheWeightsWithoutACopy();
};

void TestEmbeddingTable::keepsRowsAndTokensTogether()
{
    const auto table = EmbeddingTable::create(Matrix{{1, 2, 3}, {4, 5, 6}}, Vocabulary({"king", "queen"}));
    QVERIFY(table);
    QCOMPARE(table->rows(), Index{2});
    QCOMPARE(table->dim(), Index{3});
    QCOMPARE(table->weights()(*table->vocabulary().find("queen"), 1), 5.0F);
    QVERIFY(table->columns().empty());
}

void TestEmbeddingTable::holdsNoRows()
{
    const auto table = EmbeddingTable::create(Matrix(0, 4), Vocabulary());
    QVERIFY(table);
    QCOMPARE(table->rows(), Index{0});
    QCOMPARE(table->dim(), Index{4});
}

void TestEmbeddingTable::refusesWrongShapes_data()
{
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("dim");
    QTest::addColumn<int>("tokens");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("a row too many")
        << 3 << 2 << 2
        << "Embedding table: expected 3 tokens, one a row, found 2 tokens. Choose files that belong together.";
    QTest::newRow("a token too many")
        << 1 << 2 << 2
        << "Embedding table: expected 1 tokens, one a row, found 2 tokens. Choose files that belong together.";
    QTest::newRow("no dimension")
        << 2 << 0 << 2
        << "Embedding table: expected at least one dimension, found none. Choose files that belong together.";
}

void TestEmbeddingTable::refusesWrongShapes()
{
    QFETCH(int, rows);
    QFETCH(int, dim);
    QFETCH(int, tokens);
    QFETCH(QString, sentence);
    const auto table = EmbeddingTable::create(
        Matrix::Zero(rows, dim), Vocabulary(std::vector<std::string>(static_cast<std::size_t>(tokens), "a")));
    QVERIFY(!table);
    QVERIFY(table.error().code == ErrorCode::ShapeMismatch);
    QCOMPARE(QString::fromStdString(describe(table.error())), sentence);
}

void TestEmbeddingTable::keepsColumns()
{
    auto table = EmbeddingTable::create(Matrix::Ones(2, 1), Vocabulary({"good", "bad"})).value();
    table.addColumn({"class", {"positive", "negative"}, {0, 1}});
    table.addColumn({"topic", {}, {-1, -1}});
    QCOMPARE(table.columns().size(), std::size_t{2});
    QCOMPARE(table.columns()[0].name, std::string("class"));
    QCOMPARE(table.columns()[0].categories[1], std::string("negative"));
    QCOMPARE(table.columns()[1].values, (std::vector<std::int32_t>{-1, -1}));
}

void TestEmbeddingTable::takesTheWeightsWithoutACopy()
{
    Matrix weights = Matrix::Ones(100, 10);
    const float* data = weights.data();
    const auto table = EmbeddingTable::create(std::move(weights), Vocabulary(std::vector<std::string>(100, "x")));
    QVERIFY(table->weights().data() == data);
    QVERIFY(reinterpret_cast<std::uintptr_t>(data) % 64 == 0); // what EIGEN_MAX_ALIGN_BYTES promises to every target
}

QTEST_APPLESS_MAIN(TestEmbeddingTable)
#include "tst_embedding_table.moc"
