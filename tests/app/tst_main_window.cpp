// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"
#include "core/io/format.h"
#include "ui/panels/live_section.h"
#include "ui/panels/model_section.h"
#include "ui/panels/training_panel.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/toggle_switch.h"

#include <QAccessible>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

#include <ctime>

using namespace embedscope;

namespace {

double threadSeconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

} // namespace

/// The window with real work in it.
class TestMainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void opensVectors();
    void attachesMetadata();
    void aBadFileChangesNothing_data();
    void aBadFileChangesNothing();
    void freezeSwitchStopsTheTable();
    void paddingPinsItsRowUnderSgd();
    void singleStepIsOneStep();
    void theWindowStaysAwakeWhileTraining();
    void anotherLanguageKeepsWhatIsOpen();
    void shortcutsAreUnique();
    void everyFocusableWidgetHasAName();
    void vectorsAndTextTogetherKeepTheVectors();
    void anotherTableEndsTheRun();
    void closingWhileTrainingEndsWell();

private:
    Workspace& workspace() { return m_application->workspace(); }
    MainWindow& window() { return m_application->window(); }
    TrainingSession& session() { return workspace().run.session(); }
    void openSample();
    void trigger(const char* id) { window().actions().action(QString::fromLatin1(id))->trigger(); }
    /// The weights between two steps, as the trainer has them.
    std::shared_ptr<const Matrix> weightsNow(std::int64_t* step = nullptr);
    template <class Editor>
    Editor* editor(const char* parameter);

    std::unique_ptr<Application> m_application;
};

void TestMainWindow::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QFile::remove(AppSettings::defaultFile());
}

void TestMainWindow::init()
{
    m_application = std::make_unique<Application>(qApp);
    m_application->open({.language = QStringLiteral("en"), .theme = QStringLiteral("light")});
    QVERIFY(QTest::qWaitForWindowExposed(&window()));
}

void TestMainWindow::cleanup()
{
    m_application.reset();
}

void TestMainWindow::openSample()
{
    workspace().document.openSample();
    QTRY_VERIFY(workspace().document.hasTable());
    QTRY_VERIFY(workspace().jobs.isIdle());
}

template <class Editor>
Editor* TestMainWindow::editor(const char* parameter)
{
    const QString name = parameterLabel(parameter);
    for (Editor* found : window().training().live().findChildren<Editor*>())
        if (found->accessibleName() == name)
            return found;
    return nullptr;
}

std::shared_ptr<const Matrix> TestMainWindow::weightsNow(std::int64_t* step)
{
    std::shared_ptr<const Matrix> weights;
    QObject context;
    connect(&session(), &TrainingSession::newsArrived, &context, [&](const TrainingNews& news) {
        if (!news.frame || !news.frame->weights)
            return;
        weights = news.frame->weights;
        if (step != nullptr)
            *step = news.frame->step;
    });
    session().request({workspace().document.snapshot().axes, false, true});
    (void)QTest::qWaitFor([&] { return weights != nullptr; });
    return weights;
}

void TestMainWindow::opensVectors()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("small.txt")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("one 1 2 3\ntwo 4 5 6\nthree 7 8 10\n");
    file.close();
    window().openPaths({file.fileName()});
    QTRY_VERIFY(workspace().document.hasTable());
    QCOMPARE(workspace().document.snapshot().table->rows(), Index(3));
    QVERIFY(window().windowTitle().startsWith(QStringLiteral("small.txt")));
    QCOMPARE(workspace().recent.files().front().path, file.fileName());
}

