// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/map_colours.h"

#include "core/project/density_clusters.h"
#include "core/project/kmeans.h"
#include "core/project/map_points.h"
#include "ui/bridge/qt_text.h"
#include "ui/plot/map_view.h"
#include "ui/plot/plot_style.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QSpinBox>

#include <algorithm>

namespace embedscope {

namespace {

const QString kColumn = QStringLiteral("column ");
const QString kDimension = QStringLiteral("dimension ");
const QString kClusters = QStringLiteral("clusters ");

constexpr int kUsualClusters = 10;
constexpr int kClusterLimit = 200;
constexpr Index kClusteredDims = 50; // as many principal components as t-SNE and UMAP look at
constexpr std::chrono::milliseconds kTypingPause(200);
constexpr std::chrono::milliseconds kMapRest(600);

/// Colour numbers of a category column; rows without a category take the number behind the last one.
std::shared_ptr<const std::vector<std::uint8_t>> colourNumbers(const CategoryColumn& column, std::size_t colours)
{
    auto out = std::make_shared<std::vector<std::uint8_t>>();
    out->reserve(column.values.size());
    for (const std::int32_t value : column.values)
        out->push_back(static_cast<std::uint8_t>(value < 0 ? colours : static_cast<std::size_t>(value) % colours));
    return out;
}

std::vector<QColor> withNone(const QPalette& palette)
{
    std::vector<QColor> colours = categoricalColours(isDark(palette));
    QColor none = palette.color(QPalette::PlaceholderText);
    none.setAlphaF(0.45F);
    colours.push_back(none);
    return colours;
}

/// One cluster a row of the table; -1 for a row with a NaN.
Result<std::vector<std::int32_t>> clustersOf(const EmbeddingTable& table, Index clusters, const std::stop_token& stop,
                                             Progress& progress)
{
    const auto points = mapPoints(table.weights(), {}, Metric::Euclidean, kClusteredDims, stop, progress);
    if (!points)
        return fail(points.error());
    const auto found = kMeans(points->points, {.n_clusters = clusters}, stop, progress);
    if (!found)
        return fail(found.error());
    std::vector<std::int32_t> labels(static_cast<std::size_t>(table.rows()), -1);
    for (std::size_t i = 0; i < points->rows.size(); ++i)
        labels[static_cast<std::size_t>(points->rows[i])] = found->labels[i];
    return labels;
}

} // namespace

MapColours::MapColours(Document* document, MapView* view, JobRunner* jobs, QWidget* parent)
    : QWidget(parent)
    , m_document(document)
    , m_view(view)
    , m_box(new QComboBox)
    , m_dimension(new QSpinBox)
    , m_clusters(new QSpinBox)
    , m_job(jobs)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    m_box->setAccessibleName(tr("Colour by"));
    m_box->setToolTip(tr("What the colour of a point tells."));
    m_box->setMinimumContentsLength(6); // gives way where the bar is narrow
    m_dimension->setAccessibleName(tr("Dimension that the colour tells"));
    m_dimension->setToolTip(tr("Which dimension of the vectors, counted from 0."));
    m_dimension->hide();
    row->addWidget(m_box);
    row->addWidget(m_dimension);
    m_clusters->setRange(2, kClusterLimit);
    m_clusters->setValue(kUsualClusters);
    m_clusters->setAccessibleName(tr("Number of clusters"));
    m_clusters->setToolTip(
        tr("How many clusters are looked for among the vectors.\nTechnical name: n_clusters of k-means, seed 0."));
    m_clusters->hide();
    row->addWidget(m_clusters);
    connect(m_box, &QComboBox::currentIndexChanged, this, &MapColours::show);
    connect(m_dimension, &QSpinBox::valueChanged, this, &MapColours::show);
    connect(m_clusters, &QSpinBox::valueChanged, this, &MapColours::show);
    connect(m_view, &MapView::pictureChanged, this, &MapColours::followMap);
}

void MapColours::add(const QString& text, Kind kind, std::size_t column)
{
    m_box->addItem(text);
    m_choices.push_back({kind, column});
}

