// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/format.h"
#include "core/io/tensor_file.h"

#include <nlohmann/json.hpp>

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>

using namespace embedscope;
using Json = nlohmann::json;

/// The headless tool from outside: results, exit codes, and that nothing is lost when something is wrong.
class TestCli : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void infoOfASmallFile();
    void tokensOfAnotherFile();
    void optionsOfReading();
    void convertsToEveryFormat_data();
    void convertsToEveryFormat();
    void neighboursOfAFormula();
    void neighboursOfAnUnseenWord();
    void trainsPredictsExportsAndReplays();
    void frozenVectorsAreExportedBitForBit();
    void badInputHasOneSentence_data();
    void badInputHasOneSentence();
    void aFailedConversionKeepsTheOldFile();
    void aFullDiskLeavesNothing();
    void interruptedTrainingIsKept();
    void realFiles();

private:
    struct Outcome
    {
        int code = -1;
        QString out;
        QString error;
        [[nodiscard]] std::vector<Json> json() const;
    };
    Outcome run(const QStringList& arguments, const QByteArray& input = {}) const;
    QString path(const QString& name) const { return m_folder->filePath(name); }
    void write(const QString& name, const QByteArray& content) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

const QByteArray kVectors = "king 1 0 0.5\nqueen 0.9 0.1 0.5\nman 1 0 0\nwoman 0.9 0.1 0\napple 0 0 -1\n";

QByteArray sentences()
{
    QByteArray out;
    for (int i = 0; i < 80; ++i)
        out += i % 2 == 0 ? "man\tthe king rules a man\n" : "fruit\tthe apple is a sweet fruit\n";
    return out;
}

} // namespace

std::vector<Json> TestCli::Outcome::json() const
{
    std::vector<Json> lines;
    for (const QString& line : out.split('\n', Qt::SkipEmptyParts))
        lines.push_back(Json::parse(line.toStdString(), nullptr, false));
    return lines;
}

TestCli::Outcome TestCli::run(const QStringList& arguments, const QByteArray& input) const
{
    QProcess tool;
    tool.start(EMBEDSCOPE_CLI, arguments);
    tool.write(input);
    tool.closeWriteChannel();
    if (!tool.waitForFinished(60000) || tool.exitStatus() != QProcess::NormalExit)
        return {-1, tool.readAllStandardOutput(), "did not end normally"};
    return {tool.exitCode(), tool.readAllStandardOutput(), tool.readAllStandardError()};
}

void TestCli::write(const QString& name, const QByteArray& content) const
{
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

void TestCli::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    write("vectors.txt", kVectors);
    write("data.tsv", sentences());
}

void TestCli::infoOfASmallFile()
{
    const auto got = run({"info", path("vectors.txt"), "--json"});
    QCOMPARE(got.code, 0);
    const Json info = got.json().at(0);
    QCOMPARE(info["format"].get<std::string>(), std::string("glove"));
    QCOMPARE(info["rows"].get<int>(), 5);
    QCOMPARE(info["dim"].get<int>(), 3);
    QCOMPARE(info["norm"]["max"].get<float>(), std::sqrt(1.25F));
    for (const char* key :
         {"dtype", "bytes", "duplicates", "nan_rows", "zero_rows", "invalid_utf8", "warnings", "seconds"})
        QVERIFY2(info.contains(key), key);
}

void TestCli::tokensOfAnotherFile()
{
    write("words.tsv", "word\tcount\tclass\nman\t7\tp\nking\t\tp\nqueen\t2\tp\nwoman\t3.5\t\napple\t1\tf\n");
    const Json info = run({"info", path("vectors.txt"), "--tokens", path("words.tsv"), "--json"}).json().at(0);
    const Json expected = Json::parse(R"([{"name": "class", "type": "categories", "distinct": 2},
                                          {"name": "count", "type": "numbers", "min": 1.0, "max": 7.0}])");
    QVERIFY2(info["columns"] == expected, info["columns"].dump().c_str());
    QVERIFY(info["tokens_from"].is_null()); // the file joins by token; the names are those of before
    write("names.txt", "K\nQ\nM\nW\nA\n");
    const QString names = path("names.txt");
    QCOMPARE(run({"convert", path("vectors.txt"), path("named.npy"), "--tokens", names}).code, 0);
    QFile list(path("named.vocab.txt"));
    QVERIFY(list.open(QIODevice::ReadOnly));
    QCOMPARE(list.readAll(), QByteArray("K\nQ\nM\nW\nA\n"));
    const auto found = run({"neighbors", path("vectors.txt"), "K - M + W", "-k", "1", "--tokens", names, "--json"});
    QCOMPARE(found.json().at(0)["neighbors"][0]["token"].get<std::string>(), std::string("Q"));
    write("short.txt", "K\nQ\n");
    const auto refused = run({"info", path("vectors.txt"), "--tokens", path("short.txt")});
    QCOMPARE(refused.code, 4);
    QVERIFY2(refused.error.contains(QStringLiteral("expected 5 tokens")), qPrintable(refused.error));
}

