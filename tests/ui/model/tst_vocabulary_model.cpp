// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/vocabulary_model.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QLocale>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QTimer>

#include <ctime>
#include <limits>
#include <string>

using namespace embedscope;

namespace {

std::shared_ptr<const EmbeddingTable> tableOf(const std::vector<std::string>& tokens)
{
    return std::make_shared<const EmbeddingTable>(
        EmbeddingTable::create(Matrix::Ones(static_cast<Index>(tokens.size()), 2), Vocabulary(tokens)).value());
}

std::shared_ptr<const std::vector<float>> normsOf(std::vector<float> norms)
{
    return std::make_shared<const std::vector<float>>(std::move(norms));
}

/// What this thread has computed so far, in ms: other programs on the machine do not count.
double threadMs()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6;
}

QStringList tokensIn(const VocabularyModel& model)
{
    QStringList out;
    for (int row = 0; row < model.rowCount(); ++row)
        out.push_back(model.index(row, VocabularyModel::TokenColumn).data().toString());
    return out;
}

QStringList words(const char* list)
{
    return QString::fromUtf8(list).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

} // namespace

class TestVocabularyModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void showsTokenNormAndRow()
    {
        JobRunner runner;
        VocabularyModel model(&runner);
        model.setTable(tableOf({"king", "<b>", " "}), normsOf({5.374F, 2.0F, 0.0F}));
        QCOMPARE(tokensIn(model),
                 (QStringList{QStringLiteral("king"), QStringLiteral("<b>"), QStringLiteral("\u2420")}));
        QCOMPARE(model.index(0, VocabularyModel::NormColumn).data().toString(), QStringLiteral("5.37"));
        QCOMPARE(model.index(1, VocabularyModel::RowColumn).data().toString(), QStringLiteral("1"));
        QCOMPARE(model.index(0, VocabularyModel::NormColumn).data(VocabularyModel::NormFractionRole).toDouble(), 1.0);
        QCOMPARE(model.index(1, VocabularyModel::NormColumn).data(VocabularyModel::NormFractionRole).toFloat(),
                 2.0F / 5.374F);
        QVERIFY(model.index(0, VocabularyModel::RowColumn).data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight);
        QVERIFY(model.index(1, VocabularyModel::TokenColumn)
                    .data(Qt::ToolTipRole)
                    .toString()
                    .contains(QStringLiteral("&lt;b&gt;: row 1, norm (L2) 2.0000")));
    }

    void passesTheModelTesterThroughAllChanges()
    {
        JobRunner runner;
        VocabularyModel model(&runner);
        const QAbstractItemModelTester tester(&model);
        QSignalSpy changed(&model, &VocabularyModel::orderChanged);
        model.setTable(tableOf({"b", "a", "ab"}), normsOf({1, 2, 3}));
        model.setFilter(QStringLiteral("a"));
        QTRY_COMPARE(tokensIn(model), words("a ab"));
        model.sort(VocabularyModel::NormColumn, Qt::DescendingOrder);
        QTRY_VERIFY(model.isUpToDate());
        QCOMPARE(tokensIn(model), words("a ab")); // the word itself stays first
        model.setFilter(QStringLiteral("nothing"));
        QTRY_COMPARE(model.rowCount(), 0);
        model.setFilter({});
        QTRY_COMPARE(tokensIn(model), words("ab a b"));
        model.updateNorms(normsOf({9, 8, 7}));
        model.setTable(nullptr, nullptr);
        QCOMPARE(model.rowCount(), 0);
    }

    void categoriesAreColumns()
    {
        JobRunner runner;
        VocabularyModel model(&runner);
        auto table = *tableOf({"good", "bad", "the"});
        table.addColumn({"class", {"positive", "negative"}, {0, 1, -1}});
        model.setTable(std::make_shared<const EmbeddingTable>(table), normsOf({1, 1, 1}));
        const int column = VocabularyModel::FirstCategoryColumn;
        QCOMPARE(model.columnCount(), column + 1);
        QCOMPARE(model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("class"));
        QCOMPARE(model.index(1, column).data().toString(), QStringLiteral("negative"));
        QCOMPARE(model.index(2, column).data().toString(), QString());
        model.sort(column, Qt::AscendingOrder);
        QTRY_COMPARE(tokensIn(model), words("bad good the"));
        model.setTable(tableOf({"x", "y"}), normsOf({1, 1})); // the column of the order is gone
        QTRY_VERIFY(model.isUpToDate());
        QCOMPARE(tokensIn(model), words("x y"));
    }

    void numbersAreColumnsBehindTheCategories()
    {
        JobRunner runner;
        VocabularyModel model(&runner);
        const QAbstractItemModelTester tester(&model);
        auto table = *tableOf({"good", "bad", "the"});
        table.addColumn({"class", {"positive", "negative"}, {0, 1, -1}});
        table.addColumn({"count", {12, std::numeric_limits<double>::quiet_NaN(), 1061396}});
        table.addColumn({"<b>", {0.25, -1e-9, 2}});
        model.setTable(std::make_shared<const EmbeddingTable>(table), normsOf({1, 1, 1}));
        const int count = VocabularyModel::FirstCategoryColumn + 1;
        QCOMPARE(model.columnCount(), count + 2);
        QCOMPARE(model.headerData(count, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("count"));
        QVERIFY(model.headerData(count + 1, Qt::Horizontal, Qt::ToolTipRole)
                    .toString()
                    .contains(QStringLiteral("&lt;b&gt;")));
        const auto text = [&model](int row, int column) { return model.index(row, column).data().toString(); };
        QCOMPARE(text(0, count - 1), QStringLiteral("positive"));
        QCOMPARE(text(0, count), QStringLiteral("12"));
        QCOMPARE(text(1, count), QString());
        QCOMPARE(text(2, count), QStringLiteral("1061396"));
        QCOMPARE(text(0, count + 1), QStringLiteral("0.25"));
        QCOMPARE(text(1, count + 1), QStringLiteral("-1e-09"));
        const auto right = [&model](int column) {
            return (model.index(0, column).data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight) != 0;
        };
        QVERIFY(right(count) && right(count + 1) && !right(count - 1));
        QVERIFY(model.headerData(count, Qt::Horizontal, Qt::TextAlignmentRole).toInt() & Qt::AlignRight);
        model.sort(count, Qt::DescendingOrder);
        QTRY_COMPARE(tokensIn(model), words("the good bad"));
        model.sort(count, Qt::AscendingOrder);
        QTRY_COMPARE(tokensIn(model), words("good the bad"));
        model.sort(count + 1, Qt::AscendingOrder);
        QTRY_COMPARE(tokensIn(model), words("bad good the"));
        model.setTable(tableOf({"x", "y"}), normsOf({1, 1})); // the column of the order is gone
        QTRY_VERIFY(model.isUpToDate());
        QCOMPARE(tokensIn(model), words("x y"));
    }

    void placesAndRowsMapBothWays()
    {
        JobRunner runner;
        VocabularyModel model(&runner);
        model.setTable(tableOf({"c", "a", "b", "x"}), normsOf({1, 1, 1, 1}));
        model.sort(VocabularyModel::TokenColumn, Qt::AscendingOrder);
        QTRY_COMPARE(tokensIn(model), words("a b c x"));
        for (int place = 0; place < model.rowCount(); ++place)
            QCOMPARE(model.placeOf(model.rowAt(place)), std::optional<int>(place));
        model.setFilter(QStringLiteral("a"));
        QTRY_COMPARE(model.rowCount(), 1);
        QCOMPARE(model.placeOf(1), std::optional<int>(0));
        QCOMPARE(model.placeOf(0), std::nullopt);
        QCOMPARE(model.placeOf(-1), std::nullopt);
        QCOMPARE(model.placeOf(4), std::nullopt);
    }

    void indexesFollowTheirRows()
    {
        JobRunner runner;
        VocabularyModel model(&runner);
        model.setTable(tableOf({"c", "a", "b"}), normsOf({1, 1, 1}));
        const QPersistentModelIndex c = model.index(0, 1);
        const QPersistentModelIndex a = model.index(1, 0);
        model.sort(VocabularyModel::TokenColumn, Qt::AscendingOrder);
        QTRY_COMPARE(c.row(), 2);
        QCOMPARE(c.column(), 1);
        model.setFilter(QStringLiteral("c"));
        QTRY_COMPARE(c.row(), 0);
        QVERIFY(!a.isValid());
    }

    void newNormsChangeNumbersButNotTheOrder()
    {
        JobRunner runner;
        VocabularyModel model(&runner);
        model.setTable(tableOf({"a", "b"}), normsOf({1, 2}));
        model.sort(VocabularyModel::NormColumn, Qt::AscendingOrder);
        QTRY_VERIFY(model.isUpToDate());
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.updateNorms(normsOf({4, 2}));
        QCOMPARE(changed.count(), 1);
        QCOMPARE(tokensIn(model), words("a b"));
        QCOMPARE(model.index(0, VocabularyModel::NormColumn).data().toString(), QStringLiteral("4.00"));
        QCOMPARE(model.index(1, VocabularyModel::NormColumn).data(VocabularyModel::NormFractionRole).toDouble(), 0.5);
        model.updateNorms(normsOf({1})); // of another table
        QCOMPARE(changed.count(), 1);
    }

    void aNewTableKeepsFilterAndOrder()
    {
        JobRunner runner;
        VocabularyModel model(&runner);
        model.setTable(tableOf({"a"}), normsOf({1}));
        model.setFilter(QStringLiteral("a"));
        model.sort(VocabularyModel::TokenColumn, Qt::DescendingOrder);
        QTRY_VERIFY(model.isUpToDate());
        model.setTable(tableOf({"xa", "b", "za"}), normsOf({1, 1, 1}));
        QTRY_COMPARE(tokensIn(model), words("za xa"));
    }

    void columnWidthsSurviveAFilterThatHidesTheFirstRow()
    {
        JobRunner runner;
        VocabularyModel model(&runner);
        QTableView view;
        view.setModel(&model);
        model.setTable(tableOf({"a", "b"}), normsOf({1, 1}));
        view.setColumnWidth(VocabularyModel::NormColumn, 77);
        view.show();
        for (const char* const filter : {"b", "nothing", ""}) {
            model.setFilter(QString::fromUtf8(filter));
            QTRY_VERIFY(model.isUpToDate());
            QCOMPARE(view.columnWidth(VocabularyModel::NormColumn), 77);
            QCOMPARE(view.verticalHeader()->count(), model.rowCount());
        }
    }

    void theWindowStaysAliveWhile400000RowsAreFilteredAndSorted()
    {
        constexpr int kRows = 400'000;
        std::vector<std::string> tokens;
        std::vector<float> norms;
        for (int i = 0; i < kRows; ++i) {
            tokens.push_back("token" + std::to_string(i * 7919LL % kRows));
            norms.push_back(static_cast<float>(i * 31 % 1000));
        }
        JobRunner runner;
        VocabularyModel model(&runner);
        QTableView view;
        view.setModel(&model);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        model.setTable(tableOf(tokens), normsOf(norms));

        double longest = 0;
        double last = threadMs();
        QTimer heart;
        connect(&heart, &QTimer::timeout, this, [&] {
            const double now = threadMs();
            longest = std::max(longest, now - last);
            last = now;
        });
        heart.start(1);
        QElapsedTimer clock;
        clock.start();
        for (const char* const filter : {"t", "to", "tok", "token1", "token12", "token123", "12", ""}) {
            model.setFilter(QString::fromUtf8(filter));
            QTRY_VERIFY(model.isUpToDate());
        }
        const qint64 filters = clock.restart();
        model.sort(VocabularyModel::TokenColumn, Qt::DescendingOrder);
        QTRY_VERIFY(model.isUpToDate());
        qInfo("8 filters: %lld ms, sort: %lld ms, longest pause of the GUI thread: %.1f ms",
              static_cast<long long>(filters), static_cast<long long>(clock.elapsed()), longest);
        QVERIFY(longest > 0);
        QVERIFY(longest < 50);
    }
};

QTEST_MAIN(TestVocabularyModel)
#include "tst_vocabulary_model.moc"
