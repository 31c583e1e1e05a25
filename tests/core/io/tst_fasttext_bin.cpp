// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/io/fasttext_ngrams.h"
#include "core/search/neighbors.h"
#include "tests/core/io/fasttext_bytes.h"

#include <QProcess>

#include <cmath>
#include <set>

using namespace embedscope;

/// Models of fastText: words composed with their n-grams, and words that have no row.
class TestFastTextBin : public QObject
{
    Q_OBJECT

private slots:
    void hashesSignedBytes();
    void findsNgramsInOrder_data();
    void findsNgramsInOrder();
    void composesWordsAndUnknownOnes();
    void readsTheOldestLayout();
    void oldClassifiersHaveNoNgrams();
    void readsClassifiersWithoutTheirLabels();
    void readsQuantisedAndPruned();
    void readsQuantisedWithoutNorms();
    void readsAnEmptyListOfKeptNgrams();
    void readsTheFirstRowsOnly();
    void refuses_data();
    void refuses();
    void cutModelsAreNeverWhole();
    void flippedBitsDoNoHarm();
    void stopsWhenAsked();
    void agreesWithGensim();
    void agreesWithGensimOnPublishedModels_data();
    void agreesWithGensimOnPublishedModels();
    void agreesWithFastTextsOwnText_data();
    void agreesWithFastTextsOwnText();
};

