// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions/recent_files.h"
#include "ui/jobs/job_runner.h"
#include "ui/model/autosave.h"
#include "ui/model/axes_map.h"
#include "ui/model/document.h"
#include "ui/model/map_quality_run.h"
#include "ui/model/map_run.h"
#include "ui/model/pca_map.h"
#include "ui/model/placed_points.h"
#include "ui/model/recommender_run.h"
#include "ui/model/selection.h"
#include "ui/model/sentence_probe.h"
#include "ui/model/session_keeper.h"
#include "ui/model/training_run.h"
#include "ui/settings/app_settings.h"

namespace embedscope {

/// Everything that outlives the window: what is open, what runs, what is remembered. A window is only a view of it, so
/// a new language is a new window. Destroyed from the last member up: the run ends first, the jobs are waited for last.
struct Workspace
{
    Workspace() { sessions.setMaps(&maps); }

    AppSettings settings;
    RecentFiles recent{settings};
    JobRunner jobs;
    Selection selection;
    Document document{&jobs};
    TrainingRun run{&document, &jobs};
    RecommenderRun recommender{&document, &jobs};
    MapRun maps{&document, &jobs};
    PcaMap pca{&document, &jobs};
    AxesMap axes{&document, &jobs};
    MapQualityRun quality{&jobs};
    PlacedPoints placed{&document, &jobs};
    SentenceProbe probe{&run, &jobs};
    SessionKeeper sessions{&document, &run, &selection, &jobs};
    Autosave autosave{&sessions, &run, &jobs, &settings};
};

} // namespace embedscope
