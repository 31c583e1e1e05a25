// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/map_quality.h"
#include "core/table/embedding_table.h"
#include "ui/jobs/latest_job.h"

#include <QObject>

#include <memory>
#include <optional>
#include <vector>

namespace embedscope {

/// A map and the space it is of.
struct JudgedMap
{
    std::shared_ptr<const EmbeddingTable> table;
    std::shared_ptr<const Matrix> coordinates; // rows of the table x 2 or 3; NaN off the map
    Metric metric = Metric::Euclidean;         // of the space

    bool operator==(const JudgedMap&) const = default;
};

/// How far the map on screen can be believed: computed off the GUI thread, from 2,000 points against all others, or from
/// all of up to 5,000. Knows no widget.
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

/// The rows of the space that the map shows beside a row, those it does not, and those it shows without cause.
struct NeighbourCheck
{
    Index row = 0;
    std::vector<Index> kept;  // near in the space and on the map
    std::vector<Index> torn;  // near in the space, elsewhere on the map
    std::vector<Index> faked; // near on the map, elsewhere in the space
};

/// Of the k nearest by the metric of the space and the k nearest on the map. Cancelled; ValueRefused for a row that is
/// not on the map or has no neighbours by the metric.
Result<NeighbourCheck> checkNeighbours(const JudgedMap& map, Index row, Index k, const std::stop_token& stop);

} // namespace embedscope
