// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/io/run_directory.h"
#include "core/io/session_file.h"
#include "core/io/tensor_file.h"
#include "tests/core/io/table_files.h"

#include <csignal>
#include <functional>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>

using namespace embedscope;

/// Writers that are killed at any moment: under its name, each file is as it was before or as it should become.
class TestKillWriters : public QObject
{
    Q_OBJECT

private slots:
    // A process that was forked has no threads but its own.
    void initTestCase() { setThreadCount(1); }
    void cleanupTestCase() { setThreadCount(0); }
    void tables_data();
    void tables();
    void tensors_data();
    void tensors();
    void runs();
    void runsKeepWhatElseIsInTheirFolder();
    void sessions();
    void listsOfAnotherLengthAreNoticed();
    void aWriterInPlaceIsCaught();
};

namespace {

constexpr int kKills = 50;
constexpr Index kRows = 1000;
constexpr std::uint64_t kLongestMicroseconds = 30'000;

/// Writes version 0 or 1 of the same files.
using WriteVersion = std::function<bool(int version)>;
using Files = std::vector<std::filesystem::path>;

/// What stood under the names after all those deaths.
struct Sightings
{
    int whole[2] = {};   // all files of one version
    int mixed = 0;       // each file whole, but not all of one version
    int broken = 0;      // a file that is neither
    int temporaries = 0; // rests in the folder: proof that writers died at work
};

EmbeddingTable tableOf(int version)
{
    Random random(static_cast<std::uint64_t>(version));
    // Of two lengths, so that parts of two versions do not fit together.
    Matrix weights(kRows + version, 32);
    std::vector<std::string> tokens;
    for (Index row = 0; row < weights.rows(); ++row) {
        tokens.push_back("t" + std::to_string(row) + (version == 0 ? "old" : "new"));
        for (Index i = 0; i < weights.cols(); ++i)
            weights(row, i) = random.uniform(-1, 1);
    }
    return makeTable(weights, tokens);
}

std::vector<std::string> contentOf(const Files& files)
{
    std::vector<std::string> contents;
    for (const auto& file : files)
        contents.push_back(readBytes(file));
    return contents;
}

std::ptrdiff_t entriesBelow(const std::filesystem::path& folder)
{
    return std::distance(std::filesystem::recursive_directory_iterator(folder), {});
}

void writeForever(const WriteVersion& write, int started)
{
    for (int version = 1; ::write(started, "", 1) == 1 && write(version); version = 1 - version)
        continue;
    ::_exit(1);
}

/// Counted from when the writer began, since starting it takes long on a busy machine.
void killAfter(std::uint64_t microseconds, const WriteVersion& write)
{
    int started[2] = {};
    QCOMPARE(::pipe(started), 0);
    const pid_t child = ::fork();
    if (child == 0)
        writeForever(write, started[1]);
    ::close(started[1]);
    char byte = 0;
    QCOMPARE(::read(started[0], &byte, 1), ssize_t(1));
    ::usleep(static_cast<useconds_t>(microseconds));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    ::close(started[0]);
    QVERIFY2(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL, "the writer failed before it was killed");
}

/// `after` looks at the files that a death left behind.
Sightings killWriters(
    const TableFolder& folder, const Files& files, const WriteVersion& write,
    const std::function<void()>& after = [] {})
{
    std::vector<std::string> versions[2];
    for (const int version : {1, 0}) {
        if (!write(version))
            return {.broken = kKills};
        versions[version] = contentOf(files);
    }
    const auto before = entriesBelow(folder.path({}));
    Random random(7);
    Sightings seen;
    for (int i = 0; i < kKills; ++i) {
        killAfter(random.below(kLongestMicroseconds), write);
        const auto found = contentOf(files);
        int matching[2] = {};
        int unknown = 0;
        for (std::size_t f = 0; f < files.size(); ++f) {
            matching[0] += found[f] == versions[0][f] ? 1 : 0;
            matching[1] += found[f] == versions[1][f] ? 1 : 0;
            unknown += found[f] != versions[0][f] && found[f] != versions[1][f] ? 1 : 0;
        }
        const auto all = static_cast<int>(files.size());
        if (unknown > 0)
            ++seen.broken;
        else if (matching[0] == all || matching[1] == all)
            ++seen.whole[matching[0] == all ? 0 : 1];
        else
            ++seen.mixed;
        after();
    }
    seen.temporaries = static_cast<int>(entriesBelow(folder.path({})) - before);
    return seen;
}

void report(const Sightings& seen)
{
    qInfo("old %d, new %d, mixed %d, broken %d; temporaries left %d", seen.whole[0], seen.whole[1], seen.mixed,
          seen.broken, seen.temporaries);
}

} // namespace

void TestKillWriters::tables_data()
{
    QTest::addColumn<int>("format");
    std::istringstream names(writableFormatNames());
    for (std::string name; std::getline(names >> std::ws, name, ',');)
        QTest::newRow(name.c_str()) << int(*formatFromName(name));
}

