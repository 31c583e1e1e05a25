// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/pytorch_project.h"

#include "core/base/random.h"
#include "core/base/strings.h"
#include "core/text/labelled_text.h"
#include "core/text/tokenizer.h"
#include "core/train/run.h"

#include <nlohmann/json.hpp>

#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <array>
#include <cmath>
#include <fstream>

using namespace embedscope;
namespace fs = std::filesystem;
using Json = nlohmann::json;

namespace {

constexpr const char* kPython = "/usr/bin/python3";

QByteArray content(const fs::path& path)
{
    QFile file(QString::fromStdString(path.string()));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const fs::path& path, std::string_view text)
{
    std::ofstream(path, std::ios::binary) << text;
}

int python(const QStringList& arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(QString::fromLatin1(kPython), arguments);
    return process.waitForFinished(280000) && process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
}

std::vector<std::string> words(Random& random, std::size_t most)
{
    constexpr std::array<const char*, 14> kWords = {"good", "bad",  "film", "Don't", "U.S.", "the", "1,000",
                                                    "well", "plot", "--",   "<pad>", "of",   "new", "\u00e9t\u00e9"};
    std::vector<std::string> out;
    for (auto left = random.below(most + 1); left > 0; --left)
        out.emplace_back(kWords[random.below(kWords.size())]);
    return out;
}

/// Sentences of 0 to `most` words.
LabelledText sentences(std::size_t count, std::size_t most, std::uint64_t seed)
{
    LabelledText data{.classes = {"no", "so so", "yes"}};
    Random random(seed);
    for (std::size_t i = 0; i < count; ++i) {
        std::string text;
        for (const std::string& word : words(random, most))
            text += word + ' ';
        data.texts.push_back(text);
        data.labels.push_back(static_cast<std::int32_t>(i % 3));
    }
    return data;
}

RunDirectory trained(const TrainOptions& options, const LiveSettings& live, int steps = 4)
{
    RunInput input{std::make_shared<const LabelledText>(sentences(64, 12, 1)), nullptr, options, {}};
    input.options.live = live;
    input.options.batch_size = 16;
    auto prepared = prepareRun(input);
    auto trainer = prepared.and_then([](PreparedRun& run) { return startTrainer(run); });
    if (!trainer)
        qFatal("%s", describe(trainer.error()).c_str());
    for (int i = 0; i < steps; ++i)
        if (!trainer->step())
            qFatal("a step failed");
    return {.record = recordOf(*trainer, *prepared),
            .model = modelTensors(trainer->model()),
            .vocabulary = prepared->vocabulary.vocabulary};
}

struct Model
{
    const char* name;
    EncoderOptions encoder;
    LiveSettings live;
    std::optional<std::int64_t> max_length;
};

std::vector<Model> models()
{
    using enum EncoderKind;
    LiveSettings plain;
    LiveSettings padded{.padding_idx = 0, .max_norm = 2.5, .norm_type = 1};
    LiveSettings inf{.padding_idx = 2, .max_norm = 0.8, .norm_type = std::numeric_limits<double>::infinity()};
    return {
        {"bag mean", {.kind = Bag, .dropout = 0.3}, plain, {}},
        {"bag mean with a padding row", {.kind = Bag}, inf, 5},
        {"bag sum", {.kind = Bag, .mode = BagMode::Sum}, padded, {}},
        {"bag max", {.kind = Bag, .mode = BagMode::Max}, LiveSettings{.padding_idx = 2}, {}},
        {"lstm", {.kind = Lstm, .hidden_dim = 9}, padded, {}},
        {"lstm of two layers in both directions",
         {.kind = Lstm, .hidden_dim = 7, .num_layers = 2, .bidirectional = true, .dropout = 0.2},
         plain,
         {}},
        {"gru", {.kind = Gru, .hidden_dim = 9}, plain, 7},
        {"gru of three layers in both directions",
         {.kind = Gru, .hidden_dim = 5, .num_layers = 3, .bidirectional = true},
         inf,
         {}},
        {"transformer", {.kind = Transformer, .hidden_dim = 20, .dropout = 0.1}, plain, {}},
        {"transformer, norm first, gelu, two layers",
         {.kind = Transformer, .hidden_dim = 20, .num_layers = 2, .nhead = 3, .norm_first = true, .gelu = true},
         padded,
         9},
        {"transformer, sinusoidal",
         {.kind = Transformer, .hidden_dim = 20, .num_layers = 2, .positions = PositionKind::Sinusoidal, .gelu = true},
         plain,
         {}},
        {"transformer, norm first, relu",
         {.kind = Transformer, .hidden_dim = 20, .nhead = 1, .positions = PositionKind::Sinusoidal, .norm_first = true},
         plain,
         {}},
    };
}

TrainOptions optionsOf(const Model& model)
{
    TrainOptions options{.encoder = model.encoder, .embedding_dim = 12, .max_length = model.max_length};
    return options;
}

/// Largest difference of the numbers; infinity where there are not as many or one is not finite.
double difference(const Json& theirs, const Matrix& ours)
{
    if (theirs.size() != static_cast<std::size_t>(ours.rows()))
        return std::numeric_limits<double>::infinity();
    double largest = 0;
    for (Index row = 0; row < ours.rows(); ++row)
        for (Index column = 0; column < ours.cols(); ++column) {
            const double apart =
                std::abs(theirs.at(static_cast<std::size_t>(row)).at(static_cast<std::size_t>(column)).get<double>() -
                         static_cast<double>(ours(row, column)));
            largest = std::isfinite(apart) ? std::max(largest, apart) : std::numeric_limits<double>::infinity();
        }
    return largest;
}

std::string hex(const std::string& bytes)
{
    return QByteArray::fromStdString(bytes).toHex().toStdString();
}

/// Texts that meet every rule of the tokenizer: characters of all classes in a row, drawn from pieces that rules look
/// at.
std::vector<std::string> nastyTexts()
{
    const std::vector<std::string> pieces = {"a",
                                             "B",
                                             "i",
                                             "n",
                                             "t",
                                             "s",
                                             "I'd",
                                             "n't",
                                             "'ve",
                                             "'",
                                             "\u2019",
                                             "'n'",
                                             "'70s",
                                             "'98S",
                                             "-",
                                             "\u2010",
                                             "\u2011",
                                             "--",
                                             "---",
                                             ".",
                                             "...",
                                             ",",
                                             ":",
                                             "/",
                                             "\\/",
                                             "\\*",
                                             "\\",
                                             "1",
                                             "23",
                                             "\u0664",
                                             "_",
                                             "@",
                                             "&",
                                             "&amp;",
                                             "&#39;",
                                             "&toolongname1;",
                                             ";",
                                             "<unk>",
                                             "<pad>",
                                             "<UNK>",
                                             "<",
                                             ">",
                                             "-LRB-",
                                             "-rrb-",
                                             "``",
                                             "''",
                                             "\"",
                                             "(",
                                             ")",
                                             "*",
                                             "=",
                                             "~",
                                             "mr",
                                             "Mr.",
                                             "etc.",
                                             "u.s.",
                                             "U.",
                                             "S",
                                             ".com",
                                             "http://",
                                             "https://x.y/z?q=1.",
                                             "www.",
                                             "ftp://a",
                                             " ",
                                             "\t",
                                             "\n",
                                             "\u00a0",
                                             "\u0085",
                                             "\u200b",
                                             "\u00ad",
                                             "\ufeff",
                                             "\u200d",
                                             "\u200c",
                                             "\u0301",
                                             "\u4e2d",
                                             "\u3042",
                                             "\u30ab",
                                             "\u30fc",
                                             "\uff76",
                                             "\u3099",
                                             "\u05d0",
                                             "\u05f3",
                                             "\u05f4",
                                             "\u00b7",
                                             "\u0e01",
                                             "\U0001f600",
                                             "\U0001f1e9",
                                             "\U0001f1ea",
                                             "\U0001f3fd",
                                             "\ufe0f",
                                             "\u20e3",
                                             "\U000e0067",
                                             "\u2014",
                                             "\u2026",
                                             "\u212a",
                                             "\u0130",
                                             "\u00df",
                                             "\u1e9e",
                                             "\u01c5",
                                             "\U00020000",
                                             "\U00010400",
                                             "\xff",
                                             "\xe2\x82",
                                             "\xed\xa0\x80",
                                             "\x7f",
                                             "\x1f",
                                             "|",
                                             "#"};
    std::vector<std::string> texts = {"", " ", std::string(70000, 'x') + " y", std::string(65536, '.') + ".. a"};
    Random random(3);
    for (int i = 0; i < 30000; ++i) {
        std::string text;
        for (auto left = 1 + random.below(9); left > 0; --left)
            text += pieces[random.below(pieces.size())];
        texts.push_back(text);
    }
    // Each code point, alone and inside a word.
    for (char32_t code = 1; code < 0x3200; ++code) {
        std::string sign;
        appendUtf8(sign, code);
        texts.push_back("a" + sign + "b " + sign + "1" + sign);
    }
    for (char32_t code = 0x3200; code < 0x110000; code += 37) {
        std::string sign;
        appendUtf8(sign, code);
        texts.push_back("a" + sign + "b " + sign + "1" + sign);
    }
    return texts;
}

/// Files of labelled data and how each is to be read.
struct DataFile
{
    std::string content;
    LabelledTextOptions options = {};
};

std::string repeated(const std::string& lines, int times)
{
    std::string out;
    for (int i = 0; i < times; ++i)
        out += lines;
    return out;
}

std::vector<DataFile> dataFiles()
{
    LabelledTextOptions third{.text_column = "3", .label_column = "1"};
    LabelledTextOptions named{.text_column = "what", .label_column = "how"};
    LabelledTextOptions labelFirst{.format = TextFormat::LabelFirst};
    return {
        {"label\tsentence\nyes\tgood film\nno\tbad  film \n"},
        {"sentence\tlabel\r\ngood film\t1\r\nbad \"film\t0\r\n\r\nthe end\t10"},
        {repeated("good film\t1\nbad film , really\t0\n", 12)},
        {repeated("1\tgood film\n0\tbad film , really\n", 12)},
        {"\xEF\xBB\xBFtext,label\n\"good, \"\"fine\"\" film\",yes\nbad film,no\n\"two\nlines\",no\nwith, comma,yes\n"},
        {"text;label\n\"good; film\";yes\nbad film;no\n"},
        {repeated("yes,a good film\nno,a bad film\n", 12)},
        {repeated("a good film;yes\na bad film, really;no\n", 12)},
        {"{\"text\": \"good film\", \"label\": 1}\n{\"text\": [\"bad\", \"film\", 2], \"label\": [0, 1]}\n"
         "{\"label\": true, \"text\": \"\\u00e9t\\u00e9\"}\n{\"text\": \"no label\"}\n"},
        {"__label__yes good film\ngood __label__no bad film\n__label__no __label__yes  both\tof\tthem\nnothing\n"},
        {repeated("DESC:manner How did it start ?\nENTY:animal What is a fox ?\nDESC:def What is it ?\n", 3)},
        {repeated("0 good film\n1   bad film\n1\ttab film\n", 12)},
        {"yes good film\nno bad film\n", labelFirst},
        {"how\twhat\tid\nyes\tgood film\t7\nno\tbad film\t8\n", named},
        {repeated("yes\t12\tgood film\nno\t13\tbad film\n", 12), third},
        {repeated("a\tyes\tgood film\nb\tno\tbad \xff film\nc\t\tunlabelled film\n", 8)},
        {repeated("good film\t1\textra cell\nbad film\t0\n", 12)},
        {"one column\nof text\n"},
        {"text,label\n\"never closed,yes\n"},
        {repeated("Subject\n", 1) + "Class\n"},
        {"Review\tStars\nok\t3\nfine\t4\nbad\t1\nfine\t4\nok\t3\nbad\t1\ngood\t5\nok\t2\n"},
    };
}

} // namespace

