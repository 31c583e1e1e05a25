// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/strings.h"
#include "tests/core/io/report_text.h"
#include "tests/core/io/table_files.h"

#include <QProcess>
#include <set>

using namespace embedscope;

/// Every file of the folder that EMBEDSCOPE_DATA names: it opens as what it is, with the load report that it must give,
/// or is refused for the right reason; and where gensim, numpy or PyTorch reads it too, every value has the same bits.
/// What is expected here is known from the files (their README, wc, gensim), not from this program.
class TestEveryFile : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void opens_data();
    void opens();
    void isRefused_data();
    void isRefused();
    void everyFileStandsHere();
    void valuesAreThoseOfThePeers();

private:
    std::filesystem::path m_folder;
    std::set<QByteArray> m_listed;
};

void TestEveryFile::initTestCase()
{
    m_folder = qgetenv("EMBEDSCOPE_DATA").toStdString();
    if (m_folder.empty())
        QSKIP("EMBEDSCOPE_DATA is not set");
}

void TestEveryFile::opens_data()
{
    QTest::addColumn<QByteArray>("report");
    const auto row = [this](const char* file, const char* report) {
        m_listed.insert(file);
        QTest::newRow(file) << QByteArray(report);
    };
    row("glove6b_50d_9163/glove.6B.50d.txt", "glove 9163 x 50 text");
    row("retrofit_sample_48d/sample_vec.txt", "glove 1000 x 48 text");
    row("embedviz/glove.txt", "glove 1000 x 50 text");
    row("embedviz/w2v.txt", "glove 1000 x 50 text");
    row("gensim_glove/test_glove.txt", "glove 76 x 50 text");
    row("julia_glove/custom.glove.txt", "glove 100 x 50 text");
    row("julia_glove/nbsp.glove.txt", "glove 3 x 300 text");
    row("allennlp_glove/fake_embeddings.5d.txt", "glove 15 x 5 text");
    row("finalfusion/similarity.nodims", "glove 41 x 100 text");
    row("finalfusion/embeddings.txt", "glove 7 x 10 text");
    row("gensim_w2v/high_precision.kv.txt", "word2vec 2 x 2 text");
    row("gensim_w2v/w2v_keyedvectors_load_test.modeldata", "word2vec 2 x 3 text, not UTF-8 2; InvalidUtf8(2, line 2)");
    row("zh_w2v_1466x64/embedding.txt", "word2vec 1466 x 64 text");
    row("domains/word2vec.bin", "word2vec 43 x 50 text");
    row("domains/word2vec.txt", "word2vec 144 x 7 text");
    row("gensim_fasttext/lee_fasttext.vec", "fasttext-vec 1762 x 10 text");
    row("gensim_fasttext/crime-and-punishment.vec", "fasttext-vec 291 x 5 text");
    row("finalfusion/similarity.txt", "word2vec 41 x 100 text");
    row("finalfusion/embeddings.dims.txt", "word2vec 7 x 10 text");
    row("torchtext_vectors/wiki.en.vec", "word2vec 99 x 300 text; FewerRows(99, 2519370)");
    row("medallia_w2v/tokensModel.bin", "word2vec-bin 1186 x 200 float32");
    row("gensim_w2v/poincare_vectors.bin", "word2vec-bin 1182 x 10 float32");
    row("gensim_w2v/high_precision.kv.bin", "word2vec-bin 2 x 2 float32");
    row("emoji2vec/emoji2vec.bin", "word2vec-bin 1661 x 300 float32");
    row("finalfusion/similarity.bin", "word2vec-bin 41 x 100 float32");
    row("finalfusion/utf8-incomplete.bin", "word2vec-bin 3 x 3 float32, not UTF-8 1; InvalidUtf8(1, row 1)");
    row("reuters_12853x20/reuters_12853x20.bin",
        "word2vec-bin 12853 x 20 float32, duplicates 1; DuplicateTokens(1, movie, row 12852)");
    // The tokenizer beside it names each row.
    row("model2vec/test-model-float32.safetensors", "safetensors 29528 x 2 float32");
    row("pytorch_small/embedding.pt", "pt 10 x 3 float32; TokensMissing(pytorch_small/embedding.vocab.txt)");
    row("gensim_fasttext/lee_fasttext.bin", "fasttext-bin 1762 x 10 float32");
    row("gensim_fasttext/crime-and-punishment.bin", "fasttext-bin 291 x 5 float32");
    row("gensim_fasttext/cp852_fasttext.bin", "fasttext-bin 171 x 2 float32, not UTF-8 69; InvalidUtf8(69, row 1)");
    row("finalfusion/fasttext.bin", "fasttext-bin 157 x 50 float32");
    row("cooking_fasttext/cooking.model.bin", "fasttext-bin 8952 x 10 float32; LabelsLeftOut(735, __label__baking)");
    row("allennlp_glove/glove.6B.300d.sample.txt.gz", "gzip > glove 100 x 300 text");
    row("csv_vectors_top1000/top_1000_words_vectors.csv", "csv 1000 x 25 text");
    row("projector_imdb_16d/vectors.tsv",
        "csv 9999 x 16 text; ColumnsTaken(-, \"column 1\" ... \"column 16\" (16), -)");
    row("optdigits/optdigits.tra", "csv 3823 x 65 text; ColumnsTaken(-, \"column 1\" ... \"column 65\" (65), -); "
                                   "TokensMissing(optdigits/optdigits.vocab.txt)");
    row("optdigits/optdigits.tes", "csv 1797 x 65 text; ColumnsTaken(-, \"column 1\" ... \"column 65\" (65), -); "
                                   "TokensMissing(optdigits/optdigits.vocab.txt)");
    row("pendigits/pendigits.csv",
        "csv 10992 x 16 text; ColumnsTaken(\"column 1\", \"c1\" ... \"c16\" (16), \"class\")");
    row("tf_projector/iris_labels.tsv",
        "csv 150 x 4 text; ColumnsTaken(-, \"sepal-length\" ... \"petal-width\" (4), \"class\"); "
        "TokensMissing(tf_projector/iris_labels.vocab.txt); EmptyLines(1, line 152)");
    // A token and a number a line: counts cannot be told from vectors of one value.
    row("gensim_w2v/w2v_keyedvectors_load_test.vocab", "glove 2 x 1 text, not UTF-8 2; InvalidUtf8(2, line 1)");
}