namespace {

using Args = std::vector<std::string>;

const std::string kEAcute = "\xC3\xA9";

/// Row r of the matrix is (2^r, 1): three words, then the five buckets at 8, 16, 32, 64, 128. Of two characters each,
/// the n-grams fall into the buckets
///   ab: <a 0, ab 1, b> 1    é: <é 2, é> 1    cd: <c 2, cd 2, d> 3
FastTextBytes smallModel()
{
    FastTextBytes model;
    model.entries = {{"ab", 7}, {"</s>", 5}, {kEAcute, 3}};
    model.input = denseMatrixBytes(8, 2, floatBytes({1, 1, 2, 1, 4, 1, 8, 1, 16, 1, 32, 1, 64, 1, 128, 1}));
    return model;
}

const Matrix kSmallRows{{41.0F / 4, 1}, {2, 1}, {52.0F / 3, 1}};

/// Pieces of two values and of one: centroid c is (c, c/2) and (-c). Norm c is c/4.
std::string quantisedMatrixBytes(std::int64_t rows, const std::string& codes, const std::string& norms)
{
    std::string out = numberBytes(static_cast<std::int8_t>(!norms.empty())) + numberBytes(rows) +
                      numberBytes(std::int64_t{3}) + numberBytes(static_cast<std::int32_t>(codes.size())) + codes;
    std::string pairs;
    std::string singles;
    std::string quarters;
    for (int c = 0; c < 256; ++c) {
        const auto value = static_cast<float>(c);
        pairs += floatBytes({value, value / 2});
        singles += floatBytes({-value});
        quarters += floatBytes({value / 4});
    }
    out += int32Bytes({3, 2, 2, 1}) + pairs + singles;
    return norms.empty() ? out : out + norms + int32Bytes({1, 1, 1, 1}) + quarters;
}

/// Words ab and é; of the n-grams, those in buckets 1 and 2 were kept.
FastTextBytes prunedModel()
{
    FastTextBytes model;
    model.dim = 3;
    model.entries = {{"ab", 7}, {kEAcute, 3}, {"__label__x", 9, true}};
    model.model = 3;
    model.keptNgrams = 2;
    model.kept = int32Bytes({2, 1, 1, 0});
    model.quantised = true;
    model.input = quantisedMatrixBytes(4, std::string("\2\4\6\10\12\1\24\3", 8), std::string("\4\4\10\4", 4));
    model.output = denseMatrixBytes(1, 3, floatBytes({0, 0, 0}));
    return model;
}

Result<LoadedTable> readBytesOf(const FastTextBytes& model, const TableFolder& folder)
{
    return read(folder.write("model.bin", model.bytes()));
}

std::optional<RowVector> unknown(const EmbeddingTable& table, const std::string& token)
{
    return table.unknownTokens() ? table.unknownTokens()->vectorOf(token) : std::nullopt;
}

bool sameBits(const std::optional<RowVector>& vector, const Matrix& expected)
{
    return vector && embedscope::sameBits(Matrix(*vector), expected);
}

/// What gensim's load_facebook_vectors has for each token, all floats in a row; nullopt where gensim is missing.
std::optional<std::vector<float>> askGensim(const std::filesystem::path& model, const std::vector<std::string>& tokens,
                                            const TableFolder& folder)
{
    constexpr int kMissing = 77;
    constexpr const char* kScript = "import sys, logging, numpy\n"
                                    "logging.disable(logging.CRITICAL)\n"
                                    "try: from gensim.models.fasttext import load_facebook_vectors\n"
                                    "except ImportError: sys.exit(77)\n"
                                    "vectors = load_facebook_vectors(sys.argv[1])\n"
                                    "tokens = open(sys.argv[2], 'rb').read().split(b'\\n')[:-1]\n"
                                    "rows = [vectors[t.decode('utf-8')] for t in tokens]\n"
                                    "numpy.stack(rows).astype('<f4').tofile(sys.argv[3])\n";
    std::string list;
    for (const std::string& token : tokens)
        list += token + '\n';
    const auto listPath = folder.write("tokens", list);
    const QString python = QStringLiteral("/usr/bin/python3");
    const int code = QProcess::execute(python, {"-c", kScript, QString::fromStdString(model.string()),
                                                QString::fromStdString(listPath.string()),
                                                QString::fromStdString(folder.path("rows").string())});
    if (code == kMissing || code == -2)
        return std::nullopt;
    std::vector<float> values;
    const std::string bytes = code == 0 ? readBytes(folder.path("rows")) : std::string();
    for (std::size_t at = 0; at + 4 <= bytes.size(); at += 4) {
        std::uint32_t bits = 0;
        for (std::size_t i = 0; i < 4; ++i)
            bits |= std::uint32_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
        values.push_back(std::bit_cast<float>(bits));
    }
    return values;
}

/// Every token of `table` but those that gensim reads otherwise, and some that are in no vocabulary.
std::vector<std::string> comparableTokens(const EmbeddingTable& table)
{
    std::vector<std::string> tokens;
    for (const std::string& token : tokensOf(table))
        if (token != "</s>" && QString::fromStdString(token).toStdString() == token)
            tokens.push_back(token);
    for (const char* token : {"unseenword", "qzx", "\xD0\xBD\xD0\xB5\xD1\x82\xD1\x83\xD1\x82", "na\xC3\xAFve-ly", "a",
                              "\xE6\x9D\xB1\xE4\xBA\xAC", "\xF0\x9F\x98\x80\xF0\x9F\x98\x80"})
        if (!table.vocabulary().contains(token))
            tokens.emplace_back(token);
    return tokens;
}

void compareWithGensim(const std::filesystem::path& path)
{
    const TableFolder folder;
    const auto loaded = read(path);
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    const EmbeddingTable& table = loaded->table;
    const auto tokens = comparableTokens(table);
    const auto expected = askGensim(path, tokens, folder);
    if (!expected)
        QSKIP("python3-gensim is not installed");
    QCOMPARE(std::ssize(*expected), std::ssize(tokens) * table.dim());
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const auto row = table.vocabulary().find(tokens[i]);
        const auto found = row ? std::optional<RowVector>(table.weights().row(*row)) : unknown(table, tokens[i]);
        const Matrix reference = Eigen::Map<const RowVector>(expected->data() + Index(i) * table.dim(), table.dim());
        QVERIFY2(sameBits(found, reference), tokens[i].c_str());
    }
}