/// A project that was written does what the run does. Python runs once for each question.
class TestPyTorchProject : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void writesEveryFileAndNothingElse();
    void replacesItsOwnFilesOnly();
    void leavesOtherFoldersAlone();
    void refusesWhatDoesNotFit();
    void configHoldsTheLastSettings();
    void logitsAreOurs();
    void tokensAreOurs();
    void dataIsReadAsWeDo();
    void theSameSentencesAreHeldOut();
    void itsProgramsCompile();

private:
    fs::path file(const char* name) const { return m_folder->filePath(QString::fromLatin1(name)).toStdString(); }
    /// The answer of project_probe.py with the modules of a project in "project".
    Json ask(Json request);

    std::unique_ptr<QTemporaryDir> m_folder;
};

Json TestPyTorchProject::ask(Json request)
{
    if (!exportProject(trained(optionsOf(models()[0]), {}, 0), file("project")))
        return {};
    request["project"] = file("project").string();
    if (!request.contains("tokenize"))
        request["tokenize"] = Json::array();
    write(file("request.json"), request.dump());
    if (python({EMBEDSCOPE_SOURCE_DIR "/tests/core/train/project_probe.py",
                QString::fromStdString(file("request.json").string()),
                QString::fromStdString(file("answer.json").string())}) != 0)
        return {};
    return Json::parse(content(file("answer.json")).toStdString(), nullptr, false);
}

