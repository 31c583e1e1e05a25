// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/pickle.h"
#include "tests/core/io/table_files.h"

#include <QProcess>
#include <QStandardPaths>

#include <chrono>

using namespace embedscope;
using namespace std::string_view_literals;

/// The stack machine, an instruction at a time, and what it refuses: everything that reaches outside.
class TestPickle : public QObject
{
    Q_OBJECT

private slots:
    void readsValues_data();
    void readsValues();
    void readsOnePickleAfterTheOther();
    void keepsAttributesOfDicts();
    void refusesDamage_data();
    void refusesDamage();
    void neverRunsAnything_data();
    void neverRunsAnything();
    void refusesOtherPickles();
    void isBounded_data();
    void isBounded();
    void survivesEveryCutAndFlip();
    void canBeStopped();
};

namespace {

constexpr std::string_view kNames[] = {kOrderedDict, "torch.Size"};

PickleRules rules()
{
    return {kNames,
            [](const std::string& name, std::string_view) {
                return Error{ErrorCode::FormatRefused, {"x", name, "", ""}};
            },
            "x"};
}

/// As Python shows it, where it knows such a value.
std::string shown(const PickleHeap& heap, PickleRef value)
{
    std::string items;
    for (std::size_t i = 0; i < heap.items(value).size(); ++i) {
        const bool isValue = heap.kind(value) == PickleKind::Dict && i % 2 == 1;
        items += (i == 0 ? "" : isValue ? ": " : ", ") + shown(heap, heap.items(value)[i]);
    }
    switch (heap.kind(value)) {
    case PickleKind::None:
        return "None";
    case PickleKind::Bool:
        return heap.integer(value) == 1 ? "True" : "False";
    case PickleKind::Int:
        return std::to_string(*heap.integer(value));
    case PickleKind::LargeInt:
        return "large";
    case PickleKind::Float:
        return "float";
    case PickleKind::String:
        return "'" + std::string(*heap.text(value)) + "'";
    case PickleKind::Bytes:
        return "b'" + std::string(*heap.text(value)) + "'";
    case PickleKind::Name:
        return std::string(*heap.text(value));
    case PickleKind::Tuple:
        return "(" + items + ")";
    case PickleKind::List:
        return "[" + items + "]";
    case PickleKind::Call:
        return "call(" + items + ")";
    case PickleKind::Persistent:
        return "persistent(" + items + ")";
    default:
        return "{" + items + "}";
    }
}

std::string text(std::string_view content)
{
    return "X" + std::string{static_cast<char>(content.size()), '\0', '\0', '\0'} + std::string(content);
}

/// A file of the legacy layout around a pickle.
std::string legacyFile(const std::string& pickle)
{
    return std::string("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19."
                       "\x80\x02M\xe9\x03."
                       "\x80\x02}."sv) +
           pickle + std::string("\x80\x02]."sv);
}

std::string repeated(std::string_view part, int count)
{
    std::string all;
    for (int i = 0; i < count; ++i)
        all += part;
    return all;
}

} // namespace

