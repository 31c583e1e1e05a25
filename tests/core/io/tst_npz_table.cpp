// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/tensor_file.h"
#include "tests/core/io/table_files.h"

#include <QProcess>

#include <cmath>
#include <limits>

using namespace embedscope;

class TestNpzTable : public QObject
{
    Q_OBJECT

private slots:
    void readsWhatNumpyWrites_data();
    void readsWhatNumpyWrites();
    void choosesAmongSeveral();
    void takesTokensFromAListBeside();
    void readsTheFirstRowsOnly();
    void refuses_data();
    void refuses();
    void saysThatItIsCutOff();
    void roundTrips();
    void refusesTokens_data();
    void refusesTokens();
    void refusesTokensOutOfProportion();
    void isReadByNumpy();
    void isCancelled();
};

namespace {

using Args = std::vector<std::string>;

const Matrix kWeights{{0.5F, -1.25F, 3.0F}, {0.0F, 0.001F, -7.0F}, {2.0F, 4.0F, 8.0F}};

Tensor matrixOf(Index rows, Index dim)
{
    return Tensor::fromMatrix(Matrix::Constant(rows, dim, 0.5F));
}

std::filesystem::path writeArrays(const TableFolder& folder, TensorMap tensors)
{
    const auto path = folder.path("x.npz");
    if (!writeNpz({std::move(tensors), {}}, path))
        qFatal("the archive cannot be written");
    return path;
}

} // namespace

void TestNpzTable::readsWhatNumpyWrites_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("dtype");
    QTest::addColumn<QString>("array");
    QTest::newRow("savez, dtype <U") << "words.npz"
                                     << "float32"
                                     << "weight";
    QTest::newRow("savez_compressed, dtype S, big-endian float64 in Fortran order") << "bytes.npz"
                                                                                    << "float64"
                                                                                    << "embeddings";
}

void TestNpzTable::readsWhatNumpyWrites()
{
    QFETCH(QString, name);
    const auto loaded = read(sampleFolder() / name.toStdString());
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QVERIFY(loaded->report.format == Format::Npz);
    QTEST(QString::fromStdString(loaded->report.dtype), "dtype");
    QTEST(QString::fromStdString(loaded->report.array), "array");
    QVERIFY(sameBits(loaded->table.weights(), kWeights));
    QCOMPARE(joined(tokensOf(loaded->table)), QByteArray("the|new york|\xC3\xA9t\xC3\xA9"));
    QVERIFY(loaded->report.warnings.empty());
}

void TestNpzTable::choosesAmongSeveral()
{
    const TableFolder folder;
    const auto path = writeArrays(folder, {{"a", matrixOf(2, 3)}, {"b", matrixOf(4, 5)}});
    const auto none = read(path);
    QVERIFY(none.error().code == ErrorCode::ArrayNeeded);
    QCOMPARE(none.error().args[1], std::string("a, b"));
    Progress progress;
    const auto loaded = readTable(path, {.array = "b"}, {}, progress);
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QCOMPARE(loaded->table.rows(), Index{4});
    QCOMPARE(loaded->report.array, std::string("b"));
    QVERIFY(readTable(path, {.array = "c"}, {}, progress).error().code == ErrorCode::ValueRefused);
    const auto weight = writeArrays(folder, {{"a", matrixOf(2, 3)}, {"embedding.weight", matrixOf(4, 5)}});
    QCOMPARE(read(weight)->table.rows(), Index{4});
}

void TestNpzTable::takesTokensFromAListBeside()
{
    const TableFolder folder;
    const auto path = writeArrays(folder, {{"w", matrixOf(2, 3)}});
    const auto numbered = read(path);
    QCOMPARE(joined(tokensOf(numbered->table)), QByteArray("0|1"));
    QVERIFY(warningArgs(numbered->report, WarningCode::TokensMissing));
    QVERIFY(numbered->report.array.empty());
    folder.write("x.vocab.txt", "a\nb\n");
    QCOMPARE(joined(tokensOf(read(path)->table)), QByteArray("a|b"));
}

void TestNpzTable::readsTheFirstRowsOnly()
{
    const auto loaded = read(sampleFolder() / "words.npz", 2);
    QVERIFY(loaded);
    QVERIFY(sameBits(loaded->table.weights(), kWeights.topRows(2)));
    QCOMPARE(joined(tokensOf(loaded->table)), QByteArray("the|new york"));
    QCOMPARE(warningArgs(loaded->report, WarningCode::Limited), (Args{"2", "3"}));
}

void TestNpzTable::refuses_data()
{
    QTest::addColumn<QString>("array");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("one dimension") << "counts" << ErrorCode::FormatRefused;
    QTest::newRow("text") << "vocab" << ErrorCode::FormatRefused;
    QTest::newRow("not there") << "none" << ErrorCode::ValueRefused;
}

void TestNpzTable::refuses()
{
    QFETCH(QString, array);
    QFETCH(ErrorCode, code);
    Progress progress;
    const auto loaded = readTable(sampleFolder() / "words.npz", {.array = array.toStdString()}, {}, progress);
    QVERIFY(!loaded);
    QVERIFY2(loaded.error().code == code, describe(loaded.error()).c_str());
}

