// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"

#include <QtTest>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <vector>

using namespace embedscope;

class TestRandom : public QObject
{
    Q_OBJECT

private slots:
    void seedsBySplitmix_data();
    void seedsBySplitmix();
    void followsTheReferenceSequence();
    void drawsKnownValues();
    void uniformStaysBelowOne();
    void uniformFloatNeverReachesHigh_data();
    void uniformFloatNeverReachesHigh();
    void belowIsEven_data();
    void belowIsEven();
    void belowRejectsTheUnevenRest();
    void normalHasTheRightMoments();
    void stateContinuesExactly();
    void shufflePermutes();
    void shuffleIsEven();
};

namespace {

Random fromWords(std::array<std::uint64_t, 4> words)
{
    Random random;
    random.setState({words, 0, false});
    return random;
}

} // namespace

void TestRandom::seedsBySplitmix_data()
{
    // An independent implementation gave these; the first row is also the published sequence of splitmix64 from 0.
    QTest::addColumn<quint64>("seed");
    QTest::addColumn<QList<quint64>>("words");
    QTest::addColumn<QList<quint64>>("drawn");
    QTest::newRow("zero is a good seed") << quint64{0}
                                         << QList<quint64>{0xe220a8397b1dcdaf, 0x6e789e6aa1b965f4, 0x06c45d188009454f,
                                                           0xf88bb8a8724c81ec}
                                         << QList<quint64>{0x53175d61490b23df, 0x61da6f3dc380d507, 0x5c0fdf91ec9a7bfc,
                                                           0x02eebf8c3bbe5e1a};
    QTest::newRow("a usual seed") << quint64{42}
                                  << QList<quint64>{0xbdd732262feb6e95, 0x28efe333b266f103, 0x47526757130f9f52,
                                                    0x581ce1ff0e4ae394}
                                  << QList<quint64>{0xd0764d4f4476689f, 0x519e4174576f3791, 0xfbe07cfb0c24ed8c,
                                                    0xb37d9f600cd835b8};
    QTest::newRow("the largest seed") << std::numeric_limits<quint64>::max()
                                      << QList<quint64>{0xe4d971771b652c20, 0xe99ff867dbf682c9, 0x382ff84cb27281e9,
                                                        0x6d1db36ccba982d2}
                                      << QList<quint64>{0x56ccf8ce948e27b2, 0xe68588432e5a5b90, 0xe3e9b5a48119ca8b,
                                                        0x460f19495532ae73};
}

void TestRandom::seedsBySplitmix()
{
    QFETCH(quint64, seed);
    QFETCH(QList<quint64>, words);
    QFETCH(QList<quint64>, drawn);
    Random random(seed);
    for (qsizetype i = 0; i < 4; ++i)
        QCOMPARE(quint64{random.state().words[static_cast<std::size_t>(i)]}, words[i]);
    for (const quint64 expected : drawn)
        QCOMPARE(quint64{random.next()}, expected);
}

void TestRandom::followsTheReferenceSequence()
{
    // The test vector of the authors' C code from the state 1, 2, 3, 4.
    auto random = fromWords({1, 2, 3, 4});
    for (const std::uint64_t expected : {41943041ULL, 58720359ULL, 3588806011781223ULL, 3591011842654386ULL,
                                         9228616714210784205ULL, 9973669472204895162ULL, 14011001112246962877ULL,
                                         12406186145184390807ULL, 15849039046786891736ULL, 10450023813501588000ULL})
        QCOMPARE(quint64{random.next()}, quint64{expected});
}

void TestRandom::drawsKnownValues()
{
    Random uniform(42);
    QCOMPARE(uniform.uniform(), 0.8143051451229099);
    QCOMPARE(uniform.uniform(), 0.3188210400616611);
    Random normal(42);
    for (const double expected : {0.9813983900724986, -0.565720104673956, 1.3403256427520227, 0.4023128702992608})
        QVERIFY(std::abs(normal.normal() - expected) < 1e-14);
    Random below(42);
    for (const quint64 expected : {8U, 3U, 9U, 7U, 7U, 5U, 1U, 6U, 2U, 9U, 5U, 8U})
        QCOMPARE(quint64{below.below(10)}, expected);
    std::vector<int> items(10);
    std::iota(items.begin(), items.end(), 0);
    Random(42).shuffle(std::span(items));
    QCOMPARE(items, (std::vector{5, 3, 1, 0, 9, 6, 4, 7, 2, 8}));
}

void TestRandom::uniformStaysBelowOne()
{
    // next() is rotl(s0 + s3, 23) + s0: all ones for s0 = 0, s3 = all ones; zero for s0 = s3 = 0.
    constexpr auto kOnes = std::numeric_limits<std::uint64_t>::max();
    QCOMPARE(fromWords({0, 0, 0, kOnes}).uniform(), 1 - 0x1.0p-53);
    QCOMPARE(fromWords({0, 1, 1, 0}).uniform(), 0.0);
}

