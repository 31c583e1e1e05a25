// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"
#include "core/base/random.h"
#include "core/project/map_settings.h"
#include "ui/panels/map_colours.h"
#include "ui/panels/map_honesty.h"
#include "ui/panels/map_panel.h"
#include "ui/panels/map_run_controls.h"
#include "ui/panels/map_settings.h"
#include "ui/plot/map_view.h"
#include "ui/window_figures.h"

#include <QComboBox>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

#include <cmath>

using namespace embedscope;

namespace {

/// Points around `centres` centres, as words have topics.
TableSnapshot mixture(Index rows, Index dim, int centres)
{
    Random random(7);
    Matrix middle(centres, dim);
    for (float& value : middle.reshaped<Eigen::RowMajor>())
        value = static_cast<float>(random.normal()) * 3;
    Matrix weights(rows, dim);
    Vocabulary words;
    NumberColumn count{"count", {}};
    for (Index row = 0; row < rows; ++row) {
        for (Index d = 0; d < dim; ++d)
            weights(row, d) = middle(row % centres, d) + static_cast<float>(random.normal());
        words.add("w" + std::to_string(row));
        count.values.push_back(static_cast<double>(rows - row));
    }
    auto table = EmbeddingTable::create(std::move(weights), std::move(words));
    table->addColumn(std::move(count));
    Progress progress;
    return *snapshotOf(std::move(*table), nullptr, {}, progress);
}

} // namespace

/// Maps in the window: chosen, made, kept, and never in the way.
class TestMapWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void choosingAMethodStartsItAndShowsItsSettings();
    void aLargeTableWaitsForRun();
    void changedSettingsAreSaidOnTheBadge();
    void mapsOnlyTheChosenRows();
    void axesOfOnesOwn();
    void otherComponentsOnTheAxes();
    void sessionsKeepTheMap();
    void trainedNumbersMakeAMapOld();
    void filesSayHowTheMapWasMade();
    void qualityColoursFollowTheMap();
    void theEventLoopIsNeverHeldUp();

private:
    Workspace& workspace() { return m_application->workspace(); }
    MainWindow& window() { return m_application->window(); }
    MapPanel& map() { return window().map(); }
    MapRun& run() { return workspace().maps; }
    QAction& action(const char* id) { return *window().actions().action(QString::fromLatin1(id)); }
    void show(Index rows)
    {
        workspace().document.setTable(mixture(rows, 20, 5), Document::Origin::File, QStringLiteral("mixture"));
    }
    void makeTsne(Index rows);

    std::unique_ptr<Application> m_application;
    QTemporaryDir m_folder;
};

void TestMapWindow::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QFile::remove(AppSettings::defaultFile());
}

void TestMapWindow::init()
{
    m_application = std::make_unique<Application>(qApp);
    m_application->open({.language = QStringLiteral("en"), .theme = QStringLiteral("light")});
    QVERIFY(QTest::qWaitForWindowExposed(&window()));
}

void TestMapWindow::cleanup()
{
    m_application.reset();
}

void TestMapWindow::makeTsne(Index rows)
{
    show(rows);
    MapOptions options = run().options();
    options.tsne.iterations = 60;
    run().setOptions(options);
    action("map.tsne").trigger();
    QTRY_VERIFY_WITH_TIMEOUT(!run().active(), 30000);
    QVERIFY(run().map(MapMethod::Tsne) != nullptr);
}

void TestMapWindow::choosingAMethodStartsItAndShowsItsSettings()
{
    show(300);
    QVERIFY(map().badge().startsWith(QLatin1String("PCA")));
    QVERIFY(!map().settings().isVisible());
    QVERIFY(!action("map.run").isEnabled());
    action("map.tsne").trigger();
    QVERIFY(run().active());
    QVERIFY(map().settings().isVisible());
    QVERIFY(action("map.tsne").isChecked());
    QTRY_VERIFY_WITH_TIMEOUT(!run().active(), 30000);
    const QString badge = map().badge();
    for (const char* fact :
         {"t-SNE", "Euclidean", "perplexity 30", "seed 0", "1,000 iterations", "300 of 300 rows", "exact neighbours"})
        QVERIFY2(badge.contains(QLatin1String(fact)), qPrintable(badge));
    action("map.pca").trigger();
    QVERIFY(map().badge().startsWith(QLatin1String("PCA")));
    action("map.tsne").trigger();
    QVERIFY(!run().active()); // it is there already
    QCOMPARE(map().badge(), badge);
}

void TestMapWindow::aLargeTableWaitsForRun()
{
    show(MapRunControls::kStartsAtOnce + 1);
    action("map.umap").trigger();
    QVERIFY(!run().active());
    QVERIFY(map().settings().controls().stateText().contains(QLatin1String("20,000")));
    QVERIFY(map().badge().startsWith(QLatin1String("PCA")));
    action("map.run").trigger();
    QVERIFY(run().active());
    run().cancel();
    QTRY_VERIFY_WITH_TIMEOUT(!run().active(), 30000);
    QVERIFY(map().badge().startsWith(QLatin1String("PCA")));
}

