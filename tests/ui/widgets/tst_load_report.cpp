// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/widgets/widget_checks.h"
#include "ui/bridge/load_report_text.h"
#include "ui/bridge/preview_text.h"
#include "ui/dialogs/load_report_dialog.h"
#include "ui/dialogs/repair_dialog.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/toggle_switch.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace embedscope;

namespace {

LoadReport findings()
{
    LoadReport report{.format = Format::Word2VecText, .rows = 1200, .dim = 50, .dtype = "text", .bytes = 4200000};
    report.unpacked = {"gzip"};
    report.duplicates = 3;
    report.nanRows = 1;
    report.zeroRows = 2;
    report.invalidUtf8 = 4;
    report.skippedLines = 5;
    report.seconds = 0.25;
    report.warnings = {{WarningCode::DuplicateTokens, {"3", "<b>the</b>", "line 7"}},
                       {WarningCode::NanRows, {"1", "line 8"}},
                       {WarningCode::ZeroRows, {"2", "line 9"}},
                       {WarningCode::InvalidUtf8, {"4", "line 10"}},
                       {WarningCode::TokensWithBlanks, {"6", "line 11"}},
                       {WarningCode::SkippedLines, {"5", "line 13", "it holds 3 values"}},
                       {WarningCode::EmptyLines, {"1", "line 12"}},
                       {WarningCode::Limited, {"1200", "400000"}}};
    return report;
}

QPushButton* button(const QDialog& dialog, const QString& text)
{
    for (auto* each : dialog.findChildren<QPushButton*>())
        if (each->text().remove(u'&').startsWith(text))
            return each;
    return nullptr;
}

template <class Editor>
Editor* named(const QDialog& dialog, const char* name)
{
    for (Editor* editor : dialog.findChildren<Editor*>())
        if (editor->accessibleName() == QLatin1String(name))
            return editor;
    return nullptr;
}

} // namespace

