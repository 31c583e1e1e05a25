// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/map_run_controls.h"

#include "ui/bridge/map_text.h"
#include "ui/widgets/help_text.h"
#include "ui/widgets/icons.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include <cmath>

namespace embedscope {

namespace {

QPushButton* button(QHBoxLayout* row, const QString& text, const QString& help)
{
    auto* made = new QPushButton(text);
    made->setToolTip(help);
    row->addWidget(made, 1);
    return made;
}

QHBoxLayout* buttonRow(QVBoxLayout* column)
{
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    column->addLayout(row);
    return row;
}

} // namespace

QString runProgressText(const MapRun& run)
{
    const ComputedMap* map = run.map(run.method());
    if (run.state() == MapRun::State::Preparing || map == nullptr)
        return QCoreApplication::translate("MapRun", "finding neighbours");
    const MapFrame& frame = map->frame;
    QStringList facts{stepText(run.method(), frame.step, frame.steps)};
    if (std::isfinite(frame.kl))
        facts << QCoreApplication::translate("MapRun", "KL %1").arg(QLocale().toString(frame.kl, 'f', 3));
    if (run.state() == MapRun::State::Paused)
        facts << QCoreApplication::translate("MapRun", "paused");
    else if (run.active() && run.stepsPerSecond() > 0)
        facts << QCoreApplication::translate("MapRun", "%1 a second")
                     .arg(QLocale().toString(std::lround(run.stepsPerSecond())));
    return joinedFacts(facts);
}

MapRunControls::MapRunControls(MapRun* run, QWidget* parent)
    : QWidget(parent)
    , m_run(run)
    , m_state(new HelpText)
    , m_findings(new HelpText)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    createButtons();
    column->addWidget(m_state);
    column->addWidget(m_findings);
    for (const auto signal : {&MapRun::stateChanged, &MapRun::frameChanged, &MapRun::optionsChanged,
                              &MapRun::rowsChanged, &MapRun::mapsChanged, &MapRun::cancelled})
        connect(m_run, signal, this, &MapRunControls::showState);
    showState();
}

void MapRunControls::createButtons()
{
    auto* column = static_cast<QVBoxLayout*>(layout());
    auto* first = buttonRow(column);
    m_start = button(first, tr("Run"), tr("Makes the map from the start, by the settings above."));
    m_pause = button(first, tr("Pause"), tr("Holds the points where they are; Continue lets them move again."));
    m_stop = button(first, tr("Stop"), tr("Ends the run and keeps the map as it is now."));
    m_start->setIcon(icon(IconName::Play));
    m_pause->setIcon(icon(IconName::Pause));
    m_stop->setIcon(icon(IconName::Stop));
    auto* second = buttonRow(column);
    m_goOn = button(second, tr("Go On"),
                    tr("Goes on from where the points are, by the settings above: at once while the map is made, else "
                       "for 250 more steps or as many as are set."));
    m_perturb = button(second, tr("Shake"),
                       tr("Moves every point a little at random and goes on: what falls back into place was no "
                          "accident. For t-SNE."));
    connect(m_start, &QPushButton::clicked, m_run, &MapRun::start);
    connect(m_pause, &QPushButton::clicked, this, &MapRunControls::togglePause);
    connect(m_stop, &QPushButton::clicked, m_run, &MapRun::stop);
    connect(m_goOn, &QPushButton::clicked, m_run, &MapRun::goOn);
    connect(m_perturb, &QPushButton::clicked, m_run, &MapRun::perturb);
}

void MapRunControls::togglePause()
{
    if (m_run->state() == MapRun::State::Paused)
        m_run->resume();
    else
        m_run->pause();
}

void MapRunControls::setMethod(MapMethod method)
{
    m_method = method;
    showState();
}

QString MapRunControls::stateText() const
{
    return m_state->text();
}

void MapRunControls::showState()
{
    const bool mine = m_run->active() && m_run->method() == m_method;
    const bool paused = m_run->state() == MapRun::State::Paused;
    m_start->setText(mine ? tr("Start Over") : tr("Run"));
    m_pause->setEnabled(mine);
    m_pause->setText(paused ? tr("Continue") : tr("Pause"));
    m_pause->setIcon(icon(paused ? IconName::Play : IconName::Pause));
    m_stop->setEnabled(mine);
    m_goOn->setEnabled(m_run->canGoOn() && (mine || !m_run->active()));
    m_perturb->setEnabled(m_run->canPerturb());
    m_perturb->setVisible(m_method == MapMethod::Tsne);
    const ComputedMap* map = m_run->map(m_method);
    if (mine)
        m_state->setText(runProgressText(*m_run));
    else if (map == nullptr)
        m_state->setText(tr("No map yet. Up to %1 rows it starts by itself, above that with Run.")
                             .arg(QLocale().toString(static_cast<qlonglong>(kStartsAtOnce))));
    else if (m_run->isOfOlderTable(*map))
        m_state->setText(tr("The table has changed since this map. Run makes a new one."));
    else if (m_run->hasOtherRows(*map))
        m_state->setText(tr("This map is of other rows. Run makes a new one."));
    else if (m_run->hasOtherSettings(*map))
        m_state->setText(tr("Settings have changed since this map. Run makes a new one."));
    else
        m_state->setText(stepText(m_method, map->frame.step, map->frame.steps));
    m_findings->setText(findings());
    m_findings->setVisible(!m_findings->text().isEmpty());
}

QString MapRunControls::findings() const
{
    const ComputedMap* map = m_run->map(m_method);
    if (map == nullptr)
        return {};
    QStringList facts{neighboursText(map->frame.exact, map->frame.recall)};
    const bool mine = m_run->active() && m_run->method() == m_method;
    if (std::isfinite(map->frame.kl) && !mine)
        facts << tr("KL %1").arg(QLocale().toString(map->frame.kl, 'f', 3));
    return joinedFacts(facts);
}

} // namespace embedscope
