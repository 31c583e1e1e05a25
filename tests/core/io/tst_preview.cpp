// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/preview.h"

#include "tests/core/io/table_files.h"

#include <zlib.h>

using namespace embedscope;

namespace {

Result<TablePreview> preview(const std::filesystem::path& path, const ReadOptions& options = {})
{
    Progress progress;
    return previewTable(path, options, {}, progress);
}

std::string gzipped(const std::string& bytes)
{
    std::string out(bytes.size() + bytes.size() / 100 + 200, '\0');
    z_stream stream{};
    deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

/// "w0 0 0.5 1\nw1 1 0.5 1\n..."; the same length for each row, so that an estimate can be checked.
std::string gloveRows(int rows, int dim)
{
    std::string text;
    for (int row = 0; row < rows; ++row) {
        text += "w" + std::to_string(1000000 + row);
        for (int i = 0; i < dim; ++i)
            text += i == 0 ? " " + std::to_string(1000000 + row) : " 0.25";
        text += '\n';
    }
    return text;
}

std::string safetensors(std::string header, const std::string& data)
{
    std::string length;
    for (unsigned shift = 0; shift < 64; shift += 8)
        length += static_cast<char>(static_cast<unsigned char>(header.size() >> shift & 0xFFU));
    return length + header + data;
}

QByteArray text(const std::optional<Error>& error)
{
    return error ? QByteArray::fromStdString(describe(*error)) : QByteArray("no error");
}

} // namespace

/// What is said of a file before it is loaded.
class TestPreview : public QObject
{
    Q_OBJECT

private slots:
    void showsTheFirstRows();
    void tellsTheHeader_data();
    void tellsTheHeader();
    void countsSmallTexts();
    void estimatesLargeTexts();
    void believesNoHeaderByName();
    void knowsTheRowsOfArrays();
    void guessesTheEncoding_data();
    void guessesTheEncoding();
    void listsArrays();
    void showsADamagedFileAsFarAsItGoes();
    void unpacksOnlyTheBeginning();
    void unpacksAllWhereTheBeginningTellsNothing();
    void aDamagedLineOfAPackedFileIsNoCut();
    void offersTheDimensionOfRawFloats();
    void missesAndEmptyFilesAreErrors();
    void stops();
    void choicesThatHelp();

private:
    TableFolder m_folder;
};

void TestPreview::showsTheFirstRows()
{
    const auto seen = preview(m_folder.write("a.txt", gloveRows(50, 3)));
    QVERIFY(seen);
    QVERIFY2(!seen->problem, text(seen->problem).constData());
    QCOMPARE(seen->table->rows(), kPreviewRows);
    QCOMPARE(seen->table->dim(), Index(3));
    QCOMPARE(seen->table->vocabulary()[19], std::string_view("w1000019"));
    QCOMPARE(seen->table->weights()(19, 0), 1000019.0F);
    QVERIFY(seen->format == Format::Glove);
    QCOMPARE(seen->dim, Index(3));
    QCOMPARE(seen->bytes, std::uintmax_t(gloveRows(50, 3).size()));
    QVERIFY(seen->unpacked.empty() && seen->arrays.empty() && seen->entries.empty());
}

void TestPreview::tellsTheHeader_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<bool>("header");
    QTest::addColumn<Index>("rows");
    QTest::newRow("none") << QByteArray("a 1 2\nb 3 4\n") << false << Index(2);
    QTest::newRow("one") << QByteArray("2 2\na 1 2\nb 3 4\n") << true << Index(2);
    QTest::newRow("one that lies") << QByteArray("7 2\na 1 2\nb 3 4\n") << true << Index(2);
}

void TestPreview::tellsTheHeader()
{
    QFETCH(QByteArray, content);
    QFETCH(bool, header);
    QFETCH(Index, rows);
    const auto seen = preview(m_folder.write("h.txt", content.toStdString()));
    QCOMPARE(seen->header, std::optional(header));
    QCOMPARE(seen->rows, std::optional(rows)); // counted: no more are there
    QVERIFY(seen->rowCount == RowCount::Exact);
}

void TestPreview::countsSmallTexts()
{
    const auto seen = preview(m_folder.write("c.txt", gloveRows(5000, 3)));
    QCOMPARE(seen->rows, std::optional<Index>(5000));
    QVERIFY(seen->rowCount == RowCount::Exact);
}

void TestPreview::estimatesLargeTexts()
{
    const auto path = m_folder.write("e.txt", gloveRows(60000, 20)); // 7 MB
    const auto seen = preview(path);
    QVERIFY(seen->rowCount == RowCount::Estimated);
    QVERIFY2(std::abs(*seen->rows - 60000) < 60, std::to_string(*seen->rows).c_str());
}

