// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/published.h"

#include <QtTest>

#include <memory>
#include <thread>
#include <vector>

using namespace embedscope;

class TestPublished : public QObject
{
    Q_OBJECT

private slots:
    void startsEmpty();
    void handsOutTheNewest();
    void keepsWhatAReaderHolds();
    void takesValuesThatOnlyMove();
    void tenThousandPublishesReachAllReaders();
};

namespace {

/// A value whose halves disagree if it is ever seen half written.
struct Pair
{
    std::uint64_t first = 0;
    std::uint64_t second = 0;
};

/// Reads until the last value arrives; true where each value was whole, none went back and none was older than
/// promised.
bool followsInOrder(const Published<Pair>& published, std::uint64_t last)
{
    std::uint64_t seen = 0;
    while (seen < last) {
        const std::uint64_t promised = published.generation();
        const auto value = published.value();
        if (!value)
            continue;
        if (value->first != value->second || value->first < seen || value->first < promised)
            return false;
        seen = value->first;
    }
    return true;
}

} // namespace

void TestPublished::startsEmpty()
{
    const Published<int> published;
    QVERIFY(!published.value());
    QCOMPARE(published.generation(), std::uint64_t{0});
}

void TestPublished::handsOutTheNewest()
{
    Published<int> published;
    published.publish(1);
    published.publish(2);
    QCOMPARE(*published.value(), 2);
    QCOMPARE(published.generation(), std::uint64_t{2});
}

void TestPublished::keepsWhatAReaderHolds()
{
    Published<std::vector<int>> published;
    published.publish({1, 2, 3});
    const auto held = published.value();
    published.publish({});
    QCOMPARE(*held, (std::vector{1, 2, 3}));
    QVERIFY(published.value()->empty());
}

void TestPublished::takesValuesThatOnlyMove()
{
    Published<std::unique_ptr<int>> published;
    published.publish(std::make_unique<int>(5));
    QCOMPARE(**published.value(), 5);
}

void TestPublished::tenThousandPublishesReachAllReaders()
{
    constexpr std::uint64_t kPublishes = 10'000;
    Published<Pair> published;
    bool firstOk = false;
    bool secondOk = false;
    {
        const std::jthread first([&] { firstOk = followsInOrder(published, kPublishes); });
        const std::jthread second([&] { secondOk = followsInOrder(published, kPublishes); });
        for (std::uint64_t i = 1; i <= kPublishes; ++i)
            published.publish({i, i});
    }
    QVERIFY(firstOk);
    QVERIFY(secondOk);
    QCOMPARE(published.generation(), kPublishes);
}

QTEST_APPLESS_MAIN(TestPublished)
#include "tst_published.moc"
