// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/sequence_layout.h"

#include "core/base/parallel.h"
#include "tests/core/nn/matrices.h"

#include <QtTest>

#include <algorithm>
#include <numeric>

using namespace embedscope;
using namespace embedscope::test;
using detail::SequenceLayout;
using detail::Shard;
using detail::StepRows;

namespace {

QString text(const std::vector<Index>& numbers)
{
    QStringList out;
    for (const Index number : numbers)
        out += QString::number(number);
    return out.join(' ');
}

QString steps(const Shard& shard)
{
    QStringList out;
    for (const StepRows& step : shard.steps)
        out += QString("%1+%2").arg(step.begin).arg(step.count);
    return out.join(' ');
}

/// All of it.
QString text(const SequenceLayout& layout)
{
    QString out = text(layout.tokens) + "\n" + text(layout.previous) + "\n" + text(layout.last);
    for (const Shard& shard : layout.shards)
        out += "\n" + text(shard.sentences) + " | " + steps(shard);
    return out;
}

Indices offsetsOf(const Indices& lengths)
{
    Indices out = {0};
    for (const std::int64_t length : lengths)
        out.push_back(out.back() + length);
    return out;
}

Index lengthOf(const Indices& offsets, Index sentence)
{
    const auto i = static_cast<std::size_t>(sentence);
    return offsets[i + 1] - offsets[i];
}

} // namespace

class TestSequenceLayout : public QObject
{
    Q_OBJECT

private slots:
    void byHand();
    void reversedByHand();
    void seventeenSentencesAreTwoShards();
    void holdsForAnySentences_data();
    void holdsForAnySentences();
    void noOffsetsAreNoSentences();
    void threadsDoNotMatter();
};

/// Lengths 2, 0, 3, 1: the third sentence comes first, then the first, then the last. Tokens of a step stand together.
void TestSequenceLayout::byHand()
{
    const SequenceLayout layout(Indices{0, 2, 2, 5, 6}, false);
    QCOMPARE(layout.rows(), Index{6});
    QCOMPARE(layout.shards.size(), std::size_t{1});
    QCOMPARE(text(layout.shards[0].sentences), QString("2 0 3"));
    QCOMPARE(steps(layout.shards[0]), QString("0+3 3+2 5+1"));
    QCOMPARE(text(layout.tokens), QString("2 0 5 3 1 4"));
    QCOMPARE(text(layout.previous), QString("-1 -1 -1 0 1 3"));
    QCOMPARE(text(layout.last), QString("4 -1 5 2"));
}

/// Only the tokens change: each sentence starts at its own end.
void TestSequenceLayout::reversedByHand()
{
    const SequenceLayout layout(Indices{0, 2, 2, 5, 6}, true);
    QCOMPARE(steps(layout.shards[0]), QString("0+3 3+2 5+1"));
    QCOMPARE(text(layout.tokens), QString("4 1 5 3 0 2"));
    QCOMPARE(text(layout.previous), QString("-1 -1 -1 0 1 3"));
    QCOMPARE(text(layout.last), QString("4 -1 5 2"));
}

/// Dealt like cards, sorted by length: one shard would leave the other with all the long ones.
void TestSequenceLayout::seventeenSentencesAreTwoShards()
{
    const SequenceLayout one(offsetsOf(Indices(16, 2)), false);
    QCOMPARE(one.shards.size(), std::size_t{1});
    const SequenceLayout two(offsetsOf(Indices(17, 2)), false);
    QCOMPARE(two.shards.size(), std::size_t{2});
    QCOMPARE(text(two.shards[0].sentences), QString("0 2 4 6 8 10 12 14 16"));
    QCOMPARE(text(two.shards[1].sentences), QString("1 3 5 7 9 11 13 15"));
    QCOMPARE(steps(two.shards[1]), QString("18+8 26+8"));
}