void TestPyTorchProject::writesEveryFileAndNothingElse()
{
    const auto files = exportProject(trained(optionsOf(models()[0]), {}, 1), file("new/project"));
    QVERIFY2(files.has_value(), files ? "" : describe(files.error()).c_str());
    const QStringList wanted{"README.md", "config.json",       "held_out.py",   "labelled_data.py",
                             "model.py",  "model.safetensors", "predict.py",    "tokenizer.py",
                             "train.py",  "unicode_tables.py", "vocabulary.py", "vocabulary.txt"};
    const QDir folder(QString::fromStdString(file("new/project").string()));
    QCOMPARE(folder.entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot, QDir::Name), wanted);
    QCOMPARE(QDir(QString::fromStdString(file("new").string()))
                 .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList("project"));
    QCOMPARE(files->size(), static_cast<std::size_t>(wanted.size()));
    for (const fs::path& path : *files)
        QVERIFY2(fs::file_size(path) > 0, path.c_str());
    QCOMPARE(content(file("new/project/train.py")),
             content(EMBEDSCOPE_SOURCE_DIR "/core/train/pytorch_project/train.py"));
}

void TestPyTorchProject::replacesItsOwnFilesOnly()
{
    QVERIFY(exportProject(trained(optionsOf(models()[0]), {}, 1), file("project")).has_value());
    const QByteArray before = content(file("project/model.safetensors"));
    write(file("project/notes.txt"), "mine");
    write(file("project/model.py"), "changed");
    QVERIFY(exportProject(trained(optionsOf(models()[0]), {}, 3), file("project/")).has_value());
    QVERIFY(content(file("project/model.safetensors")) != before);
    QCOMPARE(content(file("project/model.py")), content(EMBEDSCOPE_SOURCE_DIR "/core/train/pytorch_project/model.py"));
    QCOMPARE(content(file("project/notes.txt")), QByteArray("mine"));
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList("project"));
}

