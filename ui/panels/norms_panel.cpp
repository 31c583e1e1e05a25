// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/norms_panel.h"

#include "core/table/statistics.h"
#include "ui/bridge/qt_text.h"
#include "ui/plot/norm_histogram.h"

#include <QVBoxLayout>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace embedscope {

namespace {

constexpr std::chrono::milliseconds kRefresh{100};

/// Enough bars to see the shape, few enough for each to hold some rows: the square root rule between 10 and 60.
int binsFor(std::size_t rows)
{
    return std::clamp(static_cast<int>(std::sqrt(static_cast<double>(rows)) / 2), 10, 60);
}

} // namespace

NormsPanel::NormsPanel(Document* document, TrainingRun* run, Selection* selection, QWidget* parent)
    : QWidget(parent)
    , m_document(document)
    , m_run(run)
    , m_selection(selection)
    , m_histogram(new NormHistogram)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_histogram);
    m_soon.setSingleShot(true);
    m_soon.setInterval(kRefresh);
    connect(&m_soon, &QTimer::timeout, this, &NormsPanel::showNorms);
    connect(m_document, &Document::tableChanged, this, &NormsPanel::showNorms);
    connect(m_document, &Document::weightsChanged, this, &NormsPanel::showNorms);
    connect(m_document, &Document::pictureChanged, this, &NormsPanel::showNormsSoon);
    connect(m_selection, &Selection::selectedChanged, this, &NormsPanel::showSelected);
    connect(m_run, &TrainingRun::settingsChanged, this, &NormsPanel::showMaxNorm);
    showNorms();
}

void NormsPanel::showNormsSoon()
{
    if (!m_soon.isActive())
        m_soon.start();
}

void NormsPanel::showNorms()
{
    const auto& norms = m_document->snapshot().norms;
    if (!norms)
        return;
    m_histogram->setHistogram(histogramOf(*norms, binsFor(norms->size())));
    showSelected();
    showMaxNorm();
}

void NormsPanel::showSelected()
{
    const TableSnapshot& snapshot = m_document->snapshot();
    const auto row = m_selection->selected();
    if (!snapshot.table || !row || *row >= snapshot.table->rows())
        m_histogram->clearSelected();
    else
        m_histogram->setSelected(displayToken(snapshot.table->vocabulary()[*row]),
                                 static_cast<double>((*snapshot.norms)[static_cast<std::size_t>(*row)]));
}

void NormsPanel::showMaxNorm()
{
    const auto& norms = m_document->snapshot().norms;
    const LiveSettings& settings = m_run->settings();
    // The histogram shows Euclidean norms; a limit of another norm has no place on it.
    if (!norms || !m_run->hasModel() || settings.norm_type != 2.0 || !settings.max_norm) {
        m_histogram->setMaxNorm(std::nullopt);
        return;
    }
    const auto limit = static_cast<float>(*settings.max_norm);
    m_histogram->setMaxNorm(settings.max_norm,
                            std::count_if(norms->begin(), norms->end(), [limit](float norm) { return norm > limit; }));
}

} // namespace embedscope