/// 400 words of several scripts, dim 7, 50 buckets, n-grams of 3 to 6.
FastTextBytes randomModel()
{
    const char* const letters[] = {"a", "e", "n", "-", "\xC3\xA9", "\xD0\xB6", "\xE6\x9D\xB1", "\xF0\x9F\x98\x80", "t"};
    Random random(11);
    std::set<std::string> words;
    while (words.size() < 400) {
        std::string word;
        for (auto length = 1 + random.below(9); length > 0; --length)
            word += letters[random.below(std::size(letters))];
        words.insert(word);
    }
    FastTextBytes model;
    model.dim = 7;
    model.buckets = 50;
    model.minn = 3;
    model.maxn = 6;
    std::int64_t count = 1000;
    for (const std::string& word : words)
        model.entries.push_back({word, --count});
    std::string values;
    for (int i = 0; i < 450 * 7; ++i)
        values += floatBytes({static_cast<float>(random.uniform()) - 0.5F});
    model.input = denseMatrixBytes(450, 7, values);
    model.output = denseMatrixBytes(1, 7, std::string(28, '\0'));
    return model;
}

std::filesystem::path dataFile(const QString& name)
{
    const QByteArray folder = qgetenv("EMBEDSCOPE_DATA");
    const auto path = std::filesystem::path(folder.toStdString()) / name.toStdString();
    return !folder.isEmpty() && std::filesystem::exists(path) ? path : std::filesystem::path();
}

} // namespace

void TestFastTextBin::hashesSignedBytes()
{
    QCOMPARE(fastTextHash(""), 0x811C9DC5U);
    QCOMPARE(fastTextHash("a"), 0xE40C292CU); // published values of FNV-1a
    QCOMPARE(fastTextHash("foobar"), 0xBF9CF968U);
    // (0x811C9DC5 xor 0xFFFFFFE9) * 0x01000193: 0xE9 counts as -23. With bytes unsigned it would be 0x6C0B6C44.
    QCOMPARE(fastTextHash("\xE9"), 0xEBF38B44U);
    QCOMPARE(fastTextHash("\xA9", fastTextHash("\xC3")), 0x3CFA68C1U);
}

void TestFastTextBin::findsNgramsInOrder_data()
{
    QTest::addColumn<QString>("token");
    QTest::addColumn<int>("minn");
    QTest::addColumn<int>("maxn");
    QTest::addColumn<QString>("ngrams");
    QTest::newRow("two and three") << "ab" << 2 << 3 << "<a,<ab,ab,ab>,b>";
    QTest::newRow("one: a bracket alone is none") << "ab" << 1 << 1 << "a,b";
    QTest::newRow("one and two") << "ab" << 1 << 2 << "<a,a,ab,b,b>";
    QTest::newRow("characters, not bytes") << "n\u00E9\u6771" << 3 << 3 << "<n\u00E9,n\u00E9\u6771,\u00E9\u6771>";
    QTest::newRow("longer than the word") << "a" << 4 << 6 << "";
    QTest::newRow("an empty word") << "" << 2 << 3 << "<>";
    QTest::newRow("none at all") << "ab" << 0 << 0 << "";
}

void TestFastTextBin::findsNgramsInOrder()
{
    QFETCH(QString, token);
    QFETCH(int, minn);
    QFETCH(int, maxn);
    QFETCH(QString, ngrams);
    std::vector<std::uint32_t> expected;
    for (const QString& ngram : ngrams.split(',', Qt::SkipEmptyParts))
        expected.push_back(fastTextHash(ngram.toStdString()));
    std::vector<std::uint32_t> found;
    forEachNgram("<" + token.toStdString() + ">", minn, maxn, [&found](std::uint32_t hash) {
        found.push_back(hash);
        return true;
    });
    QCOMPARE(found, expected);
}