void TestMainWindow::attachesMetadata()
{
    QTemporaryDir folder;
    const auto write = [&folder](const char* name, const QByteArray& content) {
        QFile file(folder.filePath(QLatin1String(name)));
        if (file.open(QIODevice::WriteOnly))
            file.write(content);
        return file.fileName();
    };
    QAction* attach = window().actions().action(QStringLiteral("table.attach"));
    QVERIFY(!attach->isEnabled());
    Document& document = workspace().document;
    document.openVectors(write("small.txt", "one 1 2 3\ntwo 4 5 6\nthree 7 8 10\n"));
    QTRY_VERIFY(document.hasTable());
    QVERIFY(attach->isEnabled());
    workspace().selection.select(1);
    const TableSnapshot before = document.snapshot();
    QSignalSpy tables(&document, &Document::tableChanged);
    QSignalSpy columns(&document, &Document::columnsChanged);
    document.attachMetadata(write("words.tsv", "word\tcount\tclass\nthree\t3\todd\none\t1\todd\nten\t10\teven\n"));
    QTRY_COMPARE(columns.count(), 1);
    // The rows are the same, so that nothing is fitted, moved or forgotten.
    QCOMPARE(tables.count(), 0);
    QCOMPARE(document.snapshot().coordinates, before.coordinates);
    QCOMPARE(document.snapshot().axes, before.axes);
    QVERIFY(document.snapshot().table->weights() == before.table->weights());
    QCOMPARE(workspace().selection.selected(), std::optional<Index>(1));
    QCOMPARE(document.snapshot().table->numberColumns().front().values.front(), 1.0);
    QCOMPARE(window().messages().text(),
             QStringLiteral("Attached from words.tsv: class (categories), count (numbers). Matched by token; rows with "
                            "data: 2, without: 1, records of no row: 1."));
    document.attachMetadata(write("short.txt", "a\nb\n"));
    QTRY_VERIFY(window().messages().text().contains(QStringLiteral("found 2")));
    QCOMPARE(columns.count(), 1);
}

void TestMainWindow::aBadFileChangesNothing_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("neither vectors nor labelled text") << QByteArray("Once upon a time there was a word.\n");
    QTest::newRow("a cut binary") << QByteArray("900 3\nking \1\2\3");
}

void TestMainWindow::aBadFileChangesNothing()
{
    QFETCH(QByteArray, content);
    openSample();
    const auto before = workspace().document.snapshot().table;
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("bad.txt")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    file.close();
    window().openPaths({file.fileName()});
    QTRY_VERIFY(window().messages().count() > 0);
    QVERIFY(window().messages().text().contains(QStringLiteral("bad.txt")));
    QCOMPARE(workspace().document.snapshot().table, before);
}

void TestMainWindow::freezeSwitchStopsTheTable()
{
    openSample();
    trigger("train.start");
    QTRY_VERIFY(session().stepsDone() > 5);
    auto* freeze = editor<ToggleSwitch>("freeze");
    QVERIFY(freeze);
    freeze->click();
    QTRY_COMPARE(workspace().run.marks().size(), std::size_t(1));
    std::int64_t first = 0;
    std::int64_t second = 0;
    const auto before = weightsNow(&first);
    QVERIFY(before);
    QVERIFY(first >= workspace().run.marks().front().step);
    QTRY_VERIFY(session().stepsDone() > first + 20);
    const auto after = weightsNow(&second);
    QVERIFY(second > first + 15);
    QVERIFY(*before == *after);
    freeze->click();
    QTRY_COMPARE(workspace().run.marks().size(), std::size_t(2));
    QTRY_VERIFY(session().stepsDone() > workspace().run.marks().back().step + 5);
    QVERIFY(*weightsNow() != *after);
}

void TestMainWindow::paddingPinsItsRowUnderSgd()
{
    openSample();
    window().training().model().setOptimizer(QStringLiteral("sgd"));
    trigger("train.start");
    QTRY_VERIFY(session().stepsDone() > 5);
    auto* padding = editor<QSpinBox>("padding_idx");
    QVERIFY(padding);
    padding->setValue(2);
    QTRY_COMPARE(workspace().run.marks().size(), std::size_t(1));
    std::int64_t first = 0;
    const auto before = weightsNow(&first);
    QTRY_VERIFY(session().stepsDone() > first + 20);
    const auto after = weightsNow();
    QVERIFY(before->row(2) == after->row(2));
    QVERIFY(before->row(3) != after->row(3));
    padding->setValue(-1);
    QTRY_COMPARE(workspace().run.marks().size(), std::size_t(2));
    QTRY_VERIFY(session().stepsDone() > workspace().run.marks().back().step + 20);
    QVERIFY(weightsNow()->row(2) != after->row(2));
}

void TestMainWindow::singleStepIsOneStep()
{
    openSample();
    trigger("train.step"); // a run that begins paused
    QTRY_COMPARE(session().state(), TrainingSession::State::Paused);
    QCOMPARE(session().stepsDone(), std::int64_t(0));
    trigger("train.step");
    QTRY_COMPARE(session().stepsDone(), std::int64_t(1));
    trigger("train.step");
    QTRY_COMPARE(session().stepsDone(), std::int64_t(2));
    QTest::qWait(100);
    QCOMPARE(session().stepsDone(), std::int64_t(2));
    trigger("train.stop");
    QTRY_COMPARE(session().state(), TrainingSession::State::Ended);
}

