// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/atomic_file.h"
#include "tests/core/io/table_files.h"

#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

using namespace embedscope;

class TestAtomicFile : public QObject
{
    Q_OBJECT

private slots:
    void appearsWhenCommitted();
    void leavesNothingWithoutACommit();
    void keepsTheOldFileUntilCommitted();
    void keepsLargeAndSmallWritesInOrder();
    void survivesAMove();
    void takesThePermissionsOfTheOldFile();
    void replacesWhatALinkPointsTo();
    void refusesPlaces_data();
    void refusesPlaces();
    void allowsTheLongestName();
    void reportsAFullDisk();
    void leavesTheOldTableWhenTheDiskIsFull();
};

namespace {

/// Lets no file of this process grow beyond a size: the kernel then answers as for a full disk.
class LargestFile
{
public:
    explicit LargestFile(rlim_t bytes)
    {
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        m_handler = std::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{bytes, m_before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    LargestFile(const LargestFile&) = delete;
    LargestFile& operator=(const LargestFile&) = delete;
    ~LargestFile()
    {
        ::setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_handler);
    }

private:
    rlimit m_before{};
    void (*m_handler)(int) = nullptr;
};

unsigned modeOf(const std::filesystem::path& path)
{
    struct stat status = {};
    ::stat(path.c_str(), &status);
    return status.st_mode & 0777U;
}

Result<void> writeWhole(const std::filesystem::path& path, std::string_view bytes)
{
    auto file = AtomicFile::create(path);
    if (!file)
        return fail(file.error());
    if (const auto written = file->write(bytes); !written)
        return written;
    return file->commit();
}

using Names = std::vector<std::string>;

} // namespace

void TestAtomicFile::appearsWhenCommitted()
{
    const TableFolder folder;
    auto file = AtomicFile::create(folder.path("x"));
    QVERIFY(file);
    QVERIFY(file->write("hello "));
    QVERIFY(file->write("world"));
    QCOMPARE(file->written(), std::uintmax_t{11});
    QVERIFY(!std::filesystem::exists(folder.path("x")));
    QVERIFY(file->commit());
    QCOMPARE(readBytes(folder.path("x")), std::string("hello world"));
    QCOMPARE(folder.names(), Names{"x"});
}

void TestAtomicFile::leavesNothingWithoutACommit()
{
    const TableFolder folder;
    {
        auto file = AtomicFile::create(folder.path("x"));
        QVERIFY(file && file->write(std::string(3'000'000, 'x')));
        QCOMPARE(folder.names().size(), std::size_t{1});
    }
    QVERIFY(folder.names().empty());
}

void TestAtomicFile::keepsTheOldFileUntilCommitted()
{
    const TableFolder folder;
    folder.write("x", "old");
    {
        auto file = AtomicFile::create(folder.path("x"));
        QVERIFY(file && file->write("new"));
        QCOMPARE(readBytes(folder.path("x")), std::string("old"));
    }
    QCOMPARE(readBytes(folder.path("x")), std::string("old"));
    QVERIFY(writeWhole(folder.path("x"), "new"));
    QCOMPARE(readBytes(folder.path("x")), std::string("new"));
    QCOMPARE(folder.names(), Names{"x"});
}

void TestAtomicFile::keepsLargeAndSmallWritesInOrder()
{
    const TableFolder folder;
    auto file = AtomicFile::create(folder.path("x"));
    QVERIFY(file);
    std::string expected;
    for (const std::size_t size : {std::size_t{1}, std::size_t{1'048'575}, std::size_t{5'000'000}, std::size_t{0},
                                   std::size_t{700'000}, std::size_t{700'000}, std::size_t{3}}) {
        const std::string part(size, static_cast<char>('a' + expected.size() % 26));
        QVERIFY(file->write(part));
        expected += part;
    }
    QVERIFY(file->commit());
    QVERIFY(readBytes(folder.path("x")) == expected);
}

void TestAtomicFile::survivesAMove()
{
    const TableFolder folder;
    auto first = AtomicFile::create(folder.path("x"));
    QVERIFY(first && first->write("hello"));
    AtomicFile second = std::move(*first);
    QVERIFY(second.commit());
    QCOMPARE(readBytes(folder.path("x")), std::string("hello"));
}

void TestAtomicFile::takesThePermissionsOfTheOldFile()
{
    const TableFolder folder;
    const mode_t before = ::umask(022);
    QVERIFY(writeWhole(folder.path("x"), "1"));
    QCOMPARE(modeOf(folder.path("x")), 0644U);
    QCOMPARE(::chmod(folder.path("x").c_str(), 0600), 0);
    QVERIFY(writeWhole(folder.path("x"), "2"));
    QCOMPARE(modeOf(folder.path("x")), 0600U);
    ::umask(077);
    QVERIFY(writeWhole(folder.path("y"), "1"));
    QCOMPARE(modeOf(folder.path("y")), 0600U);
    ::umask(before);
}

void TestAtomicFile::replacesWhatALinkPointsTo()
{
    const TableFolder folder;
    std::filesystem::create_directory(folder.path("real"));
    folder.write("real/x", "old");
    std::filesystem::create_symlink("real/x", folder.path("link"));
    QVERIFY(writeWhole(folder.path("link"), "new"));
    QVERIFY(std::filesystem::is_symlink(folder.path("link")));
    QCOMPARE(readBytes(folder.path("real/x")), std::string("new"));
}

void TestAtomicFile::refusesPlaces_data()
{
    QTest::addColumn<QString>("place");
    QTest::newRow("a folder that does not exist") << "missing/x";
    QTest::newRow("a folder") << "folder";
    QTest::newRow("a pipe") << "pipe";
    QTest::newRow("a file as a folder") << "file/x";
}

void TestAtomicFile::refusesPlaces()
{
    QFETCH(QString, place);
    const TableFolder folder;
    std::filesystem::create_directory(folder.path("folder"));
    folder.write("file", "1");
    QCOMPARE(::mkfifo(folder.path("pipe").c_str(), 0600), 0);
    const auto file = AtomicFile::create(folder.path(place.toStdString()));
    QVERIFY(!file);
    QVERIFY(file.error().code == ErrorCode::FileUnwritable);
    QCOMPARE(file.error().args[0], folder.path(place.toStdString()).string());
    QCOMPARE(folder.names(), (Names{"file", "folder", "pipe"}));
    QVERIFY(!AtomicFile::create("/dev/null"));
}

void TestAtomicFile::allowsTheLongestName()
{
    const TableFolder folder;
    const std::string name(255, 'x');
    QVERIFY(writeWhole(folder.path(name), "1"));
    QCOMPARE(folder.names(), Names{name});
}

void TestAtomicFile::reportsAFullDisk()
{
    const TableFolder folder;
    const LargestFile limit(2'000'000);
    auto file = AtomicFile::create(folder.path("x"));
    QVERIFY(file);
    QVERIFY(file->write(std::string(1'500'000, 'x')));
    const auto written = file->write(std::string(1'500'000, 'x'));
    QVERIFY(!written);
    QVERIFY(written.error().code == ErrorCode::DiskFull);
    QCOMPARE(written.error().args[0], folder.path("x").string());
    // At once, not only when the object goes away.
    QVERIFY(folder.names().empty());
    QVERIFY(!file->commit());
    QVERIFY(folder.names().empty());
}

void TestAtomicFile::leavesTheOldTableWhenTheDiskIsFull()
{
    const TableFolder folder;
    const auto table = makeTable(Matrix::Constant(1000, 100, 0.123456F), std::vector<std::string>(1000, "token"));
    for (const Format format :
         {Format::Glove, Format::Word2VecText, Format::Word2VecBinary, Format::Npy, Format::Safetensors}) {
        folder.write("x.npy", "old");
        folder.write("x.vocab.txt", "old list");
        const LargestFile limit(100'000);
        const auto written = write(table, folder.path("x.npy"), format);
        QVERIFY(!written);
        QVERIFY(written.error().code == ErrorCode::DiskFull);
        QCOMPARE(readBytes(folder.path("x.npy")), std::string("old"));
        QCOMPARE(readBytes(folder.path("x.vocab.txt")), std::string("old list"));
        QCOMPARE(folder.names(), (Names{"x.npy", "x.vocab.txt"}));
    }
}

QTEST_APPLESS_MAIN(TestAtomicFile)
#include "tst_atomic_file.moc"
