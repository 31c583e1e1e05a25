// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/map_points_section.h"

#include "ui/panels/map_form.h"
#include "ui/panels/option_editors.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QVBoxLayout>

#include <limits>

namespace embedscope {

namespace {

constexpr int kMost = std::numeric_limits<int>::max();

void choose(QComboBox* box, int value)
{
    box->setCurrentIndex(box->findData(value));
}

} // namespace

QComboBox* metricChoice()
{
    return choice({{QCoreApplication::translate("Metric", "Euclidean"), static_cast<int>(Metric::Euclidean)},
                   {QCoreApplication::translate("Metric", "Cosine"), static_cast<int>(Metric::Cosine)},
                   {QCoreApplication::translate("Metric", "Dot product"), static_cast<int>(Metric::Dot)}});
}

MapPointsSection::MapPointsSection(QWidget* parent)
    : QWidget(parent)
    , m_neighbors(choice({{tr("Automatic"), static_cast<int>(NeighborSearch::Auto)},
                          {tr("Exact"), static_cast<int>(NeighborSearch::Exact)},
                          {tr("Approximate"), static_cast<int>(NeighborSearch::Approximate)}}))
    , m_pcaDims(wholeNumber(0, kMost, 50))
    , m_init(choice({{tr("PCA"), static_cast<int>(MapInit::Pca)},
                     {tr("Random"), static_cast<int>(MapInit::Random)},
                     {tr("Spectral"), static_cast<int>(MapInit::Spectral)}}))
    , m_seed(wholeNumber(0, kMost, 0))
{
    m_pcaDims->setSpecialValueText(tr("all"));
    auto* column = formColumn(this);
    addMapRow(column, tr("Neighbours"), m_neighbors,
              tr("Exact compares all pairs. Approximate looks only at rows nearby and is faster for many rows; which "
                 "share of the "
                 "true neighbours it found is measured and shown. Automatic takes exact as long as it is quick."),
              QStringLiteral("neighbors: exact, approximate"), MapEffect::WithGoOn);
    addMapRow(column, tr("Dimensions used"), m_pcaDims,
              tr("Neighbours are looked for in this many principal components; fewer are faster and leave out noise."),
              QStringLiteral("pca_dims"), MapEffect::WithRun);
    addMapRow(column, tr("Start"), m_init,
              tr("Where the points begin. From principal components the map keeps the large shape of the table and is "
                 "the same each time."),
              QStringLiteral("init"), MapEffect::WithRun);
    addMapRow(column, tr("Seed"), m_seed,
              tr("The same seed gives the same map; another one shows what in it is chance."), QStringLiteral("seed"),
              MapEffect::WithRun);
    for (QComboBox* box : {m_neighbors, m_init})
        connect(box, &QComboBox::currentIndexChanged, this, &MapPointsSection::edited);
    for (QSpinBox* box : {m_pcaDims, m_seed})
        connect(box, &QSpinBox::valueChanged, this, &MapPointsSection::edited);
}

void MapPointsSection::fill(MapOptions& options) const
{
    options.neighbors = static_cast<NeighborSearch>(m_neighbors->currentData().toInt());
    options.pca_dims = m_pcaDims->value();
    options.init = static_cast<MapInit>(m_init->currentData().toInt());
    options.seed = static_cast<std::uint64_t>(m_seed->value());
}

void MapPointsSection::setOptions(const MapOptions& options)
{
    const QSignalBlocker quiet(this);
    choose(m_neighbors, static_cast<int>(options.neighbors));
    m_pcaDims->setValue(static_cast<int>(options.pca_dims));
    choose(m_init, static_cast<int>(options.init));
    m_seed->setValue(static_cast<int>(options.seed));
}

void MapPointsSection::setMethod(MapMethod method)
{
    const int spectral = m_init->findData(static_cast<int>(MapInit::Spectral));
    auto* items = qobject_cast<QStandardItemModel*>(m_init->model());
    items->item(spectral)->setEnabled(method == MapMethod::Umap);
    if (method != MapMethod::Umap && m_init->currentIndex() == spectral)
        choose(m_init, static_cast<int>(MapInit::Pca));
}

} // namespace embedscope
