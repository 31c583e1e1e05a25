// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/atomic_file.h"
#include "core/io/zip_writer.h"
#include "tests/core/io/table_files.h"

#include <zlib.h>

using namespace embedscope;

namespace {

constexpr const char* kGlove = "the 1 2\nnew york 3 4\n";
constexpr const char* kOther = "le 1 2 3\nla 3 4 5\n";

/// One member of a gzip file.
std::string gzipped(const std::string& content)
{
    z_stream stream = {};
    deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&stream, content.size()) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
    stream.avail_in = static_cast<uInt>(content.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

std::string zipped(const TableFolder& folder, const std::vector<std::pair<std::string, std::string>>& entries)
{
    auto file = AtomicFile::create(folder.path("made.zip"));
    ZipWriter zip(*file);
    for (const auto& [name, content] : entries)
        static_cast<void>(zip.add(name, {}, content));
    static_cast<void>(zip.finish());
    static_cast<void>(file->commit());
    return readBytes(folder.path("made.zip"));
}

Result<LoadedTable> readWith(const std::filesystem::path& path, const ReadOptions& options)
{
    Progress progress;
    return readTable(path, options, {}, progress);
}

} // namespace

class TestUnpack : public QObject
{
    Q_OBJECT

private slots:
    void readsGzip();
    void readsSeveralMembers();
    void readsTheOnlyFileOfAZip();
    void asksForOneOfSeveral();
    void unpacksLayers();
    void refusesBombs();
    void refusesDamage();
    void givesNothingForEveryCut();
    void canBeCancelled();
};

void TestUnpack::readsGzip()
{
    const TableFolder folder;
    // The name says nothing: gzip is found by content.
    const auto path = folder.write("vectors.txt", gzipped(kGlove));
    const auto loaded = read(path);
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QVERIFY(loaded->report.format == Format::Glove);
    QCOMPARE(loaded->report.unpacked, std::vector<std::string>{"gzip"});
    QCOMPARE(loaded->report.bytes, std::filesystem::file_size(path));
    QCOMPARE(joined(tokensOf(loaded->table)), QByteArray("the|new york"));
    QCOMPARE(loaded->table.weights()(1, 1), 4.0F);
}

void TestUnpack::readsSeveralMembers()
{
    const TableFolder folder;
    const std::string both = gzipped("the 1 2\n") + gzipped("of 3 4\n") + std::string(100, '\0');
    const auto loaded = read(folder.write("x.gz", both));
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QCOMPARE(joined(tokensOf(loaded->table)), QByteArray("the|of"));
    const auto damaged = read(folder.write("y.gz", gzipped("the 1 2\n") + "rubbish"));
    QVERIFY(!damaged);
    QVERIFY(damaged.error().code == ErrorCode::FileDamaged);
}

void TestUnpack::readsTheOnlyFileOfAZip()
{
    const TableFolder folder;
    const auto path = folder.write(
        "x.zip", zipped(folder, {{"glove/", ""}, {"glove/v.txt", kGlove}, {"__MACOSX/glove/._v.txt", "x"}}));
    const auto loaded = read(path);
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QCOMPARE(loaded->report.unpacked, std::vector<std::string>{"glove/v.txt"});
    QCOMPARE(loaded->table.rows(), 2);
}

void TestUnpack::asksForOneOfSeveral()
{
    const TableFolder folder;
    const auto path = folder.write("x.zip", zipped(folder, {{"a.txt", kGlove}, {"b.txt", kOther}}));
    const auto several = read(path);
    QVERIFY(!several);
    QVERIFY(several.error().code == ErrorCode::EntryNeeded);
    QCOMPARE(several.error().args[1], std::string("a.txt, b.txt"));
    const auto second = readWith(path, {.entry = "b.txt"});
    QVERIFY2(second, second ? "" : describe(second.error()).c_str());
    QCOMPARE(second->table.dim(), 3);
    const auto third = readWith(path, {.entry = "c.txt"});
    QVERIFY(!third);
    QVERIFY(third.error().code == ErrorCode::ValueRefused);
}

void TestUnpack::unpacksLayers()
{
    const TableFolder folder;
    const auto loaded = read(folder.write("x", zipped(folder, {{"v.txt.gz", gzipped(kGlove)}})));
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QCOMPARE(loaded->report.unpacked, (std::vector<std::string>{"v.txt.gz", "gzip"}));
    const auto deep = read(folder.write("y", gzipped(gzipped(gzipped(gzipped(kGlove))))));
    QVERIFY(!deep);
    QVERIFY(deep.error().code == ErrorCode::FormatRefused);
}

void TestUnpack::refusesBombs()
{
    const TableFolder folder;
    // 300 MB of zeros in about 1.3 MB.
    const std::string bomb = gzipped(std::string(std::size_t{300} << 20U, '\0'));
    QVERIFY(bomb.size() < 2'000'000);
    const auto loaded = read(folder.write("bomb.gz", bomb));
    QVERIFY(!loaded);
    QVERIFY(loaded.error().code == ErrorCode::FormatRefused);
}

void TestUnpack::refusesDamage()
{
    const TableFolder folder;
    std::string bytes = gzipped(kGlove);
    bytes[bytes.size() - 6] = static_cast<char>(bytes[bytes.size() - 6] ^ 1); // in the checksum
    const auto loaded = read(folder.write("x.gz", bytes));
    QVERIFY(!loaded);
    QVERIFY(loaded.error().code == ErrorCode::FileDamaged);
    std::string zip = zipped(folder, {{"a.txt", kGlove}});
    zip[zip.find("new york")] = 'N'; // no longer what the checksum says
    const auto other = read(folder.write("x.zip", zip));
    QVERIFY(!other);
    QVERIFY(other.error().code == ErrorCode::FileDamaged);
}

void TestUnpack::givesNothingForEveryCut()
{
    const TableFolder folder;
    const std::string gzip = gzipped(kGlove);
    const std::string zip = zipped(folder, {{"a.txt", kGlove}});
    for (const std::string& whole : {gzip, zip})
        for (std::size_t size = 1; size < whole.size(); ++size)
            QVERIFY(!read(folder.write("cut", whole.substr(0, size))));
}

void TestUnpack::canBeCancelled()
{
    const TableFolder folder;
    std::string text;
    for (int i = 0; i < 100'000; ++i)
        text.append("w").append(std::to_string(i)).append(" 0.25 0.5\n");
    const auto path = folder.write("x.gz", gzipped(text));
    std::stop_source source;
    source.request_stop();
    Progress progress;
    const auto loaded = readTable(path, {}, source.get_token(), progress);
    QVERIFY(!loaded);
    QVERIFY(loaded.error().code == ErrorCode::Cancelled);
    QCOMPARE(read(path)->table.rows(), 100'000);
}

QTEST_APPLESS_MAIN(TestUnpack)
#include "tst_unpack.moc"