void TestNpzTable::saysThatItIsCutOff()
{
    const TableFolder folder;
    const std::string bytes = readBytes(sampleFolder() / "words.npz");
    for (std::size_t size = 0; size < bytes.size(); ++size)
        QVERIFY(!read(folder.write("x", bytes.substr(0, size))));
    const auto half = read(folder.write("x", bytes.substr(0, bytes.size() / 2)));
    QVERIFY2(half.error().code == ErrorCode::FileDamaged, describe(half.error()).c_str());
    // A bit of the numbers themselves: the checksum tells.
    std::string flipped = bytes;
    flipped[flipped.find(floatBytes({-7.0F}))] ^= 1;
    const auto damaged = read(folder.write("x", flipped));
    QVERIFY(!damaged);
    QVERIFY2(damaged.error().code == ErrorCode::FileDamaged, describe(damaged.error()).c_str());
}

void TestNpzTable::roundTrips()
{
    const TableFolder folder;
    const Matrix weights{{0.1F, -0.0F}, {1e-45F, std::numeric_limits<float>::quiet_NaN()}, {1, 2}, {3, 4}};
    const auto table = makeTable(weights, {"", "new\nyork\t", "\xF0\x9F\x98\x80\xC3\xA9", std::string("a\0b", 3)});
    const auto written = write(table, folder.path("x.npz"), Format::Npz);
    QVERIFY2(written, written ? "" : describe(written.error()).c_str());
    QCOMPARE(written->files, std::vector{folder.path("x.npz")});
    const auto again = read(folder.path("x.npz"));
    QVERIFY2(again, again ? "" : describe(again.error()).c_str());
    QVERIFY(sameBits(again->table.weights(), weights));
    QVERIFY(again->table.vocabulary() == table.vocabulary());
    QCOMPARE(again->report.array, std::string("weight"));
    const auto empty = makeTable(weights.topRows(1), {""});
    QVERIFY(write(empty, folder.path("y.npz"), Format::Npz));
    QVERIFY(read(folder.path("y.npz"))->table.vocabulary() == empty.vocabulary());
}

void TestNpzTable::refusesTokens_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::newRow("not UTF-8") << QByteArray("\xff");
    QTest::newRow("a zero at the end") << QByteArray("a\0", 2);
}

void TestNpzTable::refusesTokens()
{
    QFETCH(QByteArray, token);
    const TableFolder folder;
    const auto written = write(makeTable(kWeights, {"a", token.toStdString(), "c"}), folder.path("x.npz"), Format::Npz);
    QVERIFY(!written);
    QVERIFY(written.error().code == ErrorCode::FormatRefused);
    QVERIFY(describe(written.error()).find("row 1") != std::string::npos);
    QVERIFY(folder.names().empty());
}

void TestNpzTable::refusesTokensOutOfProportion()
{
    std::vector<std::string> tokens(40000);
    tokens.back() = std::string(10000, 'x');
    const TableFolder folder;
    const auto written = write(makeTable(Matrix::Ones(40000, 1), tokens), folder.path("x.npz"), Format::Npz);
    QVERIFY(!written);
    QVERIFY(written.error().code == ErrorCode::FormatRefused);
    QVERIFY(folder.names().empty());
}

void TestNpzTable::isReadByNumpy()
{
    const TableFolder folder;
    const auto path = folder.path("x.npz");
    QVERIFY(write(makeTable(kWeights, {"the", "new york", "\xC3\xA9t\xC3\xA9"}), path, Format::Npz));
    const QString script = "import sys\n"
                           "try:\n"
                           "    import numpy as np\n"
                           "    from numpy import load\n" // an empty folder of the name can be imported too
                           "except ImportError:\n"
                           "    sys.exit(77)\n"
                           "f = np.load(sys.argv[1], allow_pickle=False)\n"
                           "w = np.array([[0.5, -1.25, 3], [0, 0.001, -7], [2, 4, 8]], dtype=np.float32)\n"
                           "assert f.files == ['weight', 'vocabulary'], f.files\n"
                           "assert f['weight'].dtype == w.dtype and (f['weight'] == w).all()\n"
                           "assert f['vocabulary'].tolist() == ['the', 'new york', '\\u00e9t\\u00e9']\n";
    // The first one may be another than the system's, which has numpy.
    for (const char* program : {"python3", "/usr/bin/python3"}) {
        QProcess python;
        python.start(program, {"-c", script, QString::fromStdString(path.string())});
        if (!python.waitForStarted())
            continue;
        QVERIFY(python.waitForFinished(120000));
        if (python.exitCode() == 77)
            continue;
        QVERIFY2(python.exitCode() == 0, python.readAllStandardError().constData());
        return;
    }
    QSKIP("no python3 with numpy is installed");
}

void TestNpzTable::isCancelled()
{
    std::stop_source source;
    source.request_stop();
    Progress progress;
    QVERIFY(readTable(sampleFolder() / "words.npz", {}, source.get_token(), progress).error().code ==
            ErrorCode::Cancelled);
    const TableFolder folder;
    const auto written = writeTable(makeTable(kWeights, {"a", "b", "c"}), folder.path("x.npz"), Format::Npz,
                                    source.get_token(), progress);
    QVERIFY(written.error().code == ErrorCode::Cancelled);
    QVERIFY(folder.names().empty());
}

QTEST_APPLESS_MAIN(TestNpzTable)
#include "tst_npz_table.moc"
