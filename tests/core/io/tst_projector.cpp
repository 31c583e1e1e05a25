// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/io/table_files.h"

#include <cmath>
#include <limits>

using namespace embedscope;

/// TensorFlow's Embedding Projector: its configurations, its tables between tabs and its raw numbers.
class TestProjector : public QObject
{
    Q_OBJECT

private slots:
    void readsBothConfigurations_data();
    void readsBothConfigurations();
    void readsTheSample();
    void readsLabelsOfTheTensorFile();
    void readsRawNumbersByTheirShape();
    void needsTheDimensionOfRawNumbers();
    void takesNoTextForRawNumbers();
    void choosesAmongSeveral();
    void readsMetadata_data();
    void readsMetadata();
    void readsTheFirstRowsOnly();
    void refuses_data();
    void refuses();
    void staysInItsFolder_data();
    void staysInItsFolder();
    void writesAFolder();
    void writesBesideAConfiguration();
    void replacesWhatLabelsCannotHold();
    void writesColumns();
    void refusesToWrite_data();
    void refusesToWrite();
    void leavesNothingWhenCancelled();
    void readsRealNumbers();
};

namespace {

using Args = std::vector<std::string>;

const Matrix kWeights{{0.5F, -1.25F}, {3, 0.25F}};
constexpr const char* kVectors = "0.5\t-1.25\n3\t0.25\n";
constexpr const char* kConfig = R"({"embeddings": [{"tensorName": "e", "tensorShape": [2, 2], "tensorPath": "v.tsv",
    "metadataPath": "m.tsv"}]})";

Result<LoadedTable> readWith(const std::filesystem::path& path, const ReadOptions& options)
{
    Progress progress;
    return readTable(path, options, {}, progress);
}

std::string rawBytes()
{
    return floatBytes({0.5F, -1.25F, 3, 0.25F});
}

} // namespace

void TestProjector::readsBothConfigurations_data()
{
    QTest::addColumn<QByteArray>("config");
    QTest::newRow("standalone") << QByteArray(kConfig);
    QTest::newRow("with a byte-order mark") << QByteArray("\xEF\xBB\xBF") + kConfig;
    QTest::newRow("with other settings") << QByteArray(
        R"({"modelCheckpointPath": "x", "embeddings": [{"tensorName": "e", "tensorPath": "v.tsv",
            "metadataPath": "m.tsv", "bookmarksPath": "b.txt", "sprite": {"imagePath": "s.png",
            "singleImageDim": [8, 8]}}]})");
    QTest::newRow("TensorBoard") << QByteArray(
        "# by hand\nmodel_checkpoint_path: \"x\"\nembeddings {\n  tensor_name: \"e\"\n  tensor_shape: 2\n"
        "  tensor_shape: 2\n  tensor_path: \"v.tsv\"\n  metadata_path: \"m.tsv\"\n"
        "  sprite { image_path: \"s.png\" single_image_dim: 8 single_image_dim: 8 }\n}\n");
    QTest::newRow("another style") << QByteArray(
        "embeddings: < tensor_name: 'e'; tensor_shape: [2, 2], tensor_path: 'v.tsv' metadata_path:'m.tsv' >"
        "\n embeddings_ignored { tensor_path: 'none' }");
}

void TestProjector::readsBothConfigurations()
{
    QFETCH(QByteArray, config);
    const TableFolder folder;
    folder.write("v.tsv", kVectors);
    folder.write("m.tsv", "new york\n\"of\"\n");
    const auto loaded = read(folder.write("config", config.toStdString()));
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QVERIFY(loaded->report.format == Format::Projector);
    QVERIFY(sameBits(loaded->table.weights(), kWeights));
    QCOMPARE(joined(tokensOf(loaded->table)), QByteArray("new york|\"of\""));
    QVERIFY(loaded->report.warnings.empty());
}

void TestProjector::readsTheSample()
{
    const auto loaded = read(sampleFolder() / "projector.pbtxt");
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QVERIFY(sameBits(loaded->table.weights(), kWeights));
    QCOMPARE(joined(tokensOf(loaded->table)), QByteArray("the|of"));
    QCOMPARE(loaded->table.numberColumns().front().values, (std::vector<double>{3, 2}));
}

