// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"
#include "ui/dialogs/import_dialog.h"
#include "ui/panels/map_panel.h"
#include "ui/plot/map_view.h"
#include "ui/widgets/message_bar.h"
#include "ui/window_files.h"

#include <QComboBox>
#include <QElapsedTimer>
#include <QPushButton>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

#include <random>

using namespace embedscope;

namespace {

constexpr Index kRows = 130000;
constexpr int kDim = 50;

/// Like vectors of words: the first axis carries most of the variance.
QByteArray line(Index row, std::minstd_rand& random)
{
    QByteArray out = "w" + QByteArray::number(static_cast<qlonglong>(row));
    for (int i = 0; i < kDim; ++i) {
        const double scale = 4.0 / (1 + i);
        const double value = scale * (static_cast<double>(random() % 200000U) / 100000.0 - 1.0);
        out += ' ' + QByteArray::number(value, 'f', 6);
    }
    return out + '\n';
}

void writeRows(const QString& path, Index rows, Index damaged = -1)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        qFatal("the test cannot write");
    std::minstd_rand random(7);
    for (Index row = 0; row < rows; ++row)
        file.write(row == damaged ? QByteArray("no row\n") : line(row, random));
}

} // namespace

/// Files that must be asked about, and files so large that they are shown before they are read.
class TestLargeFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void theFirstRowsShowBeforeTheRest();
    void selectionAndViewStay();
    void cancelKeepsTheFirstRows();
    void anErrorInTheRestKeepsTheFirstRows();
    void trainingMeanwhileIsNotOverwritten();
    void anotherFileMeanwhileIsNotOverwritten();
    void aDamagedFileIsAskedAbout();
    void anUnreadableFileHasAWayToThePreview();
    void aChosenLimitIsShown();
    void smallFilesOpenDirectly();

private:
    Workspace& workspace() { return m_application->workspace(); }
    Document& document() { return workspace().document; }
    MainWindow& window() { return m_application->window(); }
    [[nodiscard]] Index rows() { return document().hasTable() ? document().snapshot().table->rows() : 0; }
    /// Opens the large file and calls `then` as soon as its first rows show.
    template <class Then>
    void openLarge(Then then);
    QString write(const char* name, const QByteArray& content) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_large;
    std::unique_ptr<Application> m_application;
};

void TestLargeFiles::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QFile::remove(AppSettings::defaultFile());
    m_folder = std::make_unique<QTemporaryDir>();
    m_large = m_folder->filePath(QStringLiteral("large.txt"));
    writeRows(m_large, kRows);
    QVERIFY(QFileInfo(m_large).size() > 60'000'000);
}

void TestLargeFiles::init()
{
    m_application = std::make_unique<Application>(qApp);
    m_application->open({.language = QStringLiteral("en"), .theme = QStringLiteral("light")});
    QVERIFY(QTest::qWaitForWindowExposed(&window()));
}

void TestLargeFiles::cleanup()
{
    m_application.reset();
}

QString TestLargeFiles::write(const char* name, const QByteArray& content) const
{
    QFile file(m_folder->filePath(QLatin1String(name)));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("the test cannot write");
    return file.fileName();
}

template <class Then>
void TestLargeFiles::openLarge(Then then)
{
    bool first = true;
    QObject context;
    connect(
        &document(), &Document::opened, &context,
        [&] {
            if (std::exchange(first, false))
                then();
        },
        Qt::DirectConnection);
    window().openPaths({m_large});
    QTRY_VERIFY(!first);
}