void TestPickle::readsValues_data()
{
    QTest::addColumn<QByteArray>("pickle");
    QTest::addColumn<QByteArray>("value");
    const auto row = [](std::string_view pickle, const char* value) {
        QTest::addRow("%s, %d", value, int(pickle.size()))
            << QByteArray(pickle.data(), qsizetype(pickle.size())) << QByteArray(value);
    };
    row("N."sv, "None");
    row("\x88."sv, "True");
    row("\x89."sv, "False");
    row("\x80\x02K\xff."sv, "255");
    row("\x80\x05M\x00\x80."sv, "32768");
    row("J\xff\xff\xff\xff."sv, "-1");
    row("J\xff\xff\xff\x7f."sv, "2147483647");
    row("I12345678901\n."sv, "12345678901");
    row("I01\n."sv, "True");
    row("I00\n."sv, "False");
    row("\x8a\x00."sv, "0");
    row("\x8a\x01\x80."sv, "-128");
    row("\x8a\x02\x80\x00."sv, "128");
    row("\x8a\x08\x00\x00\x00\x00\x00\x00\x00\x80."sv, "-9223372036854775808");
    row("\x8a\x09\x00\x00\x00\x00\x00\x00\x00\x80\x00."sv, "large");
    row("\x8b\x01\x00\x00\x00\x07."sv, "7");
    row("G\x40\x0c\0\0\0\0\0\0."sv, "float");
    row("X\x02\0\0\0ab."sv, "'ab'");
    row("\x8c\x02"
        "ab."sv,
        "'ab'");
    row("\x8d\x02\0\0\0\0\0\0\0ab."sv, "'ab'");
    row("U\x02"
        "ab."sv,
        "'ab'");
    row("T\x02\0\0\0ab."sv, "'ab'");
    row("B\x02\0\0\0ab."sv, "b'ab'");
    row("C\x02"
        "ab."sv,
        "b'ab'");
    row("\x8e\x02\0\0\0\0\0\0\0ab."sv, "b'ab'");
    row(")."sv, "()");
    row("(t."sv, "()");
    row("N\x85."sv, "(None)");
    row("K\x01K\x02\x86."sv, "(1, 2)");
    row("K\x01K\x02K\x03\x87."sv, "(1, 2, 3)");
    row("(K\x01K\x02K\x03K\x04t."sv, "(1, 2, 3, 4)");
    row("]."sv, "[]");
    row("(K\x01K\x02l."sv, "[1, 2]");
    row("]K\x01"
        "a."sv,
        "[1]");
    row("](K\x01K\x02"
        "e."sv,
        "[1, 2]");
    row("}."sv, "{}");
    row("(K\x01K\x02"
        "d."sv,
        "{1: 2}");
    row("}K\x01K\x02s."sv, "{1: 2}");
    row("}(K\x01K\x02NNu."sv, "{1: 2, None: None}");
    row("\x8f(K\x01\x90."sv, "{1}");
    row("(K\x01\x91."sv, "{1}");
    row("K\x01K\x02"
        "0."sv,
        "1");
    row("K\x01(0."sv, "1");
    row("K\x01(NNN1."sv, "1");
    row("K\x01"
        "2\x86."sv,
        "(1, 1)");
    row("K\x05q\x00h\x00\x86."sv, "(5, 5)");
    row("K\x05r\x01\0\0\0j\x01\0\0\0\x86."sv, "(5, 5)");
    row("\x80\x04\x95\x0a\0\0\0\0\0\0\0K\x05\x94K\x06\x94h\0\x86."sv, "(6, 5)");
    row("ctorch\nSize\n."sv, "torch.Size");
    row("\x8c\x05torch\x8c\x04Size\x93."sv, "torch.Size");
    row("ctorch\nSize\nK\x01\x85R."sv, "call(torch.Size, (1))");
    row("ccollections\nOrderedDict\n)RK\x01K\x02s."sv, "{1: 2}");
    row("ccollections\nOrderedDict\n](]K\x01"
        "aK\x02"
        "a]K\x03"
        "aK\x04"
        "ae\x85R."sv,
        "{1: 2, 3: 4}");
    row("X\x01\0\0\0sQ."sv, "persistent('s')");
}

void TestPickle::readsValues()
{
    QFETCH(QByteArray, pickle);
    QFETCH(QByteArray, value);
    const std::string bytes = pickle.toStdString();
    const auto read = readPickle(bytes, rules());
    QVERIFY2(read, read ? "" : describe(read.error()).c_str());
    QCOMPARE(QByteArray::fromStdString(shown(read->heap, read->root)), value);
    QCOMPARE(read->end, bytes.size());
}

void TestPickle::readsOnePickleAfterTheOther()
{
    constexpr std::string_view bytes = "\x80\x02K\x07.\x80\x02K\x08.rest"sv;
    const auto first = readPickle(bytes, rules());
    QVERIFY(first);
    QCOMPARE(first->end, std::size_t{5});
    const auto second = readPickle(bytes.substr(first->end), rules());
    QVERIFY(second);
    QCOMPARE(*second->heap.integer(second->root), 8);
}

void TestPickle::keepsAttributesOfDicts()
{
    const auto read = readPickle("ccollections\nOrderedDict\n)R}X\x01\0\0\0vK\x07sb."sv, rules());
    QVERIFY(read);
    QVERIFY(read->heap.items(read->root).empty());
    const auto attributes = read->heap.attributes(read->root);
    QVERIFY(attributes);
    QCOMPARE(shown(read->heap, *attributes), std::string("{'v': 7}"));
}