void TestKillWriters::tables()
{
    QFETCH(int, format);
    const TableFolder folder;
    const auto path = folder.path("table.x");
    const EmbeddingTable tables[] = {tableOf(0), tableOf(1)};
    const auto first = write(tables[0], path, Format(format));
    QVERIFY2(first, first ? "" : describe(first.error()).c_str());
    const auto writeVersion = [&](int version) { return write(tables[version], path, Format(format)).has_value(); };
    const auto seen = killWriters(folder, first->files, writeVersion, [&] {
        // Rests in the folder do no harm, and parts of two versions are told apart by their lengths.
        const auto loaded = read(first->files.front());
        if (!loaded)
            QVERIFY2(loaded.error().code == ErrorCode::ShapeMismatch, describe(loaded.error()).c_str());
        else
            QVERIFY(sameBits(loaded->table.weights(), tables[loaded->table.rows() - kRows].weights()));
    });
    report(seen);
    QCOMPARE(seen.broken, 0);
    QVERIFY(seen.mixed == 0 || first->files.size() > 1);
    QVERIFY(seen.temporaries > 0);
}

void TestKillWriters::tensors_data()
{
    QTest::addColumn<bool>("npz");
    QTest::newRow("npz") << true;
    QTest::newRow("safetensors") << false;
}

void TestKillWriters::tensors()
{
    QFETCH(bool, npz);
    const TableFolder folder;
    const auto path = folder.path("model");
    TensorFile versions[2];
    for (const int version : {0, 1})
        versions[version].tensors["weight"] = Tensor::fromMatrix(tableOf(version).weights());
    const auto seen = killWriters(folder, {path}, [&](int version) {
        return (npz ? writeNpz(versions[version], path) : writeSafetensors(versions[version], path)).has_value();
    });
    report(seen);
    QCOMPARE(seen.broken, 0);
    QVERIFY(seen.temporaries > 0);
}

namespace {

RunDirectory runOf(int version)
{
    RunDirectory run;
    run.record.program = version == 0 ? "old" : "new";
    run.record.stored_table = true;
    const EmbeddingTable table = tableOf(version);
    run.vocabulary = table.vocabulary();
    run.model.tensors["embedding.weight"] = Tensor::fromMatrix(table.weights());
    run.initial = run.model;
    return run;
}

} // namespace

/// A run is four files: they are those of one version, always.
void TestKillWriters::runs()
{
    const TableFolder folder;
    const auto place = folder.path("run");
    const RunDirectory versions[] = {runOf(0), runOf(1)};
    const auto files = writeRun(versions[0], place);
    QVERIFY(files);
    const auto seen =
        killWriters(folder, *files, [&](int version) { return writeRun(versions[version], place).has_value(); });
    report(seen);
    QCOMPARE(seen.broken, 0);
    QCOMPARE(seen.mixed, 0);
    QVERIFY(seen.temporaries > 0);
}

void TestKillWriters::runsKeepWhatElseIsInTheirFolder()
{
    const TableFolder folder;
    const auto place = folder.path("run");
    std::filesystem::create_directories(place / "figures");
    folder.write("run/notes.txt", "mine");
    folder.write("run/figures/a.txt", "a");
    const auto link = folder.path("link");
    std::filesystem::create_directory_symlink(place, link);
    for (const int version : {0, 1})
        QVERIFY(writeRun(runOf(version), link));
    QVERIFY(std::filesystem::is_symlink(link));
    QCOMPARE(readBytes(place / "notes.txt"), std::string("mine"));
    QCOMPARE(readBytes(place / "figures/a.txt"), std::string("a"));
    QCOMPARE(readBytes(place / "vocabulary.txt").substr(0, 6), std::string("t0new\n"));
    QCOMPARE(folder.names(), (std::vector<std::string>{"link", "run"}));
}

void TestKillWriters::sessions()
{
    const TableFolder folder;
    const auto path = folder.path("work.embedscope");
    Session versions[2];
    for (const int version : {0, 1})
        versions[version].tables["words"] = std::make_shared<const EmbeddingTable>(tableOf(version));
    const auto seen = killWriters(folder, {path}, [&](int version) {
        Progress progress;
        return writeSession(versions[version], {}, path, {}, progress).has_value();
    });
    report(seen);
    QCOMPARE(seen.broken, 0);
    QVERIFY(seen.temporaries > 0);
}

/// A .npy has its tokens beside it. Both lie on the disk before the list takes its name and then the table; who dies
/// between these two renames leaves the new list beside the old table.
void TestKillWriters::listsOfAnotherLengthAreNoticed()
{
    const TableFolder folder;
    QVERIFY(write(tableOf(0), folder.path("old.npy"), Format::Npy));
    QVERIFY(write(tableOf(1), folder.path("new.npy"), Format::Npy));
    std::filesystem::rename(folder.path("new.vocab.txt"), folder.path("old.vocab.txt"));
    const auto loaded = read(folder.path("old.npy"));
    QVERIFY(!loaded);
    QVERIFY(loaded.error().code == ErrorCode::ShapeMismatch);
}

void TestKillWriters::aWriterInPlaceIsCaught()
{
    const TableFolder folder;
    const auto path = folder.path("table.txt");
    const std::string versions[] = {std::string(200'000, 'a'), std::string(300'000, 'b')};
    const auto seen = killWriters(folder, {path}, [&](int version) {
        std::ofstream out(path, std::ios::binary);
        for (const char letter : versions[version])
            out.put(letter);
        return out.good();
    });
    QVERIFY(seen.broken > 0);
}

QTEST_APPLESS_MAIN(TestKillWriters)
#include "tst_kill_writers.moc"