void TestCli::optionsOfReading()
{
    const auto format = [this](const QStringList& options) {
        const auto got = run(QStringList{"info", path("vectors.txt"), "--json"} + options);
        return got.code == 0 ? got.json().at(0)["format"].get<std::string>() : std::to_string(got.code);
    };
    QCOMPARE(format({"--from", "glove"}), std::string("glove"));
    QCOMPARE(format({"--from", "xml"}), std::string("4"));
    QCOMPARE(format({"--dim", "0"}), std::string("2"));
    for (const char* command : {"info", "convert", "neighbors", "evaluate"}) {
        const QString help = run({command, "--help"}).out;
        for (const char* option : {"--from", "--tokens", "--array", "--entry", "--encoding", "--header", "--no-header",
                                   "--dim", "--skip-damaged"})
            QVERIFY2(help.contains(QLatin1String(option)), option);
    }
}

void TestCli::convertsToEveryFormat_data()
{
    QTest::addColumn<QString>("name");
    for (const char* name : {"out.txt", "out.vec", "out.bin", "out.npy", "out.safetensors"})
        QTest::newRow(name) << name;
}

void TestCli::convertsToEveryFormat()
{
    QFETCH(QString, name);
    const auto got = run({"convert", path("vectors.txt"), path(name), "--json"});
    QVERIFY2(got.code == 0, qPrintable(got.error));
    Progress progress;
    const auto before = readTable(path("vectors.txt").toStdString(), {}, {}, progress);
    const auto after = readTable(path(name).toStdString(), {}, {}, progress);
    QVERIFY2(after.has_value(), after ? "" : describe(after.error()).c_str());
    QVERIFY(after->table.weights() == before->table.weights());
    QVERIFY(after->table.vocabulary() == before->table.vocabulary());
}

void TestCli::neighboursOfAFormula()
{
    const auto got = run({"neighbors", path("vectors.txt"), "king - man + woman", "-k", "1", "--json"});
    QVERIFY2(got.code == 0, qPrintable(got.error));
    QCOMPARE(got.json().at(0)["neighbors"][0]["token"].get<std::string>(), std::string("queen"));
}

void TestCli::neighboursOfAnUnseenWord()
{
    const QString model = QStringLiteral(EMBEDSCOPE_SOURCE_DIR "/tests/data/formats/fasttext.bin");
    const auto got = run({"neighbors", model, "cd", "-k", "3", "--json"});
    QVERIFY2(got.code == 0, qPrintable(got.error));
    const Json result = got.json().at(0);
    QCOMPARE(result["neighbors"].size(), std::size_t{3}); // no row is left out
    QCOMPARE(result["composed"].size(), std::size_t{1});
    QCOMPARE(result["composed"][0].get<std::string>(), std::string("cd"));
    QVERIFY(got.error.contains("\"cd\" is not in the vocabulary; its vector was composed from its parts."));
    const auto known = run({"neighbors", model, "ab", "-k", "3", "--json"});
    QCOMPARE(known.json().at(0)["neighbors"].size(), std::size_t{2});
    QVERIFY(!known.json().at(0).contains("composed"));
    QCOMPARE(known.error, QString());
}

void TestCli::trainsPredictsExportsAndReplays()
{
    const auto trained = run({"train",
                              path("data.tsv"),
                              "--test",
                              path("data.tsv"),
                              "--output",
                              path("run"),
                              "--epochs",
                              "12",
                              "--embedding-dim",
                              "8",
                              "--lr",
                              "0.05",
                              "--batch-size",
                              "8",
                              "--switch",
                              "10:freeze=on",
                              "--switch",
                              "20:freeze=off,padding_idx=3",
                              "--switch",
                              "30:max_norm=2",
                              "--switch",
                              "40:scale_grad_by_freq=on,lr=0.01",
                              "--json"});
    QVERIFY2(trained.code == 0, qPrintable(trained.error));
    const auto lines = trained.json();
    QCOMPARE(lines.size(), std::size_t(13));
    QCOMPARE(lines[11]["epoch"].get<int>(), 12);
    QCOMPARE(lines[11]["test_accuracy"].get<double>(), 1.0);
    QCOMPARE(lines[12]["final"].get<bool>(), true);

    const auto predicted = run({"predict", path("run"), "--json"}, "a sweet apple\nthe king\n");
    QVERIFY2(predicted.code == 0, qPrintable(predicted.error));
    QCOMPARE(predicted.json().at(0)["label"].get<std::string>(), std::string("fruit"));
    QCOMPARE(predicted.json().at(1)["label"].get<std::string>(), std::string("man"));

    QCOMPARE(run({"export", path("run"), path("m.npz"), "--to", "npz"}).code, 0);
    QVERIFY(readNpz(path("m.npz").toStdString()).has_value());
    for (const char* threads : {"1", "2"}) {
        const auto replayed = run({"replay", path("run"), "--threads", threads, "--json"});
        QVERIFY2(replayed.code == 0, qPrintable(replayed.error));
        QCOMPARE(replayed.json().at(0)["identical"].get<bool>(), true);
    }
}