void TestSequenceLayout::holdsForAnySentences_data()
{
    QTest::addColumn<Indices>("lengths");
    QTest::addColumn<bool>("reversed");
    for (const bool reversed : {false, true}) {
        const char* direction = reversed ? "backward" : "forward";
        const auto row = [&](const char* name, const Indices& lengths) {
            QTest::addRow("%s, %s", name, direction) << lengths << reversed;
        };
        row("no sentence", {});
        row("one empty sentence", {0});
        row("only empty sentences", Indices(20, 0));
        row("one word", {1});
        row("one long sentence", {1000});
        row("rising lengths", {0, 1, 2, 3, 4});
        row("falling lengths", {4, 3, 2, 1, 0});
        row("all alike", Indices(33, 3));
        row("many of any length", randomIndices(300, 12, 1));
        row("mostly empty", randomIndices(300, 2, 2));
    }
}

void TestSequenceLayout::holdsForAnySentences()
{
    QFETCH(const Indices, lengths);
    QFETCH(const bool, reversed);
    const Indices offsets = offsetsOf(lengths);
    const SequenceLayout layout(offsets, reversed);

    // Every token has one row.
    std::vector<Index> sorted = layout.tokens;
    std::sort(sorted.begin(), sorted.end());
    std::vector<Index> all(static_cast<std::size_t>(offsets.back()));
    std::iota(all.begin(), all.end(), 0);
    QCOMPARE(text(sorted), text(all));
    QCOMPARE(layout.previous.size(), all.size());
    QCOMPARE(layout.last.size(), lengths.size());

    std::vector<Index> seen;
    Index row = 0;
    for (const Shard& shard : layout.shards) {
        QVERIFY(!shard.sentences.empty() && shard.sentences.size() <= 16);
        seen.insert(seen.end(), shard.sentences.begin(), shard.sentences.end());
        for (std::size_t i = 1; i < shard.sentences.size(); ++i)
            QVERIFY(lengthOf(offsets, shard.sentences[i - 1]) >= lengthOf(offsets, shard.sentences[i]));
        QCOMPARE(static_cast<Index>(shard.steps.size()), lengthOf(offsets, shard.sentences[0]));
        for (std::size_t step = 0; step < shard.steps.size(); ++step) {
            const StepRows now = shard.steps[step];
            QCOMPARE(now.begin, row); // rows are consecutive, step after step, shard after shard
            QVERIFY(now.count >= 1);
            QVERIFY(now.count <=
                    (step == 0 ? static_cast<Index>(shard.sentences.size()) : shard.steps[step - 1].count));
            for (Index i = 0; i < now.count; ++i, ++row) {
                const Index sentence = shard.sentences[static_cast<std::size_t>(i)];
                const Index length = lengthOf(offsets, sentence);
                const auto place = static_cast<Index>(step);
                QVERIFY(place < length);
                QCOMPARE(layout.tokens[static_cast<std::size_t>(row)],
                         offsets[static_cast<std::size_t>(sentence)] + (reversed ? length - 1 - place : place));
                QCOMPARE(layout.previous[static_cast<std::size_t>(row)],
                         step == 0 ? Index{-1} : shard.steps[step - 1].begin + i);
                if (place == length - 1)
                    QCOMPARE(layout.last[static_cast<std::size_t>(sentence)], row);
            }
        }
    }
    QCOMPARE(row, layout.rows());

    // Every sentence that has a word is in one shard; the empty ones are in none.
    std::vector<Index> full;
    for (std::size_t i = 0; i < lengths.size(); ++i) {
        if (lengths[i] > 0)
            full.push_back(static_cast<Index>(i));
        else
            QCOMPARE(layout.last[i], Index{-1});
    }
    std::sort(seen.begin(), seen.end());
    QCOMPARE(text(seen), text(full));
}

void TestSequenceLayout::noOffsetsAreNoSentences()
{
    const SequenceLayout layout(Indices{}, false); // not even the 0 in front
    QCOMPARE(layout.rows(), Index{0});
    QVERIFY(layout.shards.empty() && layout.last.empty());
}

void TestSequenceLayout::threadsDoNotMatter()
{
    const Indices offsets = offsetsOf(randomIndices(300, 12, 1));
    const auto run = [&offsets](int threads) {
        setThreadCount(threads);
        const QString out = text(SequenceLayout(offsets, false));
        setThreadCount(0);
        return out;
    };
    QCOMPARE(run(5), run(1));
}

QTEST_APPLESS_MAIN(TestSequenceLayout)
#include "tst_sequence_layout.moc"
