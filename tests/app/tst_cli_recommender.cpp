// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/format.h"
#include "core/io/tensor_file.h"

#include <nlohmann/json.hpp>

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>
#include <random>

using namespace embedscope;
using Json = nlohmann::json;

/// train-recommender from outside: results, files, exit codes.
class TestCliRecommender : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void predictsRatings();
    void writesTablesThatOpen();
    void ranksWithoutRatings();
    void takesSeveralFilesAndATest();
    void stopsEarly();
    void threadsDoNotMatter();
    void badInputHasOneSentence_data();
    void badInputHasOneSentence();
    void divergenceIsNamed();
    void interruptedTrainingIsKept();
    void filmTrust();

private:
    struct Outcome
    {
        int code = -1;
        QString out;
        QString error;
        [[nodiscard]] std::vector<Json> json() const;
    };
    Outcome run(const QStringList& arguments) const;
    Outcome train(const QStringList& arguments) const;
    QString path(const QString& name) const { return m_folder->filePath(name); }
    QByteArray content(const QString& name) const;
    void write(const QString& name, const QByteArray& content) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

/// Users like items of their own kind; half of the pairs are rated.
QByteArray ratings(char separator)
{
    std::mt19937 random(1);
    QByteArray out;
    for (int user = 0; user < 40; ++user)
        for (int item = 0; item < 30; ++item)
            if (random() % 2 == 0)
                out += "u" + QByteArray::number(user) + separator + "film " + QByteArray::number(item) + separator +
                       (user % 2 == item % 2 ? "5" : "1") + '\n';
    return out;
}

} // namespace

std::vector<Json> TestCliRecommender::Outcome::json() const
{
    std::vector<Json> lines;
    for (const QString& line : out.split('\n', Qt::SkipEmptyParts))
        lines.push_back(Json::parse(line.toStdString(), nullptr, false));
    return lines;
}

TestCliRecommender::Outcome TestCliRecommender::run(const QStringList& arguments) const
{
    QProcess tool;
    tool.start(EMBEDSCOPE_CLI, arguments);
    if (!tool.waitForFinished(60000) || tool.exitStatus() != QProcess::NormalExit)
        return {-1, tool.readAllStandardOutput(), "did not end normally"};
    return {tool.exitCode(), tool.readAllStandardOutput(), tool.readAllStandardError()};
}

TestCliRecommender::Outcome TestCliRecommender::train(const QStringList& arguments) const
{
    return run(QStringList{"train-recommender", "--output", path("run"), "--json"} + arguments);
}

