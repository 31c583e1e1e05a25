// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"
#include "ui/panels/inspector_panel.h"
#include "ui/panels/live_section.h"
#include "ui/panels/map_colours.h"
#include "ui/panels/map_panel.h"
#include "ui/panels/model_section.h"
#include "ui/panels/training_panel.h"
#include "ui/panels/try_panel.h"
#include "ui/widgets/message_bar.h"

#include <QLineEdit>
#include <QLockFile>
#include <QMessageBox>
#include <QPushButton>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

#include <sys/wait.h>
#include <unistd.h>

using namespace embedscope;
using State = TrainingSession::State;

Q_DECLARE_METATYPE(embedscope::EncoderKind)

/// A session is left and taken up again.
class TestSessionWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void aRunGoesOnInAnotherWorkspace_data();
    void aRunGoesOnInAnotherWorkspace();
    void theWindowComesBack();
    void aRunFromVectorsGoesOn();
    void anEndedRunComesBackEnded();
    void savingWhileTrainingKeepsTheRunGoing();
    void aTableAloneComesBack();
    void theTitleSaysWhatIsSaved();
    void closingAsksWhereSomethingWouldBeLost();
    void closingSavesAndThenCloses();
    void aDamagedSessionChangesNothing();
    void aMissingFileIsNamedAndCanBeFound();
    void everythingInsideNeedsNoFile();
    void anotherSessionForgetsTheRun();
    void aCleanEndLeavesNothing();
    void aCrashIsOfferedAndRestored();
    void aLeftSessionIsDiscarded();
    void aLivingProgramIsLeftAlone();

private:
    Workspace& workspace() { return m_application->workspace(); }
    MainWindow& window() { return m_application->window(); }
    TrainingSession& session() { return workspace().run.session(); }
    void trigger(const char* id) { window().actions().action(QString::fromLatin1(id))->trigger(); }
    void start();
    void openSample();
    void openFiles(const QStringList& paths);
    void trainTo(std::int64_t step);
    /// Until the document shows the run as it stands.
    void showNow();
    void goOnToTheEnd();
    void save(const QString& path);
    /// As if the program were started anew.
    void startAnew(const QString& path = {});
    [[nodiscard]] QString file(const char* name) const { return m_folder->filePath(QString::fromLatin1(name)); }
    QString write(const char* name, const QByteArray& content);
    QPushButton* button(const QString& text);
    QMessageBox* question();
    /// A run whose program was killed; its session lies at m_left.
    void leaveCrashed(bool alive = false);

    std::unique_ptr<Application> m_application;
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_left;
};

namespace {

QByteArray sentences()
{
    QByteArray lines;
    for (int i = 0; i < 40; ++i)
        lines += "good\tbright day number" + QByteArray::number(i % 7) + "\nbad\tdark night number" +
                 QByteArray::number(i % 5) + "\n";
    return lines;
}

std::vector<Matrix> tensorsOf(const Trainer& trainer)
{
    std::vector<Matrix> out;
    for (const NamedTensor& tensor : trainer.model().tensors())
        out.push_back(*tensor.value);
    return out;
}

} // namespace

void TestSessionWindow::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
}

void TestSessionWindow::init()
{
    QFile::remove(AppSettings::defaultFile());
    QDir(Autosave::defaultFolder()).removeRecursively();
    m_folder = std::make_unique<QTemporaryDir>();
    start();
}

void TestSessionWindow::cleanup()
{
    m_application.reset();
}

void TestSessionWindow::start()
{
    m_application = std::make_unique<Application>(qApp);
    m_application->open({.language = QStringLiteral("en"), .theme = QStringLiteral("light")});
    QVERIFY(QTest::qWaitForWindowExposed(&window()));
    session().setPace(0);
}

void TestSessionWindow::startAnew(const QString& path)
{
    m_application.reset();
    start();
    if (path.isEmpty())
        return;
    window().openPaths({path});
    QTRY_COMPARE(workspace().sessions.path(), path);
    QTRY_VERIFY(workspace().jobs.isIdle());
}

