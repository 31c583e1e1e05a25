// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/tsne_section.h"

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

namespace embedscope {

namespace {
constexpr int kMostIterations = 1000000;
constexpr double kLargestRate = 1e6;
} // namespace

TsneSection::TsneSection(QWidget* parent)
    : QWidget(parent)
{
    createEditors();
    auto* column = formColumn(this);
    addMapRow(column, tr("Perplexity"), m_perplexity,
              tr("About how many neighbours each point listens to. Small values draw many small clumps, large ones the "
                 "overall shape; cut where there are too few rows."),
              QStringLiteral("perplexity"), MapEffect::WithGoOn);
    addMapRow(column, tr("Metric"), m_metric, tr("How far two vectors are apart."), QStringLiteral("metric"),
              MapEffect::WithGoOn);
    addMapRow(column, tr("Iterations"), m_iterations,
              tr("How long the points move, the early phase included. Too few, and clusters are not parted yet."),
              QStringLiteral("iterations"), MapEffect::WithGoOn);
    m_more = new FoldSection(tr("More"), createMore());
    column->addWidget(m_more);
    connectEditors();
    setOptions({});
}

void TsneSection::createEditors()
{
    m_perplexity = realNumber(2, 500, 1, 30);
    m_metric = metricChoice();
    m_iterations = wholeNumber(1, kMostIterations, 1000);
    m_learningRate = realNumber(0, kLargestRate, 1, 0);
    m_learningRate->setSpecialValueText(tr("automatic"));
    m_early = realNumber(1, 100, 1, 12);
    m_earlyIterations = wholeNumber(0, kMostIterations, 250);
    m_late = realNumber(1, 100, 1, 1);
    m_momentum = realNumber(0, 0.99, 2, 0.8);
    m_supervision = realNumber(0, 1, 2, 0);
    m_supervision->setSpecialValueText(tr("none"));
    m_labels = new QComboBox;
    m_points = new MapPointsSection;
    m_points->setMethod(MapMethod::Tsne);
}

QWidget* TsneSection::createMore()
{
    auto* more = new QWidget;
    auto* column = formColumn(more);
    addMapRow(column, tr("Learning rate"), m_learningRate,
              tr("How far the points move in a step. Automatic is the number of points over the exaggeration."),
              QStringLiteral("learning_rate"), MapEffect::WithGoOn);
    addMapRow(column, tr("Early exaggeration"), m_early,
              tr("How much stronger points attract each other at first, so that clusters find together."),
              QStringLiteral("early_exaggeration"), MapEffect::WithGoOn);
    addMapRow(column, tr("Early iterations"), m_earlyIterations, tr("How long that lasts."),
              QStringLiteral("early_exaggeration_iter"), MapEffect::WithGoOn);
    addMapRow(column, tr("Late exaggeration"), m_late,
              tr("The same after the early phase; above 1 clusters are drawn tighter together."),
              QStringLiteral("exaggeration"), MapEffect::WithGoOn);
    addMapRow(column, tr("Momentum"), m_momentum, tr("How much of the last step the next one keeps."),
              QStringLiteral("momentum"), MapEffect::WithGoOn);
    m_labelsRow = addMapRow(column, tr("Pull together by"), m_labels,
                            tr("The column whose categories attract their own rows, where the pull below is not none. "
                               "Such a map shows the labels too, not only the vectors."),
                            QStringLiteral("labels"), MapEffect::WithRun);
    m_supervisionRow = addMapRow(column, tr("Pull of the labels"), m_supervision,
                                 tr("How strongly points of one label attract each other: none to 1."),
                                 QStringLiteral("supervision"), MapEffect::WithGoOn);
    column->addWidget(m_points);
    return more;
}

void TsneSection::connectEditors()
{
    const auto changed = [this] {
        showSummary();
        Q_EMIT edited();
    };
    for (QDoubleSpinBox* box : {m_perplexity, m_learningRate, m_early, m_late, m_momentum, m_supervision})
        connect(box, &QDoubleSpinBox::valueChanged, this, changed);
    for (QSpinBox* box : {m_iterations, m_earlyIterations})
        connect(box, &QSpinBox::valueChanged, this, changed);
    for (QComboBox* box : {m_metric, m_labels})
        connect(box, &QComboBox::currentIndexChanged, this, changed);
    connect(m_points, &MapPointsSection::edited, this, changed);
}

void TsneSection::fill(MapOptions& options) const
{
    options.metric = static_cast<Metric>(m_metric->currentData().toInt());
    m_points->fill(options);
    TsneOptions& tsne = options.tsne;
    tsne.perplexity = m_perplexity->value();
    tsne.iterations = m_iterations->value();
    tsne.learning_rate = m_learningRate->value();
    tsne.early_exaggeration = m_early->value();
    tsne.early_exaggeration_iter = m_earlyIterations->value();
    tsne.exaggeration = m_late->value();
    tsne.momentum = m_momentum->value();
    tsne.supervision = m_labels->count() > 0 ? m_supervision->value() : 0;
}

void TsneSection::setOptions(const MapOptions& options)
{
    const QSignalBlocker quiet(this);
    m_metric->setCurrentIndex(m_metric->findData(static_cast<int>(options.metric)));
    m_points->setOptions(options);
    const TsneOptions& tsne = options.tsne;
    m_perplexity->setValue(tsne.perplexity);
    m_iterations->setValue(static_cast<int>(tsne.iterations));
    m_learningRate->setValue(tsne.learning_rate);
    m_early->setValue(tsne.early_exaggeration);
    m_earlyIterations->setValue(static_cast<int>(tsne.early_exaggeration_iter));
    m_late->setValue(tsne.exaggeration);
    m_momentum->setValue(tsne.momentum);
    m_supervision->setValue(tsne.supervision);
    showSummary();
}

void TsneSection::setLabelColumns(const QStringList& names, const QString& chosen)
{
    const QSignalBlocker quiet(m_labels);
    m_labels->clear();
    m_labels->addItems(names);
    if (const int place = m_labels->findText(chosen); place >= 0)
        m_labels->setCurrentIndex(place);
    m_labelsRow->setVisible(!names.isEmpty());
    m_supervisionRow->setVisible(!names.isEmpty());
}

QString TsneSection::labelColumn() const
{
    return m_labels->currentText();
}

void TsneSection::showSummary()
{
    MapOptions now;
    fill(now);
    const QString seed = QLocale().toString(static_cast<qulonglong>(now.seed));
    m_more->setSummary(now.tsne.learning_rate > 0
                           ? tr("Seed %1, learning rate %2.").arg(seed, QLocale().toString(now.tsne.learning_rate))
                           : tr("Seed %1, learning rate automatic.").arg(seed));
}

} // namespace embedscope