void TestFastTextBin::composesWordsAndUnknownOnes()
{
    const TableFolder folder;
    const auto loaded = readBytesOf(smallModel(), folder);
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    const EmbeddingTable& table = loaded->table;
    QVERIFY(loaded->report.format == Format::FastTextBin);
    QCOMPARE(loaded->report.dtype, "float32");
    QVERIFY(loaded->report.warnings.empty());
    QCOMPARE(joined(tokensOf(table)), QByteArray("ab|</s>|\xC3\xA9"));
    QVERIFY(embedscope::sameBits(table.weights(), kSmallRows));
    QCOMPARE(table.numberColumns().size(), std::size_t{1});
    QCOMPARE(table.numberColumns()[0].name, "count");
    QCOMPARE(table.numberColumns()[0].values, (std::vector<double>{7, 5, 3}));
    QVERIFY(table.unknownTokens()->canCompose("cd"));
    QVERIFY(sameBits(unknown(table, "cd"), Matrix{{128.0F / 3, 1}}));
    const auto query = evaluateFormula("cd - ab", table, Metric::Dot);
    QVERIFY(query);
    QCOMPARE(query->composed, Args{"cd"});
    QCOMPARE(query->rows, std::vector<Index>{0});
    QVERIFY(std::abs(query->vector(0) - (128.0F / 3 - 41.0F / 4)) < 1e-5F);
}

void TestFastTextBin::readsTheOldestLayout()
{
    FastTextBytes model = smallModel();
    model.version = 0;
    const TableFolder folder;
    const auto loaded = readBytesOf(model, folder);
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QVERIFY(loaded->report.format == Format::FastTextBin);
    // There, the end of a sentence has n-grams as any word: << 0, </ 2, /s 4, s> 0, >> 3.
    QVERIFY(embedscope::sameBits(loaded->table.weights(), Matrix{{41.0F / 4, 1}, {242.0F / 6, 1}, {52.0F / 3, 1}}));
    // A pickle of protocol 2 begins with the two bytes of this dimension.
    model.dim = 640;
    model.input = denseMatrixBytes(8, 640, std::string(8 * 640 * 4, '\0'));
    model.output = denseMatrixBytes(0, 640, {});
    QCOMPARE(model.bytes().substr(0, 2), "\x80\x02");
    QVERIFY(readBytesOf(model, folder));
}

void TestFastTextBin::oldClassifiersHaveNoNgrams()
{
    const TableFolder folder;
    for (const std::int32_t version : {11, 0}) {
        FastTextBytes model = smallModel();
        model.version = version;
        const auto words = readBytesOf(model, folder);
        QVERIFY(words && words->table.unknownTokens());
        model.model = 3;
        const auto classifier = readBytesOf(model, folder);
        QVERIFY(classifier && !classifier->table.unknownTokens());
        QVERIFY(embedscope::sameBits(classifier->table.weights(), Matrix{{1, 1}, {2, 1}, {4, 1}}));
    }
}

void TestFastTextBin::readsClassifiersWithoutTheirLabels()
{
    FastTextBytes model = smallModel();
    model.model = 3;
    model.entries.push_back({"__label__good", 9, true});
    model.entries.push_back({"__label__bad", 8, true});
    const TableFolder folder;
    const auto loaded = readBytesOf(model, folder);
    QVERIFY(loaded);
    QVERIFY(embedscope::sameBits(loaded->table.weights(), kSmallRows));
    QCOMPARE(warningArgs(loaded->report, WarningCode::LabelsLeftOut), (Args{"2", "__label__good"}));
    // Without n-grams, there may be rows for none.
    model.maxn = 0;
    model.buckets = 0;
    model.input = denseMatrixBytes(3, 2, floatBytes({1, 1, 2, 1, 4, 1}));
    const auto plain = readBytesOf(model, folder);
    QVERIFY(plain && !plain->table.unknownTokens());
    QVERIFY(embedscope::sameBits(plain->table.weights(), Matrix{{1, 1}, {2, 1}, {4, 1}}));
    QVERIFY(evaluateFormula("cd", plain->table, Metric::Dot).error().code == ErrorCode::UnknownToken);
}

