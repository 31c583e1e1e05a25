// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/vocabulary_filter.h"

#include "core/base/parallel.h"
#include "core/base/random.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>

using namespace embedscope;

namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

EmbeddingTable tableOf(const std::vector<std::string>& tokens)
{
    return EmbeddingTable::create(Matrix::Ones(static_cast<Index>(tokens.size()), 2), Vocabulary(tokens)).value();
}

std::vector<std::string> randomTokens(Index count, std::uint64_t seed)
{
    Random random(seed);
    std::vector<std::string> tokens;
    for (Index i = 0; i < count; ++i) {
        std::string token;
        for (std::uint64_t length = 1 + random.below(12); token.size() < length;)
            token += static_cast<char>("abcdeABC\xC3"[random.below(9)]);
        tokens.push_back(token);
    }
    return tokens;
}

std::vector<float> randomNorms(Index count, std::uint64_t seed)
{
    Random random(seed);
    std::vector<float> norms;
    for (Index i = 0; i < count; ++i) // many ties, signs and NaNs
        norms.push_back(random.below(20) == 0 ? kNaN : static_cast<float>(random.below(50)) - 10.0F);
    return norms;
}

RowOrder ordered(const EmbeddingTable& table, const std::vector<float>& norms, const RowQuery& query)
{
    Progress progress;
    return orderRows(table, norms, query, std::stop_token(), progress).value();
}

/// The same by the plainest means: one stable sort by what the documentation says.
std::vector<qint32> naiveOrder(const std::vector<std::string>& tokens, const std::vector<float>& norms,
                               const RowQuery& query)
{
    const QString needle = query.filter.toCaseFolded();
    std::vector<QString> foldedTokens;
    for (const std::string& token : tokens)
        foldedTokens.push_back(QString::fromStdString(token).toCaseFolded());
    const auto folded = [&](qint32 row) { return foldedTokens[static_cast<std::size_t>(row)]; };
    const auto group = [&](qint32 row) {
        return needle.isEmpty() || folded(row) == needle ? 0 : folded(row).startsWith(needle) ? 1 : 2;
    };
    std::vector<qint32> rows;
    for (qint32 row = 0; row < static_cast<qint32>(tokens.size()); ++row)
        if (folded(row).contains(needle))
            rows.push_back(row);
    const auto before = [&](qint32 a, qint32 b) {
        if (group(a) != group(b))
            return group(a) < group(b);
        const float x = norms[static_cast<std::size_t>(a)];
        const float y = norms[static_cast<std::size_t>(b)];
        if (query.key == SortKey::Norm && (std::isnan(x) || std::isnan(y)))
            return !std::isnan(x) && std::isnan(y);
        if (query.key == SortKey::Norm)
            return query.descending ? x > y : x < y;
        if (query.key == SortKey::Token)
            return query.descending ? folded(a).toUtf8() > folded(b).toUtf8() : folded(a).toUtf8() < folded(b).toUtf8();
        return query.descending ? a > b : a < b;
    };
    std::stable_sort(rows.begin(), rows.end(), before);
    return rows;
}

} // namespace