void TestPyTorchProject::leavesOtherFoldersAlone()
{
    const RunDirectory run = trained(optionsOf(models()[0]), {}, 1);
    fs::create_directory(file("other"));
    write(file("other/config.json"), "{}");
    const auto refused = exportProject(run, file("other"));
    QVERIFY(!refused && refused.error().code == ErrorCode::FileUnwritable);
    QCOMPARE(content(file("other/config.json")), QByteArray("{}"));
    QVERIFY(!fs::exists(file("other/model.py")));

    const auto onFile = exportProject(run, file("other/config.json"));
    QVERIFY(!onFile && onFile.error().code == ErrorCode::FileUnwritable);
    const auto below = exportProject(run, file("other/config.json/project"));
    QVERIFY(!below && below.error().code == ErrorCode::FileUnwritable);

    fs::create_directory(file("empty"));
    QVERIFY(exportProject(run, file("empty")).has_value());
    QVERIFY(fs::exists(file("empty/model.py")));
}

void TestPyTorchProject::refusesWhatDoesNotFit()
{
    RunDirectory fewer = trained(optionsOf(models()[0]), {}, 0);
    fewer.record.classes.pop_back();
    const auto refused = exportProject(fewer, file("project"));
    QVERIFY(!refused && refused.error().code == ErrorCode::RunDirectory);
    RunDirectory broken = trained(optionsOf(models()[0]), {}, 0);
    broken.vocabulary.add("two\nlines");
    broken.model.tensors.at("embedding.weight") = Tensor::fromMatrix(Matrix::Zero(broken.vocabulary.size(), 12));
    const auto lines = exportProject(broken, file("project"));
    QVERIFY(!lines && lines.error().code == ErrorCode::FormatRefused);
    QVERIFY(QDir(m_folder->path()).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
}

void TestPyTorchProject::configHoldsTheLastSettings()
{
    RunDirectory run = trained(optionsOf(models()[1]), models()[1].live, 1);
    run.record.switches.push_back({1, toFields(LiveSettings{.freeze = true, .lr = 0.25, .max_norm = 3})});
    QVERIFY(exportProject(run, file("project")).has_value());
    const Json config = Json::parse(content(file("project/config.json")).toStdString());
    QCOMPARE(config.at("training").at("lr").get<double>(), 0.25);
    QVERIFY(config.at("training").at("freeze").get<bool>());
    QVERIFY(config.at("model").at("padding_idx").is_null());
    QCOMPARE(config.at("model").at("max_norm").get<double>(), 3.0);
    QCOMPARE(config.at("text").at("max_length").get<int>(), 5);
    QCOMPARE(config.at("text").at("classes").size(), std::size_t{3});

    // A table that is frozen for its first epochs alone learns later.
    TrainOptions frozenFirst = optionsOf(models()[0]);
    frozenFirst.freeze_epochs = 2;
    QVERIFY(exportProject(trained(frozenFirst, {}, 1), file("project")).has_value());
    const Json first = Json::parse(content(file("project/config.json")).toStdString());
    QVERIFY(!first.at("training").at("freeze").get<bool>());
    QCOMPARE(first.at("training").at("freeze_epochs").get<int>(), 2);
}

void TestPyTorchProject::logitsAreOurs()
{
    if (python({"-c", "import torch"}) != 0)
        QSKIP("python3-torch is not installed");
    const std::vector<Model> all = models();
    LabelledText data = sentences(100, 14, 2);
    data.texts[7] = "";
    data.texts[8] = "<pad> <unk> <PAD>";
    data.texts[9] = "nothing known whatsoever";
    Json request{{"models", Json::array()}, {"texts", data.texts}};
    std::vector<Matrix> ours;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const RunDirectory run = trained(optionsOf(all[i]), all[i].live);
        const auto folder = file(("model" + std::to_string(i)).c_str());
        QVERIFY(exportProject(run, folder).has_value());
        request["models"].push_back(folder.string());
        const auto model = loadModel(run);
        QVERIFY(model.has_value());
        const auto logits = model->model.predict(
            encode(data, model->tokenizer, model->vocabulary, model->unknownRow, model->max_length), {});
        QVERIFY(logits.has_value());
        ours.push_back(*logits);
    }
    const Json answer = ask(request);
    QVERIFY(answer.is_object());
    for (std::size_t i = 0; i < all.size(); ++i) {
        const double together = difference(answer.at("models").at(i).at("together"), ours[i]);
        const double alone = difference(answer.at("models").at(i).at("alone"), ours[i]);
        qInfo("%s: %.2g in one batch, %.2g each by itself", all[i].name, together, alone);
        QVERIFY2(together <= 1e-5 && alone <= 1e-5, all[i].name);
    }
}

