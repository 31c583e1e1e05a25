// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "tests/core/io/table_files.h"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>

using namespace embedscope;

/// What is written comes back bit for bit, or is refused with a way out.
class TestRoundTrip : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { setThreadCount(0); }
    void keepsEveryBit_data();
    void keepsEveryBit();
    void keepsTokens_data();
    void keepsTokens();
    void doesNotDependOnThreads();
    void writesTheSimplestText();
    void writesTheShortestNumbers();
    void refusesNumbersThatReadAsValues();
    void stopsWhenAsked();
};

namespace {

constexpr Format kFormats[] = {Format::Glove, Format::Word2VecText, Format::Word2VecBinary,
                               Format::Npy,   Format::Safetensors,  Format::PyTorch};

/// Any bits at all but NaN, whose payload text does not keep.
Matrix anyFloats(Index rows, Index dim)
{
    Random random(7);
    Matrix weights(rows, dim);
    for (Index i = 0; i < weights.size(); ++i) {
        float value = 0;
        do
            value = std::bit_cast<float>(static_cast<std::uint32_t>(random.next()));
        while (value != value);
        weights.data()[i] = value;
    }
    weights(0, 0) = -0.0F;
    weights(0, 1) = std::numeric_limits<float>::infinity();
    weights(0, 2) = -std::numeric_limits<float>::infinity();
    weights(0, 3) = std::numeric_limits<float>::denorm_min();
    weights(0, 4) = std::numeric_limits<float>::max();
    return weights;
}

std::vector<std::string> numbered(Index rows)
{
    std::vector<std::string> tokens;
    for (Index row = 0; row < rows; ++row)
        tokens.push_back(std::string("token") + std::to_string(row));
    return tokens;
}

std::string fileName(Format format)
{
    return format == Format::Npy ? "x.npy" : "x";
}

} // namespace

void TestRoundTrip::keepsEveryBit_data()
{
    QTest::addColumn<int>("format");
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("dim");
    for (const Format format : kFormats)
        for (const auto& [rows, dim] : {std::pair(1, 5), std::pair(3, 7), std::pair(5000, 300)})
            QTest::addRow("%s, %d x %d", std::string(formatName(format)).c_str(), rows, dim)
                << int(format) << rows << dim;
}

void TestRoundTrip::keepsEveryBit()
{
    QFETCH(int, format);
    QFETCH(int, rows);
    QFETCH(int, dim);
    const auto table = makeTable(anyFloats(rows, dim), numbered(rows));
    const TableFolder folder;
    const auto path = folder.path(fileName(Format(format)));
    const auto written = write(table, path, Format(format));
    QVERIFY2(written, written ? "" : describe(written.error()).c_str());
    QCOMPARE(written->rows, Index(rows));
    QCOMPARE(written->dim, Index(dim));
    QCOMPARE(written->bytes, std::filesystem::file_size(path));
    QCOMPARE(written->files.front(), path);
    const auto loaded = read(path);
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QVERIFY(loaded->report.format == Format(format));
    QVERIFY(sameBits(loaded->table.weights(), table.weights()));
    QVERIFY(loaded->table.vocabulary() == table.vocabulary());
}

void TestRoundTrip::keepsTokens_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<QByteArray>("refusing"); // the formats that cannot hold it, by their first letters
    const auto row = [](const char* name, const QByteArray& token, const char* refusing) {
        QTest::newRow(name) << token << QByteArray(refusing);
    };
    row("plain", "king", "");
    row("beyond ASCII", "\xE5\x8C\x97\xE4\xBA\xAC \xF0\x9F\x98\x80", "wW");
    row("a blank within", "new york", "wW");
    row("blanks around", "  x ", "wW");
    row("nothing but a blank", " ", "wW");
    row("empty", "", "");
    row("a line break", "a\nb", "gwWn");
    row("a line break at the end", "a\n", "gwWn");
    row("a carriage return at the end", "a\r", "n");
    row("a carriage return within", "a\rb", "");
    row("a tab", "a\tb", "");
    row("a no-break space", "\xC2\xA0", "");
    row("U+0085", "\xC2\x85", "");
    row("a byte-order mark", "\xEF\xBB\xBF", "");
    row("not UTF-8", "\xE3\x83", "sp");
    row("a quote and a backslash", "\"\\", "");
    row("a number", "2003", "");
    row("control signs", "\x01\x1F\x7F", "");
    row("NUL", QByteArray("a\0b", 3), "W");
}

void TestRoundTrip::keepsTokens()
{
    QFETCH(QByteArray, token);
    QFETCH(QByteArray, refusing);
    const auto table =
        makeTable(Matrix{{1.0F, 2.0F}, {3.0F, 4.0F}, {5.0F, 6.0F}}, {"first", token.toStdString(), "last"});
    const std::pair<Format, char> letters[] = {{Format::Glove, 'g'},          {Format::Word2VecText, 'w'},
                                               {Format::Word2VecBinary, 'W'}, {Format::Npy, 'n'},
                                               {Format::Safetensors, 's'},    {Format::PyTorch, 'p'}};
    for (const auto& [format, letter] : letters) {
        const TableFolder folder;
        const auto path = folder.path(fileName(format));
        const auto written = write(table, path, format);
        if (refusing.contains(letter)) {
            QVERIFY(!written);
            QVERIFY(written.error().code == ErrorCode::FormatRefused);
            QVERIFY(written.error().args.at(3).starts_with("Choose"));
            QVERIFY(folder.names().empty());
            continue;
        }
        QVERIFY2(written, written ? "" : describe(written.error()).c_str());
        const auto loaded = read(path);
        QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
        QVERIFY2(loaded->table.vocabulary() == table.vocabulary(), joined(tokensOf(loaded->table)));
        QVERIFY(sameBits(loaded->table.weights(), table.weights()));
    }
}