void TestProjector::readsLabelsOfTheTensorFile()
{
    const TableFolder folder;
    folder.write("v.tsv", "the\t0.5\t-1.25\nof\t3\t0.25\n");
    const auto config = folder.write("c.json", R"({"embeddings": [{"tensorName": "e", "tensorPath": "v.tsv"}]})");
    const auto loaded = read(config);
    QVERIFY(loaded);
    QVERIFY(sameBits(loaded->table.weights(), kWeights));
    QCOMPARE(joined(tokensOf(loaded->table)), QByteArray("the|of"));
    folder.write("v.tsv", kVectors);
    QCOMPARE(joined(tokensOf(read(config)->table)), QByteArray("0|1"));
    folder.write("v.vocab.txt", "a\nb\n");
    QCOMPARE(joined(tokensOf(read(config)->table)), QByteArray("a|b"));
}

void TestProjector::readsRawNumbersByTheirShape()
{
    const TableFolder folder;
    const auto raw = folder.write("v.bytes", rawBytes());
    const auto config = folder.write(
        "projector_config.json",
        R"({"embeddings": [{"tensorName": "e", "tensorShape": [2, 2], "tensorPath": "v.bytes", "metadataPath": "m"}]})");
    folder.write("m", "a\nb\n");
    const auto byConfig = read(config);
    QVERIFY2(byConfig, byConfig ? "" : describe(byConfig.error()).c_str());
    QVERIFY(sameBits(byConfig->table.weights(), kWeights));
    // The numbers themselves, with the configuration beside them.
    const auto direct = read(raw);
    QVERIFY2(direct, direct ? "" : describe(direct.error()).c_str());
    QVERIFY(direct->report.format == Format::ProjectorBytes);
    QVERIFY(sameBits(direct->table.weights(), kWeights));
    QCOMPARE(joined(tokensOf(direct->table)), QByteArray("a|b"));
    folder.write("v.bytes", rawBytes() + floatBytes({1, 2}));
    QVERIFY(read(config).error().code == ErrorCode::ShapeMismatch);
    QVERIFY(read(raw).error().code == ErrorCode::ShapeMismatch);
}

void TestProjector::needsTheDimensionOfRawNumbers()
{
    const TableFolder folder;
    const auto raw = folder.write("v.bin", rawBytes());
    const auto refused = read(raw);
    QVERIFY(!refused);
    QVERIFY(refused.error().code == ErrorCode::FormatRefused);
    QVERIFY(describe(refused.error()).find("Give the number of dimensions") != std::string::npos);
    const auto loaded = readWith(raw, {.dim = 2});
    QVERIFY(loaded);
    QVERIFY(sameBits(loaded->table.weights(), kWeights));
    QCOMPARE(joined(tokensOf(loaded->table)), QByteArray("0|1"));
    QCOMPARE(readWith(raw, {.limit = 1, .dim = 2})->table.rows(), Index{1});
    QVERIFY(readWith(raw, {.dim = 3}).error().code == ErrorCode::ShapeMismatch);
    QVERIFY(readWith(raw, {.dim = 0}).error().code == ErrorCode::ValueRefused);
    QVERIFY(readWith(raw, {.dim = std::numeric_limits<Index>::max()}).error().code == ErrorCode::ShapeMismatch);
}

void TestProjector::takesNoTextForRawNumbers()
{
    const TableFolder folder;
    for (const std::string& bytes : {std::string(400, '1'), std::string("9,1,3,ab"), std::string(400, '\0'),
                                     std::string(400, '\xff'), std::string("\1\0\0\0\2\0\0\0\3\0\0\0", 12)}) {
        const auto loaded = read(folder.write("x", bytes));
        QVERIFY(!loaded);
        QVERIFY2(loaded.error().code == ErrorCode::FormatUnknown, describe(loaded.error()).c_str());
    }
}

void TestProjector::choosesAmongSeveral()
{
    const TableFolder folder;
    folder.write("v.tsv", kVectors);
    folder.write("w.tsv", "1.5\t2\t3\n");
    const auto config = folder.write("c", R"({"embeddings": [{"tensorName": "first", "tensorPath": "v.tsv"},
        {"tensorName": "second", "tensorShape": [1, 3], "tensorPath": "w.tsv"}]})");
    const auto none = read(config);
    QVERIFY(none.error().code == ErrorCode::ArrayNeeded);
    QCOMPARE(none.error().args[1], std::string("first, second"));
    const auto second = readWith(config, {.array = "second"});
    QVERIFY2(second, second ? "" : describe(second.error()).c_str());
    QVERIFY(sameBits(second->table.weights(), Matrix{{1.5F, 2, 3}}));
    QCOMPARE(second->report.array, std::string("second"));
    QVERIFY(readWith(config, {.array = "third"}).error().code == ErrorCode::ValueRefused);
}