void MapColours::offer()
{
    const QSignalBlocker quiet(m_box);
    const QSignalBlocker still(m_dimension);
    m_box->clear();
    m_choices.clear();
    const EmbeddingTable& table = *m_document->snapshot().table;
    for (std::size_t i = 0; i < table.columns().size(); ++i) {
        const std::string& name = table.columns()[i].name;
        add(name == "class" ? tr("Colour: class") : tr("Colour: %1").arg(displayToken(name)), Kind::Category, i);
    }
    add(tr("Colour: norm"), Kind::Norm);
    for (std::size_t i = 0; i < table.numberColumns().size(); ++i)
        add(tr("Colour: %1").arg(displayToken(table.numberColumns()[i].name)), Kind::Number, i);
    add(tr("Colour: dimension"), Kind::Dimension);
    add(tr("Colour: clusters of the vectors"), Kind::Clusters);
    add(tr("Colour: clusters on the map"), Kind::Density);
    add(tr("Colour: none"), Kind::None);
    m_dimension->setRange(0, static_cast<int>(table.dim()) - 1);
}

MapColours::Choice MapColours::chosen() const
{
    const int place = m_box->currentIndex();
    return place < 0 ? Choice{Kind::None, 0} : m_choices[static_cast<std::size_t>(place)];
}

QString MapColours::colour() const
{
    const auto& table = m_document->snapshot().table;
    const Choice choice = chosen();
    switch (choice.kind) {
    case Kind::Category:
        return kColumn + QString::fromStdString(table->columns()[choice.column].name);
    case Kind::Number:
        return kColumn + QString::fromStdString(table->numberColumns()[choice.column].name);
    case Kind::Dimension:
        return kDimension + QString::number(m_dimension->value());
    case Kind::Clusters:
        return kClusters + QString::number(m_clusters->value());
    case Kind::Density:
        return QStringLiteral("density");
    case Kind::Elsewhere:
        return QStringLiteral("elsewhere");
    case Kind::None:
        return table ? QStringLiteral("none") : QStringLiteral("norm");
    case Kind::Norm:
        break;
    }
    return QStringLiteral("norm");
}

void MapColours::setColour(const QString& colour)
{
    const int before = m_box->currentIndex();
    const QSignalBlocker quiet(m_box);
    const QSignalBlocker still(m_dimension);
    const QSignalBlocker silent(m_clusters);
    if (colour.startsWith(kClusters))
        m_clusters->setValue(colour.mid(kClusters.size()).toInt());
    if (colour.startsWith(kDimension))
        m_dimension->setValue(colour.mid(kDimension.size()).toInt());
    int found = before;
    for (int i = 0; i < m_box->count(); ++i) {
        m_box->setCurrentIndex(i);
        if (this->colour() == colour)
            found = i;
    }
    m_box->setCurrentIndex(found);
    show();
}

void MapColours::showElsewhere(const QString& name)
{
    const QSignalBlocker quiet(m_box);
    forgetElsewhere();
    add(tr("Colour: %1").arg(name), Kind::Elsewhere);
    m_box->setCurrentIndex(m_box->count() - 1);
    show();
}

/// It stands last while it is what is shown, and goes with the next choice.
void MapColours::forgetElsewhere()
{
    if (m_choices.empty() || m_choices.back().kind != Kind::Elsewhere)
        return;
    const QSignalBlocker quiet(m_box);
    m_choices.pop_back();
    m_box->removeItem(m_box->count() - 1);
}

void MapColours::showTable(bool keep)
{
    const QString before = m_shown; // the choice belongs to columns that may be gone
    offer();
    if (keep)
        setColour(before);
    show();
}

void MapColours::showWeights()
{
    const Kind kind = chosen().kind;
    if (kind == Kind::Norm || kind == Kind::Dimension || kind == Kind::Clusters)
        show();
}

/// Our own colours follow light and dark by themselves; the grey of rows without a category does not.
void MapColours::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_document->hasTable() && chosen().kind == Kind::Category) {
        const ClassFilter hidden = m_view->classFilter();
        show();
        m_view->setClassFilter(hidden);
    }
}