void TestPickle::refusesDamage_data()
{
    QTest::addColumn<QByteArray>("pickle");
    QTest::addColumn<QByteArray>("about");
    const auto row = [](std::string_view pickle, const char* about) {
        QTest::addRow("%s, %s", about, QByteArray(pickle.data(), qsizetype(pickle.size())).toPercentEncoding().data())
            << QByteArray(pickle.data(), qsizetype(pickle.size())) << QByteArray(about);
    };
    row(""sv, "byte 0 of its pickle: it is cut off");
    row("K"sv, "cut off");
    row("N"sv, "byte 1 of its pickle: it is cut off");
    row("."sv, "without a value");
    row("(."sv, "without a value");
    row("\x80\x06N."sv, "protocol 6");
    row("X\xff\xff\xff\xffN."sv, "cut off");
    row("\x8d\xff\xff\xff\xff\xff\xff\xff\xffN."sv, "cut off");
    row("\x8b\xff\xff\xff\xffN."sv, "cut off");
    row("\x95\xff\xff\xff\xff\xff\xff\xff\xffN."sv, "cut off");
    row("ctorch"sv, "cut off");
    row("ctorch\nSize"sv, "cut off");
    row("0."sv, "not there");
    row("2."sv, "not there");
    row("N\x86."sv, "not there");
    row("N(N\x86."sv, "not there"); // below the mark
    row("t."sv, "lacks a mark");
    row("1."sv, "lacks a mark");
    row("](a."sv, "not there");
    row("NNa."sv, "what is no list");
    row("}Na."sv, "what is no list");
    row("](NNu."sv, "what is no dict");
    row("}(Nu."sv, "a key has no value");
    row("(Nd."sv, "a key has no value");
    row("N(N\x90."sv, "what is no set");
    row("h\0."sv, "never remembered");
    row("Nr\xff\xff\xff\xff."sv, "more values than it has instructions");
    row("NNR."sv, "calls what is no function");
    row("ctorch\nSize\n]R."sv, "calls what is no function");
    row("NN\x93."sv, "what is no text");
    row("N)b."sv, "has none");
    row("NN\x81."sv, "of what is no class");
    row("(No."sv, "of what is no class");
    row("(o."sv, "not there");
    row("Pkey\n."sv, "by a line of text");
    row("I1x\n."sv, "cannot be read");
    row("I99999999999999999999\n."sv, "cannot be read");
    row("F1.5\n."sv, "the instruction 70 has no use");
    row("\x97N."sv, "the instruction 151 has no use");
    row("\xff."sv, "the instruction 255 has no use");
    row("ccollections\nOrderedDict\n]N\x86R."sv, "more than one value");
    row("ccollections\nOrderedDict\n]Na\x85R."sv, "no pairs");
}

void TestPickle::refusesDamage()
{
    QFETCH(QByteArray, pickle);
    QFETCH(QByteArray, about);
    const std::string bytes = pickle.toStdString();
    const auto read = readPickle(bytes, rules());
    QVERIFY(!read);
    QVERIFY(read.error().code == ErrorCode::FileDamaged);
    const std::string sentence = describe(read.error());
    QVERIFY2(sentence.find(about.toStdString()) != std::string::npos, sentence.c_str());
}