/// What was found in a file, and the clean copy of it.
class TestLoadReport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QLocale::setDefault(QLocale::c());
        applyTheme(*qApp, ThemeChoice::Light);
    }

    void everyFindingHasItsMeaningAndPlace()
    {
        const QString text = reportText(QStringLiteral("glove.txt.gz"), findings());
        QVERIFY(text.startsWith(QStringLiteral("glove.txt.gz\nFormat: word2vec text\nUnpacked from: gzip\n")));
        QVERIFY(text.contains(QStringLiteral("Rows: first 1,200 of 400,000 rows\n")));
        QVERIFY(text.contains(QStringLiteral("Size of the file: 4.2 MB\nRead in: 0.25 s\n")));
        QVERIFY(
            text.contains(QStringLiteral("Repeated tokens: 3. First: \"<b>the</b>\" in line 7. Every row is kept")));
        QVERIFY(text.contains(QStringLiteral("NaN or infinite rows: 1. First: line 8.")));
        QVERIFY(text.contains(QStringLiteral("Rows of zeros: 2. First: line 9.")));
        QVERIFY(text.contains(QStringLiteral("Tokens that are not UTF-8: 4. First: line 10.")));
        QVERIFY(text.contains(QStringLiteral("Tokens with blanks: 6. First: line 11.")));
        QVERIFY(text.contains(QStringLiteral("Damaged lines left out: 5. First: line 13 (it holds 3 values).")));
        QVERIFY(text.contains(QStringLiteral("Note. Empty lines that were skipped: 1, first line 12.")));
    }

    void whatWasNotFoundIsSaidToo()
    {
        const QString text = reportText(QStringLiteral("x"), {.format = Format::Npy, .rows = 3, .dim = 2});
        for (const char* line : {"Repeated tokens: none\n", "NaN or infinite rows: none\n", "Rows of zeros: none\n",
                                 "Tokens that are not UTF-8: none\n", "Damaged lines left out: none\n", "Rows: 3\n"})
            QVERIFY2(text.contains(QLatin1String(line)), line);
        QVERIFY(!text.contains(QStringLiteral("First:")));
    }

    void theLimitIsSaid()
    {
        LoadReport report{.rows = 10000};
        QCOMPARE(limitText(report), QString());
        report.warnings = {{WarningCode::Limited, {"10000", "more"}}};
        QCOMPARE(limitText(report), QStringLiteral("first 10,000 rows"));
        report.warnings = {{WarningCode::Limited, {"10000", "400000"}}};
        QCOMPARE(limitText(report), QStringLiteral("first 10,000 of 400,000 rows"));
    }

    void isCopiedAsText()
    {
        const LoadReportDialog dialog(QStringLiteral("glove.txt"), findings());
        QTest::mouseClick(button(dialog, QStringLiteral("Copy as Text")), Qt::LeftButton);
        QCOMPARE(QApplication::clipboard()->text(), dialog.text());
        QVERIFY(dialog.text().contains(QStringLiteral("<b>the</b>")));
    }

    void leadsToTheRepair()
    {
        const LoadReportDialog dialog(QStringLiteral("glove.txt"), findings());
        const QSignalSpy wanted(&dialog, &LoadReportDialog::repairRequested);
        QTest::mouseClick(button(dialog, QStringLiteral("Repair")), Qt::LeftButton);
        QCOMPARE(wanted.count(), 1);
    }

    void suggestsWhatWasFound()
    {
        const QTemporaryDir folder;
        const RepairDialog dialog({QStringLiteral("glove.6B.txt"), folder.path(), findings(), {}});
        const RepairRequest request = dialog.request();
        const RepairOptions expected{
            .repeated_tokens = RepeatedTokens::KeepFirst, .nan_rows = NanRows::Drop, .valid_utf8 = true, .blank = "_"};
        QCOMPARE(request.options, expected);
        QVERIFY(request.format == Format::Word2VecText);
        QCOMPARE(request.path, folder.filePath(QStringLiteral("glove.6B-clean.vec")));
        QVERIFY(button(dialog, QStringLiteral("Save"))->isEnabled());
    }

    void asksForNothingWhereAllIsWell()
    {
        const QTemporaryDir folder;
        const RepairDialog dialog({QStringLiteral("a.npy"), folder.path(), {.format = Format::Npy}, {}});
        QCOMPARE(dialog.request().options, RepairOptions());
        QVERIFY(dialog.request().format == Format::Npy);
    }

    void choicesBecomeOptions()
    {
        const QTemporaryDir folder;
        RepairDialog dialog({QStringLiteral("a.txt"), folder.path(), findings(), {}});
        named<QComboBox>(dialog, "Repeated tokens")->setCurrentIndex(2);
        named<QComboBox>(dialog, "Rows with NaN")->setCurrentIndex(2);
        named<ToggleSwitch>(dialog, "Drop rows of zeros")->setChecked(true);
        named<ToggleSwitch>(dialog, "Make tokens UTF-8")->setChecked(false);
        auto* blank = named<QLineEdit>(dialog, "What stands for a blank");
        blank->clear();
        QVERIFY(!button(dialog, QStringLiteral("Save"))->isEnabled()); // tokens would run together
        blank->setText(QStringLiteral("-"));
        const RepairOptions expected{.repeated_tokens = RepeatedTokens::KeepLast,
                                     .nan_rows = NanRows::Zero,
                                     .drop_zero_rows = true,
                                     .blank = "-"};
        QCOMPARE(dialog.request().options, expected);
        named<ToggleSwitch>(dialog, "Replace blanks in tokens")->setChecked(false);
        QVERIFY(dialog.request().options.blank.empty());
        QVERIFY(!blank->isEnabled());
        dialog.setPath(QStringLiteral("/nowhere/at/all.txt"));
        QVERIFY(!button(dialog, QStringLiteral("Save"))->isEnabled());
    }

    void everyFieldHasAName()
    {
        LoadReportDialog report(QStringLiteral("a"), findings());
        RepairDialog repair({QStringLiteral("a"), QStringLiteral("/tmp"), findings(), QStringLiteral("first 3 rows")});
        for (QWidget* dialog : {static_cast<QWidget*>(&report), static_cast<QWidget*>(&repair)})
            QCOMPARE(namelessWidgets(*dialog), QStringList());
    }
};

QTEST_MAIN(TestLoadReport)
#include "tst_load_report.moc"