void TestPreview::believesNoHeaderByName()
{
    const auto seen = preview(m_folder.write("n.txt", "2000000 3\n" + gloveRows(3000, 3)));
    QCOMPARE(seen->rows, std::optional<Index>(2000000));
    QVERIFY(seen->rowCount == RowCount::Announced);
}

void TestPreview::knowsTheRowsOfArrays()
{
    const Matrix weights = Matrix::Constant(3000, 2, 0.5F);
    std::vector<std::string> tokens;
    for (int i = 0; i < 3000; ++i)
        tokens.push_back("t" + std::to_string(i));
    const auto path = m_folder.path("k.npy");
    QVERIFY(write(makeTable(weights, tokens), path, Format::Npy));
    const auto seen = preview(path);
    QCOMPARE(seen->rows, std::optional<Index>(3000));
    QVERIFY(seen->rowCount == RowCount::Exact);
    QVERIFY(!seen->header);
    QCOMPARE(seen->dtype, std::string("float32"));
    QCOMPARE(seen->table->vocabulary()[19], std::string_view("t19"));
}

void TestPreview::guessesTheEncoding_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QByteArray>("encoding");
    QTest::addColumn<bool>("utf8");
    QTest::newRow("ASCII") << QByteArray("cafe") << QByteArray("UTF-8") << true;
    QTest::newRow("UTF-8") << QByteArray("caf\xC3\xA9") << QByteArray("UTF-8") << true;
    QTest::newRow("Latin-1") << QByteArray("caf\xE9") << QByteArray("ISO-8859-1") << false;
    QTest::newRow("Windows") << QByteArray("\x93so\x94") << QByteArray("WINDOWS-1252") << false;
    QTest::newRow("controls") << QByteArray("\x81\x93") << QByteArray("ISO-8859-1") << false;
    QTest::newRow("UTF-8, one of them cut") << QByteArray("caf\xC3\xA9\xC3\xA9\xC3") << QByteArray("UTF-8") << false;
}

void TestPreview::guessesTheEncoding()
{
    QFETCH(QByteArray, token);
    QFETCH(QByteArray, encoding);
    QFETCH(bool, utf8);
    const std::string row = token.toStdString() + " 1 2\n";
    const auto ofText = preview(m_folder.write("u.txt", row + "b 3 4\n"));
    QCOMPARE(QByteArray::fromStdString(ofText->encoding), encoding);
    QCOMPARE(ofText->utf8, utf8);
    const auto path = m_folder.path("u.bin");
    QVERIFY(write(makeTable(Matrix::Ones(1, 2), {token.toStdString()}), path, Format::Word2VecBinary));
    const auto ofBinary = preview(path);
    QCOMPARE(QByteArray::fromStdString(ofBinary->encoding), encoding);
}

void TestPreview::listsArrays()
{
    const std::string tensor = R"(:{"dtype":"F32","shape":[2,2],"data_offsets":)";
    const auto path =
        m_folder.write("s.safetensors", safetensors("{\"a\"" + tensor + "[0,16]},\"b\"" + tensor + "[16,32]}}",
                                                    floatBytes({1, 2, 3, 4, 5, 6, 7, 8})));
    const auto seen = preview(path);
    QVERIFY(seen->problem && seen->problem->code == ErrorCode::ArrayNeeded);
    QVERIFY(!seen->table);
    QVERIFY(seen->format == Format::Safetensors);
    QCOMPARE(seen->arrays.size(), std::size_t(2));
    QCOMPARE(seen->arrays[1].name, std::string("b"));
    QCOMPARE(seen->arrays[1].shape, std::vector<Index>({2, 2}));
    const auto chosen = preview(path, {.array = "b"});
    QVERIFY2(!chosen->problem, text(chosen->problem).constData());
    QCOMPARE(chosen->array, std::string("b"));
    QCOMPARE(chosen->table->weights()(0, 0), 5.0F);
    QCOMPARE(chosen->arrays.size(), std::size_t(2)); // for another choice
}

void TestPreview::showsADamagedFileAsFarAsItGoes()
{
    const auto seen = preview(m_folder.write("d.txt", "a 1 2\nb 1\nc 1 2\nd 3 4\n"));
    QVERIFY(seen->problem && seen->problem->code == ErrorCode::FileDamaged);
    QCOMPARE(seen->problem->args[1], std::string("line 2"));
    QVERIFY(seen->format == Format::Glove);
    QCOMPARE(seen->dim, Index(2));
    QCOMPARE(seen->header, std::optional(false));
}

