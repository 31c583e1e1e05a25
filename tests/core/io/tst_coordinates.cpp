// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/io/coordinates.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <limits>

using namespace embedscope;

/// Coordinates of a map as files.
class TestCoordinates : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void cleanup() { setThreadCount(0); }
    void endings();
    void text_data();
    void text();
    void arrays();
    void settingsAsJson();
    void manyRowsStayInOrder();
    void refusals();
    void cancelledLeavesTheOldFile();

private:
    [[nodiscard]] std::string path(const QString& name) const { return m_folder->filePath(name).toStdString(); }
    [[nodiscard]] QByteArray content(const QString& name) const;
    [[nodiscard]] QStringList files() const
    {
        return QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden, QDir::Name);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

} // namespace

QByteArray TestCoordinates::content(const QString& name) const
{
    QFile file(m_folder->filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestCoordinates::endings()
{
    QVERIFY(coordinatesFormat("a/map.csv") == CoordinatesFormat::Csv);
    QVERIFY(coordinatesFormat("map.TSV") == CoordinatesFormat::Tsv);
    QVERIFY(coordinatesFormat("map.v2.npy") == CoordinatesFormat::Npy);
    QVERIFY(!coordinatesFormat("csv"));
    QVERIFY(!coordinatesFormat("map.png"));
    QVERIFY(!coordinatesFormat("map.csv/map"));
}

void TestCoordinates::text_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("csv") << "map.csv"
                         << QByteArray("token,x,y,z\nking,0.5,-2,1e-10\n\"a,\"\"b\"\"\",,,\n\"two\nlines\",1,2,3\n");
    QTest::newRow("tsv")
        << "map.tsv"
        << QByteArray("token\tx\ty\tz\nking\t0.5\t-2\t1e-10\n\"a,\"\"b\"\"\"\t\t\t\n\"two\nlines\"\t1\t2\t3\n");
}

void TestCoordinates::text()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, expected);
    const Vocabulary tokens({"king", "a,\"b\"", "two\nlines"});
    Progress progress;
    QVERIFY(writeCoordinates(path(name), {tokens, Matrix{{0.5F, -2, 1e-10F}, {kNaN, kNaN, kNaN}, {1, 2, 3}}, {}, {}},
                             {}, progress));
    QCOMPARE(content(name), expected);
    QCOMPARE(files(), QStringList{name});
}

void TestCoordinates::arrays()
{
    const Vocabulary tokens({"a", "b"});
    Progress progress;
    const Matrix rows{{1, 2}, {kNaN, 4}};
    QVERIFY(writeCoordinates(path("map.npy"), {tokens, rows, {}, {}}, {}, progress));
    const QByteArray bytes = content("map.npy");
    QVERIFY(bytes.contains("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }"));
    QCOMPARE(bytes.right(16), QByteArray(reinterpret_cast<const char*>(rows.data()), 16));
}

void TestCoordinates::settingsAsJson()
{
    const Vocabulary tokens({"a"});
    Progress progress;
    const Fields settings{{"file", "my \"vectors\".txt"},
                          {"min_dist", "0.25"},
                          {"seed", "18446744073709551615"},
                          {"sparse", "true"},
                          {"rows", "7"},
                          {"init", "auto"}};
    QVERIFY(writeCoordinates(path("map.csv"), {tokens, Matrix{{1, 2}}, settings, path("map.json")}, {}, progress));
    QCOMPARE(files(), (QStringList{"map.csv", "map.json"}));
    QCOMPARE(content("map.json"), QByteArray("{\n  \"file\": \"my \\\"vectors\\\".txt\",\n  \"init\": \"auto\",\n"
                                             "  \"min_dist\": 0.25,\n  \"rows\": 7,\n"
                                             "  \"seed\": 18446744073709551615,\n  \"sparse\": true\n}\n"));
}

void TestCoordinates::manyRowsStayInOrder()
{
    Vocabulary tokens;
    Matrix rows(200000, 2);
    QByteArray expected("token,x,y\n");
    for (Index i = 0; i < rows.rows(); ++i) {
        tokens.add(std::to_string(i));
        rows.row(i) << static_cast<float>(i) + 0.5F, -static_cast<float>(i) - 0.5F;
        const QByteArray number = QByteArray::number(static_cast<qlonglong>(i));
        expected += number + ',' + number + ".5,-" + number + ".5\n";
    }
    for (const int threads : {1, 3}) {
        setThreadCount(threads);
        Progress progress;
        QVERIFY(writeCoordinates(path("map.csv"), {tokens, rows, {}, {}}, {}, progress));
        QCOMPARE(content("map.csv").size(), expected.size());
        QVERIFY(content("map.csv") == expected);
    }
}

void TestCoordinates::refusals()
{
    const Vocabulary tokens({"a"});
    Progress progress;
    const auto codeOf = [&](const std::string& where, const Matrix& rows, const std::string& settings) {
        const auto done = writeCoordinates(where, {tokens, rows, {}, settings}, {}, progress);
        return done ? ErrorCode::Internal : done.error().code;
    };
    QVERIFY(codeOf(path("map.txt"), Matrix{{1, 2}}, {}) == ErrorCode::ValueRefused);
    QVERIFY(codeOf(path("map.csv"), Matrix{{1, 2}, {3, 4}}, {}) == ErrorCode::ShapeMismatch);
    QVERIFY(codeOf(path("none/map.csv"), Matrix{{1, 2}}, path("s.json")) == ErrorCode::FileUnwritable);
    QVERIFY(codeOf(path("map.csv"), Matrix{{1, 2}}, path("none/s.json")) == ErrorCode::FileUnwritable);
    QVERIFY(files().isEmpty());
}

void TestCoordinates::cancelledLeavesTheOldFile()
{
    const Vocabulary tokens({"a"});
    Progress progress;
    QVERIFY(writeCoordinates(path("map.csv"), {tokens, Matrix{{1, 2}}, {}, {}}, {}, progress));
    std::stop_source stop;
    stop.request_stop();
    const auto done =
        writeCoordinates(path("map.csv"), {tokens, Matrix{{3, 4}}, {}, path("map.json")}, stop.get_token(), progress);
    QVERIFY(!done);
    QVERIFY(done.error().code == ErrorCode::Cancelled);
    QCOMPARE(content("map.csv"), QByteArray("token,x,y\na,1,2\n"));
    QCOMPARE(files(), QStringList{"map.csv"});
}

QTEST_APPLESS_MAIN(TestCoordinates)
#include "tst_coordinates.moc"