void TestMainWindow::theWindowStaysAwakeWhileTraining()
{
    openSample();
    trigger("train.start");
    session().setPace(0);
    // Time that this thread computes between two beats of its event loop: unlike the time on the wall, it does not
    // depend on what else the machine does.
    double longest = 0;
    double last = threadSeconds();
    QTimer heart;
    connect(&heart, &QTimer::timeout, this, [&] {
        const double now = threadSeconds();
        longest = std::max(longest, now - last);
        last = now;
    });
    heart.start(1);
    QTRY_COMPARE_WITH_TIMEOUT(session().state(), TrainingSession::State::Ended, 30000);
    heart.stop();
    QVERIFY2(longest < 0.1, qPrintable(QString::number(longest)));
}

void TestMainWindow::anotherLanguageKeepsWhatIsOpen()
{
    openSample();
    trigger("train.start");
    QTRY_VERIFY(session().stepsDone() > 5);
    m_application->setLanguage(QStringLiteral("zh_CN"));
    QVERIFY(window().windowTitle().startsWith(QStringLiteral("sample")));
    QCOMPARE(window().actions().action(QStringLiteral("train.stop"))->text(), QStringLiteral("停止(&T)"));
    QVERIFY(session().active());
    m_application->setLanguage(QStringLiteral("en"));
    QCOMPARE(window().actions().action(QStringLiteral("train.stop"))->text(), QStringLiteral("S&top"));
}

void TestMainWindow::shortcutsAreUnique()
{
    QCOMPARE(window().actions().shortcutConflicts(), QStringList());
}

void TestMainWindow::everyFocusableWidgetHasAName()
{
    openSample();
    QStringList nameless;
    for (QWidget* widget : window().findChildren<QWidget*>()) {
        if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus) || widget->focusProxy())
            continue;
        const auto* accessible = QAccessible::queryAccessibleInterface(widget);
        if (accessible && accessible->text(QAccessible::Name).isEmpty())
            nameless.append(QString::fromLatin1(widget->metaObject()->className()) + QLatin1Char(' ') +
                            widget->objectName());
    }
    QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QStringLiteral(", "))));
}

void TestMainWindow::vectorsAndTextTogetherKeepTheVectors()
{
    QTemporaryDir folder;
    QFile vectors(folder.filePath(QStringLiteral("vectors.txt")));
    QVERIFY(vectors.open(QIODevice::WriteOnly));
    for (int i = 0; i < 20000; ++i) // takes longer than the text
        vectors.write("word" + QByteArray::number(i) + " 1 2 3\n");
    vectors.close();
    QFile text(folder.filePath(QStringLiteral("text.tsv")));
    QVERIFY(text.open(QIODevice::WriteOnly));
    text.write("a\tword1 word2\nb\tword3 other\n");
    text.close();
    for (const QStringList& paths :
         {QStringList{vectors.fileName(), text.fileName()}, {text.fileName(), vectors.fileName()}}) {
        window().openPaths(paths);
        QTRY_VERIFY(workspace().document.hasTable() && workspace().document.hasText());
        QTRY_VERIFY(workspace().jobs.isIdle());
        QCOMPARE(workspace().document.tableName(), QStringLiteral("vectors.txt"));
        QTRY_COMPARE(workspace().document.coverage(), std::optional(0.75));
    }
}

void TestMainWindow::anotherTableEndsTheRun()
{
    openSample();
    trigger("train.start");
    QTRY_VERIFY(session().stepsDone() > 5);
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("small.txt")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("one 1 2 3\ntwo 4 5 6\nthree 7 8 10\n");
    file.close();
    window().openPaths({file.fileName()});
    QTRY_COMPARE(workspace().document.snapshot().table->rows(), Index(3));
    QTRY_COMPARE(session().state(), TrainingSession::State::Ended);
    QTRY_VERIFY(workspace().jobs.isIdle());
    QCOMPARE(workspace().document.snapshot().table->rows(), Index(3));
    QCOMPARE(workspace().document.snapshot().coordinates->rows(), Index(3));
    QVERIFY(session().trainer() != nullptr); // what was learned can still be exported
}

void TestMainWindow::closingWhileTrainingEndsWell()
{
    openSample();
    trigger("train.start");
    QTRY_VERIFY(session().stepsDone() > 2);
    window().close();
    m_application.reset(); // waits for the thread; a hang would be the failure
    QVERIFY(true);
}

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