void TestPreview::unpacksOnlyTheBeginning()
{
    const std::string text = gloveRows(200000, 20); // 24 MB
    const auto path = m_folder.write("z.txt.gz", gzipped(text));
    Progress progress;
    const auto seen = previewTable(path, {}, {}, progress);
    QVERIFY(!seen->problem);
    QCOMPARE(seen->unpacked, std::vector<std::string>({"gzip"}));
    QCOMPARE(seen->table->vocabulary()[0], std::string_view("w1000000"));
    QCOMPARE(seen->bytes, std::uintmax_t(std::filesystem::file_size(path)));
    QVERIFY(seen->rowCount == RowCount::Estimated);
    QVERIFY2(std::abs(*seen->rows - 200000) < 2000, std::to_string(*seen->rows).c_str());
    // A file whose end is missing shows that the end was not looked at.
    const std::string packed = readBytes(path);
    const auto half = preview(m_folder.write("half.txt.gz", packed.substr(0, packed.size() / 2)));
    QVERIFY2(!half->problem, ::text(half->problem).constData());
    QCOMPARE(half->table->rows(), kPreviewRows);
}

void TestPreview::unpacksAllWhereTheBeginningTellsNothing()
{
    const Matrix weights = Matrix::Random(30000, 300); // 36 MB, more than what is unpacked at first
    std::vector<std::string> tokens;
    for (int i = 0; i < 30000; ++i)
        tokens.push_back("t" + std::to_string(i));
    const auto plain = m_folder.path("whole.npy");
    QVERIFY(write(makeTable(weights, tokens), plain, Format::Npy));
    const auto seen = preview(m_folder.write("packed.npy.gz", gzipped(readBytes(plain))));
    QVERIFY2(!seen->problem, text(seen->problem).constData());
    QCOMPARE(seen->rows, std::optional<Index>(30000));
    QCOMPARE(seen->table->weights()(7, 7), weights(7, 7));
}

void TestPreview::aDamagedLineOfAPackedFileIsNoCut()
{
    std::string text = gloveRows(200000, 20);
    text.replace(text.find("w1000100"), 30, "w1000100 oh, what is this now?");
    const auto seen = preview(m_folder.write("damaged.txt.gz", gzipped(text)));
    QVERIFY(seen->problem && seen->problem->code == ErrorCode::FileDamaged);
    QCOMPARE(seen->problem->args[1], std::string("line 101"));
    QCOMPARE(seen->dim, Index(20));
}

void TestPreview::offersTheDimensionOfRawFloats()
{
    const Matrix weights = Matrix::Random(50, 12);
    const auto path = m_folder.write(
        "raw.bin", {reinterpret_cast<const char*>(weights.data()), static_cast<std::size_t>(weights.size()) * 4});
    const auto seen = preview(path);
    QVERIFY(seen->problem);
    QCOMPARE(seen->rawDims, std::vector<Index>({300, 200, 150, 100, 50, 40, 25, 24, 20, 12, 10, 8, 5, 4, 3, 2}));
    QVERIFY(choiceThatHelps(path, *seen->problem) == ReadChoice::Dimension);
    // The same number of bytes that are no floats.
    std::string noise;
    for (unsigned i = 0; i < 2400; ++i)
        noise += static_cast<char>(static_cast<unsigned char>(i * 2654435761U >> 13U & 0xFFU));
    const auto other = preview(m_folder.write("noise.bin", noise));
    QVERIFY(other->problem);
    QVERIFY(other->rawDims.empty());
}

void TestPreview::missesAndEmptyFilesAreErrors()
{
    QVERIFY(preview(m_folder.path("nowhere")).error().code == ErrorCode::FileNotFound);
    QVERIFY(preview(m_folder.write("empty", "")).error().code == ErrorCode::FileEmpty);
    const auto prose = preview(m_folder.write("prose.txt", "Once upon a time there was a word.\n"));
    QVERIFY(prose && prose->problem);
    QVERIFY(prose->problem->code == ErrorCode::FormatUnknown);
    QVERIFY(!prose->format);
}

void TestPreview::stops()
{
    std::stop_source source;
    source.request_stop();
    Progress progress;
    const auto seen = previewTable(m_folder.write("s.txt", gloveRows(3, 3)), {}, source.get_token(), progress);
    QVERIFY(!seen);
    QVERIFY(seen.error().code == ErrorCode::Cancelled);
}

void TestPreview::choicesThatHelp()
{
    const std::filesystem::path any;
    QVERIFY(choiceThatHelps(any, {ErrorCode::ArrayNeeded, {}}) == ReadChoice::Array);
    QVERIFY(choiceThatHelps(any, {ErrorCode::EntryNeeded, {}}) == ReadChoice::Entry);
    QVERIFY(choiceThatHelps(any, {ErrorCode::FileDamaged, {"x", "line 7", ""}}) == ReadChoice::SkipDamaged);
    QVERIFY(!choiceThatHelps(any, {ErrorCode::FileDamaged, {"x", "byte 7", ""}}));
    QVERIFY(!choiceThatHelps(any, {ErrorCode::FileTruncated, {"x", "1", "2"}}));
}

QTEST_APPLESS_MAIN(TestPreview)
#include "tst_preview.moc"