void TestEveryFile::opens()
{
    QFETCH(QByteArray, report);
    const auto loaded = read(m_folder / QTest::currentDataTag());
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QCOMPARE(textOf(loaded->report).replace(QByteArray::fromStdString(m_folder.string()) + '/', ""), report);
}

void TestEveryFile::isRefused_data()
{
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QByteArray>("reason"); // a part of what a person is told
    const auto row = [this](const char* file, ErrorCode code, const char* reason) {
        m_listed.insert(file);
        QTest::newRow(file) << code << QByteArray(reason);
    };
    const auto refused = ErrorCode::FormatRefused;
    const auto unknown = ErrorCode::FormatUnknown;
    row("misnamed/w2v.bin", refused, "a Python pickle cannot be used (a pickle can run code");
    row("misnamed/glove.twitter.27B.25d.txt", refused, "a Git LFS pointer cannot be used");
    row("misnamed/stub_glove.6B.50d.txt", unknown, "it looks like Python source");
    row("npy_small/test.npy", refused, "an array of shape (10,)");
    row("safetensors_small/model.safetensors", ErrorCode::ArrayNeeded, "(weight1, weight2)");
    row("torchtext_vectors/glove.6B.zip", ErrorCode::EntryNeeded,
        "(glove.6B.100d.txt, glove.6B.200d.txt, glove.6B.300d.txt, glove.6B.50d.txt)");
    for (const char* file : {"chords_19348x32/vectors.bin", "chords_19348x32/pca3.bin", "chords_19348x32/tsne2.bin",
                             "tf_projector/iris_tensors.bytes"})
        row(file, refused, "a file of float32 numbers without a header cannot be used (it does not say how many");
    for (const char* file : {"mnist_t10k/t10k-images-idx3-ubyte.gz", "mnist_t10k/t10k-labels-idx1-ubyte.gz"})
        row(file, unknown, "it looks like binary data of an unknown kind");
    for (const char* file :
         {"README.md", "mr/rt-polarity.pos", "mr/rt-polarity.neg", "subj/subj.objective", "subj/subj.subjective"})
        row(file, unknown, "it looks like ordinary text");
    for (const char* file : {"vocab_bert/bert_base_uncased_vocab.txt", "projector_imdb_16d/words.tsv"})
        row(file, unknown, "it looks like a list of tokens.");
    row("tf_projector/word2vec_10000_200d_labels.tsv", unknown, "it looks like a list of tokens with counts");
    for (const char* file : {"sst2/train.tsv", "sst2/dev.tsv", "sst2/test.tsv", "sst5/stsa.fine.train",
                             "sst5/stsa.fine.dev", "sst5/stsa.fine.test", "sms_spam/sms.tsv"})
        row(file, unknown, "it looks like sentences with labels");
    for (const char* file :
         {"filmtrust/ratings_0.txt", "filmtrust/ratings_1.txt", "filmtrust/ratings_2.txt", "filmtrust/ratings_3.txt"})
        row(file, unknown, "it looks like ratings (user, item, rating)");
    for (const char* file : {"wordsim/EN-WS-353-ALL.txt", "wordsim/EN-WS-353-REL.txt", "wordsim/EN-WS-353-SIM.txt",
                             "wordsim/EN-RG-65.txt", "wordsim/EN-MTurk-287.txt", "wordsim/EN-SIMLEX-999.txt",
                             "wordsim_gensim/wordsim353.tsv", "wordsim_gensim/simlex999.txt"})
        row(file, unknown, "it looks like pairs of words with scores");
    for (const char* file :
         {"analogy/questions-words.txt", "analogy_glove/family.txt", "analogy_glove/gram3-comparative.txt",
          "analogy_glove/capital-common-countries.txt", "analogy_glove/gram8-plural.txt"})
        row(file, unknown, "it looks like analogy questions");
    row("chords_19348x32/data.json", unknown, "it looks like JSON");
    row("model2vec/test-model-float32.tokenizer.json", unknown, "it looks like JSON");
}