void TestPyTorchProject::tokensAreOurs()
{
    const std::vector<std::string> texts = nastyTexts();
    Json request{{"tokenize", Json::array()}};
    for (const std::string& text : texts)
        request["tokenize"].push_back(hex(text));
    const Json answer = ask(request);
    QVERIFY(answer.is_object());
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const auto name = hex(texts[i].substr(0, 200));
        QVERIFY2(answer.at("tokens").at(i) == Json(tokenize(texts[i])), name.c_str());
        QVERIFY2(answer.at("cased").at(i) == Json(tokenize(texts[i], {.lower_case = false})), name.c_str());
    }
}

void TestPyTorchProject::dataIsReadAsWeDo()
{
    const std::vector<DataFile> files = dataFiles();
    Json request{{"data", Json::array()}};
    for (std::size_t i = 0; i < files.size(); ++i) {
        const fs::path path = file(("data" + std::to_string(i)).c_str());
        write(path, files[i].content);
        Json each{{"path", path.string()}};
        for (const auto& [name, value] : toFields(files[i].options))
            each[name] = value;
        request["data"].push_back(each);
    }
    const Json answer = ask(request);
    QVERIFY(answer.is_object());
    std::size_t read = 0;
    for (std::size_t i = 0; i < files.size(); ++i) {
        Progress progress;
        LabelledTextOptions options = files[i].options;
        options.one_class_is_enough = true;
        const auto ours = readLabelledText(file(("data" + std::to_string(i)).c_str()), options, {}, progress);
        Json wanted;
        for (std::size_t row = 0; ours && row < ours->texts.size(); ++row)
            wanted.push_back({ours->classes[static_cast<std::size_t>(ours->labels[row])], ours->texts[row]});
        read += ours ? 1U : 0U;
        const std::string shown = files[i].content.substr(0, 60) + "\nours:   " + wanted.dump().substr(0, 300) +
                                  "\ntheirs: " + answer.at("data").at(i).dump().substr(0, 300);
        QVERIFY2(answer.at("data").at(i) == wanted, shown.c_str());
    }
    QVERIFY2(read >= files.size() - 3, std::to_string(read).c_str());
}

