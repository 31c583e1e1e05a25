// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/model/map_kind.h"
#include "ui/model/map_run.h"

#include <QWidget>

class QPushButton;

namespace embedscope {

class HelpText;

/// Starts, pauses and ends the map of t-SNE or UMAP, and says how far it is.
class MapRunControls : public QWidget
{
    Q_OBJECT

public:
    /// A map of up to this many rows starts as soon as its method is chosen; a longer one waits for Run.
    static constexpr Index kStartsAtOnce = 20000;

    explicit MapRunControls(MapRun* run, QWidget* parent = nullptr);

    void setMethod(MapMethod method);
    [[nodiscard]] QString stateText() const;

public Q_SLOTS:
    /// Pauses, or goes on after a pause.
    void togglePause();

private:
    void createButtons();
    void showState();
    [[nodiscard]] QString findings() const;

    MapRun* m_run;
    MapMethod m_method = MapMethod::Tsne;
    QPushButton* m_start = nullptr;
    QPushButton* m_pause = nullptr;
    QPushButton* m_stop = nullptr;
    QPushButton* m_goOn = nullptr;
    QPushButton* m_perturb = nullptr;
    HelpText* m_state = nullptr;
    HelpText* m_findings = nullptr;
};

/// "iteration 640 of 1,000 · KL 1.830 · 120 a second"; what a run is doing, for state line and status bar.
QString runProgressText(const MapRun& run);

} // namespace embedscope
