// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/pca_tools.h"
#include "ui/jobs/job_runner.h"
#include "ui/panels/map_run_controls.h"
#include "ui/panels/map_settings.h"
#include "ui/panels/pca_section.h"
#include "ui/panels/tsne_section.h"
#include "ui/panels/umap_section.h"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QtTest>

using namespace embedscope;

namespace {

template <class Editor>
Editor* editor(QWidget& parent, const char* name)
{
    for (Editor* found : parent.findChildren<Editor*>())
        if (found->accessibleName() == QLatin1String(name))
            return found;
    return nullptr;
}

} // namespace

class TestMapSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsTheDefaultsOfTheCore();
    void everySettingGoesThereAndBack();
    void editingChangesTheOptionsOfTheRun();
    void sharedSettingsAreSharedByBothMethods();
    void everyEditorHasANameAndAHelp();
    void spectralStartIsForUmapAlone();
    void leastDistanceStaysBelowTheSpread();
    void loadingsAreSortedBySizeAndSigned();
    void theFirstComponentsCanBeLeftOut();
};

void TestMapSettings::showsTheDefaultsOfTheCore()
{
    MapOptions options;
    TsneSection tsne;
    tsne.fill(options);
    UmapSection umap;
    umap.fill(options);
    QVERIFY(options == MapOptions());
}

void TestMapSettings::everySettingGoesThereAndBack()
{
    MapOptions wanted;
    wanted.metric = Metric::Cosine;
    wanted.neighbors = NeighborSearch::Approximate;
    wanted.pca_dims = 20;
    wanted.init = MapInit::Random;
    wanted.seed = 7;
    wanted.tsne = {.perplexity = 12.5,
                   .iterations = 400,
                   .early_exaggeration = 6,
                   .early_exaggeration_iter = 100,
                   .exaggeration = 2,
                   .learning_rate = 200,
                   .momentum = 0.5,
                   .supervision = 0.25};
    wanted.umap = {.n_neighbors = 30,
                   .min_dist = 0.25,
                   .spread = 1.5,
                   .n_epochs = 300,
                   .learning_rate = 0.5,
                   .negative_sample_rate = 8,
                   .repulsion_strength = 2,
                   .set_op_mix_ratio = 0.5,
                   .local_connectivity = 2};
    TsneSection tsne;
    tsne.setLabelColumns({QStringLiteral("class")}, {});
    tsne.setOptions(wanted);
    UmapSection umap;
    umap.setOptions(wanted);
    MapOptions read;
    tsne.fill(read);
    umap.fill(read);
    QVERIFY(read == wanted);
}

void TestMapSettings::editingChangesTheOptionsOfTheRun()
{
    JobRunner jobs;
    Document document(&jobs);
    MapRun run(&document, &jobs);
    MapSettings settings(&document, &run);
    settings.setKind(MapKind::Tsne);
    QSignalSpy changed(&run, &MapRun::optionsChanged);
    editor<QDoubleSpinBox>(settings.tsne(), "Perplexity")->setValue(50);
    QCOMPARE(run.options().tsne.perplexity, 50.0);
    QCOMPARE(changed.count(), 1);
    MapOptions options = run.options();
    options.tsne.perplexity = 8;
    run.setOptions(options);
    QCOMPARE(editor<QDoubleSpinBox>(settings.tsne(), "Perplexity")->value(), 8.0);
}

void TestMapSettings::sharedSettingsAreSharedByBothMethods()
{
    JobRunner jobs;
    Document document(&jobs);
    MapRun run(&document, &jobs);
    MapSettings settings(&document, &run);
    settings.setKind(MapKind::Tsne);
    auto* metric = editor<QComboBox>(settings.tsne(), "Metric");
    metric->setCurrentIndex(metric->findText(QStringLiteral("Cosine")));
    settings.setKind(MapKind::Umap);
    QCOMPARE(run.options().method, MapMethod::Umap);
    QCOMPARE(editor<QComboBox>(settings.umap(), "Metric")->currentText(), QStringLiteral("Cosine"));
}

