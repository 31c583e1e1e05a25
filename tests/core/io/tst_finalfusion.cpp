// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/io/fasttext_bytes.h"

using namespace embedscope;

/// finalfusion files: chunks, padding, and norms apart from vectors of unit length.
class TestFinalfusion : public QObject
{
    Q_OBJECT

private slots:
    void readsByteByByte();
    void multipliesByNorms();
    void readsWordsOfVocabulariesWithParts_data();
    void readsWordsOfVocabulariesWithParts();
    void padsToFourBytesAndAtLeastOne();
    void readsTheFirstRowsOnly();
    void refuses_data();
    void refuses();
    void cutFilesAreNeverWhole();
    void flippedBitsDoNoHarm();
    void stopsWhenAsked();
};

namespace {

using Args = std::vector<std::string>;

std::string uint32Bytes(std::uint32_t value)
{
    return numberBytes(value);
}

std::string uint64Bytes(std::uint64_t value)
{
    return numberBytes(value);
}

std::string words(const std::vector<std::string>& tokens)
{
    std::string out;
    for (const std::string& token : tokens)
        out += uint32Bytes(static_cast<std::uint32_t>(token.size())) + token;
    return out;
}

/// Chunks one after the other, behind a header that lists their kinds.
class FifuBytes
{
public:
    explicit FifuBytes(std::uint32_t chunks)
        : m_bytes("FiFu" + uint32Bytes(0) + uint32Bytes(chunks) + std::string(4 * chunks, '\0'))
    {
    }

    FifuBytes& chunk(std::uint32_t kind, const std::string& body)
    {
        m_bytes.replace(12 + 4 * m_chunks++, 4, uint32Bytes(kind));
        m_bytes += uint32Bytes(kind) + uint64Bytes(body.size()) + body;
        return *this;
    }
    FifuBytes& simpleVocabulary(const std::vector<std::string>& tokens)
    {
        return chunk(1, uint64Bytes(tokens.size()) + words(tokens));
    }
    FifuBytes& array(std::uint64_t rows, std::uint32_t dim, const std::string& values, std::uint32_t type = 10)
    {
        return chunk(2, padded(uint64Bytes(rows) + uint32Bytes(dim) + uint32Bytes(type)) + values);
    }
    FifuBytes& norms(std::uint64_t rows, const std::string& values)
    {
        return chunk(6, padded(uint64Bytes(rows) + uint32Bytes(10)) + values);
    }
    [[nodiscard]] const std::string& bytes() const { return m_bytes; }

private:
    /// The values of a chunk begin at a multiple of 4 of the file; where its header ends at one, 4 bytes further.
    [[nodiscard]] std::string padded(const std::string& header) const
    {
        const std::size_t end = m_bytes.size() + 12 + header.size();
        return header + std::string(4 - end % 4, '\0');
    }

    std::string m_bytes;
    std::size_t m_chunks = 0;
};

const std::string kTwoRows = floatBytes({0.6F, 0.8F, -1, 0});

FifuBytes smallFile()
{
    return FifuBytes(3).simpleVocabulary({"the", "New York"}).array(2, 2, kTwoRows).norms(2, floatBytes({5, 0.5F}));
}

Result<LoadedTable> readFifu(const FifuBytes& file)
{
    const TableFolder folder;
    return read(folder.write("x.fifu", file.bytes()));
}

} // namespace