void TestProjector::readsMetadata_data()
{
    QTest::addColumn<QByteArray>("metadata");
    QTest::addColumn<QByteArray>("tokens");
    const auto row = [](const char* name, const char* metadata, const char* tokens) {
        QTest::newRow(name) << QByteArray(metadata) << QByteArray(tokens);
    };
    row("one column", "label\nthe\n", "label|the");
    row("carriage returns", "a\r\nb\r\n", "a|b");
    row("blank lines at the end", "a\nb\n\n\n", "a|b");
    row("an empty label", "\nb\n", "|b");
    row("several columns", "word\tcount\na\t1\nb\t2\n", "a|b");
    row("the label is not the first", "count\tword\n1\ta\n2\tb\n", "a|b");
    row("quotes are plain characters", "word\tcount\n\"a\t1\n\"b\"\t2\n", "\"a|\"b\"");
    row("labels that are numbers", "word\tcount\n7\t1\n8\t2\n", "7|8");
    row("no label at all", "x\ty\n1\t2\n3\t4\n", "0|1");
}

void TestProjector::readsMetadata()
{
    QFETCH(QByteArray, metadata);
    const TableFolder folder;
    folder.write("v.tsv", kVectors);
    folder.write("m.tsv", metadata.toStdString());
    const auto loaded = read(folder.write("c", kConfig));
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QTEST(joined(tokensOf(loaded->table)), "tokens");
}

void TestProjector::readsTheFirstRowsOnly()
{
    const TableFolder folder;
    folder.write("v.tsv", kVectors);
    const auto config = folder.write("c", kConfig);
    for (const char* metadata : {"a\nb\n", "word\tkind\na\tx\nb\ty\n"}) {
        folder.write("m.tsv", metadata);
        const auto loaded = read(config, 1);
        QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
        QVERIFY(sameBits(loaded->table.weights(), kWeights.topRows(1)));
        QCOMPARE(joined(tokensOf(loaded->table)), QByteArray("a"));
    }
}

void TestProjector::refuses_data()
{
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<QByteArray>("metadata");
    QTest::addColumn<ErrorCode>("code");
    const auto row = [](const char* name, const QByteArray& config, const char* metadata, ErrorCode code) {
        QTest::newRow(name) << config << QByteArray(metadata) << code;
    };
    const auto json = [](const char* fields) {
        return QByteArray("{\"embeddings\": [{\"tensorName\": \"e\", ") + fields + "}]}";
    };
    row("a label too few", kConfig, "a\n", ErrorCode::ShapeMismatch);
    row("a label too many", kConfig, "a\nb\nc\n", ErrorCode::ShapeMismatch);
    row("a row of columns too few", kConfig, "w\tn\na\t1\n", ErrorCode::ShapeMismatch);
    row("a row of columns too many", kConfig, "w\tn\na\t1\nb\t2\nc\t3\n", ErrorCode::ShapeMismatch);
    row("a cell too few", kConfig, "w\tn\tm\na\t1\t2\nb\t2\n", ErrorCode::FileDamaged);
    row("another shape", json(R"("tensorPath": "v.tsv", "tensorShape": [2, 3])"), "", ErrorCode::ShapeMismatch);
    row("no file", json(R"("tensorPath": "none.tsv")"), "", ErrorCode::FileNotFound);
    row("a file without numbers", json(R"("tensorPath": "m.tsv")"), "a\nb\n", ErrorCode::FormatRefused);
    row("no path", json(R"("x": "tensorPath", "tensorPath": "")"), "", ErrorCode::FormatRefused);
    row("a path of another type", json(R"("tensorPath": 7)"), "", ErrorCode::FormatRefused);
    row("no embeddings", "{\"embeddings\": [], \"tensorPath\": \"x\"}", "", ErrorCode::FormatRefused);
    row("no list", "{\"embeddings\": {\"tensorPath\": \"x\"}}", "", ErrorCode::FileDamaged);
    row("half a file", QByteArray(kConfig).chopped(3), "", ErrorCode::FileDamaged);
    row("a brace too few", "embeddings { tensor_path: 'v.tsv'", "", ErrorCode::FileDamaged);
    row("a brace too many", "embeddings { tensor_path: 'v.tsv' } }", "", ErrorCode::FileDamaged);
    row("braces without end", "embeddings { tensor_path: 'v.tsv' " + QByteArray(100000, '{'), "",
        ErrorCode::FileDamaged);
    row("brackets without end", "{\"embeddings\": [{\"tensorPath\": \"v.tsv\"}], \"x\": " + QByteArray(100000, '['), "",
        ErrorCode::FileDamaged);
    row("a huge one", QByteArray(kConfig) + QByteArray(2 << 20, ' '), "", ErrorCode::FormatRefused);
}