void TestMapWindow::changedSettingsAreSaidOnTheBadge()
{
    makeTsne(300);
    QVERIFY(!map().badge().contains(QLatin1String("settings changed")));
    MapOptions options = run().options();
    options.tsne.perplexity = 12;
    run().setOptions(options);
    QVERIFY(map().badge().contains(QLatin1String("settings changed")));
    QVERIFY(map().badge().contains(QLatin1String("perplexity 30"))); // what it was made by
    action("map.run").trigger();
    QTRY_VERIFY_WITH_TIMEOUT(!run().active(), 30000);
    QVERIFY(map().badge().contains(QLatin1String("perplexity 12")));
    QVERIFY(!map().badge().contains(QLatin1String("settings changed")));
}

void TestMapWindow::mapsOnlyTheChosenRows()
{
    makeTsne(300);
    QVERIFY(!action("map.isolate").isEnabled());
    std::vector<Index> rows;
    for (Index row = 0; row < 100; ++row)
        rows.push_back(row * 3);
    workspace().selection.setRows(rows);
    action("map.isolate").trigger();
    QVERIFY(run().active());
    QTRY_VERIFY_WITH_TIMEOUT(!run().active(), 30000);
    QVERIFY2(map().badge().contains(QLatin1String("100 of 300 rows")), qPrintable(map().badge()));
    QVERIFY(!map().view().pixelOf(1));
    QVERIFY(map().view().pixelOf(3));
    action("map.pca").trigger();
    QTRY_VERIFY(map().badge().contains(QLatin1String("100 of 300 rows")));
    action("map.all_rows").trigger();
    QTRY_VERIFY(map().badge().contains(QLatin1String("300 of 300 rows")));
}

void TestMapWindow::axesOfOnesOwn()
{
    show(300);
    action("map.axes").trigger();
    QTRY_VERIFY(workspace().axes.coordinates());
    workspace().axes.setAxis(
        0, {.kind = AxisSpec::Kind::Direction, .formula = QStringLiteral("w0 -> w1"), .dimension = 0, .column = {}});
    workspace().axes.setAxis(1, {.kind = AxisSpec::Kind::Column, .formula = {}, .dimension = 0, .column = "count"});
    QTRY_COMPARE(workspace().axes.title(1), QStringLiteral("count"));
    const Matrix& places = *workspace().axes.coordinates();
    const auto& weights = workspace().document.snapshot().table->weights();
    const float distance = (weights.row(1) - weights.row(0)).norm();
    QVERIFY(std::abs(places(0, 0) + distance / 2) < 1e-4F * distance);
    QVERIFY(std::abs(places(1, 0) - distance / 2) < 1e-4F * distance);
    QCOMPARE(places(10, 1), 290.0F);
    workspace().axes.setAxis(
        0, {.kind = AxisSpec::Kind::Direction, .formula = QStringLiteral("nosuchword"), .dimension = 0, .column = {}});
    QTRY_VERIFY(workspace().axes.error(0).has_value());
    QCOMPARE(workspace().axes.coordinates().get(), &places); // the map of before stays
}

void TestMapWindow::otherComponentsOnTheAxes()
{
    show(300);
    PcaAxes axes = workspace().pca.axes();
    axes.components = {2, 4, 0};
    workspace().pca.setAxes(axes);
    QTRY_VERIFY(workspace().pca.shownAxes() == axes);
    Progress progress;
    const auto all = fitPca(workspace().document.snapshot().table->weights(), 5, {}, progress);
    const Matrix expected = all->project(workspace().document.snapshot().table->weights());
    QVERIFY(workspace().pca.coordinates()->col(0).isApprox(expected.col(2), 1e-4F));
    QVERIFY(workspace().pca.coordinates()->col(1).isApprox(expected.col(4), 1e-4F));
    axes.whiten = true;
    axes.dims = 3;
    workspace().pca.setAxes(axes);
    QTRY_VERIFY(workspace().pca.shownAxes() == axes);
    for (Index axis = 0; axis < 3; ++axis) {
        const auto column = workspace().pca.coordinates()->col(axis);
        QVERIFY(std::abs(column.squaredNorm() / 299 - 1) < 1e-3F);
    }
    QVERIFY(map().view().isSolid());
}

void TestMapWindow::sessionsKeepTheMap()
{
    makeTsne(300);
    const Matrix places = *run().map(MapMethod::Tsne)->frame.coordinates;
    const QString badge = map().badge();
    const QString path = m_folder.filePath(QStringLiteral("maps.embedscope"));
    workspace().sessions.save(path);
    QTRY_VERIFY(workspace().jobs.isIdle());
    workspace().document.setTable(mixture(50, 5, 2), Document::Origin::File, QStringLiteral("other"));
    QVERIFY(run().map(MapMethod::Tsne) == nullptr);
    workspace().sessions.open(path);
    QTRY_VERIFY(run().map(MapMethod::Tsne) != nullptr);
    QVERIFY(*run().map(MapMethod::Tsne)->frame.coordinates == places);
    QTRY_COMPARE(map().badge(), badge);
    QVERIFY(!run().active());
}