QByteArray TestCliRecommender::content(const QString& name) const
{
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestCliRecommender::write(const QString& name, const QByteArray& content) const
{
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

void TestCliRecommender::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    write("ratings.tsv", ratings('\t'));
}

void TestCliRecommender::predictsRatings()
{
    const auto got = train({path("ratings.tsv"), "--dim", "4", "--epochs", "60", "--lr", "0.2", "--reg", "0.01"});
    QVERIFY2(got.code == 0, qPrintable(got.error));
    const auto lines = got.json();
    QCOMPARE(lines.size(), std::size_t{61});
    for (const char* key :
         {"epoch", "rmse", "mae", "baseline_mean_rmse", "baseline_bias_rmse", "train_loss", "seconds"})
        QVERIFY2(lines.front().contains(key), key);
    const Json& last = lines.back();
    QCOMPARE(last["final"].get<bool>(), true);
    QCOMPARE(last["users"].get<int>(), 40);
    QCOMPARE(last["items"].get<int>(), 30);
    QVERIFY(last["rmse"].get<double>() < 0.5);
    QVERIFY(last["baseline_bias_rmse"].get<double>() > 1.5);
    QVERIFY(last["baseline_mean_rmse"].get<double>() > 1.5);
    QVERIFY(std::abs(last["held_out_ratings"].get<double>() / last["train_ratings"].get<double>() - 0.25) < 0.01);
}

void TestCliRecommender::writesTablesThatOpen()
{
    const auto got = train({path("ratings.tsv"), "--dim", "4"});
    QVERIFY2(got.code == 0, qPrintable(got.error));
    for (const auto& file : got.json().back()["files"])
        QVERIFY2(QFile::exists(QString::fromStdString(file.get<std::string>())), file.get<std::string>().c_str());
    const Json info = run({"info", path("run/items.safetensors"), "--json"}).json().at(0);
    QCOMPARE(info["rows"].get<int>(), 30);
    QCOMPARE(info["dim"].get<int>(), 4);
    const auto near = run({"neighbors", path("run/items.safetensors"), "\"film 2\"", "-k", "3", "--json"});
    QVERIFY2(near.code == 0, qPrintable(near.error));
    QVERIFY(near.json().at(0)["neighbors"][0]["token"].get<std::string>().starts_with("film "));

    const auto model = readSafetensors(path("run/model.safetensors").toStdString());
    QVERIFY(model.has_value());
    QCOMPARE(model->tensors.at("user_embedding.weight").shape, (std::vector<Index>{40, 4}));
    QCOMPARE(model->tensors.at("item_bias.weight").shape, (std::vector<Index>{30, 1}));
    const float mean = std::get<std::vector<float>>(model->tensors.at("global_mean").data).at(0);
    QVERIFY(mean > 2.5F && mean < 3.5F);
    const auto lines = content("run/items.tsv").split('\n');
    QCOMPARE(lines[0], QByteArray("token\tratings\tmean_rating\tbias"));
    QCOMPARE(lines.size(), 32); // with the names, and what is behind the last line end
    QCOMPARE(lines[1].count('\t'), 3);
    const Json record = Json::parse(content("run/recommender.json").toStdString());
    QCOMPARE(record["options"]["embedding_dim"].get<std::string>(), std::string("4"));
    QCOMPARE(record["files"][0]["separator"].get<std::string>(), std::string("tab"));
}

void TestCliRecommender::ranksWithoutRatings()
{
    QByteArray pairs;
    for (const QByteArray& line : ratings(',').split('\n'))
        if (line.endsWith("5"))
            pairs += line.left(line.lastIndexOf(',')) + '\n';
    write("pairs.csv", pairs);
    const QStringList options{"--batch-size", "16", "--epochs", "10", "--lr", "0.1", "--reg", "0.1"};
    const auto got = train(QStringList{path("pairs.csv")} + options);
    QVERIFY2(got.code == 0, qPrintable(got.error));
    const Json last = got.json().back();
    for (const char* key :
         {"recall_at_10", "ndcg_at_10", "baseline_popular_recall_at_10", "baseline_popular_ndcg_at_10"})
        QVERIFY2(last.contains(key), key);
    QVERIFY(last["recall_at_10"].get<double>() > 0.85);
    QVERIFY(last["baseline_popular_recall_at_10"].get<double>() < 0.6);
    // The same pairs out of ratings.
    const auto chosen = train(QStringList{path("ratings.tsv"), "--loss", "softmax", "--threshold", "5"} + options);
    QVERIFY2(chosen.code == 0, qPrintable(chosen.error));
    QVERIFY(chosen.json().back()["recall_at_10"].get<double>() > 0.85);
    QCOMPARE(chosen.json().back()["held_out_ratings"], last["held_out_ratings"]);
}

void TestCliRecommender::takesSeveralFilesAndATest()
{
    write("more.txt", "u0 new 5\nu1 new 1\nu0 new 4\n");
    write("test.csv", "user,item,rating\nu0,new,2\nnobody,new,3\n");
    const auto got = train({path("ratings.tsv"), path("more.txt"), "--test", path("test.csv"), "--epochs", "2"});
    QVERIFY2(got.code == 0, qPrintable(got.error));
    const Json last = got.json().back();
    // One of `more` twice, and one of it again in the test, which must not be learned from.
    QCOMPARE(last["duplicates"].get<int>(), 2);
    QCOMPARE(last["held_out_ratings"].get<int>(), 2);
    QCOMPARE(last["users"].get<int>(), 41);
    QVERIFY2(got.error.contains("2 ratings were replaced"), qPrintable(got.error));
}

void TestCliRecommender::stopsEarly()
{
    const auto got = train({path("ratings.tsv"), "--early-stop", "2", "--epochs", "500", "--lr", "0.5", "--reg", "0"});
    QVERIFY2(got.code == 0, qPrintable(got.error));
    const auto lines = got.json();
    const auto epochs = lines.size() - 1;
    QVERIFY(epochs < 500);
    // The weights are those of the best epoch, which is two before the last.
    QCOMPARE(lines.back()["rmse"], lines[epochs - 3]["rmse"]);
    QVERIFY(lines[epochs - 1]["valid_rmse"].get<double>() >= lines[epochs - 3]["valid_rmse"].get<double>());
}

void TestCliRecommender::threadsDoNotMatter()
{
    QCOMPARE(train({path("ratings.tsv"), "--threads", "1"}).code, 0);
    const QByteArray one = content("run/model.safetensors");
    QVERIFY(!one.isEmpty());
    for (const char* threads : {"2", "5"}) {
        QCOMPARE(train({path("ratings.tsv"), "--threads", threads}).code, 0);
        QVERIFY(content("run/model.safetensors") == one);
    }
    QCOMPARE(train({path("ratings.tsv"), "--seed", "1"}).code, 0);
    QVERIFY(content("run/model.safetensors") != one);
}

void TestCliRecommender::badInputHasOneSentence_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("says");
    const QStringList good{"RATINGS"};
    QTest::newRow("no such file") << QStringList{"absent.txt"} << 3 << "absent.txt";
    QTest::newRow("a damaged line") << QStringList{"DAMAGED"} << 3 << "line 6";
    QTest::newRow("another loss") << good + QStringList{"--loss", "hinge"} << 4 << "squared, bpr, softmax";
    QTest::newRow("a share of one") << good + QStringList{"--held-out", "1"} << 4 << "--held-out";
    QTest::newRow("two kinds of test") << good + QStringList{"--held-out", "0.1", "--test", "RATINGS"} << 4 << "--test";
    QTest::newRow("implicit and squared") << good + QStringList{"--implicit", "--loss", "squared"} << 4 << "--loss bpr";
    QTest::newRow("a threshold for squared loss") << good + QStringList{"--threshold", "3"} << 4 << "--implicit";
    QTest::newRow("a threshold above all") << good + QStringList{"--implicit", "--threshold", "9"} << 3 << "threshold";
    QTest::newRow("no ratings for squared loss") << QStringList{"PAIRS", "--loss", "squared"} << 4 << "without ratings";
    QTest::newRow("no dimensions") << good + QStringList{"--dim", "0"} << 4 << "embedding_dim";
    QTest::newRow("no output") << QStringList{} << 2 << "";
}

