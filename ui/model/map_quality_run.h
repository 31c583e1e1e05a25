// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/map_quality.h"
#include "ui/jobs/latest_job.h"
#include "ui/model/neighbour_check.h"

#include <QObject>

#include <memory>
#include <vector>

namespace embedscope {

/// How far the map on screen can be believed: computed off the GUI thread, from 2,000 points against all others, or
/// from all of up to 5,000. Knows no widget.
class MapQualityRun : public QObject
{
    Q_OBJECT

public:
    explicit MapQualityRun(JobRunner* jobs, QObject* parent = nullptr);

    /// The map that is on screen now; does not judge it.
    void setMap(JudgedMap map);
    /// Soon, unless the map changes before.
    void judge();
    /// Whether judging takes well below a second, so that nobody needs to ask for it.
    [[nodiscard]] bool isQuick() const;

    /// `judged` holds rows of the table. Null before the first judgement, and where too few points are on the map.
    [[nodiscard]] const std::shared_ptr<const MapQuality>& quality() const { return m_quality; }
    /// The map has changed since it was judged.
    [[nodiscard]] bool isStale() const { return m_quality && !(m_judged == m_map); }
    [[nodiscard]] bool isBusy() const { return m_job.isBusy(); }

    enum class Figure { Trustworthiness, Continuity, Kept };
    /// One value a row of the table, NaN where it was not judged; null where there is no judgement.
    [[nodiscard]] std::shared_ptr<const std::vector<float>> valuesOfRows(Figure figure) const;

Q_SIGNALS:
    /// Another judgement, or it is out of date.
    void changed();

private:
    void take(const JudgedMap& map, Result<MapQuality> quality);

    JudgedMap m_map;
    JudgedMap m_judged;
    std::shared_ptr<const MapQuality> m_quality;
    LatestJob m_job;
};

} // namespace embedscope
