// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/widgets/widget_checks.h"
#include "ui/dialogs/import_dialog.h"
#include "ui/jobs/job_runner.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/toggle_switch.h"

#include <QApplication>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace embedscope;

namespace {

QPushButton* openButton(const QDialog& dialog)
{
    const auto* box = dialog.findChild<QDialogButtonBox*>();
    for (QAbstractButton* button : box->buttons())
        if (box->buttonRole(button) == QDialogButtonBox::AcceptRole)
            return qobject_cast<QPushButton*>(button);
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

const QAbstractItemModel& rows(const QDialog& dialog)
{
    return *dialog.findChild<QTableView*>()->model();
}

bool says(const QDialog& dialog, const QString& part)
{
    for (const auto* label : dialog.findChildren<QLabel*>())
        if (label->isVisibleTo(&dialog) && label->text().contains(part))
            return true;
    return false;
}

QByteArray twoTensors()
{
    const QByteArray header = R"({"a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},)"
                              R"("b":{"dtype":"F32","shape":[2,2],"data_offsets":[16,32]}})";
    QByteArray file(8, '\0');
    file[0] = static_cast<char>(header.size());
    file += header;
    for (int i = 1; i <= 8; ++i) {
        const auto value = static_cast<float>(i);
        file.append(reinterpret_cast<const char*>(&value), sizeof(value));
    }
    return file;
}

} // namespace

