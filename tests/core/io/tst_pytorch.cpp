// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/io/tensor_file.h"
#include "tests/core/io/table_files.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QStandardPaths>

#include <cstring>

using namespace embedscope;

/// Files that PyTorch wrote, beside what PyTorch reads from them; and ours in PyTorch's hands.
class TestPyTorch : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void readsSamples_data();
    void readsSamples();
    void reads_data();
    void reads();
    void readsTheFirstRows();
    void findsTokens_data();
    void findsTokens();
    void asksWhichTable();
    void listsArrays();
    void refuses_data();
    void refuses();
    void readsAllTensors();
    void survivesEveryCut();
    void survivesFlippedBits();
    void canBeStopped();
    void writesWhatPyTorchReads();
    void readsBackWhatItWrote();
    void writesTheSameBytes();
    void refusesTokensThatAreNotUtf8();

private:
    [[nodiscard]] std::filesystem::path file(const QString& name) const
    {
        return m_folder.path(name.toStdString() + ".pt");
    }

    TableFolder m_folder;
    QString m_python; // empty where it has no PyTorch
};

#define NEEDS_PYTORCH()                                                                                                \
    if (m_python.isEmpty())                                                                                            \
    QSKIP("python3-torch is not installed")

namespace {

QString script(const char* name)
{
    return QStringLiteral(EMBEDSCOPE_SOURCE_DIR "/tests/core/io/") + QLatin1String(name);
}

QString text(const std::filesystem::path& path)
{
    return QString::fromStdString(path.string());
}

/// Empty where it went well.
QByteArray run(const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    const bool done = process.waitForFinished(50000) && process.exitCode() == 0;
    return done ? QByteArray() : process.readAll() + " failed";
}

Result<LoadedTable> readWith(const std::filesystem::path& path, const ReadOptions& options)
{
    Progress progress;
    return readTable(path, options, {}, progress);
}

/// The numbers that PyTorch sees in the table.
Matrix expectedOf(const std::filesystem::path& path, Index rows, Index dim)
{
    const std::string bytes = readBytes(std::filesystem::path(path).replace_extension(".f32"));
    Matrix matrix(rows, dim);
    if (bytes.size() == static_cast<std::size_t>(matrix.size()) * sizeof(float))
        std::memcpy(matrix.data(), bytes.data(), bytes.size());
    else
        matrix.setConstant(std::numeric_limits<float>::quiet_NaN());
    return matrix;
}

EmbeddingTable sampleTable()
{
    Matrix weights(3, 5);
    for (Index i = 0; i < weights.size(); ++i)
        weights.data()[i] = static_cast<float>(i) / 3 - 1;
    weights(1, 1) = -0.0F;
    weights(2, 2) = 1e-42F;
    return makeTable(weights, {"the", "new\nyork\t7", "\xC3\xA9t\xC3\xA9 \xF0\x9F\x90\x88"});
}

} // namespace

void TestPyTorch::initTestCase()
{
    // The system's own first: that is where a distribution's PyTorch is.
    QString python = QStandardPaths::findExecutable(QStringLiteral("python3"), {QStringLiteral("/usr/bin")});
    if (python.isEmpty())
        python = QStandardPaths::findExecutable(QStringLiteral("python3"));
    if (python.isEmpty() || !run(python, {"-c", "import torch, numpy"}).isEmpty())
        return;
    QCOMPARE(run(python, {script("make_pytorch_files.py"), text(m_folder.path({}))}), QByteArray());
    m_python = python;
}

void TestPyTorch::readsSamples_data()
{
    QTest::addColumn<QString>("dtype");
    QTest::newRow("checkpoint.pt") << "float32";
    QTest::newRow("transposed_legacy.pt") << "float16";
}

/// Without PyTorch: three rows of (1, -2, 0.5), (0, 3, -7) and (8, 0.25, 1) with their tokens.
void TestPyTorch::readsSamples()
{
    const auto loaded = read(sampleFolder() / QTest::currentDataTag());
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QTEST(QString::fromStdString(loaded->report.dtype), "dtype");
    QVERIFY(sameBits(loaded->table.weights(), Matrix{{1, -2, 0.5F}, {0, 3, -7}, {8, 0.25F, 1}}));
    QCOMPARE(joined(tokensOf(loaded->table)), QByteArray("the|new york|\xC3\xA9t\xC3\xA9"));
    QVERIFY(loaded->report.warnings.empty());
}

