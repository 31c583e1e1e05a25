// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/io/tensor_file.h"
#include "tests/core/io/table_files.h"

#include <algorithm>

using namespace embedscope;

/// Cut, flipped and random bytes: every reader answers with a table or an error, soon and without a crash.
class TestHostileFiles : public QObject
{
    Q_OBJECT

private slots:
    // Small files need no threads, and handing them around is most of the time here.
    void initTestCase() { setThreadCount(1); }
    void cleanupTestCase() { setThreadCount(0); }
    void everySampleCutAtEveryByte();
    void everySampleWithFlippedBits();
    void randomBytesBehindEveryBeginning();
    void cutBinaryFilesAreNeverWhole();
};

namespace {

std::vector<std::filesystem::path> samples()
{
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(sampleFolder()))
        if (entry.path().extension() != ".md")
            paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    return paths;
}

/// Every reader gets the bytes; what is read must be no larger than they justify.
void readAll(const TableFolder& folder, const std::string& bytes)
{
    const auto path = folder.write("x", bytes);
    if (const auto loaded = read(path)) {
        QVERIFY(loaded->table.rows() > 0);
        QVERIFY(std::size_t(loaded->table.weights().size()) <= bytes.size());
    } else {
        QVERIFY(!describe(loaded.error()).empty());
        QVERIFY(loaded.error().code != ErrorCode::Internal);
    }
    static_cast<void>(readNpz(path));
    static_cast<void>(readSafetensors(path));
}

} // namespace

void TestHostileFiles::everySampleCutAtEveryByte()
{
    const TableFolder folder;
    QVERIFY(samples().size() > 10);
    for (const auto& path : samples()) {
        const std::string bytes = readBytes(path);
        for (std::size_t size = 0; size < bytes.size(); ++size)
            readAll(folder, bytes.substr(0, size));
    }
}

void TestHostileFiles::everySampleWithFlippedBits()
{
    const TableFolder folder;
    Random random(3);
    for (const auto& path : samples()) {
        const std::string bytes = readBytes(path);
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            std::string flipped = bytes;
            flipped[i] = static_cast<char>(flipped[i] ^ (1 << random.below(8)));
            readAll(folder, flipped);
            flipped[random.below(flipped.size())] = static_cast<char>(random.below(256));
            readAll(folder, flipped);
        }
    }
}

void TestHostileFiles::randomBytesBehindEveryBeginning()
{
    const TableFolder folder;
    Random random(5);
    const std::string beginnings[] = {"",
                                      "3 4\n",
                                      "9999999999999 9\n",
                                      "the 0.1 0.2\n",
                                      std::string("\x93NUMPY\x01\0", 8),
                                      std::string("\x40\0\0\0\0\0\0\0{\"", 10),
                                      "PK\x03\x04",
                                      "\xEF\xBB\xBF"};
    for (const std::string& beginning : beginnings) {
        for (int round = 0; round < 100; ++round) {
            std::string bytes = beginning;
            const auto size = random.below(2000);
            for (std::uint64_t i = 0; i < size; ++i)
                bytes += static_cast<char>(random.below(256));
            if (!bytes.empty())
                readAll(folder, bytes);
        }
    }
}

void TestHostileFiles::cutBinaryFilesAreNeverWhole()
{
    const TableFolder folder;
    for (const char* name :
         {"no_newlines.bin", "plain.npy", "fortran_f8.npy", "small.safetensors", "fasttext.bin", "small.fifu"}) {
        const std::string bytes = readBytes(sampleFolder() / name);
        for (std::size_t size = 0; size < bytes.size(); ++size)
            QVERIFY2(!read(folder.write("x", bytes.substr(0, size))), name);
    }
}

QTEST_APPLESS_MAIN(TestHostileFiles)
#include "tst_hostile_files.moc"
