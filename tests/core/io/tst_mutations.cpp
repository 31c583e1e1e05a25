// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "tests/core/io/damaged_tables.h"
#include "tests/fuzz/target.h"
#include "tests/support/heap_meter.h"

#include <atomic>

using namespace embedscope;

/// Each sample cut at 200 random bytes and with 200 random bits flipped: a table or an error within two seconds, and
/// never more than four times its size in memory.
class TestMutations : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { setThreadCount(1); }
    void cleanupTestCase() { setThreadCount(0); }
    void samples_data();
    void samples();
    void crashesHangsAndGreedAreSeen();
};

void TestMutations::samples_data()
{
    QTest::addColumn<QString>("file");
    for (const auto& entry : std::filesystem::directory_iterator(sampleFolder()))
        if (entry.path().extension() != ".md")
            QTest::newRow(entry.path().filename().c_str()) << QString::fromStdString(entry.path().string());
}

void TestMutations::samples()
{
    QFETCH(QString, file);
    const auto outcome = mutateTable(file.toStdString());
    QVERIFY2(outcome.problem.empty(), outcome.problem.c_str());
    // Whatever else reads files: metadata, previews, ratings, sentences, sessions, tensors.
    QCOMPARE(fuzz::targets().size(), std::size_t{6});
    for (const fuzz::Target& target : fuzz::targets()) {
        const std::string bytes = readBytes(file.toStdString());
        const auto other =
            tryMutations(bytes, rulesFor(bytes, read(file.toStdString())),
                         [&target](const MemoryFile& damaged) { return target.run(readBytes(damaged.path())); });
        QVERIFY2(other.problem.empty(), (target.name + ": " + other.problem).c_str());
    }
}

void TestMutations::crashesHangsAndGreedAreSeen()
{
    const MutationRules rules{.cuts = 3, .flips = 3, .seconds = 1, .heap = 1000};
    const auto outcome = [&rules](const auto& reader) { return tryMutations("abc", rules, reader).problem; };
    QCOMPARE(outcome([](const MemoryFile&) { return std::string(); }), std::string());
    QVERIFY(outcome([](const MemoryFile&) { return std::string("wrong"); }).starts_with("wrong (bit "));
    QVERIFY(outcome([](const MemoryFile&) -> std::string { std::abort(); }).starts_with("signal 6 (bit "));
    const auto spin = [](const MemoryFile&) {
        for (std::atomic<int> turns = 0; turns >= 0; turns = turns.load() / 2)
            ;
        return std::string();
    };
    QVERIFY(outcome(spin).starts_with("it took too long (bit "));
    if (!HeapMeter::works())
        QSKIP("a sanitizer counts the heap here");
    const auto greed = [](const MemoryFile&) {
        const std::vector<char> untouched(2000);
        return untouched.size() > 3000 ? std::string("?") : std::string();
    };
    QVERIFY(outcome(greed).starts_with("it took 2"));
}

QTEST_APPLESS_MAIN(TestMutations)
#include "tst_mutations.moc"
