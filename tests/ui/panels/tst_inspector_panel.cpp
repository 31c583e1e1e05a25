// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/inspector_panel.h"

#include "ui/jobs/job_runner.h"
#include "ui/model/selection.h"
#include "ui/panels/token_table.h"

#include <QAbstractItemModel>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <limits>

using namespace embedscope;

namespace {

/// king - man + woman = queen, exactly; apple lies elsewhere.
std::shared_ptr<const EmbeddingTable> royalTable()
{
    Matrix weights(5, 3);
    weights << 3, 1, 0, // king
        3, 0, 1,        // queen
        1, 1, 0,        // man
        1, 0, 1,        // woman
        0, 0, -9;       // apple
    auto table =
        EmbeddingTable::create(weights, Vocabulary(std::vector<std::string>{"king", "queen", "man", "woman", "apple"}))
            .value();
    table.addColumn({"kind", {"person", "fruit"}, {0, 0, 0, 0, 1}});
    table.addColumn({"count", {1061396, 2.5, 3, 4, std::numeric_limits<double>::quiet_NaN()}});
    return std::make_shared<const EmbeddingTable>(std::move(table));
}

struct Fixture
{
    Fixture()
    {
        QObject::connect(&panel, &InspectorPanel::neighboursChanged, &panel,
                         [this](const std::vector<Index>& rows) { neighbours = rows; });
        panel.resize(320, 700);
        panel.show();
    }

    void open()
    {
        panel.setTable(royalTable(), std::make_shared<const std::vector<float>>(
                                         std::vector<float>{3.162F, 3.162F, 1.414F, 1.414F, 9}));
    }

    [[nodiscard]] TokenTable* tableNamed(const char* name) const { return childNamed<TokenTable>(name); }
    template <class Widget>
    [[nodiscard]] Widget* childNamed(const char* name) const
    {
        for (auto* const widget : panel.findChildren<Widget*>())
            if (widget->accessibleName() == QString::fromUtf8(name))
                return widget;
        return nullptr;
    }
    [[nodiscard]] QStringList tokensOf(const char* tableName) const
    {
        QStringList tokens;
        const QAbstractItemModel* const model = tableNamed(tableName)->model();
        for (int row = 0; row < model->rowCount(); ++row)
            tokens.push_back(model->index(row, 0).data().toString());
        return tokens;
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
    InspectorPanel panel{&selection, &runner};
    std::vector<Index> neighbours;
};

QStringList words(const char* list)
{
    return QString::fromUtf8(list).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

} // namespace

class TestInspectorPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void numbersOfATokenAreShown()
    {
        Fixture f;
        f.open();
        QVERIFY(QTest::qWaitForWindowExposed(&f.panel));
        f.selection.select(0);
        QVERIFY(f.visibleTexts().contains(QStringLiteral("count")));
        QVERIFY(f.visibleTexts().contains(QStringLiteral("1061396")));
        f.selection.select(1);
        QVERIFY(f.visibleTexts().contains(QStringLiteral("2.5")));
        f.selection.select(4);
        QVERIFY(f.visibleTexts().contains(QStringLiteral("none")));
        f.open(); // another table has facts of its own
        QCOMPARE(f.visibleTexts().count(QStringLiteral("count")), 1);
    }

    void emptyStatesSayWhatToDo()
    {
        Fixture f;
        QVERIFY(QTest::qWaitForWindowExposed(&f.panel));
        QVERIFY(f.visibleTexts().contains(QStringLiteral("Open vectors or the sample to inspect their words.")));
        QVERIFY(!f.childNamed<QLineEdit>("Formula")->isVisible());
        f.open();
        QVERIFY(f.visibleTexts().contains(QStringLiteral("Click a point or a word.")));
        QVERIFY(f.childNamed<QLineEdit>("Formula")->isVisible());
    }

    void showsTheSelectedToken()
    {
        Fixture f;
        f.open();
        f.selection.select(0);
        const QStringList texts = f.visibleTexts();
        for (const auto& expected :
             {QStringLiteral("king"), QStringLiteral("0"), QStringLiteral("3.16 \u00B7 percentile 80"),
              QStringLiteral("kind"), QStringLiteral("person")})
            QVERIFY2(texts.contains(expected), qPrintable(expected));
        f.selection.select(std::nullopt);
        QVERIFY(f.visibleTexts().contains(QStringLiteral("Click a point or a word.")));
    }

