// SPDX-License-Identifier: GPL-3.0-or-later
#include <nlohmann/json.hpp>

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

using Json = nlohmann::json;

/// A model that the headless tool trained goes on as an exported PyTorch project: its programs predict and train.
class TestCliProject : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void predictsTheSameLabels();
    void trainsAndResumes();
    void manyProcessesLearnWhatOneDoes();
    void aFrozenSparseTableThaws();
    void errorsAreSentences();

private:
    struct Outcome
    {
        int code;
        QByteArray out;
        QByteArray error;
    };
    static Outcome run(const QString& program, const QStringList& arguments, const QByteArray& input = {});
    Outcome tool(const QStringList& arguments) const { return run(EMBEDSCOPE_CLI, arguments); }
    Outcome python(const QStringList& arguments, const QByteArray& input = {}) const;
    /// train.py in two processes.
    Outcome together(const QStringList& arguments) const;
    /// Trains with the tool and exports the project "name".
    void exportProject(const QString& name, const QStringList& options);
    QString path(const QString& name) const { return m_folder.filePath(name); }
    QByteArray content(const QString& name) const;

    QTemporaryDir m_folder;
    bool m_hasTorch = false;
};

namespace {

/// The reports of the epochs, whatever a launcher puts before them.
std::vector<Json> reports(const QByteArray& out)
{
    std::vector<Json> found;
    for (const QByteArray& line : out.split('\n'))
        if (const auto begin = line.indexOf('{'); begin >= 0)
            found.push_back(Json::parse(line.mid(begin).toStdString(), nullptr, false));
    return found;
}

double number(const Json& report, const char* name)
{
    return report.at(name).get<double>();
}

} // namespace

TestCliProject::Outcome TestCliProject::run(const QString& program, const QStringList& arguments,
                                            const QByteArray& input)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("OMP_NUM_THREADS", "1");
    process.setProcessEnvironment(environment);
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(120000) || process.exitStatus() != QProcess::NormalExit)
        return {-1, process.readAllStandardOutput(), "did not end normally"};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

TestCliProject::Outcome TestCliProject::python(const QStringList& arguments, const QByteArray& input) const
{
    return run("/usr/bin/python3", arguments, input);
}

TestCliProject::Outcome TestCliProject::together(const QStringList& arguments) const
{
    // Redirected, because the launcher of PyTorch 1.13 cannot do without under Python 3.11.
    return python(QStringList{"-m", "torch.distributed.run", "--nproc_per_node=2", "--redirects", "0:1", "--tee", "0:1",
                              "--log_dir", path("log"), "--master_port", "29517"} +
                  arguments);
}

void TestCliProject::exportProject(const QString& name, const QStringList& options)
{
    const Outcome trained = tool(QStringList{"train", path("data.tsv"), "--output", path(name + "-run"), "--epochs",
                                             "1", "--embedding-dim", "12"} +
                                 options);
    QVERIFY2(trained.code == 0, trained.error.constData());
    const Outcome exported = tool({"export", path(name + "-run"), path(name), "--to", "pytorch-project", "--json"});
    QVERIFY2(exported.code == 0, exported.error.constData());
    QCOMPARE(Json::parse(exported.out.toStdString()).at("files").size(), std::size_t{12});
}

