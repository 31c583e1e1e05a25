// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/widgets/widget_checks.h"
#include "ui/actions/action_registry.h"
#include "ui/dialogs/about_dialog.h"
#include "ui/dialogs/export_dialog.h"
#include "ui/dialogs/shortcuts_dialog.h"
#include "ui/widgets/segmented_control.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>

using namespace embedscope;

namespace {

QPushButton* acceptButton(const QDialog& dialog)
{
    const auto* box = dialog.findChild<QDialogButtonBox*>();
    for (QAbstractButton* button : box->buttons())
        if (box->buttonRole(button) == QDialogButtonBox::AcceptRole)
            return qobject_cast<QPushButton*>(button);
    return nullptr;
}

void chooseFormat(const ExportDialog& dialog, ExportFormat format)
{
    auto* combo = dialog.findChild<QComboBox*>();
    combo->setCurrentIndex(combo->findData(static_cast<int>(format)));
}

QString python(const ExportDialog& dialog)
{
    return dialog.findChild<QPlainTextEdit*>()->toPlainText();
}

} // namespace

class TestDialogs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_offer = {.tableName = QStringLiteral("glove.6B.50d.txt"),
                   .tableShape = QStringLiteral("9,163 × 50"),
                   .hasModel = true,
                   .folder = m_folder->path()};
    }

    void suggestsSafetensorsBesideTheTable()
    {
        const ExportDialog dialog(m_offer);
        const ExportRequest request = dialog.request();
        QVERIFY(request.format == ExportFormat::Safetensors);
        QCOMPARE(request.path, m_folder->filePath(QStringLiteral("glove.6B.50d-export.safetensors")));
        QVERIFY(acceptButton(dialog)->isEnabled());
    }

    void everyTableFormatHasAWriterAndNoModelHas()
    {
        for (const ExportFormatInfo& info : tableExportFormats())
            QVERIFY2(tableFormat(info.format).has_value(), qPrintable(info.name));
        for (const ExportFormatInfo& info : modelExportFormats())
            QVERIFY2(!tableFormat(info.format).has_value(), qPrintable(info.name));
        QVERIFY(tableFormat(ExportFormat::Npy) == Format::Npy);
    }

    void endingFollowsTheFormat()
    {
        const ExportDialog dialog(m_offer);
        chooseFormat(dialog, ExportFormat::Word2VecBinary);
        QVERIFY(dialog.request().path.endsWith(QStringLiteral("/glove.6B.50d-export.bin")));
        QVERIFY(python(dialog).contains(QStringLiteral("load_word2vec_format(")));
        QVERIFY(python(dialog).contains(QStringLiteral("binary=True")));
        chooseFormat(dialog, ExportFormat::Npy);
        QVERIFY(dialog.request().path.endsWith(QStringLiteral("-export.npy")));
    }

    void endingIsAddedToOtherNames_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("expected");
        QTest::addRow("no ending") << QStringLiteral("/x/table") << QStringLiteral("/x/table.npy");
        QTest::addRow("a foreign ending stays") << QStringLiteral("/x/v1.2") << QStringLiteral("/x/v1.2.npy");
        QTest::addRow("one of ours is replaced") << QStringLiteral("/x/a.safetensors") << QStringLiteral("/x/a.npy");
        QTest::addRow("right already") << QStringLiteral("/x/a.npy") << QStringLiteral("/x/a.npy");
        QTest::addRow("nothing stays nothing") << QString() << QString();
    }

    void endingIsAddedToOtherNames()
    {
        QFETCH(QString, path);
        QFETCH(QString, expected);
        const auto formats = tableExportFormats();
        const auto npy =
            std::find_if(formats.begin(), formats.end(), [](const auto& f) { return f.format == ExportFormat::Npy; });
        QCOMPARE(withEnding(path, *npy), expected);
    }

    void modelIsOfferedOnlyWhenThereIsOne()
    {
        const ExportDialog with(m_offer);
        auto* subject = with.findChild<SegmentedControl*>();
        QCOMPARE(subject->count(), 2);
        subject->setCurrentIndex(1);
        QVERIFY(with.request().format == ExportFormat::ModelSafetensors);
        QVERIFY(python(with).contains(QStringLiteral("load_state_dict")));
        chooseFormat(with, ExportFormat::ModelNpz);
        QVERIFY(with.request().path.endsWith(QStringLiteral(".npz")));
        m_offer.hasModel = false;
        QCOMPARE(ExportDialog(m_offer).findChild<SegmentedControl*>()->count(), 1);
    }

    void aProjectIsAFolderWithItsCommands()
    {
        const ExportDialog dialog(m_offer);
        dialog.findChild<SegmentedControl*>()->setCurrentIndex(1);
        chooseFormat(dialog, ExportFormat::ModelProject);
        const QString path = m_folder->filePath(QStringLiteral("glove.6B.50d-export"));
        QVERIFY(dialog.request().format == ExportFormat::ModelProject);
        QCOMPARE(dialog.request().path, path);
        QCOMPARE(python(dialog).section(u'\n', 0, 0), QStringLiteral("cd '") % path % u'\'');
        for (const char* command :
             {"\npython3 predict.py", "\npython3 train.py", "\ntorchrun --nproc_per_node=2 train.py"})
            QVERIFY2(python(dialog).contains(QLatin1String(command)), command);
        chooseFormat(dialog, ExportFormat::ModelNpz);
        QCOMPARE(dialog.request().path, QString(path % QStringLiteral(".npz")));
    }

    void aProjectGoesIntoAnEmptyFolderOrItsOwn()
    {
        ExportDialog dialog(m_offer);
        dialog.findChild<SegmentedControl*>()->setCurrentIndex(1);
        chooseFormat(dialog, ExportFormat::ModelProject);
        QDir folder(m_folder->path());
        QVERIFY(folder.mkdir(QStringLiteral("empty")) && folder.mkdir(QStringLiteral("full")));
        dialog.setPath(folder.filePath(QStringLiteral("empty")));
        QVERIFY(acceptButton(dialog)->isEnabled());

        QFile config(folder.filePath(QStringLiteral("full/config.json")));
        QVERIFY(config.open(QIODevice::WriteOnly));
        config.write("{}");
        config.close();
        dialog.setPath(folder.filePath(QStringLiteral("full")));
        QVERIFY(!acceptButton(dialog)->isEnabled());
        QVERIFY(config.open(QIODevice::WriteOnly));
        config.write(R"({"project": {"kind": "embedscope-pytorch-project"}})");
        config.close();
        dialog.setPath(QString());
        dialog.setPath(folder.filePath(QStringLiteral("full")));
        QVERIFY(acceptButton(dialog)->isEnabled());
        dialog.setPath(config.fileName());
        QVERIFY(!acceptButton(dialog)->isEnabled());
    }

    void aFolderIsWrittenAsAShellReadsIt()
    {
        const auto info = modelExportFormats().last();
        QVERIFY(info.isFolder());
        QVERIFY(
            pythonSnippet(info, QStringLiteral("/a 'b' $c")).startsWith(QStringLiteral("cd '/a '\\''b'\\'' $c'\n")));
    }

    void aPathThatCannotBeWrittenIsRefused_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addRow("empty") << QString();
        QTest::addRow("a folder that does not exist") << QStringLiteral("/nowhere/at/all/x.npy");
        QTest::addRow("a folder itself") << QStringLiteral("/tmp");
    }

    void aPathThatCannotBeWrittenIsRefused()
    {
        QFETCH(QString, path);
        ExportDialog dialog(m_offer);
        dialog.setPath(path);
        QVERIFY(!acceptButton(dialog)->isEnabled());
    }

    void replacingAFileIsAnnounced()
    {
        QFile there(m_folder->filePath(QStringLiteral("there.npy")));
        QVERIFY(there.open(QIODevice::WriteOnly));
        ExportDialog dialog(m_offer);
        dialog.setPath(there.fileName());
        bool announced = false;
        for (const auto* label : dialog.findChildren<QLabel*>())
            announced = announced || (!label->isHidden() && label->text().contains(QStringLiteral("replaces")));
        QVERIFY(announced);
        QVERIFY(acceptButton(dialog)->isEnabled());
    }

    void pathIsWrittenAsPythonReadsIt()
    {
        const auto info = tableExportFormats().first();
        QVERIFY(pythonSnippet(info, QStringLiteral("/a \"b\"\\c.txt"))
                    .contains(QStringLiteral("(\"/a \\\"b\\\"\\\\c.txt\",")));
        QVERIFY(pythonSnippet(info, QStringLiteral("/%1.txt")).contains(QStringLiteral("(\"/%1.txt\",")));
    }

    void pythonIsCopied()
    {
        const ExportDialog dialog(m_offer);
        dialog.findChild<QToolButton*>()->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), python(dialog));
    }

    void aboutTellsVersionAndLicence()
    {
        QApplication::setApplicationVersion(QStringLiteral("9.8.7"));
        const AboutDialog dialog;
        QStringList texts;
        for (const auto* label : dialog.findChildren<QLabel*>())
            texts << label->text();
        const QString all = texts.join(u'\n');
        for (const char* part : {"9.8.7", "GPL-3.0-or-later", "Qt", "Eigen", "QCustomPlot", "MPL-2.0"})
            QVERIFY2(all.contains(QLatin1String(part)), part);
    }

    void shortcutsAreListedByMenuAndFiltered()
    {
        ActionRegistry registry;
        const auto add = [&](const char* id, const char* category, QList<QKeySequence> keys) {
            registry.add({.id = QLatin1String(id),
                          .text = QLatin1String(id),
                          .category = QLatin1String(category),
                          .shortcuts = std::move(keys)});
        };
        add("Open", "File", {QKeySequence(Qt::CTRL | Qt::Key_O)});
        add("Fit", "Map", {QKeySequence(Qt::Key_F)});
        add("Without a key", "Map", {});
        add("Save", "File", {QKeySequence(Qt::CTRL | Qt::Key_S)});
        const ShortcutsDialog dialog(registry);
        const auto* list = dialog.findChild<QTreeWidget*>();
        QCOMPARE(list->topLevelItemCount(), 2);
        QCOMPARE(list->topLevelItem(0)->childCount(), 2);
        QCOMPARE(list->topLevelItem(1)->childCount(), 1);
        QCOMPARE(list->topLevelItem(1)->child(0)->text(1), QStringLiteral("F"));
        dialog.findChild<QLineEdit*>()->setText(QStringLiteral("ctrl+s"));
        QVERIFY(list->topLevelItem(0)->child(0)->isHidden());
        QVERIFY(!list->topLevelItem(0)->child(1)->isHidden());
        QVERIFY(list->topLevelItem(1)->isHidden());
    }

    void everyFieldHasAName()
    {
        ActionRegistry registry;
        ExportDialog exportDialog(m_offer);
        ShortcutsDialog shortcuts(registry);
        AboutDialog about;
        for (QWidget* dialog :
             {static_cast<QWidget*>(&exportDialog), static_cast<QWidget*>(&shortcuts), static_cast<QWidget*>(&about)})
            QCOMPARE(namelessWidgets(*dialog), QStringList());
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    ExportOffer m_offer;
};

QTEST_MAIN(TestDialogs)
#include "tst_dialogs.moc"
