// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/tensor_file.h"
#include "tests/core/io/table_files.h"

using namespace embedscope;

/// The strictness of the format, and which tensor of a file is the table.
class TestSafetensors : public QObject
{
    Q_OBJECT

private slots:
    void readsATable();
    void choosesTheTable_data();
    void choosesTheTable();
    void refusesHeaders_data();
    void refusesHeaders();
    void refusesALengthThatIsNotThere();
    void holdsTheVocabularyAgainstTheRows_data();
    void holdsTheVocabularyAgainstTheRows();
    void convertsTypes_data();
    void convertsTypes();
    void writesAnAlignedSortedHeader();
    void keepsTensorsAndMetadata();
    void writesBytesThatOthersRead();
};

namespace {

std::string file(std::string header, const std::string& data)
{
    std::string length;
    for (unsigned shift = 0; shift < 64; shift += 8)
        length += static_cast<char>(static_cast<unsigned char>(header.size() >> shift & 0xFFU));
    return length + header + data;
}

std::string tensor(const char* name, const char* dtype, const char* shape, int begin, int end)
{
    return std::string("\"") + name + "\":{\"dtype\":\"" + dtype + "\",\"shape\":" + shape + ",\"data_offsets\":[" +
           std::to_string(begin) + "," + std::to_string(end) + "]}";
}

const std::string kFour = floatBytes({1, 2, 3, 4});
const std::string kOne = tensor("w", "F32", "[2,2]", 0, 16);

} // namespace

void TestSafetensors::readsATable()
{
    const auto loaded = read(sampleFolder() / "small.safetensors");
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QVERIFY(loaded->report.format == Format::Safetensors);
    QCOMPARE(joined(tokensOf(loaded->table)), QByteArray("the|new york|\xC3\xA9t\xC3\xA9"));
    QCOMPARE(loaded->table.weights()(1, 2), -7.0F);
    QVERIFY(loaded->report.warnings.empty());
    const auto two = read(sampleFolder() / "small.safetensors", 2);
    QCOMPARE(joined(tokensOf(two->table)), QByteArray("the|new york"));
    QVERIFY(warningArgs(two->report, WarningCode::Limited));
}

void TestSafetensors::choosesTheTable_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<double>("first"); // of the chosen tensor; 0: refused
    const auto row = [](const char* name, const std::string& header, double first) {
        QTest::newRow(name) << QByteArray::fromStdString(std::string("{") + header + "}") << first;
    };
    const auto a = [](const char* name) { return tensor(name, "F32", "[1,1]", 0, 4) + ","; };
    const auto b = [](const char* name) { return tensor(name, "F32", "[1,3]", 4, 16); };
    row("the only one, whatever its name", tensor("x", "F32", "[2,2]", 0, 16), 1);
    row("the only one of two dimensions", tensor("bias", "F32", "[1]", 0, 4) + "," + b("x"), 2);
    row("the only one of floating point", tensor("ids", "I32", "[1,1]", 0, 4) + "," + b("x"), 2);
    row("embedding.weight among others", a("decoder.weight") + b("embedding.weight"), 2);
    row("the only *.weight", a("running_mean") + b("embed_tokens.weight"), 2);
    row("two of equal rank", a("a") + b("b"), 0);
    row("two *.weight", a("a.weight") + b("b.weight"), 0);
    row("none", tensor("bias", "F32", "[4]", 0, 16), 0);
}

void TestSafetensors::choosesTheTable()
{
    QFETCH(QByteArray, header);
    QFETCH(double, first);
    const TableFolder folder;
    const auto loaded = read(folder.write("x", file(header.toStdString(), kFour)));
    if (first == 0) {
        QVERIFY(!loaded);
        const bool several = QByteArrayView(QTest::currentDataTag()).startsWith("two");
        QVERIFY(loaded.error().code == (several ? ErrorCode::ArrayNeeded : ErrorCode::FormatRefused));
        return;
    }
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QCOMPARE(double(loaded->table.weights()(0, 0)), first);
    QVERIFY(warningArgs(loaded->report, WarningCode::TokensMissing));
}

