// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/io/table_files.h"

#include <cmath>

using namespace embedscope;

/// Published files that nobody here wrote, in the folder that EMBEDSCOPE_DATA names.
class TestRealVectors : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void agreesBetweenTextAndBinary();
    void roundTrips();
};

namespace {

/// Empty where the file is not here.
std::filesystem::path dataFile(const QString& name)
{
    const QByteArray folder = qgetenv("EMBEDSCOPE_DATA");
    const auto path = std::filesystem::path(folder.toStdString()) / name.toStdString();
    return !folder.isEmpty() && std::filesystem::exists(path) ? path : std::filesystem::path();
}

} // namespace

#define NEEDS_FILE(path, name)                                                                                         \
    if ((path).empty())                                                                                                \
    QSKIP(qPrintable("missing below EMBEDSCOPE_DATA: " + (name)))

void TestRealVectors::reads_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("format");
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("dim");
    QTest::addColumn<double>("sum"); // of all values, in float64, by numpy over gensim's table
    const auto row = [](const char* file, Format format, int rows, int dim, double sum) {
        QTest::newRow(file) << file << int(format) << rows << dim << sum;
    };
    row("glove6b_50d_9163/glove.6B.50d.txt", Format::Glove, 9163, 50, 1415.8382251597077);
    row("retrofit_sample_48d/sample_vec.txt", Format::Glove, 1000, 48, 38.10595573965111);
    row("embedviz/w2v.txt", Format::Glove, 1000, 50, -177.53533389954464);
    row("gensim_glove/test_glove.txt", Format::Glove, 76, 50, 63.163756277717766);
    row("julia_glove/nbsp.glove.txt", Format::Glove, 3, 300, -21.91332519291609);
    row("allennlp_glove/fake_embeddings.5d.txt", Format::Glove, 15, 5, 44.996999913826585);
    row("medallia_w2v/tokensModel.bin", Format::Word2VecBinary, 1186, 200, 1891.7335762325233);
    row("gensim_w2v/poincare_vectors.bin", Format::Word2VecBinary, 1182, 10, 47.857711378774184);
    row("gensim_w2v/high_precision.kv.txt", Format::Word2VecText, 2, 2, -0.0009048381252796389);
    row("gensim_w2v/high_precision.kv.bin", Format::Word2VecBinary, 2, 2, -0.0009042620658874512);
    row("gensim_w2v/w2v_keyedvectors_load_test.modeldata", Format::Word2VecText, 2, 3, 2.400000087916851);
    row("emoji2vec/emoji2vec.bin", Format::Word2VecBinary, 1661, 300, -1139.5454854532004);
    row("zh_w2v_1466x64/embedding.txt", Format::Word2VecText, 1466, 64, 2930.178168142338);
    row("domains/word2vec.bin", Format::Word2VecText, 43, 50, -4.115785027825041);
    row("gensim_fasttext/lee_fasttext.vec", Format::FastTextVec, 1762, 10, -2523.5123581186454);
    row("cooking_fasttext/cooking.model.bin", Format::FastTextBin, 8952, 10, -483.2351068847056);
    row("finalfusion/utf8-incomplete.bin", Format::Word2VecBinary, 3, 3, 0.0);
    row("finalfusion/embeddings.dims.txt", Format::Word2VecText, 7, 10, 137.0);
    row("torchtext_vectors/wiki.en.vec", Format::Word2VecText, 99, 300, 145.05682681648568);
    row("reuters_12853x20/reuters_12853x20.bin", Format::Word2VecBinary, 12853, 20, -4535.999620410908);
    row("model2vec/test-model-float32.safetensors", Format::Safetensors, 29528, 2, -822.1676422040546);
    row("pytorch_small/embedding.pt", Format::PyTorch, 10, 3, -4.381989764049649);
}

void TestRealVectors::reads()
{
    QFETCH(QString, file);
    const auto path = dataFile(file);
    NEEDS_FILE(path, file);
    const auto loaded = read(path);
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QTEST(int(loaded->report.format), "format");
    QTEST(int(loaded->table.rows()), "rows");
    QTEST(int(loaded->table.dim()), "dim");
    QFETCH(double, sum);
    QVERIFY(std::abs(loaded->table.weights().cast<double>().sum() - sum) <= 1e-9 * (1 + std::abs(sum)));
}

void TestRealVectors::refuses_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<ErrorCode>("code");
    const auto row = [](const char* file, ErrorCode code) { QTest::newRow(file) << file << code; };
    row("misnamed/w2v.bin", ErrorCode::FormatRefused);
    row("misnamed/glove.twitter.27B.25d.txt", ErrorCode::FormatRefused);
    row("misnamed/stub_glove.6B.50d.txt", ErrorCode::FormatUnknown);
    row("torchtext_vectors/glove.6B.zip", ErrorCode::EntryNeeded);
    row("safetensors_small/model.safetensors", ErrorCode::ArrayNeeded);
    row("npy_small/test.npy", ErrorCode::FormatRefused);
    row("chords_19348x32/vectors.bin", ErrorCode::FormatRefused); // its dimension must be given
    row("mr/rt-polarity.pos", ErrorCode::FormatUnknown);
    row("sst2/train.tsv", ErrorCode::FormatUnknown);
    row("analogy/questions-words.txt", ErrorCode::FormatUnknown);
}

void TestRealVectors::refuses()
{
    QFETCH(QString, file);
    QFETCH(ErrorCode, code);
    const auto path = dataFile(file);
    NEEDS_FILE(path, file);
    const auto loaded = read(path);
    QVERIFY(!loaded);
    QVERIFY2(loaded.error().code == code, describe(loaded.error()).c_str());
}

void TestRealVectors::agreesBetweenTextAndBinary()
{
    const QString names[] = {"finalfusion/similarity.txt", "finalfusion/similarity.nodims"};
    const auto binary = dataFile("finalfusion/similarity.bin");
    NEEDS_FILE(binary, QString("finalfusion/similarity.bin"));
    const auto expected = read(binary);
    QVERIFY(expected);
    for (const QString& name : names) {
        const auto path = dataFile(name);
        NEEDS_FILE(path, name);
        const auto loaded = read(path);
        QVERIFY(loaded);
        QVERIFY(loaded->table.vocabulary() == expected->table.vocabulary());
        QVERIFY(loaded->table.weights().isApprox(expected->table.weights(), 1e-5F));
    }
}

void TestRealVectors::roundTrips()
{
    const QString name = "glove6b_50d_9163/glove.6B.50d.txt";
    const auto path = dataFile(name);
    NEEDS_FILE(path, name);
    const auto loaded = read(path);
    QVERIFY(loaded);
    QCOMPARE(loaded->table.vocabulary().find("king"), Index{691});
    const TableFolder folder;
    for (const Format format : {Format::Glove, Format::Word2VecText, Format::Word2VecBinary, Format::FastTextVec,
                                Format::Npy, Format::Safetensors}) {
        QVERIFY(write(loaded->table, folder.path("x.npy"), format));
        const auto again = read(folder.path("x.npy"));
        QVERIFY(again);
        QVERIFY(again->report.format == format);
        QVERIFY(sameBits(again->table.weights(), loaded->table.weights()));
        QVERIFY(again->table.vocabulary() == loaded->table.vocabulary());
    }
}

QTEST_APPLESS_MAIN(TestRealVectors)
#include "tst_real_vectors.moc"