void TestSessionWindow::openSample()
{
    workspace().document.openSample();
    QTRY_VERIFY(workspace().document.hasTable());
    QTRY_VERIFY(workspace().jobs.isIdle());
}

void TestSessionWindow::openFiles(const QStringList& paths)
{
    window().openPaths(paths);
    QTRY_VERIFY(workspace().document.hasTable());
    QTRY_VERIFY(workspace().jobs.isIdle());
}

QString TestSessionWindow::write(const char* name, const QByteArray& content)
{
    QFile out(file(name));
    if (!out.open(QIODevice::WriteOnly) || out.write(content) != content.size())
        qFatal("not written");
    return out.fileName();
}

/// Paused there, begun where no run is active.
void TestSessionWindow::trainTo(std::int64_t step)
{
    if (!session().active()) {
        trigger("train.step"); // begins paused
        QTRY_COMPARE(session().state(), State::Paused);
    }
    while (session().stepsDone() < step) {
        const auto next = session().stepsDone() + 1;
        session().step();
        QTRY_COMPARE_WITH_TIMEOUT(session().stepsDone(), next, 20000);
    }
    QTRY_VERIFY(workspace().jobs.isIdle());
}

void TestSessionWindow::showNow()
{
    bool shown = false;
    QObject context;
    connect(&session(), &TrainingSession::newsArrived, &context, [&](const TrainingNews& news) {
        shown = shown || (news.frame && news.frame->weights && news.frame->step == session().stepsDone());
    });
    session().request({workspace().document.snapshot().axes, true, true});
    QTRY_VERIFY(shown);
    QTRY_VERIFY(workspace().jobs.isIdle());
}

void TestSessionWindow::goOnToTheEnd()
{
    session().resume();
    QTRY_COMPARE_WITH_TIMEOUT(session().state(), State::Ended, 60000);
    QTRY_VERIFY(workspace().jobs.isIdle());
}

void TestSessionWindow::save(const QString& path)
{
    QSignalSpy saved(&workspace().sessions, &SessionKeeper::saved);
    workspace().sessions.save(path);
    QTRY_COMPARE(saved.size(), 1);
}

QPushButton* TestSessionWindow::button(const QString& text)
{
    for (auto* found : window().messages().findChildren<QPushButton*>())
        if (found->text() == text && found->isVisible())
            return found;
    return nullptr;
}

QMessageBox* TestSessionWindow::question()
{
    return window().findChild<QMessageBox*>(QStringLiteral("saveQuestion"));
}

void TestSessionWindow::leaveCrashed(bool alive)
{
    openSample();
    trainTo(7);
    session().resume();
    session().pause();
    const auto savedStep = [this] {
        const auto summary = readSessionSummary(workspace().autosave.path().toStdString());
        return summary ? summary->field("run", "step") : std::string();
    };
    QTRY_COMPARE(savedStep(), std::to_string(session().stepsDone()));
    QTRY_VERIFY(workspace().jobs.isIdle());
    m_left = Autosave::defaultFolder() + QStringLiteral("/999-0.embedscope");
    if (!QFile::copy(workspace().autosave.path(), m_left))
        qFatal("not copied");
    const QString lockPath = m_left + QStringLiteral(".lock");
    if (alive)
        return;
    // A process that locks it and dies.
    const pid_t child = ::fork();
    if (child == 0) {
        auto* lock = new QLockFile(lockPath);
        ::_exit(lock->tryLock(0) ? 0 : 1);
    }
    int status = 1;
    ::waitpid(child, &status, 0);
    if (status != 0 || !QFile::exists(lockPath))
        qFatal("no lock");
}

void TestSessionWindow::aRunGoesOnInAnotherWorkspace_data()
{
    QTest::addColumn<EncoderKind>("encoder");
    QTest::newRow("bag") << EncoderKind::Bag;
    QTest::newRow("LSTM") << EncoderKind::Lstm;
    QTest::newRow("GRU") << EncoderKind::Gru;
    QTest::newRow("Transformer") << EncoderKind::Transformer;
}

