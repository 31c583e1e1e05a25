// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/action_registry.h"
#include "ui/actions/fuzzy_match.h"

#include <QSignalSpy>
#include <QTest>

using namespace embedscope;

class TestActions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void actionsAreFoundByIdInTheirOrder()
    {
        ActionRegistry registry;
        QSignalSpy changed(&registry, &ActionRegistry::changed);
        auto* open = registry.add({.id = QStringLiteral("file.open"),
                                   .text = QStringLiteral("&Open Vectors…"),
                                   .category = QStringLiteral("File"),
                                   .shortcuts = {QKeySequence(Qt::CTRL | Qt::Key_O)},
                                   .icon = IconName::Open});
        auto* fit = registry.add(
            {.id = QStringLiteral("map.fit"), .text = QStringLiteral("Fit"), .category = QStringLiteral("Map")});
        QCOMPARE(registry.action(QStringLiteral("file.open")), open);
        QCOMPARE(registry.actions(), (QVector<QAction*>{open, fit}));
        QCOMPARE(registry.action(QStringLiteral("none")), nullptr);
        QCOMPARE(ActionRegistry::idOf(*open), QStringLiteral("file.open"));
        QCOMPARE(ActionRegistry::categoryOf(*fit), QStringLiteral("Map"));
        QVERIFY(ActionRegistry::iconOf(*open) == IconName::Open);
        QVERIFY(ActionRegistry::iconOf(*fit) == IconName::Command);
        QCOMPARE(changed.size(), 2);
    }

    void toolTipTellsTheShortcut()
    {
        ActionRegistry registry;
        const auto* fit = registry.add({.id = QStringLiteral("map.fit"),
                                        .text = QStringLiteral("Fit"),
                                        .category = QStringLiteral("Map"),
                                        .shortcuts = {QKeySequence(Qt::Key_F)},
                                        .icon = {},
                                        .toolTip = QStringLiteral("Show the whole map")});
        QCOMPARE(fit->toolTip(), QStringLiteral("Show the whole map (F)"));
    }

    void anActionThatDiesLeavesTheList()
    {
        ActionRegistry registry;
        auto* borrowed = new QAction(QStringLiteral("Dock"));
        registry.add(QStringLiteral("view.dock"), QStringLiteral("View"), borrowed);
        QCOMPARE(registry.actions().size(), 1);
        delete borrowed;
        QVERIFY(registry.actions().isEmpty());
        QCOMPARE(registry.action(QStringLiteral("view.dock")), nullptr);
    }

    void plainTextHasNeitherMnemonicNorDots_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("plain");
        QTest::addRow("mnemonic and ellipsis") << QStringLiteral("&Open Vectors…") << QStringLiteral("Open Vectors");
        QTest::addRow("a mnemonic behind the text") << QStringLiteral("导出(&E)…") << QStringLiteral("导出");
        QTest::addRow("three dots") << QStringLiteral("Export...") << QStringLiteral("Export");
        QTest::addRow("a written ampersand stays")
            << QStringLiteral("Find && &Replace") << QStringLiteral("Find & Replace");
    }

    void plainTextHasNeitherMnemonicNorDots()
    {
        QFETCH(QString, text);
        QFETCH(QString, plain);
        const QAction action(text);
        QCOMPARE(ActionRegistry::plainText(action), plain);
    }

    void aShortcutClaimedTwiceIsReported()
    {
        ActionRegistry registry;
        const auto add = [&](const char* id, QList<QKeySequence> keys) {
            registry.add(
                {.id = QLatin1String(id), .text = QLatin1String(id), .category = {}, .shortcuts = std::move(keys)});
        };
        add("a", {QKeySequence(Qt::CTRL | Qt::Key_E)});
        add("b", {QKeySequence(Qt::CTRL | Qt::Key_B)});
        add("without", {});
        QCOMPARE(registry.shortcutConflicts(), QStringList());
        add("c", {QKeySequence(Qt::Key_F5), QKeySequence(Qt::CTRL | Qt::Key_E)});
        QCOMPARE(registry.shortcutConflicts(), QStringList{QStringLiteral("Ctrl+E: a, c")});
    }

    void fuzzyMatchFindsLettersInTheirOrder_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("fits");
        QTest::addRow("nothing typed fits") << QString() << QStringLiteral("Open") << true;
        QTest::addRow("nothing fits no text") << QStringLiteral("a") << QString() << false;
        QTest::addRow("case does not matter") << QStringLiteral("oPEN") << QStringLiteral("Open") << true;
        QTest::addRow("blanks do not matter") << QStringLiteral("op ve") << QStringLiteral("Open Vectors") << true;
        QTest::addRow("first letters") << QStringLiteral("ov") << QStringLiteral("Open Vectors") << true;
        QTest::addRow("wrong order") << QStringLiteral("vo") << QStringLiteral("Open Vec") << false;
        QTest::addRow("a letter twice but there once") << QStringLiteral("oo") << QStringLiteral("Open") << false;
        QTest::addRow("longer than the text") << QStringLiteral("openopen") << QStringLiteral("Open") << false;
        QTest::addRow("late in a long text") << QStringLiteral("z") << QString(200, u'a') + u'z' << true;
        QTest::addRow("not Latin") << QStringLiteral("карта") << QStringLiteral("Карта слов") << true;
    }

    void fuzzyMatchFindsLettersInTheirOrder()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, text);
        QFETCH(bool, fits);
        QCOMPARE(fuzzyMatch(pattern, text).has_value(), fits);
    }

    void fuzzyMatchTellsWhichLettersItMet_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QVector<qsizetype>>("positions");
        QTest::addRow("starts of words before letters inside")
            << QStringLiteral("fm") << QStringLiteral("offset Fit Map") << QVector<qsizetype>{7, 11};
        QTest::addRow("letters in a row before scattered ones")
            << QStringLiteral("map") << QStringLiteral("mxaxp map") << QVector<qsizetype>{6, 7, 8};
        QTest::addRow("humps count as words")
            << QStringLiteral("sne") << QStringLiteral("tSNE") << QVector<qsizetype>{1, 2, 3};
    }

    void fuzzyMatchTellsWhichLettersItMet()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, text);
        QFETCH(QVector<qsizetype>, positions);
        QCOMPARE(fuzzyMatch(pattern, text)->positions, positions);
    }

    void betterMatchesScoreHigher_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("better");
        QTest::addColumn<QString>("worse");
        QTest::addRow("start of the text")
            << QStringLiteral("ex") << QStringLiteral("Export") << QStringLiteral("Next Step");
        QTest::addRow("starts of words") << QStringLiteral("rl") << QStringLiteral("Reset Layout")
                                         << QStringLiteral("Curl");
        QTest::addRow("in a row") << QStringLiteral("fit") << QStringLiteral("Fit") << QStringLiteral("Filter Text");
        QTest::addRow("shorter text") << QStringLiteral("open") << QStringLiteral("Open")
                                      << QStringLiteral("Open the Sample That Comes With It");
    }

    void betterMatchesScoreHigher()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, better);
        QFETCH(QString, worse);
        QCOMPARE_GT(fuzzyMatch(pattern, better)->score, fuzzyMatch(pattern, worse)->score);
    }
};

QTEST_MAIN(TestActions)
#include "tst_actions.moc"