void TestPyTorch::reads_data()
{
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("dim");
    QTest::addColumn<QString>("dtype");
    QTest::addColumn<QString>("array");
    const auto row = [](const char* name, int rows, int dim, const char* dtype = "float32", const char* array = "") {
        QTest::newRow(name) << rows << dim << dtype << array;
        QTest::newRow((std::string(name) + "_legacy").c_str()) << rows << dim << dtype << array;
    };
    row("embedding", 6, 4);
    row("float16", 6, 4, "float16");
    row("bfloat16", 6, 4, "bfloat16");
    row("float64", 6, 4, "float64");
    row("transposed", 4, 6);
    row("slice", 3, 2);
    row("offset", 3, 4);
    row("shared", 4, 4, "float32", "weight");
    row("bare", 6, 4);
    row("parameter", 6, 4);
    row("list", 6, 4, "float32", "1");
    row("checkpoint", 6, 4, "float32", "model_state_dict.embedding.weight");
    row("complex", 6, 4, "float32", "weight");
    for (const char* name : {"protocol2", "protocol3", "protocol4", "protocol5"})
        QTest::newRow(name) << 6 << 4 << "float32"
                            << "model_state_dict.embedding.weight";
}

void TestPyTorch::reads()
{
    NEEDS_PYTORCH();
    QFETCH(int, rows);
    QFETCH(int, dim);
    const auto path = file(QString::fromLatin1(QTest::currentDataTag()));
    const auto loaded = read(path);
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QVERIFY(loaded->report.format == Format::PyTorch);
    QTEST(QString::fromStdString(loaded->report.dtype), "dtype");
    QTEST(QString::fromStdString(loaded->report.array), "array");
    QVERIFY(sameBits(loaded->table.weights(), expectedOf(path, rows, dim)));
    QVERIFY(warningArgs(loaded->report, WarningCode::TokensMissing));
}

void TestPyTorch::readsTheFirstRows()
{
    NEEDS_PYTORCH();
    for (const char* name : {"embedding", "offset", "transposed", "float16", "large"}) {
        for (const char* layout : {"", "_legacy"}) {
            const auto path = file(QString::fromLatin1(name) + QLatin1String(layout));
            const auto whole = read(path);
            const auto two = read(path, 2);
            QVERIFY(whole);
            QVERIFY(two);
            QVERIFY(sameBits(two->table.weights(), whole->table.weights().topRows(2)));
            QVERIFY(warningArgs(two->report, WarningCode::Limited));
        }
    }
}

void TestPyTorch::findsTokens_data()
{
    QTest::addColumn<bool>("found");
    for (const char* layout : {"", "_legacy"}) {
        QTest::addRow("tokens_list%s", layout) << true;
        QTest::addRow("tokens_dict%s", layout) << true;
        QTest::addRow("tokens_back%s", layout) << true;
        QTest::addRow("tokens_short%s", layout) << false;
    }
}

void TestPyTorch::findsTokens()
{
    NEEDS_PYTORCH();
    QFETCH(bool, found);
    const auto loaded = read(file(QString::fromLatin1(QTest::currentDataTag())));
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QCOMPARE(warningArgs(loaded->report, WarningCode::TokensMissing).has_value(), !found);
    QCOMPARE(joined(tokensOf(loaded->table)),
             found ? QByteArray("the|new york|\xC3\xA9t\xC3\xA9||\xE7\x8C\xAB|a\nb") : QByteArray("0|1|2|3|4|5"));
}

void TestPyTorch::asksWhichTable()
{
    NEEDS_PYTORCH();
    const auto path = file(QStringLiteral("two_weights"));
    const auto loaded = read(path);
    QVERIFY(!loaded);
    QVERIFY(loaded.error().code == ErrorCode::ArrayNeeded);
    QVERIFY(loaded.error().args[1].find("model_state_dict.linear.weight") != std::string::npos);
    const auto linear = readWith(path, {.array = "model_state_dict.linear.weight"});
    QVERIFY(linear);
    QCOMPARE(linear->table.rows(), Index{2});
    const auto moment = readWith(path, {.array = "optimizer.state.0.exp_avg"});
    QVERIFY2(moment, moment ? "" : describe(moment.error()).c_str());
    QCOMPARE(moment->report.array, std::string("optimizer.state.0.exp_avg"));
    const auto none = readWith(path, {.array = "epoch"});
    QVERIFY(!none);
    QVERIFY(none.error().code == ErrorCode::ValueRefused);
    const auto complex = readWith(file(QStringLiteral("complex")), {.array = "freqs"});
    QVERIFY(!complex);
    QVERIFY(describe(complex.error()).find("complex64") != std::string::npos);
}