void TestCli::frozenVectorsAreExportedBitForBit()
{
    Progress progress;
    const Matrix input = readTable(path("vectors.txt").toStdString(), {}, {}, progress)->table.weights();
    for (const bool frozen : {true, false}) {
        QStringList arguments{"train",    path("data.tsv"), "--vectors", path("vectors.txt"),
                              "--output", path("run"),      "--epochs",  "2"};
        if (frozen)
            arguments << "--freeze";
        QVERIFY(run(arguments).code == 0);
        const auto table = readTable(path("run/model.safetensors").toStdString(), {}, {}, progress);
        QVERIFY(table.has_value());
        QCOMPARE(table->table.weights().topRows(5) == input, frozen);
    }
}

void TestCli::badInputHasOneSentence_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("names");
    QTest::newRow("no command") << QStringList{} << 2 << "";
    QTest::newRow("an unknown option") << QStringList{"info", "@vectors.txt", "--nonsense"} << 2 << "nonsense";
    QTest::newRow("a missing file") << QStringList{"info", "@gone.txt"} << 3 << "gone.txt";
    QTest::newRow("a folder") << QStringList{"info", "@."} << 3 << "";
    QTest::newRow("an empty file") << QStringList{"info", "@empty.txt"} << 3 << "empty.txt";
    QTest::newRow("a picture") << QStringList{"info", "@picture.txt"} << 3 << "picture.txt";
    QTest::newRow("a cut binary") << QStringList{"info", "@cut.bin"} << 3 << "cut.bin";
    QTest::newRow("an unknown word") << QStringList{"neighbors", "@vectors.txt", "prince"} << 4 << "prince";
    QTest::newRow("a broken formula") << QStringList{"neighbors", "@vectors.txt", "king -"} << 4 << "king -";
    QTest::newRow("an unknown metric") << QStringList{"neighbors", "@vectors.txt", "king", "--metric", "manhattan"} << 4
                                       << "manhattan";
    QTest::newRow("an unknown format") << QStringList{"convert", "@vectors.txt", "@x.txt", "--to", "xml"} << 4 << "xml";
    QTest::newRow("a folder that does not exist")
        << QStringList{"convert", "@vectors.txt", "@no/such/x.txt"} << 3 << "no/such/x.txt";
    QTest::newRow("text without labels") << QStringList{"train", "@novel.txt", "--output", "@run"} << 3 << "novel.txt";
    QTest::newRow("one class only") << QStringList{"train", "@oneclass.tsv", "--output", "@run"} << 4 << "oneclass.tsv";
    QTest::newRow("a label missing") << QStringList{"train", "@hole.tsv", "--output", "@run"} << 3 << "hole.tsv";
    QTest::newRow("padding outside the table")
        << QStringList{"train", "@data.tsv", "--output", "@run", "--padding-idx", "99999"} << 4 << "99999";
    QTest::newRow("an optimizer nobody knows")
        << QStringList{"train", "@data.tsv", "--output", "@run", "--optimizer", "lion"} << 4 << "lion";
    QTest::newRow("sparse with Adam") << QStringList{"train", "@data.tsv", "--output", "@run", "--sparse"} << 4
                                      << "sparse";
    QTest::newRow("a test label the data does not have")
        << QStringList{"train", "@data.tsv", "--test", "@other.tsv", "--output", "@run"} << 3 << "other.tsv";
    QTest::newRow("a rate that diverges")
        << QStringList{"train", "@data.tsv", "--output", "@run", "--optimizer", "sgd", "--lr", "1e38"} << 6
        << "diverged";
    QTest::newRow("a folder that is no run") << QStringList{"predict", "@.", "text"} << 3 << "";
    QTest::newRow("replay of nothing") << QStringList{"replay", "@gone"} << 3 << "gone";
}