void TestFastTextBin::readsQuantisedAndPruned()
{
    const TableFolder folder;
    const auto loaded = readBytesOf(prunedModel(), folder);
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QCOMPARE(loaded->report.dtype, "product-quantised");
    // ab: (2, 1, -4) and twice bucket 1, 2 * (10, 5, -1). é: (6, 3, -8), bucket 2 (20, 10, -3) and bucket 1.
    QVERIFY(
        embedscope::sameBits(loaded->table.weights(), Matrix{{14, 7, -8.0F / 3}, {46.0F / 3, 23.0F / 3, -13.0F / 3}}));
    QVERIFY(sameBits(unknown(loaded->table, "z"), Matrix{{20, 10, -2}})); // <z was pruned, z> is in bucket 1
    FastTextBytes model = prunedModel();
    model.keptNgrams = 0;
    model.kept.clear();
    const auto alone = readBytesOf(model, folder);
    QVERIFY(alone && !alone->table.unknownTokens());
    QVERIFY(embedscope::sameBits(alone->table.weights(), Matrix{{2, 1, -4}, {6, 3, -8}}));
}

void TestFastTextBin::readsQuantisedWithoutNorms()
{
    FastTextBytes model = prunedModel();
    model.input = quantisedMatrixBytes(4, std::string("\2\4\6\10\12\1\24\3", 8), {});
    model.quantisedOutput = true;
    model.output = quantisedMatrixBytes(1, std::string("\1\2", 2), {});
    const TableFolder folder;
    const auto loaded = readBytesOf(model, folder);
    QVERIFY2(loaded, loaded ? "" : describe(loaded.error()).c_str());
    QVERIFY(embedscope::sameBits(loaded->table.weights(), Matrix{{22.0F / 3, 11.0F / 3, -2}, {12, 6, -4}}));
}

void TestFastTextBin::readsAnEmptyListOfKeptNgrams()
{
    FastTextBytes model = smallModel();
    model.keptNgrams = 0;
    const TableFolder folder;
    const auto loaded = readBytesOf(model, folder);
    QVERIFY(loaded);
    QVERIFY(embedscope::sameBits(loaded->table.weights(), kSmallRows));
}

void TestFastTextBin::readsTheFirstRowsOnly()
{
    const TableFolder folder;
    const auto path = folder.write("x", smallModel().bytes());
    const auto loaded = read(path, 1);
    QVERIFY(loaded);
    QVERIFY(embedscope::sameBits(loaded->table.weights(), kSmallRows.topRows(1)));
    QCOMPARE(warningArgs(loaded->report, WarningCode::Limited), (Args{"1", "3"}));
    // Words that were left out still have their own rows.
    QVERIFY(sameBits(unknown(loaded->table, kEAcute), kSmallRows.row(2)));
    QVERIFY(sameBits(unknown(loaded->table, "</s>"), kSmallRows.row(1)));
    QVERIFY(sameBits(unknown(loaded->table, "cd"), Matrix{{128.0F / 3, 1}}));
    QVERIFY(read(path, 3)->report.warnings.empty());
}