    void findsNeighboursByTheChosenMetric()
    {
        Fixture f;
        f.open();
        f.selection.select(0);
        QTRY_COMPARE(f.tokensOf("Neighbours"), words("queen man woman apple"));
        QCOMPARE(f.neighbours, (std::vector<Index>{1, 2, 3, 4}));
        QSignalSpy changed(&f.panel, &InspectorPanel::metricChanged);
        f.panel.setMetric(Metric::Euclidean); // 1.414, 2, 2.449, 9.539
        QCOMPARE(changed.count(), 1);
        const auto* const model = f.tableNamed("Neighbours")->model();
        QTRY_COMPARE(model->index(1, 1).data().toString(), QStringLiteral("2.000"));
        QCOMPARE(f.tokensOf("Neighbours"), words("queen man woman apple"));
        f.panel.setMetric(Metric::Dot); // queen 9, man 4, woman 3, apple 0
        QTRY_COMPARE(model->index(0, 1).data().toString(), QStringLiteral("9.000"));
    }

    void withoutASelectionThereAreNoNeighbours()
    {
        Fixture f;
        f.open();
        f.selection.select(0);
        QTRY_COMPARE(f.neighbours.size(), std::size_t{4});
        f.selection.select(std::nullopt);
        QVERIFY(f.neighbours.empty());
    }

    void aQuickWalkThroughTheTableEndsWithTheLastToken()
    {
        Fixture f;
        f.open();
        QSignalSpy answers(&f.panel, &InspectorPanel::neighboursChanged);
        for (int i = 0; i < 40; ++i)
            f.selection.select(i % 5);
        QTRY_VERIFY(f.runner.isIdle());
        QCOMPARE(answers.count(), 1);
        QCOMPARE(f.neighbours, (std::vector<Index>{0, 2, 1, 3})); // of the apple: cosines 0, 0, -0.3, -0.7
    }

    void enterOnANeighbourSelectsIt()
    {
        Fixture f;
        QVERIFY(QTest::qWaitForWindowExposed(&f.panel));
        f.open();
        f.selection.select(0);
        QTRY_COMPARE(f.neighbours.size(), std::size_t{4});
        TokenTable* const table = f.tableNamed("Neighbours");
        table->setCurrentIndex(table->model()->index(2, 0));
        QCOMPARE(f.selection.selected(), std::optional<Index>(0)); // walking selects nothing
        QTest::keyClick(table, Qt::Key_Return);
        QCOMPARE(f.selection.selected(), std::optional<Index>(3));
    }

    void aClickOnANeighbourSelectsIt()
    {
        Fixture f;
        QVERIFY(QTest::qWaitForWindowExposed(&f.panel));
        f.open();
        f.selection.select(0);
        QTRY_COMPARE(f.neighbours.size(), std::size_t{4});
        TokenTable* const table = f.tableNamed("Neighbours");
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                          table->visualRect(table->model()->index(1, 0)).center());
        QCOMPARE(f.selection.selected(), std::optional<Index>(2));
    }