void TestFinalfusion::readsByteByByte()
{
    const unsigned char kFile[] = {
        'F', 'i', 'F', 'u', 0,    0,    0, 0, 2,    0,    0, 0, // version 0, two chunks:
        1,   0,   0,   0,   2,    0,    0, 0,                   // a simple vocabulary, an array
        1,   0,   0,   0,   18,   0,    0, 0, 0,    0,    0, 0, // at 20: 18 bytes
        2,   0,   0,   0,   0,    0,    0, 0,                   // two words
        1,   0,   0,   0,   'a',  1,    0, 0, 0,    'b',        //
        2,   0,   0,   0,   26,   0,    0, 0, 0,    0,    0, 0, // at 50: 16 bytes, 2 of padding, 8 of values
        2,   0,   0,   0,   0,    0,    0, 0, 1,    0,    0, 0, 10, 0, 0, 0, // 2 rows, 1 column, float32; ends at 78
        0,   0,   0,   0,   0x80, 0x3F, 0, 0, 0x20, 0xC0,                    // 1 and -2.5 from 80 on
    };
    const TableFolder folder;
    const auto loaded = read(folder.write("x", std::string(reinterpret_cast<const char*>(kFile), sizeof(kFile))));
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QVERIFY(loaded->report.format == Format::Finalfusion);
    QCOMPARE(loaded->report.dtype, "float32");
    QVERIFY(loaded->report.warnings.empty());
    QCOMPARE(joined(tokensOf(loaded->table)), QByteArray("a|b"));
    QVERIFY(sameBits(loaded->table.weights(), Matrix{{1}, {-2.5F}}));
}

void TestFinalfusion::multipliesByNorms()
{
    const auto loaded = readFifu(smallFile());
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QCOMPARE(joined(tokensOf(loaded->table)), QByteArray("the|New York"));
    QVERIFY(sameBits(loaded->table.weights(), Matrix{{5 * 0.6F, 5 * 0.8F}, {-0.5F, 0}}));
}

void TestFinalfusion::readsWordsOfVocabulariesWithParts_data()
{
    QTest::addColumn<uint>("kind");
    QTest::addColumn<QByteArray>("body");
    const std::string count = uint64Bytes(2);
    const std::string lengths = uint32Bytes(3) + uint32Bytes(6);
    const std::string tokens = words({"the", "of"});
    const auto add = [](const char* name, uint kind, const std::string& body) {
        QTest::newRow(name) << kind << QByteArray::fromStdString(body);
    };
    add("buckets", 3, count + lengths + uint32Bytes(1) + tokens);
    add("fastText's buckets", 7, count + lengths + uint32Bytes(1) + tokens);
    add("n-grams by name", 8, count + uint64Bytes(1) + lengths + tokens + words({"<th"}) + uint64Bytes(0));
}

void TestFinalfusion::readsWordsOfVocabulariesWithParts()
{
    QFETCH(uint, kind);
    QFETCH(QByteArray, body);
    FifuBytes file(4);
    file.chunk(5, "title = \"x\"\n").chunk(kind, body.toStdString());
    file.array(3, 2, kTwoRows + floatBytes({7, 7})).norms(2, floatBytes({2, 4}));
    const auto loaded = readFifu(file);
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QCOMPARE(joined(tokensOf(loaded->table)), QByteArray("the|of"));
    QVERIFY(sameBits(loaded->table.weights(), Matrix{{2 * 0.6F, 2 * 0.8F}, {-4, 0}}));
}

void TestFinalfusion::padsToFourBytesAndAtLeastOne()
{
    for (const char* first : {"a", "aa", "aaa", "aaaa"}) {
        const auto loaded = readFifu(FifuBytes(2).simpleVocabulary({first, "b"}).array(2, 2, kTwoRows));
        QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
        QVERIFY(sameBits(loaded->table.weights(), Matrix{{0.6F, 0.8F}, {-1, 0}}));
    }
}

void TestFinalfusion::readsTheFirstRowsOnly()
{
    const TableFolder folder;
    const auto path = folder.write("x", smallFile().bytes());
    const auto loaded = read(path, 1);
    QVERIFY(loaded);
    QVERIFY(sameBits(loaded->table.weights(), Matrix{{5 * 0.6F, 5 * 0.8F}}));
    QCOMPARE(warningArgs(loaded->report, WarningCode::Limited), (Args{"1", "2"}));
}