void TestMapSettings::everyEditorHasANameAndAHelp()
{
    TsneSection tsne;
    UmapSection umap;
    int editors = 0;
    for (QWidget* section : std::initializer_list<QWidget*>{&tsne, &umap})
        for (QWidget* found : section->findChildren<QWidget*>()) {
            if (qobject_cast<QAbstractSpinBox*>(found) == nullptr && qobject_cast<QComboBox*>(found) == nullptr)
                continue;
            ++editors;
            QVERIFY(!found->accessibleName().isEmpty());
            QVERIFY2(found->toolTip().contains(QLatin1String("Technical name")), qPrintable(found->accessibleName()));
            QVERIFY2(found->toolTip().contains(QLatin1String("Takes effect")), qPrintable(found->accessibleName()));
        }
    QCOMPARE(editors, 10 + 10 + 2 * 4);
}

void TestMapSettings::spectralStartIsForUmapAlone()
{
    MapOptions options;
    options.init = MapInit::Spectral;
    UmapSection umap;
    umap.setOptions(options);
    MapOptions read;
    umap.fill(read);
    QCOMPARE(read.init, MapInit::Spectral);
    TsneSection tsne;
    auto* start = editor<QComboBox>(tsne, "Start");
    QVERIFY(!(start->model()->flags(start->model()->index(start->findText(QStringLiteral("Spectral")), 0)) &
              Qt::ItemIsEnabled));
}

void TestMapSettings::leastDistanceStaysBelowTheSpread()
{
    UmapSection umap;
    editor<QDoubleSpinBox>(umap, "Spread")->setValue(0.5);
    editor<QDoubleSpinBox>(umap, "Least distance")->setValue(2);
    MapOptions read;
    umap.fill(read);
    QCOMPARE(read.umap.min_dist, 0.5);
}

void TestMapSettings::loadingsAreSortedBySizeAndSigned()
{
    Pca pca;
    pca.components.resize(1, 3);
    pca.components << 0.1F, -0.9F, 0.4F;
    QCOMPARE(loadingsText(pca, 0), QStringLiteral("dimension 1: %10.900\ndimension 2: +0.400\ndimension 0: +0.100")
                                       .replace(QLatin1String("%1"), QString(QChar(0x2212))));
    QVERIFY(loadingsText(pca, 1).isEmpty());
}

void TestMapSettings::theFirstComponentsCanBeLeftOut()
{
    JobRunner jobs;
    Document document(&jobs);
    PcaMap map(&document, &jobs);
    PcaSection section(&map);
    Vocabulary words;
    Matrix weights = Matrix::Random(40, 8);
    for (Index row = 0; row < weights.rows(); ++row)
        words.add("w" + std::to_string(row));
    auto table = EmbeddingTable::create(weights, std::move(words));
    Progress progress;
    document.setTable(*snapshotOf(*std::move(table), nullptr, {}, progress), Document::Origin::File,
                      QStringLiteral("table"));
    map.setWantsAll(true);
    QTRY_VERIFY(map.hasAll());
    auto* removed = editor<QSpinBox>(section, "Without the first");
    QVERIFY(removed != nullptr);
    QTRY_COMPARE(removed->maximum(), 5);
    removed->setValue(3);
    QCOMPARE(map.axes().components, (std::array<Index, 3>{3, 4, 5}));
    // The same places as those of the rows without their mean and first three components.
    QTRY_COMPARE(map.shownAxes().components[0], 3);
    const auto rest = fitPca(*allButTheTop(weights, 3, {}, progress), 2, {}, progress);
    const Matrix places = rest->project(*allButTheTop(weights, 3, {}, progress));
    QVERIFY((map.coordinates()->cwiseAbs() - places.cwiseAbs()).cwiseAbs().maxCoeff() < 1e-4F);
}

QTEST_MAIN(TestMapSettings)
#include "tst_map_settings.moc"