void TestCliRecommender::badInputHasOneSentence()
{
    QFETCH(QStringList, arguments);
    QFETCH(const int, code);
    QFETCH(const QString, says);
    write("damaged.txt", "a x 1\nb y 2\nc z 3\nd x 4\ne y 5\nf z bad\n");
    write("pairs.txt", "a x\nb y\n");
    arguments.replaceInStrings("RATINGS", path("ratings.tsv"));
    arguments.replaceInStrings("DAMAGED", path("damaged.txt"));
    arguments.replaceInStrings("PAIRS", path("pairs.txt"));
    const auto got = train(arguments);
    QVERIFY2(got.code == code, qPrintable(got.error));
    QVERIFY2(got.error.contains(says), qPrintable(got.error));
    QVERIFY(code == 2 || got.error.trimmed().count('\n') == 0);
    QVERIFY(!QFile::exists(path("run")));
}

void TestCliRecommender::divergenceIsNamed()
{
    const auto got = train({path("ratings.tsv"), "--optimizer", "sgd", "--lr", "1e6"});
    QCOMPARE(got.code, 6);
    QVERIFY2(got.error.contains("step "), qPrintable(got.error));
    QVERIFY(readSafetensors(path("run/model.safetensors").toStdString()).has_value());
}

void TestCliRecommender::interruptedTrainingIsKept()
{
    QProcess tool;
    tool.start(EMBEDSCOPE_CLI,
               {"train-recommender", path("ratings.tsv"), "--output", path("run"), "--epochs", "1000000", "--json"});
    QTRY_VERIFY_WITH_TIMEOUT(tool.bytesAvailable() > 2000, 20000);
    ::kill(static_cast<pid_t>(tool.processId()), SIGINT);
    QVERIFY(tool.waitForFinished(20000));
    QCOMPARE(tool.exitCode(), 5);
    QVERIFY(readSafetensors(path("run/model.safetensors").toStdString()).has_value());
    QCOMPARE(run({"info", path("run/users.safetensors")}).code, 0);
}

void TestCliRecommender::filmTrust()
{
    QStringList files;
    for (int part = 0; part < 4; ++part)
        files += qEnvironmentVariable("EMBEDSCOPE_DATA") + QStringLiteral("/filmtrust/ratings_%1.txt").arg(part);
    for (const QString& file : files)
        if (!QFile::exists(file))
            QSKIP(qPrintable("EMBEDSCOPE_DATA has no " + file));
    const auto got = train(files);
    QVERIFY2(got.code == 0, qPrintable(got.error));
    const Json last = got.json().back();
    QCOMPARE(last["users"].get<int>(), 1508);
    QCOMPARE(last["items"].get<int>(), 2071);
    QVERIFY(last["rmse"].get<double>() < last["baseline_bias_rmse"].get<double>() - 0.005);
    QVERIFY(last["baseline_bias_rmse"].get<double>() < last["baseline_mean_rmse"].get<double>() - 0.09);
}

QTEST_GUILESS_MAIN(TestCliRecommender)
#include "tst_cli_recommender.moc"
