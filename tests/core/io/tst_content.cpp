// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/io/table_files.h"

#include <sys/stat.h>
#include <unistd.h>

using namespace embedscope;

/// What is not opened, and what is said about it.
class TestContent : public QObject
{
    Q_OBJECT

private slots:
    void refusesByName_data();
    void refusesByName();
    void describesTheRest_data();
    void describesTheRest();
    void looksAtContentNotAtNames();
    void findsFormatsByNameAndEnding();
    void needsARegularFileThatHoldsSomething();
    void needsPermission();
};

void TestContent::refusesByName_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("what");
    const auto row = [](const char* name, const QByteArray& bytes, const char* what) {
        QTest::newRow(name) << bytes << what;
    };
    row("pickle, protocol 3", QByteArray("\x80\x03}q\0.", 6), "a Python pickle");
    row("pickle, protocol 4", QByteArray("\x80\x04\x95\0\0", 5), "a Python pickle");
    row("pickle, protocol 0", "(dp0\nVthe\np1\n", "a Python pickle");
    row("pickle of an array, protocol 0", "cnumpy.core.multiarray\n_reconstruct\n", "a Python pickle");
    row("bzip2", "BZh91AY", "a bzip2 archive");
    row("xz",
        QByteArray("\xfd"
                   "7zXZ\0",
                   6),
        "an xz archive");
    row("zstd", "\x28\xb5\x2f\xfd..", "a zstd archive");
    row("Git LFS", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "a Git LFS pointer");
    row("HDF5", "\x89HDF\r\n\x1a\n", "an HDF5 file");
    row("SQLite", QByteArray("SQLite format 3\0", 16), "an SQLite database");
    row("UTF-16",
        QByteArray("\xff\xfe"
                   "a\0 \0",
                   6),
        "UTF-16 text");
}

void TestContent::refusesByName()
{
    QFETCH(QByteArray, bytes);
    const TableFolder folder;
    const auto path = folder.write("glove.6B.50d.txt", bytes.toStdString());
    const auto loaded = read(path);
    QVERIFY(!loaded);
    QVERIFY(loaded.error().code == ErrorCode::FormatRefused);
    QCOMPARE(loaded.error().args.size(), std::size_t{4});
    QCOMPARE(loaded.error().args[0], path.string());
    QTEST(QString::fromStdString(loaded.error().args[1]), "what");
    // Each says why and what to do.
    QVERIFY(!loaded.error().args[2].empty());
    QVERIFY(loaded.error().args[3].ends_with('.'));
}

void TestContent::describesTheRest_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("what");
    const auto row = [](const QByteArray& bytes, const char* what) { QTest::newRow(what) << bytes << what; };
    row("  <!DOCTYPE html>\n<html><body>1 2 3</body></html>\n", "a web page (HTML)");
    row("<?xml version=\"1.0\"?>\n<a/>\n", "XML");
    row("{\"the\": [1, 2]}\n", "JSON");
    row("def load(path):\n    return open(path)\n", "Python source");
    row("a\tb\nc\td\n", "tab-separated text");
    row("a,b,c,d\ne,f,g,h\n", "comma-separated text");
    row("It was a dark night.\n", "ordinary text");
    row("<pad>\n<unk>\nthe\n", "a list of tokens");
    row("[PAD]\n[unused0]\nthe\n", "a list of tokens ");
    row("the\t120\nof\t7\n", "a list of tokens with counts");
    row("1050 215 3\r\n1050 250 2\r\n1050 251 2.5\r\n7 4 1\r\n7 5 0.5\r\n", "ratings (user, item, rating)");
    row("tiger\tcat\t7.35\nbook\tpaper\t7.46\n", "pairs of words with scores");
    row(": family\nboy girl brother sister\nboy girl dad mom\n", "analogy questions");
    row("a fine film\t1\nno laughs at all\t0\n", "sentences with labels");
    row("4 a fine film , it is\n0 no laughs at all\n", "sentences with labels ");
    row(QByteArray("\0\1\2\3\4\5\6\7", 8), "binary data of an unknown kind");
}

void TestContent::describesTheRest()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, what);
    const TableFolder folder;
    const auto loaded = read(folder.write("x.bin", bytes.toStdString()));
    QVERIFY(!loaded);
    QVERIFY2(loaded.error().code == ErrorCode::FormatUnknown, describe(loaded.error()).c_str());
    QCOMPARE(QString::fromStdString(loaded.error().args[1]), what.trimmed());
}

void TestContent::looksAtContentNotAtNames()
{
    const TableFolder folder;
    for (const char* ending : {".bin", ".npy", ".safetensors", ".gz", ""}) {
        const auto loaded = read(folder.write(std::string("vectors") + ending, "2 2\na 1 2\nb 3 4\n"));
        QVERIFY(loaded);
        QVERIFY(loaded->report.format == Format::Word2VecText);
    }
}

void TestContent::findsFormatsByNameAndEnding()
{
    const std::pair<Format, std::pair<const char*, const char*>> formats[] = {
        {Format::Glove, {"glove", "x.txt"}},
        {Format::Word2VecText, {"word2vec", "a.b/x.vec"}},
        {Format::Word2VecBinary, {"word2vec-bin", "x.bin"}},
        {Format::Npy, {"npy", "x.tar.npy"}},
        {Format::Safetensors, {"safetensors", "/x.safetensors"}},
        {Format::PyTorch, {"pt", "x.pt"}},
        {Format::Npz, {"npz", "x.npz"}},
        {Format::Csv, {"csv", "x.csv"}},
    };
    for (const auto& [format, names] : formats) {
        QVERIFY(formatName(format) == names.first);
        QVERIFY(formatFromName(names.first) == format);
        QVERIFY(formatFromEnding(names.second) == format);
    }
    QVERIFY(!formatFromName("GloVe"));
    QVERIFY(!formatFromName(""));
    QVERIFY(!formatFromEnding("x.docx"));
    QVERIFY(!formatFromEnding("txt"));
}

void TestContent::needsARegularFileThatHoldsSomething()
{
    const TableFolder folder;
    QVERIFY(read(folder.path("missing")).error().code == ErrorCode::FileNotFound);
    QVERIFY(read(folder.path("missing/below")).error().code == ErrorCode::FileNotFound);
    QVERIFY(read(folder.write("empty", "")).error().code == ErrorCode::FileEmpty);
    QVERIFY(read(folder.path("empty") / "below").error().code == ErrorCode::FileNotFound);
    QVERIFY(read(folder.path("")).error().code == ErrorCode::FileUnreadable);
    // A pipe that nobody writes to must not be waited for.
    QCOMPARE(::mkfifo(folder.path("pipe").c_str(), 0600), 0);
    QVERIFY(read(folder.path("pipe")).error().code == ErrorCode::FileUnreadable);
    QVERIFY(read("/dev/zero").error().code == ErrorCode::FileUnreadable);
}

void TestContent::needsPermission()
{
    if (::geteuid() == 0)
        QSKIP("root may read everything");
    const TableFolder folder;
    const auto path = folder.write("x", "a 1 2\n");
    std::filesystem::permissions(path, std::filesystem::perms::none);
    QVERIFY(read(path).error().code == ErrorCode::FileUnreadable);
}

QTEST_APPLESS_MAIN(TestContent)
#include "tst_content.moc"
