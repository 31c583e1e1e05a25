// SPDX-License-Identifier: GPL-3.0-or-later
#include <nlohmann/json.hpp>

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <Eigen/Dense>

#include <cmath>
#include <csignal>
#include <cstring>
#include <random>

using Json = nlohmann::ordered_json;

/// embedscope-cli project from outside.
class TestCliMap : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void pcaByItsDefinition();
    void tokensInText_data();
    void tokensInText();
    void rowsThatAreNotOnTheMap();
    void keysOfTheContract_data();
    void keysOfTheContract();
    void sameOnAnyNumberOfThreads_data();
    void sameOnAnyNumberOfThreads();
    void threeDimensions();
    void settingsBesideTheMap();
    void oneSentenceAnError_data();
    void oneSentenceAnError();
    void interruptedLeavesNothing();

private:
    struct Outcome
    {
        int code = -1;
        QByteArray out;
        QString error;
    };
    [[nodiscard]] Outcome run(const QStringList& arguments) const;
    [[nodiscard]] QString path(const QString& name) const { return m_folder->filePath(name); }
    [[nodiscard]] QByteArray content(const QString& name) const;
    [[nodiscard]] Eigen::MatrixXf array(const QString& name) const;
    void write(const QString& name, const QByteArray& content) const;
    void writeVectors(const QString& name, const Eigen::MatrixXd& rows) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    Eigen::MatrixXd m_rows;
};

void TestCliMap::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    std::mt19937 engine(1);
    std::normal_distribution<double> normal;
    m_rows.resize(120, 6);
    for (Eigen::Index i = 0; i < m_rows.rows(); ++i)
        for (Eigen::Index d = 0; d < m_rows.cols(); ++d)
            m_rows(i, d) =
                std::round(1000 * (normal(engine) / static_cast<double>(d + 1) + (i % 3 == d ? 4.0 : 0.0))) / 1000;
    writeVectors("vectors.txt", m_rows);
}

void TestCliMap::write(const QString& name, const QByteArray& content) const
{
    QFile file(path(name));
    if (file.open(QIODevice::WriteOnly))
        file.write(content);
}

void TestCliMap::writeVectors(const QString& name, const Eigen::MatrixXd& rows) const
{
    QByteArray text;
    for (Eigen::Index i = 0; i < rows.rows(); ++i) {
        text += "word" + QByteArray::number(static_cast<qlonglong>(i));
        for (Eigen::Index d = 0; d < rows.cols(); ++d)
            text += ' ' + QByteArray::number(rows(i, d), 'f', 3);
        text += '\n';
    }
    write(name, text);
}

QByteArray TestCliMap::content(const QString& name) const
{
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A .npy of float32 in C order, read by what its header says.
Eigen::MatrixXf TestCliMap::array(const QString& name) const
{
    const QByteArray bytes = content(name);
    const QRegularExpression shape(
        QStringLiteral("'descr': '<f4', 'fortran_order': False, 'shape': \\((\\d+), (\\d+)\\)"));
    const auto match = shape.match(QString::fromLatin1(bytes.left(128)));
    if (!match.hasMatch())
        return {};
    Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> out(match.captured(1).toLong(),
                                                                              match.captured(2).toLong());
    const auto size = static_cast<std::size_t>(out.size()) * sizeof(float);
    std::memcpy(out.data(), bytes.constData() + (bytes.size() - static_cast<qsizetype>(size)), size);
    return out;
}

TestCliMap::Outcome TestCliMap::run(const QStringList& arguments) const
{
    QProcess tool;
    tool.start(EMBEDSCOPE_CLI, QStringList{"project"} + arguments);
    if (!tool.waitForFinished(60000) || tool.exitStatus() != QProcess::NormalExit)
        return {};
    return {tool.exitCode(), tool.readAllStandardOutput(), QString::fromUtf8(tool.readAllStandardError())};
}

/// The covariance's eigenvectors in float64, their largest entry positive.
void TestCliMap::pcaByItsDefinition()
{
    const Outcome outcome = run({path("vectors.txt"), path("map.npy"), "--method", "pca", "--dims", "3", "--json"});
    QCOMPARE(outcome.code, 0);
    const Eigen::MatrixXd centred = m_rows.rowwise() - m_rows.colwise().mean();
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> exact(centred.transpose() * centred);
    const Eigen::MatrixXf map = array("map.npy");
    QCOMPARE(map.rows(), Eigen::Index{120});
    QCOMPARE(map.cols(), Eigen::Index{3});
    const Json shares = Json::parse(outcome.out.toStdString())["explained_variance_ratio"];
    for (Eigen::Index k = 0; k < 3; ++k) {
        Eigen::VectorXd axis = exact.eigenvectors().col(5 - k);
        Eigen::Index largest = 0;
        axis.cwiseAbs().maxCoeff(&largest);
        axis *= axis[largest] < 0 ? -1 : 1;
        QVERIFY((centred * axis - map.col(k).cast<double>()).cwiseAbs().maxCoeff() < 1e-5);
        const double share = exact.eigenvalues()[5 - k] / exact.eigenvalues().sum();
        QVERIFY(std::abs(shares[static_cast<std::size_t>(k)].get<double>() - share) < 1e-6);
    }
}

void TestCliMap::tokensInText_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("csv") << "map.csv" << QByteArray("token,x,y\nplain,-1,0\n\"a,b\",0,0\n\"c\"\"d\",1,0\n");
    QTest::newRow("tsv") << "map.tsv" << QByteArray("token\tx\ty\nplain\t-1\t0\na,b\t0\t0\n\"c\"\"d\"\t1\t0\n");
}

