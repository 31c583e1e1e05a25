// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/map_panel.h"

#include "ui/bridge/qt_text.h"
#include "ui/panels/map_tools.h"
#include "ui/plot/map_view.h"
#include "ui/plot/plot_style.h"
#include "ui/widgets/icons.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QToolButton>
#include <QVBoxLayout>

#include <cmath>

namespace embedscope {

namespace {

constexpr int kBarMargin = 10;

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

} // namespace

MapPanel::MapPanel(Document* document, TrainingRun* run, Selection* selection, QWidget* parent)
    : QWidget(parent)
    , m_document(document)
    , m_run(run)
    , m_view(new MapView)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    createBar();
    column->addWidget(m_view, 1);
    m_view->setSelection(selection);
    m_view->setEmptyText(tr("Open vectors or labelled sentences to see their map."));
    m_view->setTooltips([this](Index row) { return tooltipOf(row); });
    connectDocument();
    showTable();
}

void MapPanel::createBar()
{
    auto* bar = new QWidget;
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(kBarMargin, 6, kBarMargin, 6);
    row->setSpacing(8);
    m_method = new QLabel(tr("PCA"));
    m_method->setToolTip(
        tr("Centred principal components of all rows, exact: the directions in which the vectors vary most."));
    m_colour = new QComboBox;
    m_colour->setAccessibleName(tr("Colour by"));
    m_colour->setToolTip(tr("What the colour of a point tells."));
    m_follow = new QCheckBox(tr("Axes follow the table"));
    m_follow->setToolTip(
        tr("On: the principal components are found anew as the table moves. Off: the axes of the first "
           "step are held, so that movement on screen is movement of the vectors."));
    m_follow->setChecked(m_run->axesFollow());
    auto* fit = new QToolButton;
    fit->setIcon(icon(IconName::Fit));
    fit->setText(tr("Fit"));
    fit->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    fit->setToolTip(tr("Shows all points (Home)."));
    row->addWidget(m_method);
    row->addWidget(m_colour);
    row->addWidget(m_follow);
    row->addStretch();
    row->addWidget(new MapTools(m_view));
    row->addWidget(fit);
    layout()->addWidget(bar);
    connect(fit, &QToolButton::clicked, m_view, &MapView::fit);
    connect(m_colour, &QComboBox::currentIndexChanged, this, &MapPanel::showColours);
    connect(m_follow, &QCheckBox::toggled, m_run, &TrainingRun::setAxesFollow);
    connect(m_run, &TrainingRun::begun, this, [this] { m_follow->setChecked(m_run->axesFollow()); });
}

void MapPanel::connectDocument()
{
    connect(m_document, &Document::tableChanged, this, &MapPanel::showTable);
    connect(m_document, &Document::weightsChanged, this, &MapPanel::showWeights);
    connect(m_document, &Document::columnsChanged, this, &MapPanel::showColumns);
    connect(m_document, &Document::pictureChanged, this, &MapPanel::showPicture);
    connect(m_document, &Document::restChanged, this, [this] {
        if (m_document->hasTable())
            m_view->setBadge(badge());
    });
}

void MapPanel::setTraining(bool training)
{
    m_follow->setVisible(training);
}

void MapPanel::showNeighbours(std::vector<Index> rows)
{
    m_view->setNeighbours(std::move(rows));
}

void MapPanel::showTable()
{
    const TableSnapshot& snapshot = m_document->snapshot();
    if (!snapshot.table)
        return;
    nameTokens();
    offerColours();
    m_shownAxes = snapshot.axes;
    m_view->setPicture({snapshot.coordinates, axisTitle(0), axisTitle(1), badge()});
    showColours();
}

void MapPanel::nameTokens()
{
    m_view->setTokens(
        [table = m_document->snapshot().table](Index row) { return displayToken(table->vocabulary()[row]); });
}

/// Only the choice of colours is another one; a colour that was chosen and is still there stays.
void MapPanel::showColumns()
{
    const QString chosen = m_colour->currentText();
    nameTokens();
    offerColours();
    const int place = m_colour->findText(chosen);
    if (place >= 0) {
        const QSignalBlocker quiet(m_colour);
        m_colour->setCurrentIndex(place);
    }
    showColours();
}

void MapPanel::showWeights()
{
    showPicture();
    if (m_colour->currentData().toInt() == Norm)
        showColours();
}

void MapPanel::showPicture()
{
    const TableSnapshot& snapshot = m_document->snapshot();
    m_view->updateCoordinates(snapshot.coordinates);
    if (snapshot.axes != m_shownAxes) {
        m_shownAxes = snapshot.axes;
        m_view->setAxisTitles(axisTitle(0), axisTitle(1));
    }
    m_view->setBadge(badge());
}