void TestSessionWindow::aRunGoesOnInAnotherWorkspace()
{
    QFETCH(EncoderKind, encoder);
    openFiles({write("text.tsv", sentences())});
    TrainOptions options = window().training().options();
    options.encoder.kind = encoder;
    options.encoder.hidden_dim = 8;
    options.embedding_dim = 12;
    options.epochs = 6;
    options.valid_split = 0.1;
    options.batch_size = 8;
    options.freeze_epochs = 1;
    window().training().setOptions(options, StartFrom::FreshTable);
    trainTo(13); // within the second epoch of 9
    LiveSettings settings = workspace().run.settings();
    settings.max_norm = 3.0;
    workspace().run.publish(settings);
    QTRY_COMPARE(workspace().run.marks().size(), std::size_t(2));
    trainTo(15);
    showNow();
    save(file("run.embedscope"));
    const auto steps = workspace().run.steps();
    const auto marks = workspace().run.marks();
    const auto epochs = workspace().run.epochs().size();
    const Matrix coordinates = *workspace().document.snapshot().coordinates;
    const Matrix weights = workspace().document.snapshot().table->weights();
    goOnToTheEnd();
    const auto whole = tensorsOf(*session().trainer());
    const auto wholeEpochs = workspace().run.epochs();

    startAnew(file("run.embedscope"));
    QCOMPARE(session().state(), State::Paused);
    QCOMPARE(session().stepsDone(), std::int64_t(15));
    QCOMPARE(workspace().run.steps().size(), steps.size());
    QCOMPARE(workspace().run.steps().back().loss, steps.back().loss);
    QCOMPARE(workspace().run.marks().size(), marks.size());
    QCOMPARE(workspace().run.marks().back().step, marks.back().step);
    QVERIFY(workspace().run.marks().back().changes == marks.back().changes);
    QCOMPARE(workspace().run.epochs().size(), epochs);
    QCOMPARE(workspace().run.settings().max_norm, std::optional(3.0));
    QVERIFY(weights == Matrix(workspace().document.snapshot().table->weights()));
    QVERIFY(coordinates == *workspace().document.snapshot().coordinates);
    goOnToTheEnd();
    const auto second = tensorsOf(*session().trainer());
    QCOMPARE(second.size(), whole.size());
    for (std::size_t i = 0; i < whole.size(); ++i)
        QVERIFY(whole[i] == second[i]);
    QCOMPARE(workspace().run.epochs().size(), wholeEpochs.size());
    for (std::size_t i = 0; i < wholeEpochs.size(); ++i) {
        QCOMPARE(workspace().run.epochs()[i].trainLoss, wholeEpochs[i].trainLoss);
        QCOMPARE(workspace().run.epochs()[i].validation->accuracy, wholeEpochs[i].validation->accuracy);
    }
}

void TestSessionWindow::theWindowComesBack()
{
    openSample();
    trainTo(3);
    window().setArrangement(Arrangement::Explore);
    workspace().selection.select(7);
    window().map().colours().setColour(QStringLiteral("norm"));
    window().findChild<InspectorPanel*>()->setFormula(QStringLiteral("the - of"));
    window().tryPanel().line().setText(QStringLiteral("a sentence"));
    workspace().run.setAxesFollow(false);
    const TrainOptions options = window().training().options();
    save(file("view.embedscope"));
    startAnew(file("view.embedscope"));
    QCOMPARE(window().arrangement(), Arrangement::Explore);
    QCOMPARE(workspace().selection.selected(), std::optional<Index>(7));
    QCOMPARE(window().map().colours().colour(), QStringLiteral("norm"));
    QCOMPARE(window().findChild<InspectorPanel*>()->formula(), QStringLiteral("the - of"));
    QCOMPARE(window().tryPanel().line().text(), QStringLiteral("a sentence"));
    QVERIFY(!workspace().run.axesFollow());
    QVERIFY(toFields(window().training().options()) == toFields(options));
    QVERIFY(workspace().document.textIsSample());
    QCOMPARE(workspace().recent.files().front().path, file("view.embedscope"));
}