void TestPyTorch::listsArrays()
{
    NEEDS_PYTORCH();
    const auto file = readPyTorch(this->file(QStringLiteral("checkpoint")));
    QVERIFY2(file, file ? "" : describe(file.error()).c_str());
    QByteArray names;
    for (const auto& [name, tensor] : file->tensors)
        names += QByteArray::fromStdString(name) + ' ';
    QVERIFY2(names.startsWith("model_state_dict.embedding.weight optimizer.state.0.exp_avg "), names);
    QVERIFY(names.contains("optimizer.state.2.step"));
}

void TestPyTorch::refuses_data()
{
    QTest::addColumn<QByteArray>("about");
    const auto row = [](const char* name, const char* about) { QTest::newRow(name) << QByteArray(about); };
    for (const char* layout : {"", "_legacy"}) {
        const std::string end = layout;
        row(("expanded" + end).c_str(), "its numbers are stored once");
        row(("integers" + end).c_str(), "a file without a 2-D array of floating-point numbers");
        row(("empty" + end).c_str(), "the file is empty");
        row(("model" + end).c_str(), "a whole model (__main__.Net) cannot be used (it is Python code, and nothing of "
                                     "it was run). In Python, save the weights alone");
        row(("model_inside" + end).c_str(), "a whole model (__main__.Net)");
    }
    row("exploit", "a PyTorch file that asks for posix.system cannot be used");
    row("tar", "a PyTorch file of before version 0.1.10");
}

void TestPyTorch::refuses()
{
    NEEDS_PYTORCH();
    QFETCH(QByteArray, about);
    const auto loaded = read(file(QString::fromLatin1(QTest::currentDataTag())));
    QVERIFY(!loaded);
    const std::string sentence = describe(loaded.error());
    QVERIFY2(sentence.find(about.toStdString()) != std::string::npos, sentence.c_str());
    QVERIFY(!std::filesystem::exists(m_folder.path("marker")));
}

void TestPyTorch::readsAllTensors()
{
    NEEDS_PYTORCH();
    for (const char* layout : {"", "_legacy"}) {
        const auto shared = readPyTorch(file(QStringLiteral("shared") + QLatin1String(layout)));
        QVERIFY2(shared, shared ? "" : describe(shared.error()).c_str());
        QCOMPARE(shared->tensors.size(), std::size_t{3});
        QCOMPARE(shared->tensors.at("first").shape, std::vector<Index>{8});
        const auto transposed = readPyTorch(file(QStringLiteral("transposed") + QLatin1String(layout)));
        QVERIFY(transposed);
        const Matrix expected = expectedOf(file(QStringLiteral("transposed")), 4, 6);
        const auto& values = std::get<0>(transposed->tensors.at("weight").data);
        QVERIFY(sameBits(ConstMatrixMap(values.data(), 4, 6), expected));
        const auto integers = readPyTorch(file(QStringLiteral("integers") + QLatin1String(layout)));
        QVERIFY(integers);
        QCOMPARE(std::get<1>(integers->tensors.at("ids").data), (std::vector<std::int64_t>{0, 1, 2, 3, 4, 5}));
        const auto empty = readPyTorch(file(QStringLiteral("empty") + QLatin1String(layout)));
        QVERIFY(empty);
        QCOMPARE(empty->tensors.at("weight").size(), Index{0});
        QVERIFY(!readPyTorch(file(QStringLiteral("complex") + QLatin1String(layout))));
    }
}

void TestPyTorch::survivesEveryCut()
{
    NEEDS_PYTORCH();
    const TableFolder folder;
    for (const char* name : {"tokens_dict", "tokens_dict_legacy"}) {
        const std::string bytes = readBytes(file(QString::fromLatin1(name)));
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            const auto path = folder.write("x", bytes.substr(0, size));
            const auto loaded = read(path);
            QVERIFY2(!loaded, std::to_string(size).c_str());
            QVERIFY(loaded.error().code != ErrorCode::Internal);
            QVERIFY(!readPyTorch(path));
        }
    }
}