QByteArray TestCliProject::content(const QString& name) const
{
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestCliProject::initTestCase()
{
    m_hasTorch = python({"-c", "import torch"}).code == 0;
    QFile file(path("data.tsv"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("label\ttext\n");
    const QList<QByteArray> words{"man", "king", "rules", "apple", "sweet", "fruit", "tree", "crown", "old", "Don't"};
    for (int i = 0; i < 301; ++i) {
        QByteArray line = i % 2 == 0 ? "ruler\t" : "fruit\t";
        for (int w = 0; w < 1 + i % 9; ++w)
            line += words[(i * 7 + w * (3 + i % 4) + (i % 2) * 3) % (6 + 4 * (i % 2))] + ' ';
        file.write(line + '\n');
    }
    file.close();
    exportProject("lstm", {"--encoder", "lstm", "--hidden-dim", "8", "--dropout", "0.2", "--lr", "0.01", "--seed", "5",
                           "--valid-split", "0.1"});
}

void TestCliProject::predictsTheSameLabels()
{
    if (!m_hasTorch)
        QSKIP("python3-torch is not installed");
    const QByteArray lines =
        "Don't\nthe king rules\n\nsweet old fruit\nsweet old apple tree\nking of kings\n\xff\xfe sweet\n";
    const Outcome theirs = python({path("lstm/predict.py"), "--json"}, lines);
    QVERIFY2(theirs.code == 0, theirs.error.constData());
    const Outcome ours = run(EMBEDSCOPE_CLI, {"predict", path("lstm-run"), "--json"}, lines);
    const auto a = reports(theirs.out);
    const auto b = reports(ours.out);
    QCOMPARE(a.size(), std::size_t{7});
    QCOMPARE(b.size(), a.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        QCOMPARE(a[i].at("label"), b[i].at("label"));
        for (const auto& [name, share] : b[i].at("probabilities").items())
            QVERIFY(std::abs(number(a[i].at("probabilities"), name.c_str()) - share.get<double>()) < 1e-5);
    }
    const Outcome plain = python({path("lstm/predict.py"), "the king rules"});
    QVERIFY(plain.out.startsWith(QByteArray::fromStdString(a[1].at("label").get<std::string>()) + '\t'));
    QVERIFY(plain.out.endsWith("\tthe king rules\n"));
}

void TestCliProject::trainsAndResumes()
{
    if (!m_hasTorch)
        QSKIP("python3-torch is not installed");
    const QStringList train{path("lstm/train.py"), path("data.tsv"), "--output"};
    const Outcome whole = python(train + QStringList{path("whole"), "--epochs", "3"});
    QVERIFY2(whole.code == 0, whole.error.constData());
    const auto epochs = reports(whole.out);
    QCOMPARE(epochs.size(), std::size_t{3});
    QVERIFY(number(epochs[2], "train_loss") < number(epochs[0], "train_loss"));
    QVERIFY(number(epochs[2], "valid_accuracy") > 0.5);

    QCOMPARE(python(train + QStringList{path("parts"), "--epochs", "1"}).code, 0);
    const Outcome second = python(train + QStringList{path("parts"), "--epochs", "3", "--resume"});
    QVERIFY2(second.code == 0, second.error.constData());
    QCOMPARE(reports(second.out).size(), std::size_t{2});
    QVERIFY(!content("whole/model.pt").isEmpty());
    QCOMPARE(content("parts/model.pt"), content("whole/model.pt"));

    const Outcome better =
        python({path("lstm/predict.py"), "--weights", path("whole/model.pt"), "--json", "tree crown old"});
    QVERIFY2(better.code == 0, better.error.constData());
    QCOMPARE(reports(better.out).at(0).at("label"), Json("fruit"));
}

/// Every process sees its share of each step, so that the losses are those of one process. Without dropout, which each
/// draws for itself.
void TestCliProject::manyProcessesLearnWhatOneDoes()
{
    if (!m_hasTorch)
        QSKIP("python3-torch is not installed");
    exportProject("clipped",
                  {"--encoder", "transformer", "--hidden-dim", "16", "--max-norm", "1.5", "--class-weight", "balanced",
                   "--label-smoothing", "0.1", "--clip-norm", "0.5", "--schedule", "cosine", "--warmup-steps", "3"});
    // 300 sentences: whole steps for both, or some would come twice.
    QByteArray lines = content("data.tsv");
    lines.chop(lines.size() - lines.lastIndexOf('\n', lines.size() - 2) - 1);
    QFile even(path("even.tsv"));
    QVERIFY(even.open(QIODevice::WriteOnly) && even.write(lines) == lines.size());
    even.close();
    const QStringList train{
        path("clipped/train.py"), path("even.tsv"), "--batch-size", "30", "--epochs", "2", "--valid",
        path("data.tsv"),         "--output"};
    const Outcome one = python(train + QStringList{path("one")});
    const Outcome two = together(train + QStringList{path("two")});
    QVERIFY2(one.code == 0, one.error.constData());
    QVERIFY2(two.code == 0, two.error.constData());
    const auto alone = reports(one.out);
    const auto shared = reports(two.out);
    QCOMPARE(shared.size(), std::size_t{2});
    for (std::size_t i = 0; i < 2; ++i) {
        QVERIFY(std::abs(number(alone[i], "valid_loss") - number(shared[i], "valid_loss")) < 1e-4);
        QCOMPARE(number(shared[i], "valid_accuracy"), number(alone[i], "valid_accuracy"));
    }
    QVERIFY(number(shared[1], "train_loss") < number(shared[0], "train_loss"));

    const Outcome resumed = together(train + QStringList{path("two"), "--epochs", "3", "--resume"});
    QVERIFY2(resumed.code == 0, resumed.error.constData());
    QCOMPARE(reports(resumed.out).size(), std::size_t{1});
}

void TestCliProject::aFrozenSparseTableThaws()
{
    if (!m_hasTorch)
        QSKIP("python3-torch is not installed");
    exportProject("sparse", {"--sparse", "--optimizer", "sparse_adam", "--lr", "0.02", "--freeze-epochs", "1",
                             "--clip-norm", "1"});
    const QStringList train{path("sparse/train.py"), path("data.tsv"), "--output", path("thawed"), "--epochs"};
    const QString tableChanged = "import sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path\n"
                                 "from model import read_weights\n"
                                 "a, b = (read_weights(Path(p))['embedding.weight'] for p in sys.argv[2:4])\n"
                                 "print(len(a), (a != b).any(1).nonzero().flatten().tolist())";
    const QStringList compare{"-c", tableChanged, path("sparse"), path("sparse/model.safetensors"),
                              path("thawed/model.pt")};
    const Outcome frozen = together(train + QStringList{"1"});
    QVERIFY2(frozen.code == 0, frozen.error.constData());
    QCOMPARE(python(compare).out, QByteArray("10 []\n"));
    const Outcome thawed = together(train + QStringList{"3"});
    QVERIFY2(thawed.code == 0, thawed.error.constData());
    const auto epochs = reports(thawed.out);
    QCOMPARE(epochs.size(), std::size_t{3});
    QVERIFY(number(epochs[2], "train_loss") < number(epochs[1], "train_loss"));
    // All words but <pad> and <unk>, which no sentence has.
    QCOMPARE(python(compare).out, QByteArray("10 [2, 3, 4, 5, 6, 7, 8, 9]\n"));
}

void TestCliProject::errorsAreSentences()
{
    const Outcome refused = tool({"export", path("lstm-run"), path("lstm-run"), "--to", "pytorch-project"});
    QCOMPARE(refused.code, 3);
    QVERIFY(refused.error.contains("holds no PyTorch project"));
    QCOMPARE(tool({"predict", path("lstm-run"), "sweet"}).code, 0); // untouched
    if (!m_hasTorch)
        QSKIP("python3-torch is not installed");
    QFile other(path("other.tsv"));
    QVERIFY(other.open(QIODevice::WriteOnly) && other.write("label\ttext\nanimal\ta fox\nfruit\tan apple\n") > 0);
    other.close();
    const Outcome unknown = python({path("lstm/train.py"), path("other.tsv"), "--output", path("none")});
    QCOMPARE(unknown.code, 1);
    QVERIFY2(unknown.error.contains("\"animal\" is not a class of the model"), unknown.error.constData());
    const Outcome nothing = python({path("lstm/train.py"), path("data.tsv"), "--output", path("none"), "--resume"});
    QCOMPARE(nothing.code, 1);
    QVERIFY2(nothing.error.contains("nothing to resume"), nothing.error.constData());
    const Outcome conflict = python({path("lstm/train.py"), path("data.tsv"), "--sparse"});
    QVERIFY2(conflict.error.contains("takes no sparse gradients"), conflict.error.constData());
}

QTEST_GUILESS_MAIN(TestCliProject)
#include "tst_cli_project.moc"
