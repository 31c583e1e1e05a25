// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/vocabulary_panel.h"

#include "ui/model/selection.h"
#include "ui/panels/token_table.h"

#include <QItemSelectionModel>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QScrollBar>
#include <QTest>

using namespace embedscope;

namespace {

std::vector<std::string> numberedTokens(int count)
{
    std::vector<std::string> tokens;
    for (int i = 0; i < count; ++i)
        tokens.push_back("token" + std::to_string(i));
    return tokens;
}

/// The panel in a window of its own.
struct Fixture
{
    explicit Fixture(const std::vector<std::string>& tokens = {})
    {
        panel.resize(280, 400);
        panel.show();
        panel.activateWindow();
        if (!tokens.empty())
            panel.setTable(
                std::make_shared<const EmbeddingTable>(
                    EmbeddingTable::create(Matrix::Ones(static_cast<Index>(tokens.size()), 2), Vocabulary(tokens))
                        .value()),
                std::make_shared<const std::vector<float>>(tokens.size(), 1.0F));
    }

    [[nodiscard]] QPoint middleOf(int place) const
    {
        return table->visualRect(panel.model()->index(place, 0)).center();
    }
    [[nodiscard]] QStringList visibleTexts() const
    {
        QStringList texts;
        for (const auto* const label : panel.findChildren<QLabel*>())
            if (label->isVisible())
                texts.push_back(label->text());
        return texts;
    }

    Selection selection;
    JobRunner runner;
    VocabularyPanel panel{&selection, &runner};
    TokenTable* table = panel.findChild<TokenTable*>();
    QLineEdit* filter = panel.findChild<QLineEdit*>();
};

} // namespace

class TestVocabularyPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void withoutATableItSaysWhatToDo()
    {
        Fixture f;
        QVERIFY(QTest::qWaitForWindowExposed(&f.panel));
        QVERIFY(!f.table->isVisible());
        QVERIFY(!f.filter->isEnabled());
        QVERIFY(f.visibleTexts().contains(QStringLiteral("Open vectors or the sample to see their words here.")));
    }

    void countsWhatIsShown()
    {
        Fixture f(numberedTokens(1000));
        QVERIFY(QTest::qWaitForWindowExposed(&f.panel));
        QVERIFY(f.visibleTexts().contains(QStringLiteral("1000 of 1000 rows")));
        f.filter->setText(QStringLiteral("token99"));
        QTRY_VERIFY(f.visibleTexts().contains(QStringLiteral("11 of 1000 rows")));
        f.filter->setText(QStringLiteral("none of these"));
        QTRY_VERIFY(
            f.visibleTexts().contains(QStringLiteral("No row fits \"none of these\". Press Esc to see all of them.")));
        QTest::keyClick(f.filter, Qt::Key_Escape);
        QTRY_VERIFY(f.table->isVisible());
        QVERIFY(f.filter->text().isEmpty());
    }

    void aClickSelectsForEveryone()
    {
        Fixture f(numberedTokens(1000));
        QVERIFY(QTest::qWaitForWindowExposed(&f.panel));
        f.filter->setText(QStringLiteral("token5"));
        QTRY_COMPARE(f.panel.model()->rowCount(), 111);
        QTest::mouseClick(f.table->viewport(), Qt::LeftButton, {}, f.middleOf(1));
        QCOMPARE(f.selection.selected(), std::optional<Index>(50));
    }

    void aSelectionFromElsewhereIsScrolledTo()
    {
        Fixture f(numberedTokens(1000));
        QVERIFY(QTest::qWaitForWindowExposed(&f.panel));
        f.selection.select(900);
        QCOMPARE(f.table->selectionModel()->selectedRows().value(0).row(), 900);
        QVERIFY(f.table->viewport()->rect().contains(f.middleOf(900)));
        f.selection.select(std::nullopt);
        QVERIFY(!f.table->selectionModel()->hasSelection());
    }

    void theSelectionSurvivesAFilterThatHidesIt()
    {
        Fixture f(numberedTokens(1000));
        QVERIFY(QTest::qWaitForWindowExposed(&f.panel));
        f.selection.select(7);
        f.filter->setText(QStringLiteral("token99"));
        QTRY_COMPARE(f.panel.model()->rowCount(), 11);
        QCOMPARE(f.selection.selected(), std::optional<Index>(7));
        QVERIFY(!f.table->selectionModel()->hasSelection());
        f.filter->clear();
        QTRY_COMPARE(f.panel.model()->rowCount(), 1000);
        QCOMPARE(f.table->selectionModel()->selectedRows().value(0).row(), 7);
        QCOMPARE(f.selection.selected(), std::optional<Index>(7));
    }

    void theSelectionFollowsItsRowThroughASort()
    {
        Fixture f(numberedTokens(1000));
        QVERIFY(QTest::qWaitForWindowExposed(&f.panel));
        f.selection.select(7);
        f.table->sortByColumn(VocabularyModel::RowColumn, Qt::DescendingOrder);
        QTRY_COMPARE(f.panel.model()->rowAt(0), Index{999});
        QCOMPARE(f.table->selectionModel()->selectedRows().value(0).row(), 992);
        QCOMPARE(f.selection.selected(), std::optional<Index>(7));
        QVERIFY(f.table->viewport()->rect().contains(f.middleOf(992)));
    }

    void hoveringGoesBothWays()
    {
        Fixture f(numberedTokens(100));
        QVERIFY(QTest::qWaitForWindowExposed(&f.panel));
        Q_EMIT f.table->placeHovered(3);
        QCOMPARE(f.selection.hovered(), std::optional<Index>(3));
        QCOMPARE(f.table->hoveredPlace(), std::optional<int>(3));
        Q_EMIT f.table->placeHovered(-1);
        QCOMPARE(f.selection.hovered(), std::nullopt);
        f.selection.hover(5);
        QCOMPARE(f.table->hoveredPlace(), std::optional<int>(5));
        const QPoint pointer = f.middleOf(2);
        QTest::mouseMove(f.table->viewport(), pointer - QPoint(0, 40));
        QTest::mouseMove(f.table->viewport(), pointer);
        QTRY_COMPARE(f.selection.hovered(), std::optional<Index>(2));
    }

    void downGoesFromTheFilterToTheTable()
    {
        Fixture f(numberedTokens(100));
        QVERIFY(QTest::qWaitForWindowActive(&f.panel));
        f.panel.focusFilter();
        QTest::keyClick(f.filter, Qt::Key_Down);
        QVERIFY(f.table->hasFocus());
        QCOMPARE(f.selection.selected(), std::optional<Index>(0));
        QTest::keyClick(f.table, Qt::Key_Down);
        QCOMPARE(f.selection.selected(), std::optional<Index>(1));
        QTest::keyClick(f.table, Qt::Key_9); // typing goes on in the filter
        QVERIFY(f.filter->hasFocus());
        QCOMPARE(f.filter->text(), QStringLiteral("9"));
    }

    void tabbingThroughSelectsNothing()
    {
        Fixture f(numberedTokens(100));
        QVERIFY(QTest::qWaitForWindowActive(&f.panel));
        f.panel.focusFilter();
        QTest::keyClick(f.filter, Qt::Key_Tab);
        QVERIFY(f.table->hasFocus());
        QCOMPARE(f.selection.selected(), std::nullopt);
    }

    void enterTakesTheBestMatchEvenOfAFilterJustTyped()
    {
        Fixture f(numberedTokens(1000));
        QVERIFY(QTest::qWaitForWindowActive(&f.panel));
        f.panel.focusFilter();
        QTest::keyClicks(f.filter, QStringLiteral("token77"));
        QTest::keyClick(f.filter, Qt::Key_Return);
        QTRY_COMPARE(f.selection.selected(), std::optional<Index>(77));
    }

    void everythingHasANameForScreenReaders()
    {
        Fixture f(numberedTokens(3));
        for (const QWidget* const widget : {static_cast<QWidget*>(f.filter), static_cast<QWidget*>(f.table)})
            QVERIFY(!widget->accessibleName().isEmpty());
    }
};

QTEST_MAIN(TestVocabularyPanel)
#include "tst_vocabulary_panel.moc"