void TestPyTorch::survivesFlippedBits()
{
    NEEDS_PYTORCH();
    const TableFolder folder;
    Random random(11);
    for (const char* name : {"tokens_dict", "tokens_dict_legacy", "transposed_legacy"}) {
        const std::string bytes = readBytes(file(QString::fromLatin1(name)));
        int opened = 0;
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            std::string flipped = bytes;
            flipped[i] = static_cast<char>(flipped[i] ^ (1 << random.below(8)));
            const auto path = folder.write("x", flipped);
            if (const auto loaded = read(path)) {
                ++opened;
                QVERIFY(static_cast<std::size_t>(loaded->table.weights().size()) <= bytes.size());
            } else {
                QVERIFY(loaded.error().code != ErrorCode::Internal);
            }
            static_cast<void>(readPyTorch(path));
        }
        // A number of another value is none the wiser.
        QVERIFY(opened > 0 && opened < int(bytes.size()));
    }
}

void TestPyTorch::canBeStopped()
{
    NEEDS_PYTORCH();
    std::stop_source stop;
    stop.request_stop();
    Progress progress;
    for (const char* name : {"large", "large_legacy", "transposed"}) {
        const auto loaded = readTable(file(QString::fromLatin1(name)), {}, stop.get_token(), progress);
        QVERIFY(!loaded);
        QVERIFY(loaded.error().code == ErrorCode::Cancelled);
    }
    const auto written =
        writeTable(sampleTable(), m_folder.path("stopped.pt"), Format::PyTorch, stop.get_token(), progress);
    QVERIFY(!written);
    QVERIFY(written.error().code == ErrorCode::Cancelled);
    QVERIFY(!std::filesystem::exists(m_folder.path("stopped.pt")));
}

void TestPyTorch::writesWhatPyTorchReads()
{
    NEEDS_PYTORCH();
    const TableFolder folder;
    const EmbeddingTable table = sampleTable();
    QVERIFY(write(table, folder.path("ours.pt"), Format::PyTorch));
    // The numbers by another writer, the tokens by Qt's.
    QVERIFY(write(makeTable(table.weights(), {"a", "b", "c"}), folder.path("numbers.npy"), Format::Npy));
    QJsonArray tokens;
    for (const std::string& token : tokensOf(table))
        tokens.append(QString::fromStdString(token));
    folder.write("tokens.json", QJsonDocument(tokens).toJson().toStdString());
    QCOMPARE(run(m_python, {script("check_pytorch_file.py"), text(folder.path("ours.pt")),
                            text(folder.path("numbers.npy")), text(folder.path("tokens.json"))}),
             QByteArray());
}

void TestPyTorch::readsBackWhatItWrote()
{
    const TableFolder folder;
    const EmbeddingTable table = sampleTable();
    const auto report = write(table, folder.path("x.pt"), Format::PyTorch);
    QVERIFY(report);
    QCOMPARE(folder.names(), std::vector<std::string>{"x.pt"});
    const auto loaded = read(folder.path("x.pt"));
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QVERIFY(sameBits(loaded->table.weights(), table.weights()));
    QVERIFY(loaded->table.vocabulary() == table.vocabulary());
    QVERIFY(!warningArgs(loaded->report, WarningCode::TokensMissing));
    const auto tensors = readPyTorch(folder.path("x.pt"));
    QVERIFY(tensors);
    QCOMPARE(tensors->tensors.size(), std::size_t{1});
    QCOMPARE(tensors->tensors.at("embedding.weight").shape, (std::vector<Index>{3, 5}));
}

void TestPyTorch::writesTheSameBytes()
{
    const TableFolder folder;
    QVERIFY(write(sampleTable(), folder.path("a.pt"), Format::PyTorch));
    QVERIFY(write(sampleTable(), folder.path("b.pt"), Format::PyTorch));
    const std::string bytes = readBytes(folder.path("a.pt"));
    QVERIFY(bytes == readBytes(folder.path("b.pt")));
    const Matrix weights = sampleTable().weights();
    const std::size_t at = bytes.find(
        std::string(reinterpret_cast<const char*>(weights.data()), static_cast<std::size_t>(weights.size()) * 4));
    QVERIFY(at != std::string::npos);
    QCOMPARE(at % 64, std::size_t{0});
}

void TestPyTorch::refusesTokensThatAreNotUtf8()
{
    const TableFolder folder;
    const auto report = write(makeTable(Matrix::Zero(1, 2), {"\xFF"}), folder.path("x.pt"), Format::PyTorch);
    QVERIFY(!report);
    QVERIFY(report.error().code == ErrorCode::FormatRefused);
    QVERIFY(folder.names().empty());
}

QTEST_APPLESS_MAIN(TestPyTorch)
#include "tst_pytorch.moc"