void TestCliMap::tokensInText()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, expected);
    write("three.txt", "plain 1 0\na,b 2 0\nc\"d 3 0\n");
    QCOMPARE(run({path("three.txt"), path(name), "--method", "pca"}).code, 0);
    QCOMPARE(content(name), expected);
}

void TestCliMap::rowsThatAreNotOnTheMap()
{
    write("holes.txt", "a 1 1\nb nan 1\nc 2 2\nd 0 0\ne 3 3\nf 4 4\ng 5 5\n");
    QCOMPARE(run({path("holes.txt"), path("map.csv"), "--method", "pca"}).code, 0);
    const auto lines = content("map.csv").split('\n');
    QCOMPARE(lines[2], QByteArray("b,,"));
    QVERIFY(lines[4].startsWith("d,-"));
    // Zero vectors have no direction.
    const Outcome cosine =
        run({path("holes.txt"), path("map.npy"), "--method", "umap", "--metric", "cosine", "--json"});
    QCOMPARE(cosine.code, 0);
    QCOMPARE(Json::parse(cosine.out.toStdString())["rows_left_out"].get<int>(), 2);
    const Eigen::MatrixXf map = array("map.npy");
    QCOMPARE(map.rows(), Eigen::Index{7});
    for (Eigen::Index row = 0; row < 7; ++row)
        QCOMPARE(std::isnan(map(row, 0)) && std::isnan(map(row, 1)), row == 1 || row == 3);
}

void TestCliMap::keysOfTheContract_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QStringList>("own");
    QTest::newRow("pca") << "pca" << QStringList{"explained_variance_ratio"};
    QTest::newRow("tsne") << "tsne" << QStringList{"kl_divergence"};
    QTest::newRow("umap") << "umap" << QStringList{};
}

void TestCliMap::keysOfTheContract()
{
    QFETCH(QString, method);
    QFETCH(QStringList, own);
    const Outcome outcome = run({path("vectors.txt"), path("map.tsv"), "--method", method, "--quality", "--json"});
    QCOMPARE(outcome.code, 0);
    const Json result = Json::parse(outcome.out.toStdString());
    QStringList keys;
    for (const auto& [key, value] : result.items())
        keys << QString::fromStdString(key);
    const QStringList expected =
        QStringList{"method", "rows", "dims", "neighbors_kind", "neighbors_seconds", "iterate_seconds", "seconds"} +
        own + QStringList{"trustworthiness", "continuity", "knn_kept"};
    QCOMPARE(keys.mid(0, expected.size()), expected);
    QCOMPARE(result["method"].get<std::string>(), method.toStdString());
    QCOMPARE(result["rows"].get<int>(), 120);
    QCOMPARE(result["dims"].get<int>(), 2);
    QVERIFY(result["seconds"].get<double>() > 0);
    if (method == "pca")
        QVERIFY(result["neighbors_kind"].is_null());
    else
        QCOMPARE(result["neighbors_kind"].get<std::string>(), std::string("exact"));
}

void TestCliMap::sameOnAnyNumberOfThreads_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::newRow("pca") << QStringList{"--method", "pca"};
    QTest::newRow("tsne") << QStringList{"--method", "tsne", "--perplexity", "10", "--iterations", "300"};
    QTest::newRow("umap") << QStringList{"--method", "umap"};
    QTest::newRow("umap, spectral") << QStringList{"--method", "umap", "--init", "spectral"};
    QTest::newRow("umap, random") << QStringList{"--method", "umap", "--init", "random", "--metric", "cosine"};
}

void TestCliMap::sameOnAnyNumberOfThreads()
{
    QFETCH(QStringList, options);
    const QStringList seeded = options + QStringList{"--seed", "3"};
    QCOMPARE(run(QStringList{path("vectors.txt"), path("one.npy"), "--threads", "1"} + seeded).code, 0);
    QCOMPARE(run(QStringList{path("vectors.txt"), path("two.npy"), "--threads", "2"} + seeded).code, 0);
    QVERIFY(!content("one.npy").isEmpty());
    QCOMPARE(content("one.npy"), content("two.npy"));
}

void TestCliMap::threeDimensions()
{
    for (const char* method : {"tsne", "umap"}) {
        QCOMPARE(run({path("vectors.txt"), path("map.npy"), "--method", method, "--dims", "3"}).code, 0);
        QCOMPARE(array("map.npy").cols(), Eigen::Index{3});
        QVERIFY(array("map.npy").allFinite());
    }
    QCOMPARE(run({path("vectors.txt"), path("map.tsv"), "--method", "pca", "--dims", "3"}).code, 0);
    QVERIFY(content("map.tsv").startsWith("token\tx\ty\tz\nword0\t"));
}