void TestLargeFiles::theFirstRowsShowBeforeTheRest()
{
    QElapsedTimer clock;
    clock.start();
    qint64 firstPicture = 0;
    openLarge([&] {
        firstPicture = clock.elapsed();
        QCOMPARE(rows(), kFirstRows);
        QCOMPARE(document().rest(), RestLoader::State::Loading);
        QCOMPARE(document().limitNote(), QStringLiteral("first 10,000 rows, loading the rest"));
        QVERIFY(document().tablePath().isEmpty());
        QCOMPARE(window().messages().count(), 0);
    });
    QTRY_COMPARE_WITH_TIMEOUT(rows(), kRows, 60000);
    const qint64 whole = clock.elapsed();
    qInfo("60 MB of text: first picture after %lld ms, all rows after %lld ms", firstPicture, whole);
    QVERIFY(firstPicture < whole);
    QCOMPARE(document().rest(), RestLoader::State::None);
    QCOMPARE(document().limitNote(), QString());
    QCOMPARE(document().tablePath(), m_large);
    QCOMPARE(document().snapshot().coordinates->rows(), kRows);
    QCOMPARE(workspace().recent.files().front().path, m_large);
    QVERIFY(!window().isWindowModified()); // nothing to lose: the file has it
}

void TestLargeFiles::selectionAndViewStay()
{
    MapView& map = window().map().view();
    std::optional<QPointF> before;
    constexpr Index kRow = 4321;
    openLarge([&] {
        workspace().selection.select(kRow);
        map.zoom(6);
        workspace().selection.select(std::nullopt);
        workspace().selection.select(kRow); // brought into view
        before = map.pixelOf(kRow);
    });
    const double magnification = map.viewport().magnification();
    QVERIFY(before && map.viewport().area().contains(*before));
    QTRY_COMPARE_WITH_TIMEOUT(rows(), kRows, 60000);
    QCOMPARE(workspace().selection.selected(), std::optional(kRow));
    QCOMPARE(document().snapshot().table->vocabulary()[kRow], std::string_view("w4321"));
    const auto after = map.pixelOf(kRow);
    QVERIFY(after);
    QVERIFY2((*after - *before).manhattanLength() < 2, qPrintable(QString::number((*after - *before).x())));
    QVERIFY(std::abs(map.viewport().magnification() / magnification - 1) < 0.01);
}

void TestLargeFiles::cancelKeepsTheFirstRows()
{
    openLarge([&] { workspace().jobs.cancelAll(); });
    QTRY_COMPARE(document().rest(), RestLoader::State::Cancelled);
    QCOMPARE(rows(), kFirstRows);
    QCOMPARE(document().limitNote(), QStringLiteral("first 10,000 rows"));
    QVERIFY(window().messages().text().contains(QStringLiteral("only the first 10,000 rows of large.txt are open")));
    document().loadRest();
    QCOMPARE(document().rest(), RestLoader::State::Loading);
    QTRY_COMPARE_WITH_TIMEOUT(rows(), kRows, 60000);
}

void TestLargeFiles::anErrorInTheRestKeepsTheFirstRows()
{
    const QString path = m_folder->filePath(QStringLiteral("damaged-late.txt"));
    writeRows(path, 60000, 50000);
    window().openPaths({path});
    QTRY_COMPARE_WITH_TIMEOUT(document().rest(), RestLoader::State::Failed, 60000);
    QCOMPARE(rows(), kFirstRows);
    QVERIFY(window().messages().text().contains(QStringLiteral("line 50001")));
    QVERIFY(window().messages().text().contains(QStringLiteral("The first 10,000 rows stay open.")));
    QVERIFY(document().tablePath().isEmpty());
}

void TestLargeFiles::trainingMeanwhileIsNotOverwritten()
{
    document().openText(write("text.tsv", "a\tw1 w2\nb\tw3 w4\na\tw1 w5\nb\tw3 w6\n"));
    QTRY_VERIFY(document().hasText());
    QTRY_VERIFY(workspace().jobs.isIdle());
    openLarge([&] {
        TrainOptions options;
        options.epochs = 2;
        workspace().run.begin(options, StartFrom::OpenTable, TrainingSession::State::Paused);
        QVERIFY(window().messages().text().contains(QStringLiteral("Training starts from the rows that are open")));
    });
    QCOMPARE(document().rest(), RestLoader::State::None);
    QTRY_COMPARE(document().origin(), Document::Origin::Trained);
    QTRY_VERIFY(workspace().jobs.isIdle());
    QTest::qWait(50);
    QCOMPARE(document().origin(), Document::Origin::Trained);
    // Words of the text and rows of the first picture; the rest of the file is nowhere.
    QCOMPARE(rows(), workspace().run.prepared()->vocabulary.vocabulary.size());
    QVERIFY(rows() < kRows);
}

