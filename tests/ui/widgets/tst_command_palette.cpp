// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/widgets/widget_checks.h"
#include "ui/actions/command_list.h"
#include "ui/actions/command_model.h"
#include "ui/actions/command_palette.h"
#include "ui/actions/search_field.h"
#include "ui/settings/app_settings.h"
#include "ui/widgets/theme.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QVBoxLayout>

using namespace embedscope;

namespace {

QStringList textsOf(const QVector<CommandItem>& items)
{
    QStringList texts;
    for (const CommandItem& item : items)
        texts << item.text;
    return texts;
}

QStringList rowsOf(const QWidget& parent)
{
    const auto* list = parent.findChild<CommandList*>();
    QStringList rows;
    for (int row = 0; list != nullptr && row < list->model()->rowCount(); ++row)
        rows << list->model()->index(row, 0).data().toString();
    return rows;
}

} // namespace

class TestCommandPalette : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<AppSettings>(m_folder->filePath(QStringLiteral("settings.ini")));
        m_registry = std::make_unique<ActionRegistry>();
        m_runs.clear();
        add("file.open", QStringLiteral("&Open Vectors…"), QStringLiteral("File"));
        add("file.export", QStringLiteral("&Export…"), QStringLiteral("File"));
        add("map.fit", QStringLiteral("&Fit"), QStringLiteral("Map"));
        add("train.next", QStringLiteral("Ne&xt Step"), QStringLiteral("Train"));
        m_source = std::make_unique<CommandSource>(*m_registry, *m_settings);

        m_window = std::make_unique<QWidget>();
        m_window->resize(700, 500);
        auto* column = new QVBoxLayout(m_window.get());
        m_field = new SearchField(*m_source, QKeySequence(Qt::CTRL | Qt::Key_K));
        m_button = new QPushButton(QStringLiteral("Elsewhere"));
        column->addWidget(m_field);
        column->addWidget(m_button);
        m_palette = new CommandPalette(*m_source, m_window.get());
        QVERIFY(showActive(*m_window));
        m_button->setFocus();
    }

    void cleanup() { m_window.reset(); }

    void bestCommandComesFirst()
    {
        QCOMPARE(textsOf(find(QStringLiteral("ex"))),
                 (QStringList{QStringLiteral("Export"), QStringLiteral("Next Step")}));
        QCOMPARE(textsOf(find(QStringLiteral("fit"))), QStringList{QStringLiteral("Fit")});
    }

    void menuNamesCountToo()
    {
        const auto items = find(QStringLiteral("map f"));
        QCOMPARE(textsOf(items), QStringList{QStringLiteral("Fit")});
        QCOMPARE(items.first().matches, QVector<qsizetype>{0});
        QCOMPARE(textsOf(find(QStringLiteral("FILE"))),
                 (QStringList{QStringLiteral("Open Vectors"), QStringLiteral("Export")}));
        QVERIFY(find(QStringLiteral("map x")).isEmpty());
    }

    void withoutAQueryRecentCommandsLead()
    {
        QCOMPARE(find({}).first().text, QStringLiteral("Open Vectors"));
        m_source->run(find(QStringLiteral("fit")).first());
        m_source->run(find(QStringLiteral("next")).first());
        QCOMPARE(textsOf(find({})), (QStringList{QStringLiteral("Next Step"), QStringLiteral("Fit"),
                                                 QStringLiteral("Open Vectors"), QStringLiteral("Export")}));
        const CommandSource later(*m_registry, *m_settings);
        QCOMPARE(later.find({}, CommandSource::Order::CommandsFirst).first().text, QStringLiteral("Next Step"));
    }

    void disabledCommandsComeLastAndDoNotRun()
    {
        m_registry->action(QStringLiteral("file.open"))->setEnabled(false);
        QCOMPARE(find({}).last().text, QStringLiteral("Open Vectors"));
        m_palette->open();
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("open"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QVERIFY(m_palette->isVisible());
        QVERIFY(m_runs.isEmpty());
    }

    void hiddenCommandsAreNotOffered()
    {
        m_registry->action(QStringLiteral("map.fit"))->setVisible(false);
        QVERIFY(find(QStringLiteral("fit")).isEmpty());
    }

    void paletteRunsByKeyboardAndGivesTheFocusBack()
    {
        m_palette->open();
        QVERIFY(m_palette->isVisible());
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("ex"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(m_runs, QStringList{QStringLiteral("train.next")});
        QVERIFY(!m_palette->isVisible());
        QCOMPARE(QApplication::focusWidget(), m_button);
    }

    void arrowKeysStopAtTheEnds()
    {
        m_palette->open();
        auto* list = m_palette->findChild<CommandList*>();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Up);
        QCOMPARE(list->currentIndex().row(), 0);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_PageDown);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
        QCOMPARE(list->currentIndex().row(), 3);
    }

    void escapeClosesThePalette()
    {
        m_palette->toggle();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QVERIFY(!m_palette->isVisible());
        QCOMPARE(QApplication::focusWidget(), m_button);
        m_palette->toggle();
        m_button->setFocus();
        QVERIFY(!m_palette->isVisible());
    }

    void searchFieldOffersTokensBeforeCommands()
    {
        int chosen = 0;
        m_source->addProvider([&](const QString& query) {
            return QVector<CommandItem>{{.text = query + QStringLiteral("-token"), .run = [&] { ++chosen; }}};
        });
        m_field->start();
        QTest::keyClicks(m_field, QStringLiteral("fit"));
        QCOMPARE(rowsOf(*m_window), rowsOf(*m_palette)); // the palette has not searched yet
        auto* popup = m_window->findChildren<CommandList*>().last();
        QTRY_VERIFY(popup->isVisible());
        QCOMPARE(popup->model()->index(0, 0).data().toString(), QStringLiteral("fit-token"));
        QCOMPARE(popup->model()->index(1, 0).data().toString(), QStringLiteral("Fit"));
        QTest::keyClick(m_field, Qt::Key_Return);
        QCOMPARE(chosen, 1);
        QVERIFY(!popup->isVisible());
        QCOMPARE(m_field->selectedText(), QStringLiteral("fit"));
    }

    void aCommandRunFromTheFieldClearsIt()
    {
        m_field->start();
        QTest::keyClicks(m_field, QStringLiteral("fit"));
        QTest::keyClick(m_field, Qt::Key_Return);
        QCOMPARE(m_runs, QStringList{QStringLiteral("map.fit")});
        QVERIFY(m_field->text().isEmpty());
    }

    void searchPopupClosesWithEscapeAndWithTheFocus()
    {
        m_field->start();
        QTest::keyClicks(m_field, QStringLiteral("fit"));
        auto* popup = m_window->findChildren<CommandList*>().last();
        QVERIFY(popup->isVisible());
        QTest::keyClick(m_field, Qt::Key_Escape);
        QVERIFY(!popup->isVisible());
        QCOMPARE(m_field->text(), QStringLiteral("fit"));
        QTest::keyClick(m_field, Qt::Key_Down);
        QVERIFY(popup->isVisible());
        m_button->setFocus();
        QVERIFY(!popup->isVisible());
    }

    void aClickRunsToo()
    {
        m_palette->open();
        auto* list = m_palette->findChild<CommandList*>();
        QTRY_VERIFY(list->visualRect(list->model()->index(2, 0)).isValid());
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(list->model()->index(2, 0)).center());
        QCOMPARE(m_runs, QStringList{QStringLiteral("map.fit")});
    }

    void modelKeepsItsPromises()
    {
        CommandModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setItems(
            {{.text = QStringLiteral("a"), .detail = QStringLiteral("File"), .shortcut = QStringLiteral("F5")},
             {.text = QStringLiteral("b"), .enabled = false}});
        QCOMPARE(model.index(0, 0).data(Qt::AccessibleTextRole).toString(), QStringLiteral("a, File, F5"));
        QVERIFY(!model.flags(model.index(1, 0)).testFlag(Qt::ItemIsEnabled));
        QVERIFY(!model.index(2, 0).isValid());
        model.setItems({});
        QCOMPARE(model.rowCount(), 0);
    }

    void allFieldsHaveNames()
    {
        m_palette->open();
        QCOMPARE(namelessWidgets(*m_window), QStringList());
    }

private:
    void add(const char* id, const QString& text, const QString& category)
    {
        auto* action = m_registry->add({.id = QLatin1String(id), .text = text, .category = category});
        connect(action, &QAction::triggered, this, [this, id] { m_runs << QLatin1String(id); });
    }

    QVector<CommandItem> find(const QString& query)
    {
        return m_source->find(query, CommandSource::Order::CommandsFirst);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<AppSettings> m_settings;
    std::unique_ptr<ActionRegistry> m_registry;
    std::unique_ptr<CommandSource> m_source;
    std::unique_ptr<QWidget> m_window;
    SearchField* m_field = nullptr;
    QPushButton* m_button = nullptr;
    CommandPalette* m_palette = nullptr;
    QStringList m_runs;
};

QTEST_MAIN(TestCommandPalette)
#include "tst_command_palette.moc"