void TestCliMap::settingsBesideTheMap()
{
    const QStringList arguments{
        path("vectors.txt"), path("map.tsv"),  "--method", "umap", "--n-neighbors",          "9", "--min-dist", "0.25",
        "--settings",        path("map.json"), "--seed",   "4",    "--negative-sample-rate", "3"};
    QCOMPARE(run(arguments).code, 0);
    const Json settings = Json::parse(content("map.json").toStdString());
    QCOMPARE(settings["method"].get<std::string>(), std::string("umap"));
    QCOMPARE(settings["n_neighbors"].get<int>(), 9);
    QCOMPARE(settings["min_dist"].get<double>(), 0.25);
    QCOMPARE(settings["negative_sample_rate"].get<int>(), 3);
    QCOMPARE(settings["seed"].get<int>(), 4);
    QCOMPARE(settings["rows"].get<int>(), 120);
    QVERIFY(!settings.contains("perplexity"));
}

void TestCliMap::oneSentenceAnError_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("says");
    const auto row = [this](const char* name, const QStringList& arguments, int code, const char* says) {
        QTest::newRow(name) << arguments << code << QString::fromLatin1(says);
    };
    row("ending", {"vectors.txt", "map.png", "--method", "pca"}, 4, "map.png");
    row("no ending", {"vectors.txt", "map", "--method", "pca"}, 4, ".csv");
    row("method", {"vectors.txt", "map.tsv", "--method", "mds"}, 4, "pca, tsne or umap");
    row("metric", {"vectors.txt", "map.tsv", "--method", "pca", "--metric", "taxi"}, 4, "cosine");
    row("one dimension", {"vectors.txt", "map.tsv", "--method", "pca", "--dims", "1"}, 4, "2 or 3");
    row("four dimensions", {"vectors.txt", "map.tsv", "--method", "umap", "--dims", "4"}, 4, "2 or 3");
    row("low perplexity", {"vectors.txt", "map.tsv", "--method", "tsne", "--perplexity", "1"}, 4, "2 to 500");
    row("high perplexity", {"vectors.txt", "map.tsv", "--method", "tsne", "--perplexity", "501"}, 4, "2 to 500");
    row("min_dist", {"vectors.txt", "map.tsv", "--method", "umap", "--min-dist", "1.5"}, 4, "min_dist");
    row("one neighbour", {"vectors.txt", "map.tsv", "--method", "umap", "--n-neighbors", "1"}, 4, "n_neighbors");
    row("spectral", {"vectors.txt", "map.tsv", "--method", "tsne", "--init", "spectral"}, 4, "UMAP");
    row("search", {"vectors.txt", "map.tsv", "--method", "tsne", "--neighbors", "guess"}, 4, "hnsw");
    row("three rows", {"three.txt", "map.tsv", "--method", "umap"}, 4, "4 or more");
    row("labels", {"vectors.txt", "map.tsv", "--method", "tsne", "--labels", "kind"}, 4, "kind");
    row("no file", {"none.txt", "map.tsv", "--method", "pca"}, 3, "none.txt");
    row("no folder", {"vectors.txt", "nowhere/map.tsv", "--method", "pca"}, 3, "nowhere");
    row("settings folder", {"vectors.txt", "map.tsv", "--method", "pca", "--settings", "nowhere/s.json"}, 3, "nowhere");
}

void TestCliMap::oneSentenceAnError()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    QFETCH(QString, says);
    write("three.txt", "a 1 0\nb 2 0\nc 3 1\n");
    const QStringList before = QDir(m_folder->path()).entryList();
    for (QString& argument : arguments)
        if (argument.contains('.') && argument.contains(QRegularExpression("[a-z]")))
            argument = path(argument);
    if (!arguments[1].contains('/'))
        arguments[1] = path(arguments[1]);
    const Outcome outcome = run(arguments);
    QCOMPARE(outcome.code, code);
    QVERIFY(outcome.out.isEmpty());
    QCOMPARE(outcome.error.count('\n'), 1);
    QVERIFY2(outcome.error.contains(says), qPrintable(outcome.error));
    QCOMPARE(QDir(m_folder->path()).entryList(), before);
}

void TestCliMap::interruptedLeavesNothing()
{
    QProcess tool;
    tool.start(EMBEDSCOPE_CLI, {"project", path("vectors.txt"), path("map.tsv"), "--method", "umap", "--epochs",
                                "100000000", "--settings", path("map.json")});
    QVERIFY(tool.waitForStarted());
    QTest::qWait(500);
    QCOMPARE(tool.state(), QProcess::Running);
    ::kill(static_cast<pid_t>(tool.processId()), SIGINT);
    QVERIFY(tool.waitForFinished(10000));
    QCOMPARE(tool.exitCode(), 5);
    QVERIFY(tool.readAllStandardOutput().isEmpty());
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden), QStringList{"vectors.txt"});
}

QTEST_APPLESS_MAIN(TestCliMap)
#include "tst_cli_map.moc"
