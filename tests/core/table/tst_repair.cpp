// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/repair.h"

#include <QtTest>

#include <limits>

using namespace embedscope;

namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr float kInfinity = std::numeric_limits<float>::infinity();

/// Row i has the values (i + 1, 10), unless they are changed.
EmbeddingTable tableOf(const std::vector<std::string>& tokens)
{
    Matrix weights(std::ssize(tokens), 2);
    for (Index row = 0; row < weights.rows(); ++row)
        weights.row(row) << static_cast<float>(row + 1), 10.0F;
    return *EmbeddingTable::create(std::move(weights), Vocabulary(tokens));
}

EmbeddingTable tableOf(const std::vector<std::string>& tokens, const Matrix& weights)
{
    return *EmbeddingTable::create(weights, Vocabulary(tokens));
}

Result<RepairedTable> repaired(const EmbeddingTable& table, const RepairOptions& options)
{
    Progress progress;
    return repairTable(table, options, {}, progress);
}

/// "the 1|of 2": tokens with their first values.
QByteArray rowsOf(const EmbeddingTable& table)
{
    QByteArrayList out;
    for (Index row = 0; row < table.rows(); ++row)
        out << QByteArray::fromStdString(std::string(table.vocabulary()[row])) + ' ' +
                   QByteArray::number(static_cast<double>(table.weights()(row, 0)));
    return out.join('|');
}

} // namespace

/// The mended copy of a table, by hand.
class TestRepair : public QObject
{
    Q_OBJECT

private slots:
    void nothingAskedForChangesNothing();
    void dropsRepeatedTokens();
    void handlesNan();
    void dropsRowsOfZeros();
    void aRepeatedTokenIsOneOfThoseThatAreLeft();
    void mendsTokens();
    void whatBecomesTheSameCountsAsRepeated();
    void columnsKeepStep();
    void refusesToDropAll();
    void stops();
};

void TestRepair::nothingAskedForChangesNothing()
{
    Matrix weights(3, 2);
    weights << 1, 2, kNan, 0, 0, 0;
    const EmbeddingTable table = tableOf({"a b", "a b", "\xFF"}, weights);
    const auto result = repaired(table, {});
    QVERIFY(result);
    QCOMPARE(result->counts, RepairCounts());
    QVERIFY(result->table.vocabulary() == table.vocabulary());
    QCOMPARE(result->table.rows(), Index(3));
    QVERIFY(std::isnan(result->table.weights()(1, 0)));
}

void TestRepair::dropsRepeatedTokens()
{
    const EmbeddingTable table = tableOf({"the", "of", "the", "and", "the", "of"});
    const auto first = repaired(table, {.repeated_tokens = RepeatedTokens::KeepFirst});
    QCOMPARE(rowsOf(first->table), QByteArray("the 1|of 2|and 4"));
    QCOMPARE(first->counts.repeatedDropped, Index(3));
    const auto last = repaired(table, {.repeated_tokens = RepeatedTokens::KeepLast});
    QCOMPARE(rowsOf(last->table), QByteArray("and 4|the 5|of 6"));
    QCOMPARE(last->counts.dropped(), Index(3));
    QCOMPARE(table.rows(), Index(6)); // the table itself stays
}

void TestRepair::handlesNan()
{
    Matrix weights(3, 2);
    weights << 1, kNan, 2, 2, 3, -kInfinity;
    const EmbeddingTable table = tableOf({"a", "b", "c"}, weights);
    const auto dropped = repaired(table, {.nan_rows = NanRows::Drop});
    QCOMPARE(rowsOf(dropped->table), QByteArray("b 2"));
    QCOMPARE(dropped->counts.nanDropped, Index(2));
    const auto zeroed = repaired(table, {.nan_rows = NanRows::Zero, .drop_zero_rows = true});
    QCOMPARE(rowsOf(zeroed->table), QByteArray("a 0|b 2|c 0"));
    QCOMPARE(zeroed->table.weights()(0, 1), 0.0F);
    QCOMPARE(zeroed->counts.nanZeroed, Index(2));
    QCOMPARE(zeroed->counts.dropped(), Index(0));
}