void MapColours::show()
{
    const TableSnapshot& snapshot = m_document->snapshot();
    if (!snapshot.table)
        return;
    const Choice choice = chosen();
    m_shown = colour();
    m_job.cancel();
    forgetOutlines();
    m_dimension->setVisible(choice.kind == Kind::Dimension);
    m_clusters->setVisible(choice.kind == Kind::Clusters);
    if (choice.kind != Kind::Elsewhere) {
        forgetElsewhere();
        Q_EMIT coloursChosen();
    }
    switch (choice.kind) {
    case Kind::Category:
        return showCategories(snapshot.table->columns()[choice.column]);
    case Kind::Number:
        return showNumbers(snapshot.table->numberColumns()[choice.column]);
    case Kind::Dimension:
        return showDimension();
    case Kind::Clusters:
        return findClusters();
    case Kind::Density:
        return findDensity({});
    case Kind::Elsewhere:
        return;
    case Kind::None:
        return m_view->setColours(nullptr);
    case Kind::Norm:
        return m_view->setColoursByValue(snapshot.norms, tr("norm (L2)"));
    }
}

void MapColours::showCategories(const CategoryColumn& column)
{
    const auto palette = withNone(this->palette());
    m_view->setColours(colourNumbers(column, palette.size() - 1), palette);
    std::vector<QString> names;
    for (const std::string& name : column.categories)
        names.push_back(displayToken(name));
    m_view->setClassNames(std::move(names), palette.size() - 1, // the last colour stands for none
                          std::make_shared<const std::vector<std::int32_t>>(column.values));
}

void MapColours::showNumbers(const NumberColumn& column)
{
    auto values = std::make_shared<std::vector<float>>();
    values->reserve(column.values.size());
    for (const double value : column.values)
        values->push_back(static_cast<float>(value));
    m_view->setColoursByValue(values, displayToken(column.name));
}

void MapColours::showDimension()
{
    const EmbeddingTable& table = *m_document->snapshot().table;
    auto values = std::make_shared<std::vector<float>>(static_cast<std::size_t>(table.rows()));
    for (Index row = 0; row < table.rows(); ++row)
        (*values)[static_cast<std::size_t>(row)] = table.weights()(row, m_dimension->value());
    m_view->setColoursByValue(values, tr("dimension %1").arg(m_dimension->value()));
}

void MapColours::findClusters()
{
    m_job.start(
        tr("Clusters of the vectors"),
        [table = m_document->snapshot().table, clusters = m_clusters->value()](
            const std::stop_token& stop, Progress& progress) { return clustersOf(*table, clusters, stop, progress); },
        [this](Result<std::vector<std::int32_t>> labels) {
            if (labels)
                showClusters(*labels);
        },
        kTypingPause);
}

/// Of the map as it is now; on a map that moves they are found once it rests.
void MapColours::findDensity(std::chrono::milliseconds delay)
{
    const auto places = m_view->picture().coordinates;
    if (!places)
        return;
    m_job.start(
        tr("Clusters on the map"),
        [places](const std::stop_token& stop, Progress& progress) {
            return densityClusters(*places, {}, stop, progress);
        },
        [this](Result<DensityClusters> found) {
            if (!found)
                return;
            showClusters(found->labels);
            outline(found->labels);
        },
        delay);
}

/// Lines around clusters that were found on this map mean nothing on the next one.
void MapColours::followMap()
{
    if (m_document->hasTable() && chosen().kind == Kind::Density) {
        forgetOutlines();
        findDensity(kMapRest);
    }
}

void MapColours::outline(const std::vector<std::int32_t>& labels)
{
    std::vector<QString> names;
    const std::int32_t last = labels.empty() ? -1 : *std::max_element(labels.begin(), labels.end());
    for (std::int32_t cluster = 0; cluster <= last; ++cluster)
        names.push_back(tr("cluster %1").arg(cluster + 1));
    m_view->setClusters(std::make_shared<const std::vector<std::int32_t>>(labels), std::move(names));
    m_outlined = true;
}

void MapColours::forgetOutlines()
{
    if (m_outlined)
        m_view->setClusters(nullptr, {});
    m_outlined = false;
}

void MapColours::showClusters(const std::vector<std::int32_t>& labels)
{
    CategoryColumn column{"cluster", {}, labels};
    const std::int32_t last = labels.empty() ? -1 : *std::max_element(labels.begin(), labels.end());
    for (std::int32_t cluster = 0; cluster <= last; ++cluster)
        column.categories.push_back(tr("cluster %1").arg(cluster + 1).toStdString());
    showCategories(column);
}

} // namespace embedscope