void TestSessionWindow::aRunFromVectorsGoesOn()
{
    QByteArray rows;
    for (const char* word : {"bright", "day", "dark", "night", "other"})
        rows += QByteArray(word) + " 0.5 -0.25 " + QByteArray::number(qHash(QByteArray(word)) % 100) + "\n";
    openFiles({write("vectors.txt", rows)});
    openFiles({write("text.tsv", sentences())});
    QTRY_VERIFY(workspace().document.hasText());
    trainTo(9);
    QVERIFY(workspace().run.prepared()->vocabulary.vectorRows == 5);
    QFile::remove(file("vectors.txt")); // going on does not need it
    save(file("s.embedscope"));
    goOnToTheEnd();
    const auto whole = tensorsOf(*session().trainer());
    startAnew(file("s.embedscope"));
    QCOMPARE(session().stepsDone(), std::int64_t(9));
    QCOMPARE(workspace().document.tableName(), QStringLiteral("vectors.txt"));
    goOnToTheEnd();
    const auto second = tensorsOf(*session().trainer());
    for (std::size_t i = 0; i < whole.size(); ++i)
        QVERIFY(whole[i] == second[i]);
}

void TestSessionWindow::anEndedRunComesBackEnded()
{
    openFiles({write("text.tsv", sentences())});
    TrainOptions options = window().training().options();
    options.epochs = 2;
    window().training().setOptions(options, StartFrom::FreshTable);
    trainTo(1);
    goOnToTheEnd();
    const auto before = tensorsOf(*session().trainer());
    save(file("s.embedscope"));
    startAnew(file("s.embedscope"));
    QTRY_COMPARE(session().state(), State::Ended);
    QVERIFY(before == tensorsOf(*session().trainer()));
    QVERIFY(!workspace().sessions.modified());
    QCOMPARE(workspace().run.epochs().size(), std::size_t(2));
}

void TestSessionWindow::savingWhileTrainingKeepsTheRunGoing()
{
    openSample();
    session().setPace(300);
    trigger("train.start");
    QTRY_VERIFY(session().stepsDone() > 5);
    save(file("s.embedscope"));
    const auto atSave = session().stepsDone();
    QTRY_VERIFY(session().stepsDone() > atSave + 5);
    QVERIFY(window().isWindowModified()); // what came since is not in the file
    const auto losses = workspace().run.steps();
    startAnew(file("s.embedscope"));
    QVERIFY(session().stepsDone() > 5);
    QVERIFY(session().stepsDone() <= atSave);
    QCOMPARE(std::ssize(workspace().run.steps()), session().stepsDone());
    // One more step is the step that the first run made.
    const auto next = session().stepsDone();
    trainTo(next + 1);
    QCOMPARE(workspace().run.steps().back().loss, losses[static_cast<std::size_t>(next)].loss);
}

void TestSessionWindow::aTableAloneComesBack()
{
    openFiles({write("small.txt", "one 1 2 3\ntwo 4 5 6\n\xff\xfe 7 8 10\nthree 1e-40 0 -1\n")});
    const auto before = workspace().document.snapshot();
    save(file("s.embedscope"));
    QFile::remove(file("small.txt")); // it is stored
    startAnew(file("s.embedscope"));
    const auto& after = workspace().document.snapshot();
    QVERIFY(Matrix(before.table->weights()) == Matrix(after.table->weights()));
    QVERIFY(before.table->vocabulary() == after.table->vocabulary());
    QVERIFY(*before.coordinates == *after.coordinates);
    QVERIFY(before.axes->components == after.axes->components);
    QCOMPARE(workspace().document.tableName(), QStringLiteral("small.txt"));
    QVERIFY(!workspace().document.hasText());
    QVERIFY(!workspace().run.hasModel());
}