void TestSafetensors::refusesHeaders_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("about");
    const auto row = [](const char* name, const std::string& header, const char* about) {
        QTest::newRow(name) << QByteArray::fromStdString(header) << QByteArray(about);
    };
    const auto braces = [](const std::string& inner) { return std::string("{") + inner + "}"; };
    row("no JSON", "{not json}", "it is no JSON");
    row("bytes behind the JSON", braces(kOne) + "x", "it is no JSON");
    row("a hole before the data", braces(tensor("w", "F32", "[2,1]", 8, 16)), "overlap others or leave a hole");
    row("a hole between", braces(tensor("a", "F32", "[1]", 0, 4) + "," + tensor("b", "F32", "[2]", 8, 16)), "hole");
    row("an overlap", braces(tensor("a", "F32", "[3]", 0, 12) + "," + tensor("b", "F32", "[2]", 8, 16)), "overlap");
    row("data left over", braces(tensor("w", "F32", "[3]", 0, 12)), "it announces 12 bytes of data, but 16 follow");
    row("data missing", braces(tensor("w", "F32", "[5]", 0, 20)), "it announces 20 bytes of data, but 16 follow");
    row("an end before its begin", braces(tensor("w", "F32", "[2,2]", 16, 0)), "overlap others or leave a hole");
    row("a shape too large", braces(tensor("w", "F32", "[3,2]", 0, 16)), "does not fit its type F32 and shape (3, 2)");
    row("a type too wide", braces(tensor("w", "F64", "[2,2]", 0, 16)), "does not fit its type F64");
    row("a product that overflows", braces(tensor("w", "F32", "[4611686018427387904,4]", 0, 16)), "does not fit");
    row("a number that overflows", braces(tensor("w", "F32", "[18446744073709551615]", 0, 16)), "too large");
    row("a negative number", braces(tensor("w", "F32", "[-2,-2]", 0, 16)), "negative");
    row("a fraction", braces(tensor("w", "F32", "[2.0,2]", 0, 16)), "not an integer");
    row("an unknown type", braces(tensor("w", "Q7", "[2,2]", 0, 16)), "the type Q7 of w");
    row("a name twice", braces(kOne + "," + kOne), "the name \"w\" stands twice");
    row("a field twice", braces("\"w\":{\"dtype\":\"F32\",\"dtype\":\"F32\"}"), "the key \"dtype\" stands twice");
    row("a missing field", braces("\"w\":{\"dtype\":\"F32\",\"shape\":[2,2]}"), "lacks dtype, shape or data_offsets");
    row("an unknown field", braces("\"w\":{\"type\":\"F32\"}"), "the field \"type\" of w");
    row("three offsets", braces("\"w\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,8,16]}"),
        "not two numbers");
    row("metadata of numbers", braces("\"__metadata__\":{\"a\":1}," + kOne), "a number stands where none may be");
    row("metadata twice", braces("\"__metadata__\":{\"a\":\"1\",\"a\":\"1\"}," + kOne), "stands twice");
    row("nested too deeply", braces("\"w\":{\"dtype\":{\"a\":1}}"), "nested too deeply");
    row("lists in lists", braces("\"w\":{\"shape\":[[[[1]]]]}"), "a list stands where none may be");
    row("null", braces("\"w\":null"), "null");
}

void TestSafetensors::refusesHeaders()
{
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, about);
    const TableFolder folder;
    const auto path = folder.write("x", file(header.toStdString(), kFour));
    const auto tensors = readSafetensors(path);
    QVERIFY(!tensors);
    const std::string sentence = describe(tensors.error());
    QVERIFY2(sentence.find(about.toStdString()) != std::string::npos, sentence.c_str());
    QVERIFY(!read(path));
}

void TestSafetensors::refusesALengthThatIsNotThere()
{
    const TableFolder folder;
    std::string bytes = file(std::string("{") + kOne + "}", kFour);
    bytes[2] = 1; // 65536 bytes more
    QCOMPARE(read(folder.write("x", bytes)).error().args[2], std::string("it is cut off"));
    bytes[7] = 127;
    QVERIFY(!read(folder.write("x", bytes)));
    QVERIFY(readSafetensors(folder.path("x")).error().code == ErrorCode::FileDamaged);
}

void TestSafetensors::holdsTheVocabularyAgainstTheRows_data()
{
    QTest::addColumn<QByteArray>("vocabulary");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("too few") << QByteArray("[\\\"a\\\"]") << ErrorCode::ShapeMismatch;
    QTest::newRow("too many") << QByteArray("[\\\"a\\\",\\\"b\\\",\\\"c\\\"]") << ErrorCode::ShapeMismatch;
    QTest::newRow("numbers") << QByteArray("[1,2]") << ErrorCode::FileDamaged;
    QTest::newRow("an object") << QByteArray("{\\\"a\\\":0,\\\"b\\\":1}") << ErrorCode::FileDamaged;
    QTest::newRow("lists in lists") << QByteArray("[[\\\"a\\\"],\\\"b\\\"]") << ErrorCode::FileDamaged;
    QTest::newRow("no JSON") << QByteArray("a b") << ErrorCode::FileDamaged;
}

void TestSafetensors::holdsTheVocabularyAgainstTheRows()
{
    QFETCH(QByteArray, vocabulary);
    QFETCH(ErrorCode, code);
    const std::string header = R"({"__metadata__":{"vocabulary":")" + vocabulary.toStdString() + R"("},)" + kOne + "}";
    const TableFolder folder;
    const auto loaded = read(folder.write("x", file(header, kFour)));
    QVERIFY(!loaded);
    QVERIFY2(loaded.error().code == code, describe(loaded.error()).c_str());
}

