// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/map_honesty.h"

#include "ui/bridge/qt_text.h"
#include "ui/model/selection.h"
#include "ui/plot/map_view.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QMenu>
#include <QToolButton>

#include <chrono>

namespace embedscope {

namespace {

constexpr Index kLines = 12; // neighbours that lines go to
constexpr std::chrono::milliseconds kRest{120};

} // namespace

MapHonesty::MapHonesty(MapView* view, MapQualityRun* quality, JobRunner* jobs, Selection* selection, QWidget* parent)
    : QWidget(parent)
    , m_view(view)
    , m_quality(quality)
    , m_selection(selection)
    , m_check(jobs)
    , m_button(new QToolButton)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_button);
    m_button->setPopupMode(QToolButton::InstantPopup);
    createMenu();
    connect(m_quality, &MapQualityRun::changed, this, &MapHonesty::showQuality);
    connect(m_selection, &Selection::selectedChanged, this, &MapHonesty::showLines);
    connect(m_quality, &MapQualityRun::changed, this, &MapHonesty::showColours);
    showQuality();
}

void MapHonesty::createMenu()
{
    auto* menu = new QMenu(m_button);
    menu->setToolTipsVisible(true);
    addFigure(
        MapQualityRun::Figure::Trustworthiness, tr("&Trustworthiness"),
        tr("Are neighbours on the map neighbours in the space? 1 means all of them. Choose it to see it as colour."));
    addFigure(
        MapQualityRun::Figure::Continuity, tr("&Continuity"),
        tr("Are neighbours in the space neighbours on the map? 1 means all of them. Choose it to see it as colour."));
    addFigure(
        MapQualityRun::Figure::Kept, tr("True neighbours &kept"),
        tr("Share of the 30 nearest in the space that are among the 30 nearest on the map. Choose it to see it as "
           "colour."));
    for (QAction* action : m_figures)
        menu->addAction(action);
    menu->addSeparator();
    m_judge = menu->addAction(tr("&Judge the Map Now"), m_quality, &MapQualityRun::judge);
    m_judge->setToolTip(tr("Compares 2,000 points, or all of up to 5,000, with all others."));
    m_lines = menu->addAction(tr("&Lines to True Neighbours"));
    m_lines->setCheckable(true);
    m_lines->setToolTip(
        tr("From the selected word to its 12 nearest in the space: solid where the map keeps them, dashed "
           "where it tore them away; rings where it shows others beside it without cause."));
    connect(m_lines, &QAction::toggled, this, &MapHonesty::showLines);
    m_button->setMenu(menu);
}

void MapHonesty::addFigure(MapQualityRun::Figure figure, const QString& name, const QString& toolTip)
{
    auto* action = new QAction(name, this);
    action->setData(name);
    action->setToolTip(toolTip);
    connect(action, &QAction::triggered, this, [this, figure] { colourBy(figure); });
    m_figures.push_back(action);
}

void MapHonesty::setMap(const JudgedMap& map)
{
    if (!map.table || !map.coordinates || map.coordinates->rows() != map.table->rows())
        return;
    m_map = map;
    m_quality->setMap(map);
    if (m_quality->isQuick())
        m_quality->judge();
    showLines();
}

void MapHonesty::setLinesShown(bool shown)
{
    m_lines->setChecked(shown);
}

bool MapHonesty::showsLines() const
{
    return m_lines->isChecked();
}

void MapHonesty::offerIn(QMenu* menu)
{
    QMenu* sub = menu->addMenu(m_button->text());
    sub->setToolTipsVisible(true);
    sub->addActions(m_button->menu()->actions());
}

void MapHonesty::showQuality()
{
    const auto& quality = m_quality->quality();
    const bool stale = m_quality->isStale();
    const auto number = [](double value) { return numberText(value, 2); };
    m_button->setText(!quality ? tr("Trust –")
                      : stale
                          ? tr("Trust %1, outdated").arg(number(quality->trustworthiness))
                          : tr("Trust %1 · kept %2").arg(number(quality->trustworthiness), number(quality->knn_kept)));
    QString toolTip = tr("How far the map can be believed.");
    if (quality) {
        const QString judged = QLocale().toString(static_cast<qlonglong>(quality->judged.size()));
        toolTip += QLatin1Char(' ') + tr("Judged by %1 points.").arg(judged);
    }
    if (stale)
        toolTip += QLatin1Char(' ') + tr("The map has moved since.");
    m_button->setToolTip(toolTip);
    const double values[] = {quality ? quality->trustworthiness : 0, quality ? quality->continuity : 0,
                             quality ? quality->knn_kept : 0};
    for (std::size_t i = 0; i < m_figures.size(); ++i) {
        const QString name = m_figures[i]->data().toString();
        m_figures[i]->setText(quality ? QStringLiteral("%1: %2").arg(name, numberText(values[i], 3)) : name);
        m_figures[i]->setEnabled(quality != nullptr);
    }
}

QString MapHonesty::titleOf(MapQualityRun::Figure figure)
{
    switch (figure) {
    case MapQualityRun::Figure::Trustworthiness:
        return tr("trustworthiness");
    case MapQualityRun::Figure::Continuity:
        return tr("continuity");
    case MapQualityRun::Figure::Kept:
        break;
    }
    return tr("true neighbours kept");
}

void MapHonesty::colourBy(MapQualityRun::Figure figure)
{
    if (!m_quality->quality())
        return;
    Q_EMIT coloured(titleOf(figure));
    m_coloured = figure;
    m_colouredBy.reset();
    showColours();
}

void MapHonesty::showColours()
{
    if (!m_coloured || m_quality->quality() == m_colouredBy)
        return;
    m_colouredBy = m_quality->quality();
    if (const auto values = m_quality->valuesOfRows(*m_coloured))
        m_view->setColoursByValue(values, titleOf(*m_coloured));
}

void MapHonesty::showLines()
{
    const auto row = m_selection->selected();
    if (!m_lines->isChecked() || !row || !m_map.table || *row >= m_map.table->rows()) {
        m_check.cancel();
        m_view->setNeighbourCheck(std::nullopt);
        return;
    }
    m_check.start(
        tr("Comparing neighbours"),
        [map = m_map, of = *row](const std::stop_token& stop, Progress&) {
            return checkNeighbours(map, of, kLines, stop);
        },
        [this](Result<NeighbourCheck> check) {
            m_view->setNeighbourCheck(check ? std::optional(std::move(*check)) : std::nullopt);
        },
        kRest);
}

} // namespace embedscope
