// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/umap_section.h"

#include "ui/panels/map_form.h"
#include "ui/panels/map_points_section.h"
#include "ui/panels/option_editors.h"
#include "ui/widgets/fold_section.h"
#include "ui/widgets/form_row.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLocale>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace embedscope {

namespace {
constexpr int kMostEpochs = 1000000;
} // namespace

UmapSection::UmapSection(QWidget* parent)
    : QWidget(parent)
{
    createEditors();
    auto* column = formColumn(this);
    addMapRow(column, tr("Neighbours"), m_neighbors,
              tr("How many neighbours make up a point's surroundings, itself included. Small values show detail, large "
                 "ones the overall shape."),
              QStringLiteral("n_neighbors"), MapEffect::WithGoOn);
    addMapRow(column, tr("Least distance"), m_minDist,
              tr("How close points may lie on the map. Small values draw tight clumps; not above the spread."),
              QStringLiteral("min_dist"), MapEffect::WithGoOn);
    addMapRow(column, tr("Metric"), m_metric, tr("How far two vectors are apart."), QStringLiteral("metric"),
              MapEffect::WithGoOn);
    m_more = new FoldSection(tr("More"), createMore());
    column->addWidget(m_more);
    connectEditors();
    setOptions({});
}

void UmapSection::createEditors()
{
    m_neighbors = wholeNumber(2, 1000, 15);
    m_minDist = realNumber(0, 10, 3, 0.1);
    m_metric = metricChoice();
    m_spread = realNumber(0.01, 10, 2, 1);
    m_epochs = wholeNumber(0, kMostEpochs, 0);
    m_epochs->setSpecialValueText(tr("automatic"));
    m_learningRate = realNumber(0.001, 100, 3, 1);
    m_negative = realNumber(0, 100, 1, 5);
    m_repulsion = realNumber(0, 100, 2, 1);
    m_mix = realNumber(0, 1, 2, 1);
    m_connectivity = realNumber(0, 100, 1, 1);
    m_points = new MapPointsSection;
    m_points->setMethod(MapMethod::Umap);
}

QWidget* UmapSection::createMore()
{
    auto* more = new QWidget;
    auto* column = formColumn(more);
    addMapRow(column, tr("Spread"), m_spread, tr("The scale of the map, by which the least distance is measured."),
              QStringLiteral("spread"), MapEffect::WithGoOn);
    addMapRow(column, tr("Epochs"), m_epochs,
              tr("How long the points move. Automatic: 500 for up to 10,000 points, 200 for more."),
              QStringLiteral("n_epochs"), MapEffect::WithGoOn);
    addMapRow(column, tr("Learning rate"), m_learningRate, tr("How far the points move at first; it falls to 0."),
              QStringLiteral("learning_rate"), MapEffect::WithGoOn);
    addMapRow(column, tr("Negative samples"), m_negative,
              tr("How many chance points push a point away for each neighbour that attracts it."),
              QStringLiteral("negative_sample_rate"), MapEffect::WithGoOn);
    addMapRow(column, tr("Repulsion"), m_repulsion, tr("How strongly they do."), QStringLiteral("repulsion_strength"),
              MapEffect::WithGoOn);
    addMapRow(column, tr("Union"), m_mix,
              tr("1: a point is a neighbour where either of two says so; 0: only where both do."),
              QStringLiteral("set_op_mix_ratio"), MapEffect::WithRun);
    addMapRow(column, tr("Local connectivity"), m_connectivity,
              tr("How many nearest neighbours count as fully connected."), QStringLiteral("local_connectivity"),
              MapEffect::WithRun);
    column->addWidget(m_points);
    return more;
}

void UmapSection::connectEditors()
{
    const auto changed = [this] {
        m_minDist->setMaximum(m_spread->value());
        showSummary();
        Q_EMIT edited();
    };
    for (QDoubleSpinBox* box : {m_minDist, m_spread, m_learningRate, m_negative, m_repulsion, m_mix, m_connectivity})
        connect(box, &QDoubleSpinBox::valueChanged, this, changed);
    for (QSpinBox* box : {m_neighbors, m_epochs})
        connect(box, &QSpinBox::valueChanged, this, changed);
    connect(m_metric, &QComboBox::currentIndexChanged, this, changed);
    connect(m_points, &MapPointsSection::edited, this, changed);
}

void UmapSection::fill(MapOptions& options) const
{
    options.metric = static_cast<Metric>(m_metric->currentData().toInt());
    m_points->fill(options);
    UmapOptions& umap = options.umap;
    umap.n_neighbors = m_neighbors->value();
    umap.min_dist = m_minDist->value();
    umap.spread = m_spread->value();
    umap.n_epochs = m_epochs->value();
    umap.learning_rate = m_learningRate->value();
    umap.negative_sample_rate = m_negative->value();
    umap.repulsion_strength = m_repulsion->value();
    umap.set_op_mix_ratio = m_mix->value();
    umap.local_connectivity = m_connectivity->value();
}

void UmapSection::setOptions(const MapOptions& options)
{
    const QSignalBlocker quiet(this);
    m_metric->setCurrentIndex(m_metric->findData(static_cast<int>(options.metric)));
    m_points->setOptions(options);
    const UmapOptions& umap = options.umap;
    m_neighbors->setValue(static_cast<int>(umap.n_neighbors));
    m_spread->setValue(umap.spread);
    m_minDist->setMaximum(umap.spread);
    m_minDist->setValue(umap.min_dist);
    m_epochs->setValue(static_cast<int>(umap.n_epochs));
    m_learningRate->setValue(umap.learning_rate);
    m_negative->setValue(umap.negative_sample_rate);
    m_repulsion->setValue(umap.repulsion_strength);
    m_mix->setValue(umap.set_op_mix_ratio);
    m_connectivity->setValue(umap.local_connectivity);
    showSummary();
}

void UmapSection::showSummary()
{
    MapOptions now;
    fill(now);
    const QString seed = QLocale().toString(static_cast<qulonglong>(now.seed));
    m_more->setSummary(
        now.umap.n_epochs > 0
            ? tr("Seed %1, %2 epochs.").arg(seed, QLocale().toString(static_cast<qlonglong>(now.umap.n_epochs)))
            : tr("Seed %1, epochs automatic.").arg(seed));
}

} // namespace embedscope