void TestSafetensors::convertsTypes_data()
{
    QTest::addColumn<QByteArray>("dtype");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<double>("value");
    const auto row = [](const char* dtype, const QByteArray& bytes, double value) {
        QTest::newRow(dtype) << QByteArray(dtype) << bytes << value;
    };
    row("F16", QByteArray("\x00\xc1", 2), -2.5);
    row("BF16", QByteArray("\x20\xc0", 2), -2.5);
    row("F32", QByteArray("\x00\x00\x20\xc0", 4), -2.5);
    row("F64", QByteArray("\x00\x00\x00\x00\x00\x00\x04\xc0", 8), -2.5);
    row("I8", QByteArray("\xfe", 1), -2);
    row("I16", QByteArray("\xfe\xff", 2), -2);
    row("U16", QByteArray("\xfe\xff", 2), 65534);
    row("I32", QByteArray("\xfe\xff\xff\xff", 4), -2);
    row("U32", QByteArray("\xfe\xff\xff\xff", 4), 4294967294.0);
    row("I64", QByteArray("\xfe\xff\xff\xff\xff\xff\xff\xff", 8), -2);
    row("U64", QByteArray("\x02\x00\x00\x00\x00\x00\x00\x00", 8), 2);
    row("U8", QByteArray("\xfe", 1), 254);
    row("BOOL", QByteArray("\x01", 1), 1);
}

void TestSafetensors::convertsTypes()
{
    QFETCH(QByteArray, dtype);
    QFETCH(QByteArray, bytes);
    QFETCH(double, value);
    const TableFolder folder;
    const auto header = std::string("{") + tensor("w", dtype.constData(), "[]", 0, int(bytes.size())) + "}";
    const auto tensors = readSafetensors(folder.write("x", file(header, bytes.toStdString())));
    QVERIFY2(tensors, tensors ? "" : describe(tensors.error()).c_str());
    const Tensor& read = tensors->tensors.at("w");
    QVERIFY(read.shape.empty());
    QCOMPARE(read.data.index(), std::size_t(dtype.contains('F') ? 0 : bytes.size() == 1 && dtype != "I8" ? 2 : 1));
    QCOMPARE(std::visit([](const auto& values) { return double(values.at(0)); }, read.data), value);
}

void TestSafetensors::writesAnAlignedSortedHeader()
{
    TensorFile out;
    out.tensors["z"] = {{2}, std::vector<float>{1, 2}};
    out.tensors["a"] = {{3}, std::vector<std::uint8_t>{7, 8, 9}};
    out.tensors["m"] = {{1}, std::vector<std::int64_t>{-1}};
    const TableFolder folder;
    QVERIFY(writeSafetensors(out, folder.path("x")));
    const std::string bytes = readBytes(folder.path("x"));
    const auto length = static_cast<unsigned char>(bytes[0]);
    QCOMPARE((8 + length) % 8, 0);
    QCOMPARE(bytes.size(), std::size_t{8} + length + 19);
    // The widest type first, so that every tensor is aligned.
    const std::size_t m = bytes.find("\"m\"");
    const std::size_t z = bytes.find("\"z\"");
    const std::size_t a = bytes.find("\"a\"");
    QVERIFY(m < z && z < a && a != std::string::npos);
}

void TestSafetensors::keepsTensorsAndMetadata()
{
    TensorFile out;
    out.tensors["embedding.weight"] = Tensor::fromMatrix(Matrix{{1.5F, -0.0F}, {3.0F, 4.0F}});
    out.tensors["empty"] = {{0, 5}, std::vector<float>{}};
    out.tensors["scalar"] = {{}, std::vector<std::int64_t>{1234567890123}};
    out.tensors["quote \" and \xC3\xA9"] = {{2}, std::vector<std::uint8_t>{0, 255}};
    out.metadata = {{"format", "pt"}, {"text", "line\nbreak \\ \" \xF0\x9F\x98\x80"}};
    const TableFolder folder;
    QVERIFY(writeSafetensors(out, folder.path("x")));
    const auto in = readSafetensors(folder.path("x"));
    QVERIFY2(in, in ? "" : describe(in.error()).c_str());
    QVERIFY(in->metadata == out.metadata);
    QCOMPARE(in->tensors.size(), out.tensors.size());
    for (const auto& [name, value] : out.tensors) {
        QVERIFY(in->tensors.at(name).shape == value.shape);
        QVERIFY(in->tensors.at(name).data == value.data);
    }
}

void TestSafetensors::writesBytesThatOthersRead()
{
    const TableFolder folder;
    const auto table = makeTable(Matrix{{1.0F}, {2.0F}}, {"a", "\"\xC3\xA9\""});
    QVERIFY(write(table, folder.path("x"), Format::Safetensors));
    const std::string bytes = readBytes(folder.path("x"));
    const std::string header = R"({"__metadata__":{"vocabulary":"[\"a\",\"\\\")"
                               "\xC3\xA9"
                               R"(\\\"\"]"},"embedding.weight":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]}})";
    QVERIFY2(bytes.substr(8).starts_with(header), bytes.c_str() + 8);
    QVERIFY(bytes.ends_with(floatBytes({1, 2})));
}

QTEST_APPLESS_MAIN(TestSafetensors)
#include "tst_safetensors.moc"