void TestRepair::dropsRowsOfZeros()
{
    Matrix weights(3, 2);
    weights << 0, -0.0F, 2, 0, 0, 1e-30F;
    const auto result = repaired(tableOf({"a", "b", "c"}, weights), {.drop_zero_rows = true});
    QCOMPARE(rowsOf(result->table), QByteArray("b 2|c 0"));
    QCOMPARE(result->counts.zeroDropped, Index(1));
}

void TestRepair::aRepeatedTokenIsOneOfThoseThatAreLeft()
{
    Matrix weights(3, 1);
    weights << kNan, 2, 3;
    const auto result = repaired(tableOf({"a", "a", "a"}, weights),
                                 {.repeated_tokens = RepeatedTokens::KeepFirst, .nan_rows = NanRows::Drop});
    QCOMPARE(rowsOf(result->table), QByteArray("a 2"));
    QCOMPARE(result->counts.nanDropped, Index(1));
    QCOMPARE(result->counts.repeatedDropped, Index(1));
}

void TestRepair::mendsTokens()
{
    const EmbeddingTable table = tableOf({"caf\xE9", "caf\xC3\xA9", "new york", "a\tb\nc", std::string("nul\0nul", 7)});
    const auto encoded = repaired(table, {.valid_utf8 = true});
    QCOMPARE(rowsOf(encoded->table).split('|').first(), QByteArray("caf\xEF\xBF\xBD 1"));
    QCOMPARE(rowsOf(encoded->table).split('|').at(1), QByteArray("caf\xC3\xA9 2"));
    QCOMPARE(encoded->counts.tokensEncoded, Index(1));
    QCOMPARE(encoded->counts.tokensJoined, Index(0));
    const auto joined = repaired(table, {.blank = "_"});
    QCOMPARE(rowsOf(joined->table), QByteArray("caf\xE9 1|caf\xC3\xA9 2|new_york 3|a_b_c 4|nul_nul 5"));
    QCOMPARE(joined->counts.tokensJoined, Index(3));
}

void TestRepair::whatBecomesTheSameCountsAsRepeated()
{
    const EmbeddingTable table = tableOf({"a b", "a_b"});
    const auto kept = repaired(table, {.blank = "_"});
    QCOMPARE(kept->table.vocabulary().duplicates(), Index(1));
    const auto result = repaired(table, {.repeated_tokens = RepeatedTokens::KeepLast, .blank = "_"});
    QCOMPARE(rowsOf(result->table), QByteArray("a_b 2"));
}

void TestRepair::columnsKeepStep()
{
    EmbeddingTable table = tableOf({"a", "b", "a", "c"});
    table.addColumn(CategoryColumn{"kind", {"x", "y"}, {0, 1, -1, 1}});
    table.addColumn(NumberColumn{"count", {40, 30, 20, 10}});
    const auto result = repaired(table, {.repeated_tokens = RepeatedTokens::KeepLast});
    QCOMPARE(rowsOf(result->table), QByteArray("b 2|a 3|c 4"));
    QCOMPARE(result->table.columns().front().values, std::vector<std::int32_t>({1, -1, 1}));
    QCOMPARE(result->table.columns().front().categories, std::vector<std::string>({"x", "y"}));
    QCOMPARE(result->table.numberColumns().front().values, std::vector<double>({30, 20, 10}));
}

void TestRepair::refusesToDropAll()
{
    const auto result = repaired(tableOf({"a", "b"}, Matrix::Zero(2, 2)), {.drop_zero_rows = true});
    QVERIFY(!result);
    QVERIFY(result.error().code == ErrorCode::ValueRefused);
}

void TestRepair::stops()
{
    std::stop_source source;
    source.request_stop();
    Progress progress;
    const auto result = repairTable(tableOf({"a"}), {}, source.get_token(), progress);
    QVERIFY(!result);
    QVERIFY(result.error().code == ErrorCode::Cancelled);
}

QTEST_APPLESS_MAIN(TestRepair)
#include "tst_repair.moc"
