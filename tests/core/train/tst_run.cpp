// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/run.h"

#include "core/base/parallel.h"
#include "core/io/format.h"

#include <QTemporaryDir>
#include <QtTest>

#include <fstream>

using namespace embedscope;

class TestRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aFreshTableHasPaddingAndUnknownRows();
    void vectorsKeepTheirRows();
    void replayIsIdentical_data();
    void replayIsIdentical();
    void replayFindsAChangedWeight();
    void replayRefusesChangedData();
    void aStoredTableIsReplayed();
    void aModelComesBackFromItsFolder();
    void aDamagedFolderIsRefused_data();
    void aDamagedFolderIsRefused();
    void exportsForOthers();

private:
    QString path(const char* name) const { return m_folder->filePath(QString::fromLatin1(name)); }
    std::filesystem::path file(const char* name) const { return path(name).toStdString(); }
    /// Trains for 40 steps with four switches and writes the run to "run".
    void trainAndWrite(bool withVectors);

    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

void write(const std::filesystem::path& path, const std::string& content)
{
    std::ofstream(path, std::ios::binary) << content;
}

std::string sentences()
{
    std::string out = "label\ttext\n";
    const char* words[] = {"red", "green", "blue", "one", "two", "three", "cat", "dog", "cow"};
    for (int i = 0; i < 60; ++i) {
        const int c = i % 3;
        out += "class" + std::to_string(c) + "\t" + words[3 * c + i % 2] + " the " + words[3 * c + (i / 3) % 3] + "\n";
    }
    return out;
}

Result<PreparedRun> prepare(const std::filesystem::path& data, std::shared_ptr<const EmbeddingTable> vectors)
{
    Progress progress;
    auto text = readLabelledText(data, {}, {}, progress);
    if (!text)
        return fail(text.error());
    RunInput input{std::make_shared<const LabelledText>(std::move(*text)), std::move(vectors), {}, {}};
    input.options.embedding_dim = 6;
    input.options.batch_size = 8;
    return prepareRun(input);
}

std::shared_ptr<const EmbeddingTable> vectors()
{
    Matrix weights(3, 4);
    weights << 1, 2, 3, 4, 5, 6, 7, 8, -1, -2, -3, -4;
    return std::make_shared<const EmbeddingTable>(*EmbeddingTable::create(weights, Vocabulary({"red", "cat", "sky"})));
}

} // namespace

void TestRun::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    write(file("data.tsv"), sentences());
}

void TestRun::aFreshTableHasPaddingAndUnknownRows()
{
    const auto run = prepare(file("data.tsv"), nullptr);
    QVERIFY(run.has_value());
    QCOMPARE(run->vocabulary.vocabulary[0], std::string_view("<pad>"));
    QCOMPARE(run->vocabulary.vocabulary[1], std::string_view("<unk>"));
    QVERIFY(run->weight.row(0).isZero(0));
    QVERIFY(!run->weight.row(1).isZero(0));
    QCOMPARE(run->weight.cols(), Index(6));
    QCOMPARE(run->weight.rows(), run->vocabulary.vocabulary.size());
}

void TestRun::vectorsKeepTheirRows()
{
    const auto run = prepare(file("data.tsv"), vectors());
    QVERIFY(run.has_value());
    QCOMPARE(run->weight.rows(), Index(5));
    QVERIFY(run->weight.topRows(3) == vectors()->weights());
    QCOMPARE(run->weight(run->vocabulary.unknownRow, 0), (1.0F + 5.0F - 1.0F) / 3);
    QVERIFY(run->weight.row(run->vocabulary.paddingRow).isZero(0));
}

void TestRun::trainAndWrite(bool withVectors)
{
    auto prepared = prepare(file("data.tsv"), withVectors ? vectors() : nullptr);
    QVERIFY(prepared.has_value());
    auto trainer = startTrainer(*prepared);
    QVERIFY(trainer.has_value());
    for (int step = 0; step < 40; ++step) {
        LiveSettings settings = trainer->settings();
        settings.freeze = step >= 5 && step < 11;
        settings.padding_idx = step >= 17 ? std::optional<std::int64_t>(3) : std::nullopt;
        settings.lr = step >= 23 ? 0.02 : 0.005;
        QVERIFY(trainer->apply(settings).has_value());
        QVERIFY(trainer->step().has_value());
    }
    RunDirectory run{.record = recordOf(*trainer, *prepared),
                     .model = modelTensors(trainer->model()),
                     .vocabulary = prepared->vocabulary.vocabulary};
    run.record.data = *stampOf(file("data.tsv"));
    if (withVectors) {
        run.record.stored_table = true;
        run.initial = TensorFile{};
        run.initial->tensors["embedding.weight"] = Tensor::fromMatrix(vectors()->weights());
    }
    QVERIFY(writeRun(run, file("run")).has_value());
    // The first one sets the rate of step 0; then freeze on, off, padding, rate.
    QCOMPARE(run.record.switches.size(), std::size_t(5));
}

void TestRun::replayIsIdentical_data()
{
    QTest::addColumn<int>("threads");
    QTest::newRow("1 thread") << 1;
    QTest::newRow("2 threads") << 2;
}

