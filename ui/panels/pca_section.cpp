// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/pca_section.h"

#include "ui/panels/map_form.h"
#include "ui/plot/scree_plot.h"
#include "ui/widgets/form_row.h"
#include "ui/widgets/help_text.h"
#include "ui/widgets/section_caption.h"
#include "ui/widgets/toggle_switch.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QLabel>
#include <QLocale>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace embedscope {

namespace {

constexpr Index kMostLoadings = 6;
constexpr QChar kMinus(0x2212);

/// With its sign, which a loading is read by.
QString signedNumber(double value)
{
    const QString size = QLocale().toString(std::abs(value), 'f', 3);
    return (value < 0 ? QString(kMinus) : QStringLiteral("+")) + size;
}

} // namespace

QString loadingsText(const Pca& pca, Index component)
{
    if (component >= pca.components.rows())
        return {};
    const auto weights = pca.components.row(component);
    std::vector<Index> dimensions(static_cast<std::size_t>(weights.size()));
    std::iota(dimensions.begin(), dimensions.end(), Index{0});
    const auto shown = std::min<Index>(kMostLoadings, weights.size());
    std::partial_sort(dimensions.begin(), dimensions.begin() + shown, dimensions.end(), [&](Index a, Index b) {
        const float sizeA = std::abs(weights(a)), sizeB = std::abs(weights(b));
        return sizeA > sizeB || (sizeA == sizeB && a < b);
    });
    QStringList lines;
    for (Index i = 0; i < shown; ++i) {
        const Index dimension = dimensions[static_cast<std::size_t>(i)];
        lines << QCoreApplication::translate("PcaSection", "dimension %1: %2")
                     .arg(QLocale().toString(static_cast<qlonglong>(dimension)),
                          signedNumber(static_cast<double>(weights(dimension))));
    }
    return lines.join(QLatin1Char('\n'));
}

PcaSection::PcaSection(PcaMap* map, QWidget* parent)
    : QWidget(parent)
    , m_map(map)
    , m_whiten(new ToggleSwitch)
    , m_scree(new ScreePlot)
    , m_loadingsOf(new QComboBox)
    , m_loadings(new HelpText)
{
    createChoices();
    auto* column = static_cast<QVBoxLayout*>(layout());
    column->addSpacing(8);
    column->addWidget(new SectionCaption(tr("Scree plot")));
    m_scree->setFixedHeight(150);
    column->addWidget(m_scree);
    column->addSpacing(8);
    column->addWidget(new SectionCaption(tr("Loadings")));
    m_loadingsOf->setAccessibleName(tr("Axis whose loadings are shown"));
    m_loadingsOf->setToolTip(
        tr("Of which dimensions of the vectors an axis is made: the largest weights, with their sign.\nTechnical name: "
           "loadings, the entries of the component."));
    column->addWidget(m_loadingsOf);
    column->addWidget(m_loadings);
    connect(m_map, &PcaMap::changed, this, &PcaSection::showAxes);
    connect(m_map, &PcaMap::axesChanged, this, &PcaSection::showAxes);
    connect(m_loadingsOf, &QComboBox::currentIndexChanged, this, &PcaSection::showLoadings);
    connect(m_scree, &ScreePlot::componentClicked, this,
            [this](int component) { m_components[0]->setCurrentIndex(component); });
    showAxes();
}