void TestFastTextBin::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<ErrorCode>("code");
    const auto add = [](const char* name, const std::string& bytes, ErrorCode code) {
        QTest::newRow(name) << QByteArray::fromStdString(bytes) << code;
    };
    const auto with = [](const auto& change) {
        FastTextBytes model = smallModel();
        change(model);
        return model.bytes();
    };
    const auto patched = [](std::size_t at, const std::string& bytes) {
        return smallModel().bytes().replace(at, bytes.size(), bytes);
    };
    const std::string values = smallModel().input.substr(16);
    const auto damaged = ErrorCode::FileDamaged;
    const auto truncated = ErrorCode::FileTruncated;
    constexpr std::int32_t kMost = std::numeric_limits<std::int32_t>::max();
    constexpr std::int64_t kMost64 = std::numeric_limits<std::int64_t>::max();
    add("version 13", with([](auto& m) { m.version = 13; }), ErrorCode::FormatRefused);
    add("version 10", with([](auto& m) { m.version = 10; }), ErrorCode::FormatRefused);
    add("a negative dimension", with([](auto& m) { m.dim = -2; }), damaged);
    add("a dimension of zero", with([](auto& m) { m.dim = 0; }), damaged);
    add("a dimension larger than the file", with([](auto& m) { m.dim = 1 << 20; }), damaged);
    add("negative buckets", with([](auto& m) { m.buckets = -5; }), damaged);
    add("other buckets than rows", with([](auto& m) { m.buckets = 4; }), damaged);
    add("n-grams of any length", with([](auto& m) { m.maxn = kMost; }), damaged);
    add("as many words as an int32 counts", patched(64, int32Bytes({kMost, kMost, 0})), damaged);
    add("more words than entries", patched(64, int32Bytes({3, 4, 0})), damaged);
    add("negative words", patched(64, int32Bytes({-3, -3, 0})), damaged);
    add("negative labels", patched(64, int32Bytes({2, 3, -1})), damaged);
    add("a word called a label", patched(64, int32Bytes({3, 2, 1})), damaged);
    add("a negative list of kept n-grams", with([](auto& m) { m.keptNgrams = -2; }), damaged);
    add("as many kept n-grams as an int64 counts", with([](auto& m) { m.keptNgrams = kMost64; }), damaged);
    add("no words", with([](auto& m) { m.entries.clear(); }), ErrorCode::FileEmpty);
    add("a negative count", with([](auto& m) { m.entries[1].count = -1; }), damaged);
    add("as many rows as an int64 counts", with([&](auto& m) { m.input = denseMatrixBytes(kMost64, 2, values); }),
        truncated);
    add("negative rows", with([&](auto& m) { m.input = denseMatrixBytes(-8, 2, values); }), damaged);
    add("another dimension in the matrix", with([&](auto& m) { m.input = denseMatrixBytes(4, 4, values); }), damaged);
    add("fewer rows than words", with([&](auto& m) { m.input = denseMatrixBytes(2, 2, values.substr(0, 16)); }),
        damaged);
    add("a matrix of a third kind", with([](auto& m) { m.input.insert(0, "\2"); }), damaged);
    add("bytes behind the end", smallModel().bytes() + '\0', damaged);
    add("a dense matrix that was pruned", with([](auto& m) {
            m.keptNgrams = 1;
            m.kept = int32Bytes({1, 0});
        }),
        ErrorCode::FormatRefused);
    const auto pruned = [](const auto& change) {
        FastTextBytes model = prunedModel();
        change(model);
        return model.bytes();
    };
    add("a kept n-gram behind the matrix", pruned([](auto& m) { m.kept = int32Bytes({2, 1, 1, 2}); }), damaged);
    add("a kept n-gram before the words", pruned([](auto& m) { m.kept = int32Bytes({2, 1, 1, -1}); }), damaged);
    add("an n-gram kept twice", pruned([](auto& m) { m.kept = int32Bytes({1, 1, 1, 0}); }), damaged);
    add("more codes than rows",
        pruned([](auto& m) { m.input = quantisedMatrixBytes(4, std::string(9, '\1'), std::string(4, '\1')); }),
        damaged);
    add("a million million quantised rows",
        pruned([](auto& m) { m.input = quantisedMatrixBytes(1'000'000'000'000, std::string(8, '\1'), {}); }), damaged);
    add("pieces of nothing", pruned([](auto& m) { m.input.replace(29, 12, int32Bytes({3, 2, 0})); }), damaged);
    add("pieces that do not add up", pruned([](auto& m) { m.input.replace(29, 12, int32Bytes({3, 2, 3})); }), damaged);
}

void TestFastTextBin::refuses()
{
    QFETCH(QByteArray, bytes);
    QFETCH(ErrorCode, code);
    const TableFolder folder;
    const auto loaded = read(folder.write("x", bytes.toStdString()));
    QVERIFY(!loaded);
    QVERIFY2(loaded.error().code == code, describe(loaded.error()).c_str());
}

void TestFastTextBin::cutModelsAreNeverWhole()
{
    FastTextBytes oldest = smallModel();
    oldest.version = 0;
    const TableFolder folder;
    for (const FastTextBytes& model : {smallModel(), oldest, prunedModel()}) {
        const std::string bytes = model.bytes();
        QVERIFY(read(folder.write("x", bytes)));
        for (std::size_t size = 1; size < bytes.size(); size += 7) {
            const auto loaded = read(folder.write("x", bytes.substr(0, size)));
            QVERIFY(!loaded);
            QVERIFY(loaded.error().code != ErrorCode::Internal);
        }
    }
}