void TestRun::replayIsIdentical()
{
    QFETCH(int, threads);
    trainAndWrite(false);
    setThreadCount(threads);
    Progress progress;
    const auto report = replayRun(file("run"), {}, progress);
    setThreadCount(0);
    QVERIFY2(report.has_value(), report ? "" : describe(report.error()).c_str());
    QVERIFY2(report->identical, report->firstDifference.c_str());
}

void TestRun::replayFindsAChangedWeight()
{
    trainAndWrite(false);
    auto run = readRun(file("run"));
    QVERIFY(run.has_value());
    std::get<std::vector<float>>(run->model.tensors["embedding.weight"].data)[13] += 1e-6F; // row 2, column 1
    QVERIFY(writeRun(*run, file("run")).has_value());
    Progress progress;
    const auto report = replayRun(file("run"), {}, progress);
    QVERIFY(report.has_value());
    QVERIFY(!report->identical);
    QVERIFY(report->firstDifference.starts_with("embedding.weight row 2, column 1"));
}

void TestRun::replayRefusesChangedData()
{
    trainAndWrite(false);
    write(file("data.tsv"), sentences() + "class0\tred red\n");
    Progress progress;
    const auto report = replayRun(file("run"), {}, progress);
    QVERIFY(!report.has_value());
    QCOMPARE(report.error().code, ErrorCode::DataChanged);
}

void TestRun::aStoredTableIsReplayed()
{
    trainAndWrite(true);
    Progress progress;
    const auto report = replayRun(file("run"), {}, progress);
    QVERIFY2(report.has_value(), report ? "" : describe(report.error()).c_str());
    QVERIFY2(report->identical, report->firstDifference.c_str());
}

void TestRun::aModelComesBackFromItsFolder()
{
    trainAndWrite(false);
    const auto model = loadModel(*readRun(file("run")));
    QVERIFY(model.has_value());
    const auto probabilities = model->probabilities({"red green the", "two one", "cow dog"}, {});
    QVERIFY(probabilities.has_value());
    for (Index row = 0; row < 3; ++row) {
        Index best = 0;
        probabilities->row(row).maxCoeff(&best);
        QCOMPARE(best, row);
        QVERIFY(std::abs(probabilities->row(row).sum() - 1) < 1e-5F);
    }
}

void TestRun::aDamagedFolderIsRefused_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("content");
    QTest::newRow("no run.json") << "run.json" << QString();
    QTest::newRow("run.json is not JSON") << "run.json"
                                          << "{";
    QTest::newRow("run.json lacks everything") << "run.json"
                                               << "{\"version\": 1}";
    QTest::newRow("run.json of a later program") << "run.json"
                                                 << "{\"version\": 99}";
    QTest::newRow("no weights") << "model.safetensors" << QString();
    QTest::newRow("cut weights") << "model.safetensors"
                                 << "abc";
    QTest::newRow("vocabulary of another table") << "vocabulary.txt"
                                                 << "one\n";
}

void TestRun::aDamagedFolderIsRefused()
{
    QFETCH(QString, name);
    QFETCH(QString, content);
    trainAndWrite(false);
    const auto damaged = file("run") / name.toStdString();
    std::filesystem::remove(damaged);
    if (!content.isNull())
        write(damaged, content.toStdString());
    const auto run = readRun(file("run"));
    QVERIFY(!run.has_value());
    QCOMPARE(errorKind(run.error().code), ErrorKind::File);
}

void TestRun::exportsForOthers()
{
    trainAndWrite(false);
    const auto run = readRun(file("run"));
    const auto files = exportModel(*run, file("model.npz"), "npz");
    QVERIFY(files.has_value());
    QCOMPARE(files->size(), std::size_t(2));
    const auto npz = readNpz(file("model.npz"));
    QVERIFY(npz.has_value());
    QVERIFY(npz->tensors.at("embedding.weight").data == run->model.tensors.at("embedding.weight").data);
    QVERIFY(exportModel(*run, file("model.safetensors"), "safetensors").has_value());
    const auto tensors = readSafetensors(file("model.safetensors"));
    QVERIFY(tensors.has_value());
    QVERIFY(tensors->metadata.at("classes") == R"(["class0","class1","class2"])");
    // The table opens like any other file of vectors, with its words.
    Progress progress;
    const auto table = readTable(file("model.safetensors"), {}, {}, progress);
    QVERIFY2(table.has_value(), table ? "" : describe(table.error()).c_str());
    QVERIFY(table->table.vocabulary() == run->vocabulary);
    QVERIFY(exportModel(*run, file("model.pt"), "pt").has_value());
    const auto state = readPyTorch(file("model.pt"));
    QVERIFY2(state.has_value(), state ? "" : describe(state.error()).c_str());
    QCOMPARE(state->tensors.size(), run->model.tensors.size());
    for (const auto& [name, tensor] : run->model.tensors) {
        QVERIFY(state->tensors.at(name).shape == tensor.shape);
        QVERIFY(state->tensors.at(name).data == tensor.data);
    }
    const auto opened = readTable(file("model.pt"), {.array = "embedding.weight"}, {}, progress);
    QVERIFY2(opened.has_value(), opened ? "" : describe(opened.error()).c_str());
    QVERIFY(opened->table.vocabulary() == run->vocabulary);
    const auto other = exportModel(*run, file("model.x"), "x");
    QVERIFY(!other.has_value());
    QVERIFY(describe(other.error()).find("safetensors, pt, npz") != std::string::npos);
}

QTEST_APPLESS_MAIN(TestRun)
#include "tst_run.moc"