void TestProjector::refuses()
{
    QFETCH(QByteArray, config);
    QFETCH(QByteArray, metadata);
    QFETCH(ErrorCode, code);
    const TableFolder folder;
    folder.write("v.tsv", kVectors);
    folder.write("m.tsv", metadata.toStdString());
    const auto loaded = read(folder.write("c", config.toStdString()));
    QVERIFY(!loaded);
    QVERIFY2(loaded.error().code == code, describe(loaded.error()).c_str());
}

void TestProjector::staysInItsFolder_data()
{
    QTest::addColumn<QString>("path");
    for (const char* path : {"../v.tsv", "/etc/passwd", "a/../../v.tsv", "https://example.org/v.tsv", "a/.."})
        QTest::newRow(path) << path;
}

void TestProjector::staysInItsFolder()
{
    QFETCH(QString, path);
    const TableFolder folder;
    folder.write("v.tsv", kVectors);
    std::filesystem::create_directory(folder.path("below"));
    const std::string name = path.toStdString();
    const std::string tensor = R"({"embeddings": [{"tensorName": "e", "tensorPath": ")" + name + R"("}]})";
    const auto byTensor = read(folder.write("below/c", tensor));
    QVERIFY(byTensor.error().code == ErrorCode::FormatRefused);
    QVERIFY(describe(byTensor.error()).find("outside of the folder") != std::string::npos);
    const auto byMetadata = read(folder.write(
        "c", R"({"embeddings": [{"tensorName": "e", "tensorPath": "v.tsv", "metadataPath": ")" + name + R"("}]})"));
    QVERIFY(byMetadata.error().code == ErrorCode::FormatRefused);
}

void TestProjector::writesAFolder()
{
    const TableFolder folder;
    const auto table = makeTable(Matrix{{0.1F, -0.0F}, {1e-45F, 3.4028235e38F}}, {"7", "\"new\" york"});
    const auto out = folder.path("out");
    for (int time = 0; time < 2; ++time) {
        const auto written = write(table, out, Format::Projector);
        QVERIFY2(written, written ? "" : describe(written.error()).c_str());
        QCOMPARE(written->files, (std::vector{out / "projector_config.json", out / "projector_config.pbtxt",
                                              out / "vectors.tsv", out / "metadata.tsv"}));
        QCOMPARE(written->bytes, std::filesystem::file_size(out / "projector_config.json"));
    }
    QCOMPARE(readBytes(out / "metadata.tsv"), std::string("7\n\"new\" york\n"));
    QCOMPARE(readBytes(out / "vectors.tsv"), std::string("0.1\t-0\n1e-45\t3.4028235e+38\n"));
    QCOMPARE(folder.names(), Args{"out"});
    for (const char* config : {"projector_config.json", "projector_config.pbtxt"}) {
        const auto again = read(out / config);
        QVERIFY2(again, again ? "" : describe(again.error()).c_str());
        QVERIFY(sameBits(again->table.weights(), table.weights()));
        QVERIFY(again->table.vocabulary() == table.vocabulary());
    }
}

void TestProjector::writesBesideAConfiguration()
{
    const TableFolder folder;
    QVERIFY(write(makeTable(kWeights, {"a", "b"}), folder.path("mine.json"), Format::Projector));
    QCOMPARE(folder.names(), (Args{"metadata.tsv", "mine.json", "projector_config.pbtxt", "vectors.tsv"}));
    QVERIFY(read(folder.path("mine.json")));
}