void TestFinalfusion::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<ErrorCode>("code");
    const auto add = [](const char* name, const std::string& bytes, ErrorCode code) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << code;
    };
    const auto vocabulary = [](std::uint32_t chunks) { return FifuBytes(chunks).simpleVocabulary({"a", "b"}); };
    const auto damaged = ErrorCode::FileDamaged;
    const auto refused = ErrorCode::FormatRefused;
    constexpr std::uint64_t kHuge = std::uint64_t{1} << 62U;
    const std::string small = vocabulary(2).array(2, 2, kTwoRows).bytes();
    add("another version", "FiFu" + uint32Bytes(1) + small.substr(8), refused);
    add("a quantised array", vocabulary(2).chunk(4, std::string(40, '\1')).bytes(), refused);
    add("floret", FifuBytes(1).chunk(9, std::string(40, '\1')).bytes(), refused);
    add("an array of bytes", vocabulary(2).array(2, 2, "\1\2\3\4", 1).bytes(), refused);
    add("a chunk of an unknown kind", vocabulary(2).chunk(77, "abc").bytes(), damaged);
    add("no array", vocabulary(1).bytes(), damaged);
    add("no vocabulary", FifuBytes(1).array(2, 2, kTwoRows).bytes(), damaged);
    add("two arrays", vocabulary(3).array(2, 2, kTwoRows).array(2, 2, kTwoRows).bytes(), damaged);
    add("two vocabularies", vocabulary(3).simpleVocabulary({"a", "b"}).array(2, 2, kTwoRows).bytes(), damaged);
    add("fewer rows than words", vocabulary(2).array(1, 4, kTwoRows).bytes(), damaged);
    add("fewer norms than words", vocabulary(3).array(2, 2, kTwoRows).norms(1, floatBytes({1})).bytes(), damaged);
    add("other norms than announced", vocabulary(3).array(2, 2, kTwoRows).norms(3, floatBytes({1, 2})).bytes(),
        damaged);
    add("rows beyond counting", vocabulary(2).array(kHuge, 4, kTwoRows).bytes(), damaged);
    add("no columns", vocabulary(2).array(2, 0, kTwoRows).bytes(), damaged);
    add("words beyond counting", FifuBytes(2).chunk(1, uint64Bytes(kHuge)).array(2, 2, kTwoRows).bytes(), damaged);
    add("a word longer than the chunk",
        FifuBytes(2).chunk(1, uint64Bytes(1) + uint32Bytes(9) + "abc").array(2, 2, kTwoRows).bytes(),
        ErrorCode::FileTruncated);
    add("no words", FifuBytes(2).simpleVocabulary({}).array(2, 2, kTwoRows).bytes(), ErrorCode::FileEmpty);
    add("chunks beyond counting", "FiFu" + uint32Bytes(0) + uint32Bytes(0xFFFFFFFFU) + small.substr(12), damaged);
    add("bytes behind the chunks", small + '\0', damaged);
    add("nothing but the magic", "FiFu", damaged);
}

void TestFinalfusion::refuses()
{
    QFETCH(QByteArray, bytes);
    QFETCH(ErrorCode, code);
    const TableFolder folder;
    const auto loaded = read(folder.write("x", bytes.toStdString()));
    QVERIFY(!loaded);
    QVERIFY2(loaded.error().code == code, describe(loaded.error()).c_str());
}

void TestFinalfusion::cutFilesAreNeverWhole()
{
    const TableFolder folder;
    const std::string bytes = smallFile().bytes();
    for (std::size_t size = 1; size < bytes.size(); ++size)
        QVERIFY(!read(folder.write("x", bytes.substr(0, size))));
}

void TestFinalfusion::flippedBitsDoNoHarm()
{
    const TableFolder folder;
    const std::string bytes = smallFile().bytes();
    for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
        std::string flipped = bytes;
        flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << bit % 8));
        const auto loaded = read(folder.write("x", flipped));
        QVERIFY(loaded ? loaded->table.rows() <= 2 : loaded.error().code != ErrorCode::Internal);
    }
}

void TestFinalfusion::stopsWhenAsked()
{
    std::stop_source source;
    source.request_stop();
    Progress progress;
    const TableFolder folder;
    const auto loaded = readTable(folder.write("x", smallFile().bytes()), {}, source.get_token(), progress);
    QVERIFY(!loaded);
    QVERIFY(loaded.error().code == ErrorCode::Cancelled);
}

QTEST_APPLESS_MAIN(TestFinalfusion)
#include "tst_finalfusion.moc"
