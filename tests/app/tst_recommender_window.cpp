// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"
#include "ui/bridge/parameter_text.h"
#include "ui/panels/map_panel.h"
#include "ui/panels/ratings_section.h"
#include "ui/panels/training_panel.h"
#include "ui/plot/training_curves.h"
#include "ui/widgets/message_bar.h"

#include <QComboBox>
#include <QPushButton>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

#include <cmath>

using namespace embedscope;

namespace {

/// Two kinds of users who like two kinds of items, each user's tenth rating left out.
QByteArray ratings(const QByteArray& separator)
{
    QByteArray lines;
    for (int user = 0; user < 40; ++user)
        for (int item = 0; item < 30; ++item)
            if ((user + item) % 10 != 0)
                lines += QByteArray::number(1000 + user) + separator + QByteArray::number(item) + separator +
                         (user % 2 == item % 2 ? "5" : "1") + "\n";
    return lines;
}

} // namespace

/// Ratings in the window: found, trained on, and shown as a table.
class TestRecommenderWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void ratingsPartedByBlanksOpenAtOnce();
    void ratingsThatCouldBeVectorsAreOffered();
    void ratingsOfMovieLensOpenAtOnce();
    void vectorsOfThreeDimensionsAreNotOffered();
    void trainsAndShowsItems_data();
    void trainsAndShowsItems();
    void pausesGoesOnAndStops();
    void stoppingKeepsWhatWasLearned();
    void dataWithoutRatingsCanOnlyBeRanked();
    void closingWhileTrainingEndsWell();

private:
    Workspace& workspace() { return m_application->workspace(); }
    MainWindow& window() { return m_application->window(); }
    RecommenderRun& run() { return workspace().recommender; }
    RatingsSection& section() { return window().training().ratings(); }
    QString write(const char* name, const QByteArray& content);
    void openRatings(const QByteArray& content);
    void trigger(const char* id) { window().actions().action(QString::fromLatin1(id))->trigger(); }
    bool isEnabled(const char* id) { return window().actions().action(QString::fromLatin1(id))->isEnabled(); }
    template <class Editor>
    Editor* editor(const char* parameter);

    std::unique_ptr<Application> m_application;
    QTemporaryDir m_folder;
};

void TestRecommenderWindow::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QFile::remove(AppSettings::defaultFile());
}

void TestRecommenderWindow::init()
{
    m_application = std::make_unique<Application>(qApp);
    m_application->open({.language = QStringLiteral("en"), .theme = QStringLiteral("light")});
    QVERIFY(QTest::qWaitForWindowExposed(&window()));
}

void TestRecommenderWindow::cleanup()
{
    m_application.reset();
}

QString TestRecommenderWindow::write(const char* name, const QByteArray& content)
{
    QFile file(m_folder.filePath(QString::fromLatin1(name)));
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(content) != content.size())
        qFatal("no file can be written");
    return file.fileName();
}

void TestRecommenderWindow::openRatings(const QByteArray& content)
{
    run().open(write("ratings.dat", content));
    QTRY_VERIFY(run().hasRatings());
    QTRY_VERIFY(workspace().jobs.isIdle());
}

template <class Editor>
Editor* TestRecommenderWindow::editor(const char* parameter)
{
    const QString name = parameterLabel(recommenderParameter(parameter));
    for (Editor* found : section().findChildren<Editor*>())
        if (found->accessibleName() == name)
            return found;
    return nullptr;
}

void TestRecommenderWindow::ratingsPartedByBlanksOpenAtOnce()
{
    // They could be read as vectors of two values whose tokens are numbers, but the same users come again and again.
    window().openPaths({write("ratings.txt", ratings(" "))});
    QTRY_VERIFY(run().hasRatings());
    QVERIFY(!workspace().document.hasTable());
    QCOMPARE(run().ratings().set->users.size(), Index(40));
    QCOMPARE(run().ratings().set->items.size(), Index(30));
    QCOMPARE(window().arrangement(), Arrangement::Train);
    QVERIFY(section().isVisible());
}

void TestRecommenderWindow::ratingsThatCouldBeVectorsAreOffered()
{
    // With users that are no numbers, the lines are vectors of two values as well.
    QByteArray lines;
    for (int i = 0; i < 600; ++i)
        lines += "user" + QByteArray::number(i % 40) + ' ' + QByteArray::number(i * 7 % 30) + ' ' +
                 QByteArray::number(1 + i % 5) + '\n';
    window().openPaths({write("ratings.txt", lines)});
    QTRY_VERIFY(workspace().document.hasTable());
    QTRY_COMPARE(window().messages().text(), QStringLiteral("ratings.txt looks like ratings: user, item, rating."));
    QVERIFY(!section().isVisible());
    for (auto* button : window().messages().findChildren<QPushButton*>())
        if (button->text() == QLatin1String("Train a Recommender on It"))
            button->click();
    QTRY_VERIFY(run().hasRatings());
    QTRY_VERIFY(!run().points().empty()); // it says "Train"
    QTRY_VERIFY_WITH_TIMEOUT(run().hasModel(), 30000);
    QTRY_COMPARE(workspace().document.snapshot().table->rows(), Index(30));
    QVERIFY(!window().messages().text().contains(QStringLiteral("looks like ratings"))); // asked once
}

void TestRecommenderWindow::ratingsOfMovieLensOpenAtOnce()
{
    window().openPaths({write("ratings.dat", ratings("::"))});
    QTRY_VERIFY(run().hasRatings());
    QVERIFY(!workspace().document.hasTable());
    QVERIFY(section().isVisible()); // not the start page
    QCOMPARE(workspace().recent.files().front().path, run().ratings().path);
}

