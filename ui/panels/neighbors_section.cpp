// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/neighbors_section.h"

#include "ui/bridge/qt_text.h"
#include "ui/model/neighbors_model.h"
#include "ui/panels/neighbors_table.h"
#include "ui/panels/token_table.h"
#include "ui/widgets/help_text.h"
#include "ui/widgets/section_caption.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include <array>

namespace embedscope {

namespace {

constexpr int kSpacing = 8;
constexpr int kStaleMs = 120;
constexpr std::array<int, 3> kCounts = {10, 20, 50};

} // namespace

NeighborsSection::NeighborsSection(Selection* selection, JobRunner* runner, QWidget* parent)
    : QWidget(parent)
    , m_selection(selection)
    , m_model(new NeighborsModel(this))
    , m_metric(new QComboBox(this))
    , m_count(new QComboBox(this))
    , m_copy(new QPushButton(tr("Copy"), this))
    , m_table(makeNeighborsTable(m_model, selection, this))
    , m_message(new HelpText({}, this))
    , m_job(runner)
{
    createControls();
    createLayout();
    m_stale.setSingleShot(true);
    m_stale.setInterval(kStaleMs);
    connect(&m_stale, &QTimer::timeout, m_model, &NeighborsModel::clear);
    connect(m_metric, &QComboBox::currentIndexChanged, this, [this] {
        Q_EMIT metricChanged(metric());
        lookUp();
    });
    connect(m_count, &QComboBox::currentIndexChanged, this, [this] {
        Q_EMIT countChanged();
        lookUp();
    });
    connect(m_copy, &QPushButton::clicked, this, &NeighborsSection::copy);
}

void NeighborsSection::createControls()
{
    m_metric->addItem(tr("cosine"), static_cast<int>(Metric::Cosine));
    m_metric->addItem(tr("euclidean"), static_cast<int>(Metric::Euclidean));
    m_metric->addItem(tr("dot product"), static_cast<int>(Metric::Dot));
    m_metric->setAccessibleName(tr("Metric"));
    m_metric->setToolTip(
        plainToolTip(tr("How nearness is measured on the vectors as they are: the cosine of the angle, the Euclidean "
                        "distance (shorter is nearer) or the dot product.")));
    for (const int count : kCounts)
        m_count->addItem(QLocale().toString(count), count);
    m_count->setAccessibleName(tr("Number of neighbours"));
    m_count->setToolTip(plainToolTip(tr("How many neighbours are shown (k).")));
    m_copy->setAccessibleName(tr("Copy the neighbours"));
    m_copy->setToolTip(plainToolTip(tr("Copies tokens and scores as text, separated by tabs.")));
    m_copy->setEnabled(false);
    m_table->setAccessibleName(tr("Neighbours"));
    m_message->hide();
}

void NeighborsSection::createLayout()
{
    auto* const caption = new SectionCaption(tr("Neighbours"), this);
    caption->setBuddy(m_metric);
    auto* const controls = new QHBoxLayout;
    controls->setSpacing(kSpacing);
    controls->addWidget(m_metric);
    controls->addWidget(m_count);
    controls->addStretch();
    controls->addWidget(m_copy);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kSpacing);
    layout->addWidget(caption);
    layout->addLayout(controls);
    layout->addWidget(m_message);
    layout->addWidget(m_table);
}

void NeighborsSection::setQuery(std::shared_ptr<const EmbeddingTable> table, std::optional<Index> row)
{
    m_source = std::move(table);
    m_row = row;
    lookUp();
}

Metric NeighborsSection::metric() const
{
    return static_cast<Metric>(m_metric->currentData().toInt());
}

void NeighborsSection::setMetric(Metric metric)
{
    m_metric->setCurrentIndex(m_metric->findData(static_cast<int>(metric)));
}

Index NeighborsSection::count() const
{
    return m_count->currentData().toInt();
}

void NeighborsSection::lookUp()
{
    if (!m_source || !m_row)
        return clear();
    m_stale.start();
    m_job.start(
        tr("Finding neighbours"),
        [table = m_source, row = *m_row, k = count(), metric = metric()](std::stop_token stop, Progress&) {
            return nearestRows(table->weights(), table->weights().row(row), k, metric, std::span(&row, 1),
                               std::move(stop));
        },
        [this](Result<std::vector<Neighbor>> neighbors) { show(std::move(neighbors)); });
}

void NeighborsSection::show(Result<std::vector<Neighbor>> neighbors)
{
    m_stale.stop();
    const bool hasMessage = !neighbors && !isCancelled(neighbors.error());
    m_message->setVisible(hasMessage);
    m_message->setText(hasMessage ? errorText(neighbors.error()) : QString());
    m_model->setNeighbors(m_source, metric(), neighbors ? std::move(*neighbors) : std::vector<Neighbor>());
    m_copy->setEnabled(m_model->rowCount() > 0);
    Q_EMIT neighboursChanged(m_model->rows());
}

void NeighborsSection::clear()
{
    m_job.cancel();
    show(std::vector<Neighbor>());
}

void NeighborsSection::copy()
{
    QGuiApplication::clipboard()->setText(m_model->toText());
}

} // namespace embedscope