void PcaSection::createChoices()
{
    auto* column = formColumn(this);
    const std::array labels{tr("Across"), tr("Up"), tr("Deep")};
    for (std::size_t axis = 0; axis < 3; ++axis) {
        m_components[axis] = new QComboBox;
        FormRow* row = addMapRow(column, labels[axis], m_components[axis],
                                 tr("The principal component on this axis, with its share of the variance."),
                                 QStringLiteral("components"), MapEffect::AtOnce);
        if (axis == 2)
            m_deepRow = row;
        connect(m_components[axis], &QComboBox::currentIndexChanged, this, &PcaSection::takeAxes);
    }
    m_removed = new QSpinBox;
    addMapRow(column, tr("Without the first"), m_removed,
              tr("Leaves out the mean, which no principal component holds, and the largest components, which carry "
                 "frequency more than meaning (Mu and Viswanath 2018): the map begins with the next one. Table > "
                 "Remove Mean and Top Components makes vectors without them."),
              QStringLiteral("all-but-the-top, D"), MapEffect::AtOnce);
    connect(m_removed, &QSpinBox::valueChanged, this, &PcaSection::removeFirst);
    addMapRow(column, tr("Same spread on all axes"), m_whiten,
              tr("Divides each axis by its standard deviation, so that a component of little variance is seen as well "
                 "as the first one."),
              QStringLiteral("whiten"), MapEffect::AtOnce);
    connect(m_whiten, &ToggleSwitch::toggled, this, &PcaSection::takeAxes);
}

/// The principal components of rows without their mean and first D components are those behind the D-th.
void PcaSection::removeFirst(int count)
{
    PcaAxes axes = m_map->axes();
    for (std::size_t axis = 0; axis < 3; ++axis)
        axes.components[axis] = count + static_cast<Index>(axis);
    m_map->setAxes(axes);
}

void PcaSection::takeAxes()
{
    PcaAxes axes = m_map->axes();
    for (std::size_t axis = 0; axis < 3; ++axis)
        axes.components[axis] = std::max(0, m_components[axis]->currentIndex());
    axes.whiten = m_whiten->isChecked();
    m_map->setAxes(axes);
    showLoadings();
}

void PcaSection::offerComponents()
{
    const auto pca = m_map->pca();
    if (pca == m_offered)
        return;
    m_offered = pca;
    for (QComboBox* box : m_components) {
        const QSignalBlocker quiet(box);
        box->clear();
        for (std::size_t i = 0; pca && i < pca->explained_variance_ratio.size(); ++i)
            box->addItem(
                tr("PC %1 · %2 %").arg(i + 1).arg(QLocale().toString(pca->explained_variance_ratio[i] * 100, 'f', 1)));
    }
    m_scree->setShares(m_map->hasAll() ? pca->explained_variance_ratio : std::vector<double>());
}

void PcaSection::showAxes()
{
    offerComponents();
    const PcaAxes& axes = m_map->axes();
    std::vector<int> chosen;
    for (std::size_t axis = 0; axis < 3; ++axis) {
        const QSignalBlocker quiet(m_components[axis]);
        const auto component = static_cast<int>(axes.components[axis]);
        m_components[axis]->setCurrentIndex(std::min(component, m_components[axis]->count() - 1));
        if (static_cast<Index>(axis) < axes.dims)
            chosen.push_back(component);
    }
    const QSignalBlocker still(m_removed);
    m_removed->setRange(0, std::max(0, m_components[0]->count() - 3));
    m_removed->setValue(*std::min_element(chosen.begin(), chosen.end()));
    m_deepRow->setVisible(axes.dims == 3);
    m_scree->setChosen(chosen);
    const QSignalBlocker quiet(m_whiten);
    m_whiten->setChecked(axes.whiten);
    showLoadings();
}

void PcaSection::showLoadings()
{
    const PcaAxes& axes = m_map->axes();
    const int before = std::max(0, m_loadingsOf->currentIndex());
    {
        const QSignalBlocker quiet(m_loadingsOf);
        m_loadingsOf->clear();
        for (Index axis = 0; axis < axes.dims; ++axis)
            m_loadingsOf->addItem(tr("PC %1").arg(axes.components[static_cast<std::size_t>(axis)] + 1));
        m_loadingsOf->setCurrentIndex(std::min(before, m_loadingsOf->count() - 1));
    }
    const auto axis = static_cast<std::size_t>(m_loadingsOf->currentIndex());
    const auto pca = m_map->pca();
    m_loadings->setText(pca ? loadingsText(*pca, axes.components.at(axis)) : QString());
}

void PcaSection::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_map->setWantsAll(true);
}

void PcaSection::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_map->setWantsAll(false);
}

} // namespace embedscope