void TestRecommenderWindow::vectorsOfThreeDimensionsAreNotOffered()
{
    QByteArray vectors;
    for (int i = 0; i < 200; ++i)
        vectors += "word" + QByteArray::number(i) + " 0." + QByteArray::number(i) + " 1\n";
    window().openPaths({write("vectors.txt", vectors)});
    QTRY_VERIFY(workspace().document.hasTable());
    QTRY_VERIFY(workspace().jobs.isIdle());
    QCOMPARE(window().messages().count(), 0);
}

void TestRecommenderWindow::trainsAndShowsItems_data()
{
    QTest::addColumn<RecommenderLoss>("loss");
    QTest::newRow("squared error") << RecommenderLoss::Squared;
    QTest::newRow("BPR") << RecommenderLoss::Bpr;
    QTest::newRow("softmax") << RecommenderLoss::Softmax;
}

void TestRecommenderWindow::trainsAndShowsItems()
{
    QFETCH(RecommenderLoss, loss);
    openRatings(ratings("\t"));
    auto* losses = editor<QComboBox>("loss");
    losses->setCurrentIndex(losses->findData(static_cast<int>(loss)));
    editor<QSpinBox>("epochs")->setValue(12);
    editor<QSpinBox>("embedding_dim")->setValue(8);
    trigger("train.recommender");
    QVERIFY(run().training());
    QVERIFY(!isEnabled("train.recommender"));
    QTRY_VERIFY_WITH_TIMEOUT(!run().training(), 30000);
    QTRY_VERIFY(workspace().jobs.isIdle());
    QCOMPARE(run().epochs().size(), std::size_t(12));
    QVERIFY(std::isfinite(run().epochs().back().quality));
    QVERIFY(!run().points().empty());
    QVERIFY(run().baseline().has_value());
    QVERIFY(!window().messages().text().isEmpty());
    // Only who likes what decides here, which means and biases cannot know.
    if (loss == RecommenderLoss::Squared)
        QVERIFY(run().epochs().back().quality < *run().baseline());
    const auto& table = workspace().document.snapshot().table;
    QCOMPARE(table->rows(), Index(30));
    QCOMPARE(table->dim(), Index(8));
    QVERIFY(!table->columns().empty());
    const auto boxes = window().map().findChildren<QComboBox*>();
    QVERIFY(std::any_of(boxes.begin(), boxes.end(), [](const QComboBox* box) {
        return box->currentText().startsWith(QLatin1String("Colour: ")) &&
               box->currentText() != QLatin1String("Colour: norm");
    }));
    run().showSide(RatingSide::Users);
    QTRY_COMPARE(workspace().document.snapshot().table->rows(), Index(40));
}

void TestRecommenderWindow::pausesGoesOnAndStops()
{
    openRatings(ratings("\t"));
    editor<QSpinBox>("epochs")->setValue(100000);
    trigger("train.recommender");
    QTRY_VERIFY(!run().points().empty());
    QVERIFY(!isEnabled("train.start"));
    trigger("train.pause");
    QVERIFY(run().paused());
    QTest::qWait(150); // the step at hand and its news
    const auto steps = run().points().size();
    QTest::qWait(150);
    QCOMPARE(run().points().size(), steps);
    trigger("train.pause");
    QTRY_VERIFY(run().points().size() > steps);
    trigger("train.pause");
    trigger("train.stop");
    QTRY_VERIFY(!run().training());
}

void TestRecommenderWindow::stoppingKeepsWhatWasLearned()
{
    openRatings(ratings("\t"));
    editor<QSpinBox>("epochs")->setValue(100000);
    trigger("train.recommender");
    QTRY_VERIFY(!run().epochs().empty());
    const auto jobs = workspace().jobs.jobs();
    QCOMPARE(jobs.size(), std::size_t(1));
    QVERIFY(jobs[0].fraction >= 0);
    workspace().jobs.cancel(jobs[0].id); // as the status bar does
    QTRY_VERIFY(!run().training());
    QVERIFY(run().hasModel());
    QTRY_VERIFY(workspace().document.hasTable());
    QCOMPARE(workspace().document.snapshot().table->rows(), Index(30));
}

void TestRecommenderWindow::dataWithoutRatingsCanOnlyBeRanked()
{
    QByteArray lines;
    for (int user = 0; user < 20; ++user)
        for (int item = 0; item < 10; ++item)
            if ((user + item) % 3 != 0)
                lines += "u" + QByteArray::number(user) + "\ti" + QByteArray::number(item) + "\n";
    openRatings(lines);
    QCOMPARE(section().options().loss, RecommenderLoss::Bpr);
    openRatings(ratings("\t"));
    QTRY_COMPARE(section().options().loss, RecommenderLoss::Squared);
}

void TestRecommenderWindow::closingWhileTrainingEndsWell()
{
    openRatings(ratings("\t"));
    editor<QSpinBox>("epochs")->setValue(100000);
    trigger("train.recommender");
    QTRY_VERIFY(!run().points().empty());
    trigger("train.pause");
    window().close();
    QElapsedTimer timer;
    timer.start();
    m_application.reset(); // waits for the job; a hang would be the failure
    QVERIFY(timer.elapsed() < 5000);
}

QTEST_MAIN(TestRecommenderWindow)
#include "tst_recommender_window.moc"