void TestLargeFiles::anotherFileMeanwhileIsNotOverwritten()
{
    const QString small = write("small.txt", "one 1 2 3\ntwo 4 5 6\nthree 7 8 10\n");
    openLarge([&] { window().openPaths({small}); });
    QTRY_COMPARE(rows(), Index(3));
    QTRY_VERIFY(workspace().jobs.isIdle());
    QCOMPARE(rows(), Index(3));
    QCOMPARE(document().rest(), RestLoader::State::None);
    QCOMPARE(document().tablePath(), small);
}

void TestLargeFiles::aDamagedFileIsAskedAbout()
{
    document().openSample();
    QTRY_VERIFY(document().hasTable());
    QTRY_VERIFY(workspace().jobs.isIdle());
    const auto before = document().snapshot().table;
    window().openPaths({write("bad.txt", "a 1 2 3\nb 1 2 3\nc 1\nd 1 2 3\n")});
    QTRY_VERIFY(window().findChild<ImportDialog*>());
    auto* dialog = window().findChild<ImportDialog*>();
    QCOMPARE(dialog->windowTitle(), QStringLiteral("bad.txt"));
    QTRY_VERIFY(dialog->preview().problem());
    dialog->reject();
    QTRY_VERIFY(!window().findChild<ImportDialog*>());
    QCOMPARE(document().snapshot().table, before);
    QCOMPARE(window().messages().count(), 0);
}

void TestLargeFiles::anUnreadableFileHasAWayToThePreview()
{
    window().openPaths({write("prose.txt", "Once upon a time there was a word.\n")});
    QTRY_VERIFY(window().messages().count() > 0);
    QVERIFY(!window().findChild<ImportDialog*>());
    auto buttons = window().messages().findChildren<QPushButton*>();
    const auto way = std::find_if(buttons.begin(), buttons.end(), [](const QPushButton* button) {
        return button->isVisible() && button->text() == QStringLiteral("Preview…");
    });
    QVERIFY(way != buttons.end());
    (*way)->click();
    QTRY_VERIFY(window().findChild<ImportDialog*>());
    QTRY_VERIFY(window().findChild<ImportDialog*>()->preview().problem());
}

void TestLargeFiles::aChosenLimitIsShown()
{
    QByteArray content;
    for (int i = 0; i < 50; ++i)
        content += "w" + QByteArray::number(i) + ' ' + QByteArray::number(i % 7) + " 2 3\n";
    window().files().preview(write("fifty.txt", content), {.limit = 30});
    QTRY_VERIFY(window().findChild<ImportDialog*>()->preview().canOpen());
    window().findChild<ImportDialog*>()->accept();
    QTRY_COMPARE(rows(), Index(30));
    QCOMPARE(document().rest(), RestLoader::State::None);
    QCOMPARE(document().limitNote(), QStringLiteral("first 30 rows"));
    QVERIFY(document().tablePath().isEmpty()); // the file alone would give other numbers
}

void TestLargeFiles::smallFilesOpenDirectly()
{
    window().openPaths({write("direct.txt", "one 1 2 3\ntwo 4 5 6\nthree 7 8 10\n")});
    QTRY_COMPARE(rows(), Index(3));
    QVERIFY(!window().findChild<ImportDialog*>());
    QVERIFY(window().actions().action(QStringLiteral("table.report"))->isEnabled());
    QCOMPARE(window().messages().count(), 0);
}

QTEST_MAIN(TestLargeFiles)
#include "tst_large_files.moc"