void TestSessionWindow::theTitleSaysWhatIsSaved()
{
    openSample();
    QVERIFY(!window().isWindowModified());
    QVERIFY(window().windowTitle().startsWith(QStringLiteral("sample[*]")));
    trainTo(1);
    QVERIFY(window().isWindowModified());
    save(file("my work.embedscope"));
    QVERIFY(window().windowTitle().startsWith(QStringLiteral("my work[*]")));
    QVERIFY(!window().isWindowModified());
    trainTo(2);
    QVERIFY(window().isWindowModified());
    trigger("file.save_session");
    QTRY_VERIFY(!window().isWindowModified());
    QTRY_VERIFY(workspace().jobs.isIdle());
    m_application->setLanguage(QStringLiteral("zh_CN")); // asks nothing, keeps all
    QVERIFY(window().windowTitle().startsWith(QStringLiteral("my work[*]")));
    m_application->setLanguage(QStringLiteral("en"));
}

void TestSessionWindow::closingAsksWhereSomethingWouldBeLost()
{
    openSample();
    window().close();
    QVERIFY(!window().isVisible()); // a fresh table can be had again
    startAnew();
    openSample();
    trainTo(2);
    window().close();
    QVERIFY(window().isVisible());
    QVERIFY(question());
    QTest::mouseClick(question()->button(QMessageBox::Cancel), Qt::LeftButton);
    QTRY_VERIFY(!question());
    QVERIFY(window().isVisible());
    window().close();
    QVERIFY(question());
    QTest::mouseClick(question()->button(QMessageBox::Discard), Qt::LeftButton);
    QTRY_VERIFY(!window().isVisible());
}

void TestSessionWindow::closingSavesAndThenCloses()
{
    openSample();
    trainTo(1);
    save(file("s.embedscope"));
    trainTo(3);
    window().close();
    QVERIFY(question());
    QTest::mouseClick(question()->button(QMessageBox::Save), Qt::LeftButton);
    QTRY_VERIFY(!window().isVisible());
    startAnew(file("s.embedscope"));
    QCOMPARE(session().stepsDone(), std::int64_t(3));
}

void TestSessionWindow::aDamagedSessionChangesNothing()
{
    openSample();
    trainTo(2);
    save(file("s.embedscope"));
    const auto table = workspace().document.snapshot().table;
    QFile whole(file("s.embedscope"));
    QVERIFY(whole.open(QIODevice::ReadOnly));
    QByteArray bytes = whole.readAll();
    const auto at = bytes.indexOf("checkpoint.safetensors", bytes.indexOf("PK\3\4", 4000)) + 5000;
    QVERIFY(at > 5000);
    bytes[at] = static_cast<char>(bytes[at] ^ 1);
    window().openPaths({write("bad.embedscope", bytes)});
    QTRY_VERIFY(window().messages().text().contains(QStringLiteral("bad.embedscope")));
    QCOMPARE(workspace().document.snapshot().table, table);
    QCOMPARE(session().stepsDone(), std::int64_t(2));
    QCOMPARE(workspace().sessions.path(), file("s.embedscope"));
}

void TestSessionWindow::aMissingFileIsNamedAndCanBeFound()
{
    openFiles({write("text.tsv", sentences())});
    trainTo(2);
    save(file("s.embedscope"));
    QVERIFY(QDir(m_folder->path()).mkpath(QStringLiteral("away")));
    QVERIFY(QFile::rename(file("text.tsv"), file("away/other name.tsv")));
    m_application.reset();
    start();
    window().openPaths({file("s.embedscope")});
    QTRY_VERIFY(window().messages().count() > 0);
    QVERIFY2(window().messages().text().contains(QStringLiteral("needs the file %1").arg(file("text.tsv"))),
             qPrintable(window().messages().text()));
    QVERIFY(button(QStringLiteral("Find the File…")));
    QVERIFY(!workspace().document.hasTable());
    workspace().sessions.open(file("s.embedscope"), file("away/other name.tsv"));
    QTRY_COMPARE(session().state(), State::Paused);
    QCOMPARE(session().stepsDone(), std::int64_t(2));
    // Another text is not taken for it.
    write("away/other name.tsv", sentences() + "good\tmore\n");
    QSignalSpy missing(&workspace().sessions, &SessionKeeper::fileMissing);
    workspace().sessions.open(file("s.embedscope"), file("away/other name.tsv"));
    QTRY_COMPARE(missing.size(), 1);
}