void TestCli::badInputHasOneSentence()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, code);
    QFETCH(QString, names);
    write("empty.txt", "");
    write("picture.txt", QByteArray("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16) + QByteArray(200, '\x7f'));
    write("cut.bin", QByteArray("5 3\nking ") + QByteArray(10, '\1'));
    QByteArray novel;
    for (int i = 0; i < 100; ++i)
        novel +=
            "Word" + QByteArray::number(i) + " began a line of prose, as novel " + QByteArray::number(i) + " does.\n";
    write("novel.txt", novel);
    write("oneclass.tsv", "a\tfirst\na\tsecond\n");
    write("hole.tsv", "label\ttext\na\tfirst\nb\tsecond\n\tthird\nc\n");
    write("other.tsv", "man\tthe king\nbird\tan eagle\n");
    for (QString& argument : arguments)
        if (argument.startsWith('@'))
            argument = path(argument.mid(1));
    const auto got = run(arguments);
    QVERIFY2(got.code == code, qPrintable(QString::number(got.code) + ": " + got.error + got.out));
    QVERIFY2(got.error.contains(names), qPrintable(got.error));
    if (code > 2)
        QVERIFY2(got.error.trimmed().count('\n') == 0, qPrintable(got.error));
}

void TestCli::aFailedConversionKeepsTheOldFile()
{
    write("old.vec", "old");
    write("broken.txt", "a 1 2\nb 3\nc 5 6\nd 7 8\n");
    QCOMPARE(run({"convert", path("broken.txt"), path("old.vec")}).code, 3);
    QFile old(path("old.vec"));
    QVERIFY(old.open(QIODevice::ReadOnly));
    QCOMPARE(old.readAll(), QByteArray("old"));
}

void TestCli::aFullDiskLeavesNothing()
{
    // A limit on the size of files stands in for a full disk: the system call fails in the same place.
    QByteArray many;
    for (int i = 0; i < 20000; ++i)
        many += "word" + QByteArray::number(i) + " 0.123456 0.234567 0.345678\n";
    write("many.txt", many);
    QProcess shell;
    shell.start("sh", {"-c", "trap '' XFSZ; ulimit -f 64; exec \"$0\" \"$@\"", EMBEDSCOPE_CLI, "convert",
                       path("many.txt"), path("out.npy")});
    QVERIFY(shell.waitForFinished(30000));
    QCOMPARE(shell.exitCode(), 3);
    QVERIFY(shell.readAllStandardError().contains("out."));
    QVERIFY(!QFile::exists(path("out.npy")));
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden).size(), 3);
}

void TestCli::interruptedTrainingIsKept()
{
    QProcess tool;
    tool.start(EMBEDSCOPE_CLI, {"train", path("data.tsv"), "--output", path("run"), "--epochs", "100000", "--json"});
    QTRY_VERIFY_WITH_TIMEOUT(tool.bytesAvailable() > 2000, 20000);
    ::kill(static_cast<pid_t>(tool.processId()), SIGINT);
    QVERIFY(tool.waitForFinished(20000));
    QCOMPARE(tool.exitCode(), 5);
    const auto replayed = run({"predict", path("run"), "the king", "--json"});
    QVERIFY2(replayed.code == 0, qPrintable(replayed.error));
}

void TestCli::realFiles()
{
    const QString data = qEnvironmentVariable("EMBEDSCOPE_DATA");
    const QString glove = data + "/glove6b_50d_9163/glove.6B.50d.txt";
    if (data.isEmpty() || !QFile::exists(glove))
        QSKIP("EMBEDSCOPE_DATA does not name a folder with glove6b_50d_9163/glove.6B.50d.txt");
    const Json info = run({"info", glove, "--json"}).json().at(0);
    QCOMPARE(info["rows"].get<int>(), 9163);
    QCOMPARE(info["dim"].get<int>(), 50);
    // gensim 4.2: most_similar("king"), most_similar(positive=["king", "woman"], negative=["man"]).
    const auto first = [&](const QString& query) {
        return run({"neighbors", glove, query, "--json"}).json().at(0)["neighbors"][0];
    };
    QCOMPARE(first("king")["token"].get<std::string>(), std::string("prince"));
    QVERIFY(std::abs(first("king")["score"].get<double>() - 0.8236179) < 1e-5);
    QCOMPARE(first("king - man + woman")["token"].get<std::string>(), std::string("queen"));
    QVERIFY(std::abs(first("king - man + woman")["score"].get<double>() - 0.8523604) < 1e-5);
}

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