void TestRoundTrip::doesNotDependOnThreads()
{
    const auto table = makeTable(anyFloats(3000, 50), numbered(3000));
    for (const Format format : kFormats) {
        const TableFolder folder;
        setThreadCount(1);
        QVERIFY(write(table, folder.path("a"), format));
        setThreadCount(4);
        QVERIFY(write(table, folder.path("b"), format));
        QVERIFY(readBytes(folder.path("a")) == readBytes(folder.path("b")));
    }
}

void TestRoundTrip::writesTheSimplestText()
{
    const TableFolder folder;
    const auto table = makeTable(Matrix{{0.1F, -2.0F}, {1e-5F, 0.333333343F}}, {"a", "b"});
    QVERIFY(write(table, folder.path("g"), Format::Glove));
    QCOMPARE(readBytes(folder.path("g")), std::string("a 0.1 -2\nb 1e-05 0.33333334\n"));
    QVERIFY(write(table, folder.path("w"), Format::Word2VecText));
    QCOMPARE(readBytes(folder.path("w")), std::string("2 2\na 0.1 -2\nb 1e-05 0.33333334\n"));
    QVERIFY(write(table, folder.path("b"), Format::Word2VecBinary));
    QCOMPARE(readBytes(folder.path("b")),
             "2 2\na " + floatBytes({0.1F, -2.0F}) + "b " + floatBytes({1e-5F, 0.333333343F}));
}

/// Short decimals have a way of their own to be written; it must give what the general one gives.
void TestRoundTrip::writesTheShortestNumbers()
{
    constexpr Index kDecimals = 1'100'000; // 0 to 10.99999 in steps of 0.00001, more than the short way takes
    Matrix weights(4 * kDecimals / 10, 10);
    Random random(3);
    for (Index i = 0; i < kDecimals; ++i) {
        const auto decimal = static_cast<float>(static_cast<double>(i) / 1e5);
        weights.data()[4 * i] = decimal;
        weights.data()[4 * i + 1] = -decimal;
        weights.data()[4 * i + 2] = std::nextafter(decimal, 100.0F);
        weights.data()[4 * i + 3] = static_cast<float>(random.uniform() * 0.01);
    }
    const TableFolder folder;
    const auto path = folder.path("x.txt");
    QVERIFY(write(makeTable(weights, std::vector<std::string>(static_cast<std::size_t>(weights.rows()), "t")), path,
                  Format::Glove));
    std::string expected;
    std::array<char, 32> buffer{};
    for (Index row = 0; row < weights.rows(); ++row) {
        expected += 't';
        for (Index i = 0; i < weights.cols(); ++i) {
            const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), weights(row, i)).ptr;
            expected.append(1, ' ').append(buffer.data(), end);
        }
        expected += '\n';
    }
    QVERIFY(readBytes(path) == expected);
}

void TestRoundTrip::refusesNumbersThatReadAsValues()
{
    const TableFolder folder;
    const Matrix weights{{0.5F, 1.5F}, {2.5F, 3.5F}};
    const auto phrases = makeTable(weights, {"version 1", "version 2"});
    QVERIFY(write(phrases, folder.path("x"), Format::Glove).error().code == ErrorCode::FormatRefused);
    const auto marked = makeTable(weights, {"\xEF\xBB\xBF"
                                            "a",
                                            "b"});
    QVERIFY(write(marked, folder.path("x"), Format::Glove).error().code == ErrorCode::FormatRefused);
    QVERIFY(write(marked, folder.path("x.npy"), Format::Npy).error().code == ErrorCode::FormatRefused);
    const auto counted = makeTable(weights, {"a\t1", "b\t2"});
    QVERIFY(write(counted, folder.path("x.npy"), Format::Npy).error().code == ErrorCode::FormatRefused);
    const auto headed = makeTable(Matrix{{1.0F}, {0.5F}}, {"1", "a"}); // "1 1" is a header of the row below it
    QVERIFY(write(headed, folder.path("x"), Format::Glove).error().code == ErrorCode::FormatRefused);
    QVERIFY(folder.names().empty());
}

void TestRoundTrip::stopsWhenAsked()
{
    const auto table = makeTable(anyFloats(100, 50), numbered(100));
    for (const Format format : kFormats) {
        const TableFolder folder;
        std::stop_source source;
        source.request_stop();
        Progress progress;
        const auto written = writeTable(table, folder.path("x"), format, source.get_token(), progress);
        QVERIFY(!written);
        QVERIFY(written.error().code == ErrorCode::Cancelled);
        QVERIFY(folder.names().empty());
    }
}

QTEST_APPLESS_MAIN(TestRoundTrip)
#include "tst_round_trip.moc"