void TestProjector::replacesWhatLabelsCannotHold()
{
    const TableFolder folder;
    const Matrix weights = Matrix::Constant(6, 2, 0.5F);
    const auto table = makeTable(weights, {"a\tb", "c\r\nd", "", " ", "\n\t", "\xff"});
    QVERIFY(write(table, folder.path("out"), Format::Projector));
    QCOMPARE(readBytes(folder.path("out/metadata.tsv")),
             std::string("a b\nc  d\n(empty)\n\xE2\x90\xA3\n\xE2\x90\xA3\xE2\x90\xA3\n\xEF\xBF\xBD\n"));
    QVERIFY(read(folder.path("out/projector_config.json")));
}

void TestProjector::writesColumns()
{
    const TableFolder folder;
    auto table = makeTable(Matrix{{1, 2}, {3, 4}, {5, 6}}, {"a", "b", "c"});
    table.addColumn(CategoryColumn{"kind", {"x", "y\tz"}, {1, -1, 1}});
    table.addColumn(NumberColumn{"seen", {0.1, std::nan(""), 7}});
    QVERIFY(write(table, folder.path("out"), Format::Projector));
    QCOMPARE(readBytes(folder.path("out/metadata.tsv")),
             std::string("label\tkind\tseen\na\ty z\t0.1\nb\t\t\nc\ty z\t7\n"));
    const auto again = read(folder.path("out/projector_config.json"));
    QVERIFY2(again, again ? "" : describe(again.error()).c_str());
    QCOMPARE(joined(tokensOf(again->table)), QByteArray("a|b|c"));
    QCOMPARE(again->table.columns().front().categories, Args{"y z"});
    QCOMPARE(again->table.columns().front().values, (std::vector<std::int32_t>{0, -1, 0}));
    QCOMPARE(again->table.numberColumns().front().values[0], 0.1);
}

void TestProjector::refusesToWrite_data()
{
    QTest::addColumn<float>("value");
    QTest::addColumn<int>("dim");
    QTest::newRow("one dimension") << 1.0F << 1;
    QTest::newRow("NaN") << std::numeric_limits<float>::quiet_NaN() << 2;
    QTest::newRow("infinity") << std::numeric_limits<float>::infinity() << 2;
}

void TestProjector::refusesToWrite()
{
    QFETCH(float, value);
    QFETCH(int, dim);
    const TableFolder folder;
    const auto written =
        write(makeTable(Matrix::Constant(1, dim, value), {"a"}), folder.path("out"), Format::Projector);
    QVERIFY(!written);
    QVERIFY(written.error().code == ErrorCode::FormatRefused);
    QVERIFY(folder.names().empty());
}

void TestProjector::leavesNothingWhenCancelled()
{
    std::stop_source source;
    source.request_stop();
    Progress progress;
    const TableFolder folder;
    const auto table = makeTable(kWeights, {"a", "b"});
    const auto written = writeTable(table, folder.path("c.json"), Format::Projector, source.get_token(), progress);
    QVERIFY(written.error().code == ErrorCode::Cancelled);
    QVERIFY(folder.names().empty());
    QVERIFY(write(table, folder.path("c.json"), Format::Projector));
    const auto loaded = readTable(folder.path("c.json"), {}, source.get_token(), progress);
    QVERIFY(loaded.error().code == ErrorCode::Cancelled);
}

void TestProjector::readsRealNumbers()
{
    const auto data = std::filesystem::path(qgetenv("EMBEDSCOPE_DATA").toStdString());
    struct Case
    {
        const char* file;
        Index rows;
        Index dim;
        double sum; // of all values, in float64, by numpy
    };
    for (const Case& expected : {Case{"tf_projector/iris_tensors.bytes", 150, 4, 2078.1999964267015},
                                 Case{"chords_19348x32/vectors.bin", 19348, 32, -14688.532937894079}}) {
        if (!data.is_absolute() || !std::filesystem::exists(data / expected.file))
            QSKIP(qPrintable(QString("missing below EMBEDSCOPE_DATA: ") + expected.file));
        const auto loaded = readWith(data / expected.file, {.dim = expected.dim});
        QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
        QVERIFY(loaded->report.format == Format::ProjectorBytes);
        QCOMPARE(loaded->table.rows(), expected.rows);
        const double sum = loaded->table.weights().cast<double>().sum();
        QVERIFY(std::abs(sum - expected.sum) <= 1e-9 * (1 + std::abs(expected.sum)));
    }
}

QTEST_APPLESS_MAIN(TestProjector)
#include "tst_projector.moc"