/// What a file would be opened as, and what a person can change about it.
class TestImportDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QLocale::setDefault(QLocale::c());
        applyTheme(*qApp, ThemeChoice::Light);
    }

    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void showsWhatWasFound()
    {
        ImportDialog dialog(&m_jobs, write("glove.txt", "the 1 2 3\nof 4 5 6\n"), {});
        QCOMPARE(dialog.windowTitle(), QStringLiteral("glove.txt"));
        QVERIFY(!openButton(dialog)->isEnabled());
        QTRY_VERIFY(openButton(dialog)->isEnabled());
        QVERIFY(says(dialog, QStringLiteral("GloVe text · no header · 2 rows · 3 values a row · UTF-8")));
        QCOMPARE(rows(dialog).rowCount(), 2);
        QCOMPARE(rows(dialog).index(1, 0).data().toString(), QStringLiteral("of"));
        QCOMPARE(dialog.options(), ReadOptions());
        QVERIFY(named<QComboBox>(dialog, "Format")->currentText().contains(QStringLiteral("GloVe text")));
    }

    void offersTheArrays()
    {
        ImportDialog dialog(&m_jobs, write("two.safetensors", twoTensors()), {});
        QTRY_VERIFY(says(dialog, QStringLiteral("holds several arrays")));
        QVERIFY(!openButton(dialog)->isEnabled());
        auto* array = named<QComboBox>(dialog, "Array");
        QVERIFY(array->isVisibleTo(&dialog));
        QCOMPARE(array->count(), 3);
        QVERIFY(array->itemText(2).contains(QStringLiteral("(2 × 2)")));
        array->setCurrentIndex(2);
        QTRY_VERIFY(openButton(dialog)->isEnabled());
        QCOMPARE(dialog.options().array, std::string("b"));
        QCOMPARE(rows(dialog).index(0, 1).data().toString(), QStringLiteral("5.0000"));
        QVERIFY(!says(dialog, QStringLiteral("holds several arrays")));
        array->setCurrentIndex(1);
        QTRY_COMPARE(rows(dialog).index(0, 1).data().toString(), QStringLiteral("1.0000"));
    }

    void choicesBecomeOptions()
    {
        ImportDialog dialog(&m_jobs, write("x.txt", "2 2\na 1 2\nb 3 4\n"), {});
        QTRY_VERIFY(openButton(dialog)->isEnabled());
        auto* header = named<QComboBox>(dialog, "First line");
        header->setCurrentIndex(header->findData(true));
        named<QSpinBox>(dialog, "Values a row")->setValue(2);
        auto* encoding = named<QComboBox>(dialog, "Encoding");
        encoding->setCurrentIndex(encoding->findData(QStringLiteral("ISO-8859-1")));
        named<QSpinBox>(dialog, "First rows only")->setValue(1);
        named<ToggleSwitch>(dialog, "Leave damaged lines out")->setChecked(true);
        const ReadOptions options = dialog.options();
        QCOMPARE(options.header, std::optional(true));
        QCOMPARE(options.dim, std::optional<Index>(2));
        QCOMPARE(options.encoding, std::string("ISO-8859-1"));
        QCOMPARE(options.limit, std::optional<Index>(1));
        QVERIFY(options.skip_damaged);
        QTRY_COMPARE(rows(dialog).rowCount(), 1);
    }

    void onlyTheLastOfManyChoicesIsShown()
    {
        QByteArray content;
        for (int i = 0; i < 20; ++i)
            content += "w" + QByteArray::number(i) + " 1 2\n";
        ImportDialog dialog(&m_jobs, write("many.txt", content), {});
        QTRY_COMPARE(rows(dialog).rowCount(), 20);
        QSignalSpy results(&rows(dialog), &QAbstractItemModel::modelReset);
        auto* limit = named<QSpinBox>(dialog, "First rows only");
        for (int rows = 1; rows <= 7; ++rows) {
            limit->setValue(rows);
            QVERIFY(!openButton(dialog)->isEnabled()); // what is shown is not what would be opened
        }
        QTRY_COMPARE(rows(dialog).rowCount(), 7);
        QTRY_VERIFY(m_jobs.isIdle());
        QCOMPARE(rows(dialog).rowCount(), 7);
        QVERIFY2(results.count() < 14, qPrintable(QString::number(results.count())));
    }

    void aProblemStandsInPlaceOfTheRows()
    {
        ImportDialog dialog(&m_jobs, write("bad.txt", "a 1 2\nb 1\nc 3 4\nd 5 6\n"), {});
        QTRY_VERIFY(says(dialog, QStringLiteral("line 2")));
        QVERIFY(!openButton(dialog)->isEnabled());
        QVERIFY(!dialog.findChild<QTableView*>()->isVisibleTo(&dialog));
        QVERIFY(named<ToggleSwitch>(dialog, "Leave damaged lines out")->isVisibleTo(&dialog));
    }

    void aRefusalStandsUntilSomethingElseIsChosen()
    {
        const Error refusal{ErrorCode::FileDamaged, {"far.txt", "line 90000", "it holds 3 values"}};
        ImportDialog dialog(&m_jobs, write("far.txt", "a 1 2\nb 3 4\n"), {}, refusal);
        QTRY_VERIFY(openButton(dialog)->isEnabled());
        QVERIFY(says(dialog, QStringLiteral("line 90000")));
        named<ToggleSwitch>(dialog, "Leave damaged lines out")->setChecked(true);
        QVERIFY(!says(dialog, QStringLiteral("line 90000")));
    }

    void suggestsAnEncoding()
    {
        ImportDialog dialog(&m_jobs, write("latin.txt", "caf\xE9 1 2\nb 3 4\n"), {});
        QTRY_VERIFY(says(dialog, QStringLiteral("they could be ISO-8859-1")));
    }

    void aFileThatGoesAwaySaysSo()
    {
        ImportDialog dialog(&m_jobs, m_folder->filePath(QStringLiteral("nowhere.txt")), {});
        QTRY_VERIFY(says(dialog, QStringLiteral("there is no such file")));
        QVERIFY(!openButton(dialog)->isEnabled());
    }

    void closingWhileItLooksIsSafe()
    {
        QByteArray content;
        for (int i = 0; i < 50000; ++i)
            content += "w" + QByteArray::number(i) + " 1 2 3 4 5\n";
        const QString path = write("large.txt", content);
        for (int i = 0; i < 5; ++i) {
            ImportDialog dialog(&m_jobs, path, {});
            dialog.show();
        }
        QTRY_VERIFY(m_jobs.isIdle());
    }

    void everyFieldHasAName()
    {
        ImportDialog dialog(&m_jobs, write("two.safetensors", twoTensors()), {});
        QTRY_VERIFY(m_jobs.isIdle());
        QCOMPARE(namelessWidgets(dialog), QStringList());
    }

private:
    QString write(const char* name, const QByteArray& content) const
    {
        QFile file(m_folder->filePath(QLatin1String(name)));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("the test cannot write");
        return file.fileName();
    }

    JobRunner m_jobs;
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_MAIN(TestImportDialog)
#include "tst_import_dialog.moc"