void TestPickle::neverRunsAnything_data()
{
    QTest::addColumn<QByteArray>("pickle"); // COMMAND stands for the text that a shell would get
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("works"); // in Python by itself
    const auto row = [](const char* title, std::string_view pickle, const char* name, bool works = true) {
        QTest::newRow(title) << QByteArray(pickle.data(), qsizetype(pickle.size())) << QString(name) << works;
    };
    row("GLOBAL, REDUCE", "cposix\nsystem\n(COMMANDtR."sv, "posix.system");
    row("of another module", "cos\nsystem\nCOMMAND\x85R."sv, "os.system");
    row("STACK_GLOBAL", "\x8c\x05posix\x8c\x06system\x93(COMMANDtR."sv, "posix.system");
    row("STACK_GLOBAL out of the memo", "X\x05\0\0\0posixq\0X\x06\0\0\0systemq\1h\0h\1\x93(COMMANDtR."sv,
        "posix.system");
    row("INST", "(COMMANDiposix\nsystem\n."sv, "posix.system");
    row("INST of an allowed class", "(icollections\nOrderedDict\n."sv, "collections.OrderedDict", false);
    row("OBJ", "(cposix\nsystem\nCOMMANDo."sv, "posix.system");
    row("OBJ of an allowed class", "(ctorch\nSize\n)o."sv, "an object of torch.Size", false);
    row("NEWOBJ", "csubprocess\nPopen\n(COMMANDt\x81."sv, "subprocess.Popen", false);
    row("NEWOBJ of an allowed class", "ctorch\nSize\n)\x81."sv, "an object of torch.Size", false);
    row("NEWOBJ_EX", "ctorch\nSize\n)}\x92."sv, "an object of torch.Size", false);
    row("BUILD", "ccollections\nOrderedDict\n)R}X\x0c\0\0\0__setstate__cposix\nsystem\nsbCOMMANDb."sv, "posix.system");
    row("BUILD of a tensor", "ctorch\nSize\n)R}b."sv, "the __setstate__ of torch.Size", false);
    row("EXT1", "\x82\x07)R."sv, "the extension 7 of copyreg", false);
    row("EXT2", "\x83\x01\x02)R."sv, "the extension 513 of copyreg", false);
    row("EXT4", "\x84\x01\x00\x00\x00)R."sv, "the extension 1 of copyreg", false);
    row("in a persistent identifier", "(X\x07\0\0\0storagecposix\nsystem\n(COMMANDtRtQ."sv, "posix.system");
    row("as a key", "}cposix\nsystem\n(COMMANDtRNs."sv, "posix.system");
    row("thrown away", "cposix\nsystem\n(COMMANDtR0}."sv, "posix.system");
    row("eval", "cbuiltins\neval\nCOMMAND\x85R."sv, "builtins.eval", false);
    row("eval of Python 2", "c__builtin__\neval\nCOMMAND\x85R."sv, "__builtin__.eval", false);
    row("getattr", "cbuiltins\ngetattr\n(ctorch\nSize\nX\x03\0\0\0mrotR."sv, "builtins.getattr", false);
    row("pickle in a pickle", "ctorch.storage\n_load_from_bytes\nCOMMAND\x85R."sv, "torch.storage._load_from_bytes",
        false);
    row("numpy", "cnumpy.core.multiarray\n_reconstruct\n)R."sv, "numpy.core.multiarray._reconstruct", false);
    row("a name that looks allowed", "ctorch\nSize.__class__\n)R."sv, "torch.Size.__class__", false);
    row("a name of control signs", "cpo\tsix\nsys\x1btem\n)R."sv, "po?six.sys?tem", false);
}

void TestPickle::neverRunsAnything()
{
    QFETCH(QByteArray, pickle);
    QFETCH(QString, name);
    QFETCH(bool, works);
    const TableFolder folder;
    const auto marker = folder.path("marker");
    const std::string command = text("touch " + marker.string());
    const std::string bytes = pickle.replace("COMMAND", QByteArray::fromStdString(command)).toStdString();

    // First that it is what it seems to be.
    const QString python = QStandardPaths::findExecutable(QStringLiteral("python3"));
    if (works && !python.isEmpty()) {
        const auto path = folder.write("exploit", bytes);
        QProcess::execute(
            python, {"-c", "import pickle, sys\ntry: pickle.load(open(sys.argv[1], 'rb'))\nexcept Exception: pass",
                     QString::fromStdString(path.string())});
        QVERIFY(std::filesystem::remove(marker));
    }
    for (const std::string& start : {std::string(), std::string("\x80\x02"), std::string("\x80\x04")}) {
        const auto loaded = read(folder.write("x.pt", legacyFile(start + bytes)));
        QVERIFY(!loaded);
        QVERIFY2(loaded.error().code == ErrorCode::FormatRefused, describe(loaded.error()).c_str());
        QCOMPARE(QString::fromStdString(loaded.error().args[1]), "a PyTorch file that asks for " + name);
        QVERIFY(describe(loaded.error()).find("nothing was run") != std::string::npos);
        QVERIFY(!readPickle(start + bytes, rules()));
        QVERIFY(!read(folder.write("plain", start + bytes)));
        QVERIFY(!std::filesystem::exists(marker));
    }
}

/// What is no file of PyTorch's stays a pickle, whatever it is called.
void TestPickle::refusesOtherPickles()
{
    const TableFolder folder;
    const auto loaded = read(folder.write("x.pt", "\x80\x02}X\x01\0\0\0aK\x01s."sv));
    QVERIFY(!loaded);
    QVERIFY(loaded.error().code == ErrorCode::FormatRefused);
    QCOMPARE(loaded.error().args[1], std::string("a Python pickle"));
    QVERIFY(describe(loaded.error()).find("nothing of it was run") != std::string::npos);
}