void MapPanel::offerColours()
{
    const QSignalBlocker quiet(m_colour);
    m_colour->clear();
    int column = FirstColumn;
    for (const CategoryColumn& found : m_document->snapshot().table->columns())
        m_colour->addItem(found.name == "class" ? tr("Colour: class") : tr("Colour: %1").arg(displayToken(found.name)),
                          column++);
    m_colour->addItem(tr("Colour: norm"), Norm);
    m_colour->addItem(tr("Colour: none"), None);
}

QString MapPanel::colour() const
{
    const int chosen = m_colour->currentData().toInt();
    const auto& table = m_document->snapshot().table;
    if (chosen == None)
        return QStringLiteral("none");
    if (chosen == Norm || !table)
        return QStringLiteral("norm");
    const auto& column = table->columns()[static_cast<std::size_t>(chosen - FirstColumn)];
    return QStringLiteral("column ") + QString::fromStdString(column.name);
}

void MapPanel::setColour(const QString& colour)
{
    for (int i = 0; i < m_colour->count(); ++i) {
        const int before = m_colour->currentIndex();
        const QSignalBlocker quiet(m_colour);
        m_colour->setCurrentIndex(i);
        if (this->colour() == colour)
            break;
        m_colour->setCurrentIndex(before);
    }
    showColours();
}

void MapPanel::showColours()
{
    const TableSnapshot& snapshot = m_document->snapshot();
    if (!snapshot.table)
        return;
    const int chosen = m_colour->currentData().toInt();
    if (chosen == Norm)
        m_view->setColoursByValue(snapshot.norms, tr("norm (L2)"));
    else if (chosen == None)
        m_view->setColours(nullptr);
    else
        showColumn(snapshot.table->columns()[static_cast<std::size_t>(chosen - FirstColumn)]);
}

void MapPanel::showColumn(const CategoryColumn& column)
{
    const auto palette = withNone(this->palette());
    m_view->setColours(colourNumbers(column, palette.size() - 1), palette);
    std::vector<QString> names;
    for (const std::string& name : column.categories)
        names.push_back(displayToken(name));
    m_view->setClassNames(std::move(names));
}

QString MapPanel::badge() const
{
    const TableSnapshot& snapshot = m_document->snapshot();
    const QLocale locale;
    const auto rows = static_cast<qlonglong>(snapshot.table->rows());
    const auto shown = rows - static_cast<qlonglong>(snapshot.nanRows);
    const QString limit = m_document->limitNote();
    QString counts = tr("%1 of %2 rows").arg(locale.toString(shown), locale.toString(rows));
    if (!limit.isEmpty())
        counts = shown == rows ? limit : tr("%1 · %2").arg(counts, limit);
    if (m_run->session().active()) {
        const QString step = locale.toString(static_cast<qlonglong>(m_run->session().stepsDone()));
        return m_run->axesFollow() ? tr("PCA of step %1, centred · %2").arg(step, counts)
                                   : tr("Step %1 on the axes of an earlier step · %2").arg(step, counts);
    }
    return tr("PCA · centred, exact · %1").arg(counts);
}

QString MapPanel::axisTitle(std::size_t axis) const
{
    const Pca& axes = *m_document->snapshot().axes;
    if (axis >= axes.explained_variance_ratio.size())
        return tr("PC %1 (there is none: the vectors have one dimension)").arg(axis + 1);
    return tr("PC %1 (%2 % of variance)")
        .arg(axis + 1)
        .arg(QLocale().toString(axes.explained_variance_ratio[axis] * 100, 'f', 1));
}

QString MapPanel::tooltipOf(Index row) const
{
    const TableSnapshot& snapshot = m_document->snapshot();
    if (row >= snapshot.table->rows())
        return {};
    QString text =
        tr("%1\nrow %2, norm %3")
            .arg(displayToken(snapshot.table->vocabulary()[row]), QLocale().toString(static_cast<qlonglong>(row)),
                 numberText(static_cast<double>((*snapshot.norms)[static_cast<std::size_t>(row)]), 2));
    for (const CategoryColumn& column : snapshot.table->columns())
        if (const auto value = column.values[static_cast<std::size_t>(row)]; value >= 0)
            text +=
                QStringLiteral("\n%1: %2")
                    .arg(displayToken(column.name), displayToken(column.categories[static_cast<std::size_t>(value)]));
    for (const NumberColumn& column : snapshot.table->numberColumns())
        if (const double value = column.values[static_cast<std::size_t>(row)]; !std::isnan(value))
            text += QStringLiteral("\n%1: %2").arg(displayToken(column.name), cellText(value));
    return text;
}

} // namespace embedscope