void TestMapWindow::trainedNumbersMakeAMapOld()
{
    makeTsne(300);
    TableSnapshot trained = mixture(300, 20, 4);
    workspace().document.setWeights(std::move(trained));
    QVERIFY2(map().badge().contains(QLatin1String("of the table before it changed")), qPrintable(map().badge()));
}

/// Longest time between two beats of a timer of 5 ms while a t-SNE map of 50,000 rows is made and shown.
void TestMapWindow::filesSayHowTheMapWasMade()
{
    show(300);
    Fields settings = figureSettings(workspace().document, map());
    QCOMPARE(settings["method"], std::string("pca"));
    QCOMPARE(settings["components"], std::string("1 2"));
    QCOMPARE(settings["rows"], std::string("300"));
    MapOptions options;
    options.metric = Metric::Cosine;
    options.seed = 7;
    options.tsne.perplexity = 12;
    options.tsne.iterations = 60;
    run().setOptions(options);
    map().setKind(MapKind::Tsne);
    QTRY_VERIFY(!run().active() && run().map(MapMethod::Tsne) != nullptr);
    settings = figureSettings(workspace().document, map());
    for (const auto& [name, value] : mapSettings(run().map(MapMethod::Tsne)->frame.options))
        QCOMPARE(settings[name], value);
    QCOMPARE(settings["perplexity"], std::string("12"));
    QCOMPARE(settings["metric"], std::string("cosine"));
    QCOMPARE(settings["seed"], std::string("7"));
    QCOMPARE(settings["iterations_done"], std::string("60"));
    QCOMPARE(settings["neighbors_kind"], std::string("exact"));
    QCOMPARE(settings["file"], std::string("mixture"));
    QVERIFY(!settings["version"].empty());
    // What is chosen for the next map is not what this one was made with.
    options.tsne.perplexity = 20;
    run().setOptions(options);
    const FigureText text = figureText(workspace().document, map());
    QVERIFY2(text.description.contains(QStringLiteral("perplexity=12,")), qPrintable(text.description));
}

void TestMapWindow::qualityColoursFollowTheMap()
{
    show(300);
    auto* honesty = map().findChild<MapHonesty*>();
    QTRY_VERIFY(workspace().quality.quality() != nullptr && !workspace().quality.isStale());
    const auto* box = map().colours().findChild<QComboBox*>();
    const int choices = box->count();
    const QString before = box->currentText();
    honesty->colourBy(MapQualityRun::Figure::Kept);
    QCOMPARE(box->currentText(), QStringLiteral("Colour: true neighbours kept"));
    QCOMPARE(box->count(), choices + 1);
    QSignalSpy colours(&map().view(), &MapView::classesChanged); // told at each new colouring
    const auto judgeAgain = [this] {
        const auto last = workspace().quality.quality();
        workspace().quality.judge();
        return QTest::qWaitFor([&] { return workspace().quality.quality() != last; });
    };
    QVERIFY(judgeAgain());
    QVERIFY(!colours.empty());
    map().colours().setColour(QStringLiteral("norm"));
    QCOMPARE(box->count(), choices);
    QCOMPARE(box->currentText(), before);
    colours.clear();
    QVERIFY(judgeAgain());
    QCOMPARE(colours.size(), 0); // no longer followed
    // Another map is judged anew, and shown in the colours of that judgement.
    honesty->colourBy(MapQualityRun::Figure::Kept);
    colours.clear();
    const auto judged = workspace().quality.quality();
    PcaAxes axes = workspace().pca.axes();
    axes.components = {3, 4, 5};
    workspace().pca.setAxes(axes);
    QTRY_VERIFY(workspace().quality.quality() != judged && !workspace().quality.isStale());
    QTRY_VERIFY(!colours.empty());
    QCOMPARE(box->currentText(), QStringLiteral("Colour: true neighbours kept"));
}

void TestMapWindow::theEventLoopIsNeverHeldUp()
{
    constexpr qint64 kLongestPause = 50;
    constexpr int kWatched = 6000;
    workspace().document.setTable(mixture(50000, 50, 20), Document::Origin::File, QStringLiteral("mixture"));
    QTest::qWait(1000);
    int frames = 0;
    connect(&run(), &MapRun::frameChanged, this, [&frames] { ++frames; });
    action("map.tsne").trigger();
    QElapsedTimer sinceBeat;
    qint64 longest = 0;
    QTimer heart;
    heart.setTimerType(Qt::PreciseTimer);
    connect(&heart, &QTimer::timeout, this, [&] { longest = std::max(longest, sinceBeat.restart()); });
    sinceBeat.start();
    heart.start(5);
    action("map.run").trigger();
    QTRY_VERIFY_WITH_TIMEOUT(frames > 2, 60000); // neighbours are found meanwhile
    QTest::qWait(kWatched);
    qInfo("longest pause %lld ms, %d frames", longest, frames);
    QVERIFY(run().active());
    QVERIFY(frames > 10);
    QVERIFY2(longest <= kLongestPause, qPrintable(QString::number(longest)));
    run().cancel();
    QTRY_VERIFY_WITH_TIMEOUT(!run().active(), 5000);
}

QTEST_MAIN(TestMapWindow)
#include "tst_map_window.moc"