void TestFastTextBin::flippedBitsDoNoHarm()
{
    FastTextBytes oldest = smallModel();
    oldest.version = 0;
    const TableFolder folder;
    Random random(5);
    for (const FastTextBytes& model : {smallModel(), oldest, prunedModel()}) {
        const std::string bytes = model.bytes();
        for (std::size_t i = 0; i < bytes.size(); i += i < 400 ? 1 : 37) {
            std::string flipped = bytes;
            flipped[i] = static_cast<char>(flipped[i] ^ (1 << random.below(8)));
            const auto loaded = read(folder.write("x", flipped));
            if (loaded) {
                QVERIFY(loaded->table.rows() <= 3);
                static_cast<void>(unknown(loaded->table, "cd"));
            } else {
                QVERIFY(loaded.error().code != ErrorCode::Internal);
            }
        }
    }
}

void TestFastTextBin::stopsWhenAsked()
{
    std::stop_source source;
    source.request_stop();
    Progress progress;
    const TableFolder folder;
    const auto loaded = readTable(folder.write("x", smallModel().bytes()), {}, source.get_token(), progress);
    QVERIFY(!loaded);
    QVERIFY(loaded.error().code == ErrorCode::Cancelled);
}

void TestFastTextBin::agreesWithGensim()
{
    const TableFolder folder;
    const auto path = folder.write("random.bin", randomModel().bytes());
    setThreadCount(1);
    const auto alone = read(path);
    setThreadCount(3);
    const auto together = read(path);
    setThreadCount(0);
    QVERIFY(alone && together);
    QVERIFY(embedscope::sameBits(alone->table.weights(), together->table.weights()));
    compareWithGensim(path);
}

void TestFastTextBin::agreesWithGensimOnPublishedModels_data()
{
    QTest::addColumn<QString>("file");
    for (const char* file : {"gensim_fasttext/lee_fasttext.bin", "gensim_fasttext/crime-and-punishment.bin",
                             "gensim_fasttext/cp852_fasttext.bin", "finalfusion/fasttext.bin"})
        QTest::newRow(file) << file;
}

void TestFastTextBin::agreesWithGensimOnPublishedModels()
{
    QFETCH(QString, file);
    const auto path = dataFile(file);
    if (path.empty())
        QSKIP(qPrintable("missing below EMBEDSCOPE_DATA: " + file));
    compareWithGensim(path);
}

void TestFastTextBin::agreesWithFastTextsOwnText_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("the oldest layout") << "gensim_fasttext/lee_fasttext";
    QTest::newRow("version 12") << "gensim_fasttext/crime-and-punishment";
}

/// Here </s> counts too, of which gensim makes something else than fastText.
void TestFastTextBin::agreesWithFastTextsOwnText()
{
    QFETCH(QString, name);
    const auto modelPath = dataFile(name + ".bin");
    const auto textPath = dataFile(name + ".vec");
    if (modelPath.empty() || textPath.empty())
        QSKIP(qPrintable("missing below EMBEDSCOPE_DATA: " + name));
    const auto model = read(modelPath);
    const auto text = read(textPath);
    QVERIFY(model && text);
    QVERIFY(text->report.format == Format::FastTextVec);
    QVERIFY(text->table.vocabulary().contains("</s>"));
    QVERIFY(model->table.vocabulary() == text->table.vocabulary());
    const auto& ours = model->table.weights();
    const auto& theirs = text->table.weights();
    // Five digits: half a unit of the last of them, relative to the value.
    for (Index i = 0; i < ours.size(); ++i)
        QVERIFY(std::abs(ours.data()[i] - theirs.data()[i]) <= 0.51e-4F * std::abs(theirs.data()[i]));
}

QTEST_APPLESS_MAIN(TestFastTextBin)
#include "tst_fasttext_bin.moc"