void TestRandom::uniformFloatNeverReachesHigh_data()
{
    QTest::addColumn<float>("low");
    QTest::addColumn<float>("high");
    QTest::addColumn<float>("largest");
    QTest::newRow("the unit range") << 0.0F << 1.0F << std::nextafter(1.0F, 0.0F);
    QTest::newRow("a range around zero") << -0.5F << 0.5F << std::nextafter(0.5F, 0.0F);
    QTest::newRow("a range of one step") << 1.0F << std::nextafter(1.0F, 2.0F) << 1.0F;
    QTest::newRow("an empty range gives its only number") << 3.0F << 3.0F << 3.0F;
}

void TestRandom::uniformFloatNeverReachesHigh()
{
    QFETCH(float, low);
    QFETCH(float, high);
    QFETCH(float, largest);
    constexpr auto kOnes = std::numeric_limits<std::uint64_t>::max();
    QCOMPARE(fromWords({0, 0, 0, kOnes}).uniform(low, high), largest);
    QCOMPARE(fromWords({0, 1, 1, 0}).uniform(low, high), low);
    Random random(5);
    for (int i = 0; i < 1000; ++i) {
        const float value = random.uniform(low, high);
        QVERIFY(value >= low && value <= largest);
    }
}

void TestRandom::belowIsEven_data()
{
    QTest::addColumn<quint64>("bound");
    for (const quint64 bound : {1U, 2U, 3U, 7U, 10U, 64U})
        QTest::addRow("below %llu each number comes equally often", bound) << bound;
}

void TestRandom::belowIsEven()
{
    QFETCH(quint64, bound);
    constexpr int kDraws = 100'000;
    std::vector<int> counts(bound, 0);
    Random random(7);
    for (int i = 0; i < kDraws; ++i)
        ++counts.at(random.below(bound)); // at() throws for what is out of range
    const double expected = static_cast<double>(kDraws) / static_cast<double>(bound);
    double chiSquare = 0;
    for (const int count : counts)
        chiSquare += (count - expected) * (count - expected) / expected;
    // Mean bound - 1, variance 2 (bound - 1): five standard deviations.
    const auto freedom = static_cast<double>(bound - 1);
    QVERIFY2(chiSquare <= freedom + 5 * std::sqrt(2 * freedom), qPrintable(QString::number(chiSquare)));
}

void TestRandom::belowRejectsTheUnevenRest()
{
    // For bound 3 * 2^62, words below 2^62 in the low half of the product are uneven. A plain multiplication would give
    // each of three values the weights 2 : 1 : 1; the thirds of the range must come equally often.
    constexpr std::uint64_t kThird = std::uint64_t{1} << 62U;
    std::array<int, 4> residues{};
    Random random(11);
    for (int i = 0; i < 30'000; ++i)
        ++residues[random.below(3 * kThird) % 3];
    for (int i = 0; i < 3; ++i)
        QVERIFY2(std::abs(residues[static_cast<std::size_t>(i)] - 10'000) < 420, "more than five standard deviations");
}

void TestRandom::normalHasTheRightMoments()
{
    constexpr int kDraws = 200'000;
    Random random(13);
    std::array<double, 5> moments{};
    for (int i = 0; i < kDraws; ++i) {
        const double x = random.normal();
        for (std::size_t power = 1; power <= 4; ++power)
            moments[power] += std::pow(x, static_cast<double>(power)) / kDraws;
    }
    // Standard errors are sqrt(1, 2, 15, 96) / sqrt(draws); five of each.
    const double five = 5 / std::sqrt(static_cast<double>(kDraws));
    QVERIFY(std::abs(moments[1]) < five);
    QVERIFY(std::abs(moments[2] - 1) < five * std::sqrt(2.0));
    QVERIFY(std::abs(moments[3]) < five * std::sqrt(15.0));
    QVERIFY(std::abs(moments[4] - 3) < five * std::sqrt(96.0));
}

void TestRandom::stateContinuesExactly()
{
    Random first(17);
    static_cast<void>(first.normal()); // leaves a spare
    QVERIFY(first.state().has_spare);
    Random second(99);
    second.setState(first.state());
    for (int i = 0; i < 100; ++i)
        QCOMPARE(first.normal(), second.normal());
    QCOMPARE(first.next(), second.next());
    QVERIFY(first.state() == second.state());
}

void TestRandom::shufflePermutes()
{
    std::vector<int> items(1000);
    std::iota(items.begin(), items.end(), 0);
    const auto before = items;
    Random random(19);
    random.shuffle(std::span(items));
    QVERIFY(items != before);
    std::sort(items.begin(), items.end());
    QCOMPARE(items, before);
    random.shuffle(std::span<int>{}); // nothing to do, and no crash
}

void TestRandom::shuffleIsEven()
{
    // Each of the 24 orders of four items comes equally often.
    std::map<std::array<int, 4>, int> counts;
    Random random(23);
    for (int i = 0; i < 24'000; ++i) {
        std::array<int, 4> items{0, 1, 2, 3};
        random.shuffle(std::span<int>(items));
        ++counts[items];
    }
    QCOMPARE(counts.size(), std::size_t{24});
    for (const auto& [order, count] : counts)
        QVERIFY2(std::abs(count - 1000) < 160, "more than five standard deviations");
}

QTEST_APPLESS_MAIN(TestRandom)
#include "tst_random.moc"