void TestEveryFile::isRefused()
{
    QFETCH(ErrorCode, code);
    QFETCH(QByteArray, reason);
    const auto loaded = read(m_folder / QTest::currentDataTag());
    QVERIFY2(!loaded, loaded ? textOf(loaded->report).constData() : "");
    const std::string text = describe(loaded.error());
    QVERIFY2(loaded.error().code == code, text.c_str());
    QVERIFY2(text.find(reason.toStdString()) != std::string::npos, text.c_str());
}

void TestEveryFile::everyFileStandsHere()
{
    QByteArray unlisted;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(m_folder))
        if (entry.is_regular_file()) {
            const auto name = QByteArray::fromStdString(entry.path().lexically_relative(m_folder).string());
            if (!m_listed.contains(name))
                unlisted += ' ' + name;
        }
    QCOMPARE(unlisted, QByteArray());
}

namespace {

/// One table as a peer read it: "7 100 300 0 allennlp_glove/x.txt.gz", and its files below `folder`.
struct PeerTable
{
    std::string file;
    Matrix weights;
    std::vector<std::string> tokens; // empty where the peer has none
    Index left = 0;                  // rows that are not compared
};

PeerTable peerTable(const QByteArray& line, const std::filesystem::path& folder)
{
    const auto fields = line.trimmed().split(' ');
    PeerTable table{
        fields[4].toStdString(), Matrix(fields[1].toInt(), fields[2].toInt()), {}, Index(fields[3].toInt())};
    const std::string stem = (folder / fields[0].toStdString()).string();
    const std::string values = readBytes(stem + ".f32");
    if (values.size() == static_cast<std::size_t>(table.weights.size()) * sizeof(float))
        std::memcpy(table.weights.data(), values.data(), values.size());
    std::ifstream tokens(stem + ".tokens", std::ios::binary);
    for (std::string token; std::getline(tokens, token);)
        table.tokens.push_back(token);
    return table;
}

/// A file, or one in an archive, or one array of it: "a.zip/b.txt" is the entry b.txt of a.zip.
Result<LoadedTable> readPart(const std::filesystem::path& folder, const std::string& name)
{
    ReadOptions options;
    auto path = folder / name;
    if (!std::filesystem::exists(path)) {
        options.entry = options.array = path.filename().string();
        path = path.parent_path();
        (path.extension() == ".zip" ? options.array : options.entry).clear();
    }
    if (path.extension() == ".bytes")
        options.dim = 4;
    Progress progress;
    return readTable(path, options, {}, progress);
}

void hasThePeersRows(const EmbeddingTable& table, const PeerTable& peer)
{
    // A peer drops repeated tokens.
    QCOMPARE(table.rows() - table.vocabulary().duplicates(), peer.weights.rows() + peer.left);
    QCOMPARE(table.dim(), peer.weights.cols());
    for (Index row = 0; row < peer.weights.rows(); ++row) {
        const auto found = peer.tokens.empty() ? std::optional(row)
                                               : table.vocabulary().find(peer.tokens[static_cast<std::size_t>(row)]);
        QVERIFY2(found, peer.file.c_str());
        const Matrix ours = table.weights().row(*found);
        const Matrix theirs = peer.weights.row(row);
        QVERIFY2(sameBits(ours, theirs), (peer.file + ": row " + std::to_string(row)).c_str());
    }
}

} // namespace

void TestEveryFile::valuesAreThoseOfThePeers()
{
    const TableFolder out;
    QProcess python;
    python.start("/usr/bin/python3",
                 {EMBEDSCOPE_SOURCE_DIR "/tests/core/io/peer_tables.py", QString::fromStdString(m_folder.string()),
                  QString::fromStdString(out.path({}).string())});
    if (!python.waitForStarted())
        QSKIP("there is no /usr/bin/python3");
    QVERIFY(python.waitForFinished(240'000));
    const QByteArray said = python.readAllStandardError();
    if (said.contains("ModuleNotFoundError"))
        QSKIP("python3 lacks gensim or numpy");
    QVERIFY2(python.exitCode() == 0, said.constData());
    int tables = 0;
    for (const QByteArray& line : python.readAllStandardOutput().trimmed().split('\n')) {
        const PeerTable peer = peerTable(line, out.path({}));
        const auto loaded = readPart(m_folder, peer.file);
        QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
        hasThePeersRows(loaded->table, peer);
        if (QTest::currentTestFailed())
            return;
        ++tables;
    }
    QVERIFY(tables > 20);
}

QTEST_GUILESS_MAIN(TestEveryFile)
#include "tst_every_file.moc"