void TestPickle::isBounded_data()
{
    QTest::addColumn<QByteArray>("pickle");
    QTest::addColumn<QByteArray>("about");
    const auto row = [](const char* title, const std::string& pickle, const char* about) {
        QTest::newRow(title) << QByteArray::fromStdString(pickle) << QByteArray(about);
    };
    constexpr const char* kMoreValues = "more values than a pickle of its size";
    row("marks", repeated("(", 1000000), kMoreValues);
    row("lists", repeated("]", 1000000), kMoreValues);
    row("stack", repeated("N", 1000000), kMoreValues);
    row("copies", repeated("2", 1000000).replace(0, 1, "N"), kMoreValues);
    row("nested", repeated("]", 10000) + repeated("a", 9999) + ".", "nested too deeply");
    row("nested tuples", ")" + repeated("\x85", 10000) + ".", "nested too deeply");
    row("in itself", std::string("]q\0h\0a."sv), "nested too deeply");
    std::string laughs = "]K\x01"
                         "a";
    for (char slot = 0; slot < 60; ++slot)
        laughs += std::string("q") + slot + "0](" + repeated(std::string("h") + slot, 10) + "e";
    row("a tree without end", laughs + ".", "hold each other too often");
    // A list of 1,000 pairs, of which 20,000 dicts are made.
    const std::string pairs = "](" + repeated("K\x01K\x02\x86", 1000) + "e\x85" + std::string("q\0"sv) + "0";
    row("copies of a dict", pairs + repeated(std::string("ccollections\nOrderedDict\nh\0R0"sv), 20000) + "N.",
        kMoreValues);
}

void TestPickle::isBounded()
{
    QFETCH(QByteArray, pickle);
    QFETCH(QByteArray, about);
    const TableFolder folder;
    const auto path = folder.write("x.pt", legacyFile(pickle.toStdString()));
    const auto start = std::chrono::steady_clock::now();
    const auto loaded = read(path);
    QVERIFY(std::chrono::steady_clock::now() - start < std::chrono::seconds(2));
    QVERIFY(!loaded);
    const std::string sentence = describe(loaded.error());
    QVERIFY2(sentence.find(about.toStdString()) != std::string::npos, sentence.c_str());
}

void TestPickle::survivesEveryCutAndFlip()
{
    std::string all = "\x80\x04(";
    all += "N\x88\x89K\1M\1\2J\1\2\3\4I12\nG12345678";
    all += std::string("\x8a\2\1\2\x8b\2\0\0\0\1\2X\1\0\0\0aU\1bC\1cB\1\0\0\0d)\x85]N\x61(NNl]](NNe}}NNs(NNNNd"sv);
    all += std::string("\x8f(N\x90(N\x91Nq\1h\1Nr\2\0\0\0j\1\0\0\0\x94"sv);
    all += "ctorch\nSize\n(K\1tRccollections\nOrderedDict\n)R}bN\x51t.";
    const auto whole = readPickle(all, rules());
    QVERIFY2(whole, whole ? "" : describe(whole.error()).c_str());
    for (std::size_t size = 0; size < all.size(); ++size)
        QVERIFY(!readPickle(std::string_view(all).substr(0, size), rules()));
    int read = 0;
    for (std::size_t i = 0; i < all.size(); ++i)
        for (int byte = 0; byte < 256; ++byte) {
            std::string changed = all;
            changed[i] = static_cast<char>(byte);
            const auto pickle = readPickle(changed, rules());
            read += pickle ? 1 : 0;
            QVERIFY(pickle || pickle.error().code == ErrorCode::FileDamaged ||
                    pickle.error().code == ErrorCode::FormatRefused);
        }
    QVERIFY(read > 0);
}

void TestPickle::canBeStopped()
{
    const std::string pickle = repeated("N0", 100000) + "N.";
    QVERIFY(readPickle(pickle, rules()));
    std::stop_source stop;
    stop.request_stop();
    const auto read = readPickle(pickle, rules(), stop.get_token());
    QVERIFY(!read);
    QVERIFY(read.error().code == ErrorCode::Cancelled);
}

QTEST_APPLESS_MAIN(TestPickle)
#include "tst_pickle.moc"