void TestPyTorchProject::theSameSentencesAreHeldOut()
{
    auto data = std::make_shared<LabelledText>(LabelledText{.classes = {"even", "odd"}});
    for (int i = 0; i < 203; ++i) {
        data->texts.push_back("word" + std::to_string(i));
        data->labels.push_back(i % 2);
    }
    Json request{{"held_out", {{203, 0.1, 0}, {203, 0.25, 12345678901}, {203, 0.5, 7}}}};
    const Json answer = ask(request);
    QVERIFY(answer.is_object());
    for (std::size_t i = 0; i < 3; ++i) {
        TrainOptions options;
        options.valid_split = request["held_out"][i][1].get<double>();
        options.seed = request["held_out"][i][2].get<std::uint64_t>();
        const auto run = prepareRun({.data = data, .vectors = nullptr, .options = options, .tokenizer = {}});
        QVERIFY(run && run->valid);
        // The vocabulary has the words of the sentences that are learned from.
        Json held = Json::array();
        for (int row = 0; row < 203; ++row)
            if (!run->vocabulary.vocabulary.contains("word" + std::to_string(row)))
                held.push_back(row);
        QCOMPARE(held.size(), static_cast<std::size_t>(run->valid->size()));
        QVERIFY(answer.at("held_out").at(i) == held);
    }
}

void TestPyTorchProject::itsProgramsCompile()
{
    QVERIFY(exportProject(trained(optionsOf(models()[0]), {}, 0), file("project")).has_value());
    QStringList arguments{"-W", "error", "-m", "py_compile"};
    for (const auto& entry : fs::directory_iterator(file("project")))
        if (entry.path().extension() == ".py")
            arguments.append(QString::fromStdString(entry.path().string()));
    QCOMPARE(arguments.size(), 4 + 8);
    QCOMPARE(python(arguments), 0);
}

QTEST_GUILESS_MAIN(TestPyTorchProject)
#include "tst_pytorch_project.moc"