class TestVocabularyFilter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { setThreadCount(0); }

    void filter_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<std::vector<qint32>>("rows");
        using Rows = std::vector<qint32>;
        QTest::newRow("no filter keeps all rows in place") << QString() << Rows{0, 1, 2, 3, 4, 5, 6};
        QTest::newRow("blanks are no filter") << QStringLiteral("  ") << Rows{0, 1, 2, 3, 4, 5, 6};
        QTest::newRow("the word itself, then what begins with it, then what holds it")
            << QStringLiteral("king") << Rows{3, 5, 0, 4};
        QTest::newRow("upper case finds lower case") << QStringLiteral("KING") << Rows{3, 5, 0, 4};
        QTest::newRow("blanks around do not count") << QStringLiteral(" king ") << Rows{3, 5, 0, 4};
        QTest::newRow("other alphabets fold too") << QStringLiteral("ärger") << Rows{2};
        QTest::newRow("nothing fits") << QStringLiteral("xyz") << Rows{};
        QTest::newRow("a condition on the norm") << QStringLiteral("norm > 4") << Rows{5};
        QTest::newRow("a condition with a decimal comma") << QStringLiteral("NORM<=1,5") << Rows{0, 1};
        QTest::newRow("half a condition is a text") << QStringLiteral("norm >") << Rows{6};
    }
    void filter()
    {
        const auto table = tableOf({"viking", "queen", "ÄRGER", "KING", "Baking", "kingdom", "norm > what"});
        const std::vector<float> norms = {1, 1.5F, 2, 3, 4, 5, kNaN};
        QFETCH(const QString, filter);
        const RowOrder order = ordered(table, norms, {.filter = filter});
        QTEST(order.rows, "rows");
    }

    void positionsAreTheInverse()
    {
        const auto order = ordered(tableOf({"b", "ab", "c"}), {1, 2, 3}, {.filter = QStringLiteral("b")});
        QCOMPARE(order.rows, (std::vector<qint32>{0, 1}));
        QCOMPARE(order.positions, (std::vector<qint32>{0, 1, -1}));
    }

    void tokensThatDifferLateAreSortedToo()
    {
        const auto table = tableOf({"internationally", "international", "Internationalism", "internat"});
        QCOMPARE(ordered(table, {1, 1, 1, 1}, {.key = SortKey::Token}).rows, (std::vector<qint32>{3, 1, 2, 0}));
        QCOMPARE(ordered(table, {1, 1, 1, 1}, {.key = SortKey::Token, .descending = true}).rows,
                 (std::vector<qint32>{0, 2, 1, 3}));
    }

    void nanNormsComeLastInBothDirections()
    {
        const auto table = tableOf({"a", "b", "c", "d"});
        const std::vector<float> norms = {kNaN, 2, kNaN, 1};
        QCOMPARE(ordered(table, norms, {.key = SortKey::Norm}).rows, (std::vector<qint32>{3, 1, 0, 2}));
        QCOMPARE(ordered(table, norms, {.key = SortKey::Norm, .descending = true}).rows,
                 (std::vector<qint32>{1, 3, 0, 2}));
    }

    void categoriesSortByTheirNamesAndNoneComesLast()
    {
        auto table = tableOf({"a", "b", "c", "d"});
        table.addColumn({"class", {"positive", "negative"}, {0, -1, 1, 0}});
        const std::vector<float> norms(4, 1.0F);
        QCOMPARE(ordered(table, norms, {.key = SortKey::Category}).rows, (std::vector<qint32>{2, 0, 3, 1}));
        QCOMPARE(ordered(table, norms, {.key = SortKey::Category, .descending = true}).rows,
                 (std::vector<qint32>{0, 3, 2, 1}));
    }

    void numbersSortByTheirSizeAndNoneComesLast()
    {
        auto table = tableOf({"a", "b", "c", "d"});
        table.addColumn({"year", {9, 9, 9, 9}});
        table.addColumn({"count", {10, std::numeric_limits<double>::quiet_NaN(), -2, 9}});
        const std::vector<float> norms(4, 1.0F);
        QCOMPARE(ordered(table, norms, {.key = SortKey::Number, .column = 1}).rows, (std::vector<qint32>{2, 3, 0, 1}));
        QCOMPARE(ordered(table, norms, {.key = SortKey::Number, .column = 1, .descending = true}).rows,
                 (std::vector<qint32>{0, 3, 2, 1}));
        QCOMPARE(ordered(table, norms, {.key = SortKey::Number, .column = 0}).rows, (std::vector<qint32>{0, 1, 2, 3}));
    }

    void agreesWithAPlainSort_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<bool>("descending");
        QTest::addColumn<QString>("filter");
        for (const auto key : {SortKey::Row, SortKey::Token, SortKey::Norm})
            for (const bool descending : {false, true})
                for (const auto& filter : {QString(), QStringLiteral("ab"), QStringLiteral("a")})
                    QTest::addRow("key %d, %s, filter \"%s\"", static_cast<int>(key), descending ? "down" : "up",
                                  qPrintable(filter))
                        << static_cast<int>(key) << descending << filter;
    }
    void agreesWithAPlainSort()
    {
        QFETCH(const int, key);
        QFETCH(const bool, descending);
        QFETCH(const QString, filter);
        constexpr Index kRows = 20'000; // several chunks, and a last one that is not full
        const auto tokens = randomTokens(kRows, 1);
        const auto norms = randomNorms(kRows, 2);
        const RowQuery query{filter, static_cast<SortKey>(key), 0, descending};
        const auto table = tableOf(tokens);
        const auto expected = naiveOrder(tokens, norms, query);
        for (const int threads : {1, 0}) {
            setThreadCount(threads);
            const RowOrder order = ordered(table, norms, query);
            QVERIFY(order.rows == expected);
            for (std::size_t place = 0; place < order.rows.size(); ++place)
                QCOMPARE(order.positions[static_cast<std::size_t>(order.rows[place])], static_cast<qint32>(place));
        }
    }

    void anEmptyTableHasAnEmptyOrder()
    {
        const auto table = EmbeddingTable::create(Matrix(0, 2), Vocabulary()).value();
        QVERIFY(ordered(table, {}, {.filter = QStringLiteral("a"), .key = SortKey::Token}).rows.empty());
    }

    void aStopIsHeeded()
    {
        std::stop_source stop;
        stop.request_stop();
        Progress progress;
        const auto order = orderRows(tableOf({"a"}), {1}, {}, stop.get_token(), progress);
        QVERIFY(!order);
        QCOMPARE(order.error().code, ErrorCode::Cancelled);
    }

    void fourHundredThousandTokensAreFilteredInATenthOfASecond()
    {
        constexpr Index kRows = 400'000;
        std::vector<std::string> tokens;
        for (Index i = 0; i < kRows; ++i)
            tokens.push_back("token" + std::to_string(i * 7919 % kRows));
        const auto table = tableOf(tokens);
        const auto norms = randomNorms(kRows, 4);
        QElapsedTimer clock;
        clock.start();
        const auto order = ordered(table, norms, {.filter = QStringLiteral("123")});
        const qint64 filtered = clock.restart();
        const auto sorted = ordered(table, norms, {.key = SortKey::Token});
        const qint64 sortedIn = clock.elapsed();
        qInfo("filter: %lld ms, %zu rows left; sort by token: %lld ms", static_cast<long long>(filtered),
              order.rows.size(), static_cast<long long>(sortedIn));
        QCOMPARE(sorted.rows.size(), static_cast<std::size_t>(kRows));
        QVERIFY(filtered < 1000); // the goal is 100 ms; the rest is for a busy or instrumented machine
    }
};

QTEST_APPLESS_MAIN(TestVocabularyFilter)
#include "tst_vocabulary_filter.moc"