void TestSessionWindow::everythingInsideNeedsNoFile()
{
    openFiles({write("text.tsv", sentences())});
    trainTo(4);
    trigger("file.keep_inside");
    QVERIFY(workspace().sessions.keepInside());
    save(file("s.embedscope"));
    goOnToTheEnd();
    const auto whole = tensorsOf(*session().trainer());
    QFile::remove(file("text.tsv"));
    startAnew(file("s.embedscope"));
    QVERIFY(window().actions().action(QStringLiteral("file.keep_inside"))->isChecked());
    goOnToTheEnd();
    QVERIFY(whole == tensorsOf(*session().trainer()));
}

void TestSessionWindow::anotherSessionForgetsTheRun()
{
    openFiles({write("small.txt", "one 1 2 3\ntwo 4 5 6\nthree 7 8 10\n")});
    save(file("table.embedscope"));
    startAnew();
    openSample();
    trainTo(2);
    workspace().sessions.open(file("table.embedscope"));
    QTRY_COMPARE(workspace().sessions.path(), file("table.embedscope"));
    QVERIFY(!workspace().run.hasModel());
    QCOMPARE(session().state(), State::Idle);
    QVERIFY(workspace().run.steps().empty());
    QVERIFY(!workspace().document.hasText());
    QCOMPARE(workspace().document.snapshot().table->rows(), Index(3));
    QVERIFY(!workspace().sessions.modified());
}

void TestSessionWindow::aCleanEndLeavesNothing()
{
    openSample();
    trainTo(3);
    session().resume();
    session().pause();
    QTRY_VERIFY(QFile::exists(workspace().autosave.path()));
    const QString path = workspace().autosave.path();
    save(file("s.embedscope")); // nothing is to be lost any more
    QTRY_VERIFY(!QFile::exists(path));
    trainTo(session().stepsDone() + 1);
    session().resume();
    QTRY_VERIFY(session().state() == State::Ended);
    QTRY_VERIFY(QFile::exists(path));
    m_application.reset();
    QVERIFY(!QFile::exists(path));
    QVERIFY(!QFile::exists(path + QStringLiteral(".lock")));
}

void TestSessionWindow::aCrashIsOfferedAndRestored()
{
    leaveCrashed();
    const QString left = m_left;
    const auto step = session().stepsDone();
    startAnew();
    QTRY_VERIFY(window().messages().count() > 0);
    QVERIFY2(window().messages().text().startsWith(
                 QStringLiteral("The last session ended unexpectedly while training (step %1, ").arg(step)),
             qPrintable(window().messages().text()));
    QVERIFY(QFile::exists(left));
    QTest::mouseClick(button(QStringLiteral("Restore")), Qt::LeftButton);
    QTRY_COMPARE(session().state(), State::Paused);
    QCOMPARE(session().stepsDone(), step);
    QVERIFY(window().isWindowModified());
    QVERIFY(workspace().sessions.path().isEmpty());
    QTRY_VERIFY(QFile::exists(workspace().autosave.path())); // ours now
    QTRY_VERIFY(!QFile::exists(left));
    trainTo(step + 1);
}

void TestSessionWindow::aLeftSessionIsDiscarded()
{
    leaveCrashed();
    const QString left = m_left;
    startAnew();
    QTRY_VERIFY(button(QStringLiteral("Discard")));
    QTest::mouseClick(button(QStringLiteral("Discard")), Qt::LeftButton);
    QVERIFY(!QFile::exists(left));
    QVERIFY(!QFile::exists(left + QStringLiteral(".lock")));
    QCOMPARE(window().messages().count(), 0);
}

void TestSessionWindow::aLivingProgramIsLeftAlone()
{
    leaveCrashed(true);
    const QString left = m_left;
    QLockFile living(left + QStringLiteral(".lock"));
    living.setStaleLockTime(0);
    QVERIFY(living.tryLock(0));
    startAnew();
    QTest::qWait(200);
    QCOMPARE(window().messages().count(), 0);
    QVERIFY(QFile::exists(left));
}

QTEST_MAIN(TestSessionWindow)
#include "tst_session_window.moc"