    void copiesTheNeighbours()
    {
        Fixture f;
        f.open();
        f.panel.setMetric(Metric::Dot);
        f.selection.select(0);
        auto* const copy = f.childNamed<QPushButton>("Copy the neighbours");
        QTRY_VERIFY(copy->isEnabled());
        copy->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("queen\t9\nman\t4\nwoman\t3\napple\t0\n"));
    }

    void aFormulaFindsItsAnswer()
    {
        Fixture f;
        f.open();
        f.panel.setMetric(Metric::Euclidean);
        auto* const formula = f.childNamed<QLineEdit>("Formula");
        QTest::keyClicks(formula, QStringLiteral("king - man + woman"));
        QTRY_COMPARE(f.tokensOf("Results of the formula"), words("queen apple")); // without the words it is made of
        QCOMPARE(f.tableNamed("Results of the formula")->model()->index(0, 1).data().toString(),
                 QStringLiteral("0.000"));
    }

    void aFormulaThatCannotBeReadSaysWhy_data()
    {
        QTest::addColumn<QString>("formula");
        QTest::addColumn<QString>("message");
        QTest::newRow("a word that is not there is named")
            << QStringLiteral("king - mann")
            << QStringLiteral("\"mann\" is not in the vocabulary. Check the spelling and upper or lower case.");
        QTest::newRow("a sign that leads nowhere")
            << QStringLiteral("king -") << QStringLiteral("The formula \"king -\" cannot be read");
    }
    void aFormulaThatCannotBeReadSaysWhy()
    {
        QFETCH(const QString, formula);
        QFETCH(const QString, message);
        Fixture f;
        QVERIFY(QTest::qWaitForWindowExposed(&f.panel));
        f.open();
        auto* const field = f.childNamed<QLineEdit>("Formula");
        auto* const problem = f.childNamed<QLabel>("Problem with the formula");
        QVERIFY(!problem->isVisible());
        field->setText(formula);
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_VERIFY(problem->isVisible());
        QVERIFY2(problem->text().startsWith(message), qPrintable(problem->text()));
        field->clear();
        QVERIFY(!problem->isVisible());
    }

    void aFormulaSaysWhatWasComposed()
    {
        struct Anything : UnknownTokens
        {
            [[nodiscard]] bool canCompose(std::string_view) const override { return true; }
            [[nodiscard]] std::optional<RowVector> vectorOf(std::string_view) const override
            {
                return RowVector{{1, 0}};
            }
        };
        Fixture f;
        QVERIFY(QTest::qWaitForWindowExposed(&f.panel));
        auto table = EmbeddingTable::create(Matrix::Identity(2, 2), Vocabulary(std::vector<std::string>{"a", "b"}));
        table->setUnknownTokens(std::make_shared<Anything>());
        f.panel.setTable(std::make_shared<const EmbeddingTable>(*table),
                         std::make_shared<const std::vector<float>>(std::vector<float>{1, 1}));
        f.panel.setFormula(QStringLiteral("kingdom + kingship"));
        QTRY_COMPARE(f.tokensOf("Results of the formula"), words("a b"));
        auto* const note = f.childNamed<QLabel>("Problem with the formula");
        QVERIFY(note->isVisible());
        QCOMPARE(note->text(), QStringLiteral("Not in the vocabulary, composed from their parts: kingdom, kingship."));
        f.panel.setFormula(QStringLiteral("a"));
        QTRY_COMPARE(f.tokensOf("Results of the formula"), words("b"));
        QVERIFY(!note->isVisible());
    }

    void anotherTableIsLookedUpAnew()
    {
        Fixture f;
        f.open();
        f.selection.select(0);
        f.panel.setFormula(QStringLiteral("king + queen"));
        QTRY_VERIFY(f.neighbours.size() == 4 && !f.tokensOf("Results of the formula").isEmpty());
        const auto small =
            EmbeddingTable::create(Matrix::Identity(2, 2), Vocabulary(std::vector<std::string>{"a", "b"}));
        f.panel.setTable(std::make_shared<const EmbeddingTable>(small.value()),
                         std::make_shared<const std::vector<float>>(std::vector<float>{1, 1}));
        QTRY_COMPARE(f.tokensOf("Neighbours"), words("b"));
        QTRY_COMPARE(f.tokensOf("Results of the formula"), QStringList());
        f.selection.select(1);
        QTRY_COMPARE(f.tokensOf("Neighbours"), words("a"));
    }

    void aSelectionBeyondTheTableShowsNothing()
    {
        Fixture f;
        f.open();
        f.selection.select(5);
        QVERIFY(f.neighbours.empty());
        QVERIFY(f.visibleTexts().contains(QStringLiteral("Click a point or a word.")));
    }

    void theNeighboursAreHoveredWithEveryView()
    {
        Fixture f;
        f.open();
        f.selection.select(0);
        QTRY_COMPARE(f.neighbours.size(), std::size_t{4});
        f.selection.hover(3);
        QCOMPARE(f.tableNamed("Neighbours")->hoveredPlace(), std::optional<int>(2));
        Q_EMIT f.tableNamed("Neighbours")->placeHovered(0);
        QCOMPARE(f.selection.hovered(), std::optional<Index>(1));
    }

    void everyFocusableWidgetHasANameAndFitsANarrowPanel()
    {
        Fixture f;
        f.open();
        f.selection.select(0);
        for (const QWidget* const widget : f.panel.findChildren<QWidget*>())
            if (widget->isVisible() && widget->focusPolicy() & Qt::TabFocus && !widget->focusProxy())
                QVERIFY2(!widget->accessibleName().isEmpty(), widget->metaObject()->className());
        QVERIFY(f.panel.minimumSizeHint().width() <= 320);
    }
};

QTEST_MAIN(TestInspectorPanel)
#include "tst_inspector_panel.moc"
