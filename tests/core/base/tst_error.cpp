// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/base/result.h"

#include <QFile>
#include <QRegularExpression>
#include <QtTest>

#include <set>

using namespace embedscope;

class TestError : public QObject
{
    Q_OBJECT

private slots:
    void everyCodeHasASentence();
    void sentencesSayWhatToFillIn();
    void kindsDecideTheExitCode_data();
    void kindsDecideTheExitCode();
    void substitutes_data();
    void substitutes();
    void describesInOneSentence();
    void resultsCarryErrors();
};

namespace {

/// The enumerators as the header lists them, so that a code added later cannot be forgotten here.
QStringList codesInHeader()
{
    QFile file(QStringLiteral(EMBEDSCOPE_SOURCE_DIR "/core/base/error.h"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    static const QRegularExpression body(QStringLiteral("enum class ErrorCode \\{(.*?)\\};"),
                                         QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression name(QStringLiteral("^\\s*(\\w+),"), QRegularExpression::MultilineOption);
    QStringList out;
    for (auto it = name.globalMatch(body.match(QString::fromUtf8(file.readAll())).captured(1)); it.hasNext();)
        out << it.next().captured(1);
    return out;
}

std::vector<ErrorCode> allCodes()
{
    std::vector<ErrorCode> out;
    for (int i = 0; i < codesInHeader().size(); ++i)
        out.push_back(static_cast<ErrorCode>(i));
    return out;
}

} // namespace

void TestError::everyCodeHasASentence()
{
    const auto names = codesInHeader();
    QVERIFY(names.size() >= 24);
    QCOMPARE(names[static_cast<int>(ErrorCode::UnknownToken)], QStringLiteral("UnknownToken"));
    std::set<std::string> texts; // a code without an entry would fall back to the sentence of Internal
    for (const ErrorCode code : allCodes()) {
        const auto& codeName = names[static_cast<int>(code)];
        QVERIFY2(texts.insert(errorTemplate(code)).second, qPrintable(codeName + QStringLiteral(" has no sentence")));
    }
}

void TestError::sentencesSayWhatToFillIn()
{
    for (const ErrorCode code : allCodes()) {
        const QString text = QString::fromUtf8(errorTemplate(code));
        QVERIFY2(text.endsWith(u'.') || text.endsWith(QStringLiteral("%4")) || text.endsWith(QStringLiteral("%3")),
                 qPrintable(text));
        int places = 0;
        while (text.contains(u'%' + QString::number(places + 1)))
            ++places;
        QCOMPARE(text.count(u'%'), places); // numbered from 1 without a gap, each once
    }
}

void TestError::kindsDecideTheExitCode_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<int>("kind");
    const auto row = [](const char* name, ErrorCode code, ErrorKind kind) {
        QTest::newRow(name) << static_cast<int>(code) << static_cast<int>(kind);
    };
    row("a defect of ours", ErrorCode::Internal, ErrorKind::Internal);
    row("a stop", ErrorCode::Cancelled, ErrorKind::Cancelled);
    row("a missing file", ErrorCode::FileNotFound, ErrorKind::File);
    row("a full disk", ErrorCode::DiskFull, ErrorKind::File);
    row("a damaged file", ErrorCode::FileDamaged, ErrorKind::File);
    row("a format that is not read", ErrorCode::FormatRefused, ErrorKind::File);
    row("an unknown word", ErrorCode::UnknownToken, ErrorKind::Value);
    row("a formula with two signs", ErrorCode::FormulaInvalid, ErrorKind::Value);
    row("a wrong shape", ErrorCode::ShapeMismatch, ErrorKind::Value);
    row("a diverged training", ErrorCode::TrainingDiverged, ErrorKind::Diverged);
}

void TestError::kindsDecideTheExitCode()
{
    QFETCH(int, code);
    QFETCH(int, kind);
    QCOMPARE(static_cast<int>(errorKind(static_cast<ErrorCode>(code))), kind);
}

void TestError::substitutes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("args");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, const char* text, const QStringList& args, const char* expected) {
        QTest::newRow(name) << QString::fromUtf8(text) << args << QString::fromUtf8(expected);
    };
    row("places in any order", "%2 before %1", {"a", "b"}, "b before a");
    row("one place twice", "%1 and %1", {"a"}, "a and a");
    row("an argument that looks like a place is left alone", "%1-%2", {"%2", "x"}, "%2-x");
    row("a missing argument leaves nothing", "[%1][%2]", {"a"}, "[a][]");
    row("arguments too many are ignored", "%1", {"a", "b"}, "a");
    row("a percent sign is a percent sign", "100% of %0 %x %", {"a"}, "100% of %0 %x %");
    row("a digit behind the place belongs to the text", "%11", {"a"}, "a1");
    row("nothing is nothing", "", {"a"}, "");
}

void TestError::substitutes()
{
    QFETCH(QString, text);
    QFETCH(QStringList, args);
    QFETCH(QString, expected);
    std::vector<std::string> bytes;
    for (const auto& arg : args)
        bytes.push_back(arg.toStdString());
    QCOMPARE(QString::fromStdString(substitute(text.toStdString(), bytes)), expected);
}

void TestError::describesInOneSentence()
{
    QCOMPARE(QString::fromStdString(describe({ErrorCode::UnknownToken, {"kign"}})),
             QStringLiteral("\"kign\" is not in the vocabulary. Check the spelling and upper or lower case."));
    QCOMPARE(QString::fromStdString(describe({ErrorCode::FileTruncated, {"a.bin", "7", "10"}})),
             QStringLiteral("a.bin: ends after 7 of the 10 rows that its header announces. Fetch the file again."));
}

void TestError::resultsCarryErrors()
{
    const Result<int> good = 3;
    QCOMPARE(good.value(), 3);
    const Result<int> bad = fail(ErrorCode::UnknownToken, {"x"});
    QVERIFY(!bad);
    const Result<double> handedOn = fail(bad.error());
    QVERIFY(handedOn.error().code == ErrorCode::UnknownToken);
    QCOMPARE(handedOn.error().args, std::vector<std::string>{"x"});
}

QTEST_APPLESS_MAIN(TestError)
#include "tst_error.moc"
