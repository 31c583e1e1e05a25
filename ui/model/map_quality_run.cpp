// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/map_quality_run.h"

#include "core/project/map_points.h"

#include <array>
#include <chrono>
#include <limits>
#include <utility>

namespace embedscope {

namespace {

constexpr Index kSample = 2000;
constexpr Index kAllUpTo = 5000;
constexpr double kQuickProducts = 5e9; // multiplications that take well below a second
constexpr std::chrono::milliseconds kRest{400};

Index sampleOf(Index rows)
{
    return rows <= kAllUpTo ? 0 : kSample;
}

std::vector<Index> rowsOnMap(const Matrix& coordinates)
{
    std::vector<Index> rows;
    for (Index row = 0; row < coordinates.rows(); ++row)
        if (coordinates.row(row).allFinite())
            rows.push_back(row);
    return rows;
}

Result<MapQuality> judged(const JudgedMap& map, const std::stop_token& stop, Progress& progress)
{
    const std::vector<Index> shown = rowsOnMap(*map.coordinates);
    if (shown.empty())
        return fail(ErrorCode::ValueRefused, {"points", "0", "a map needs three points to be judged"});
    auto points = mapPoints(map.table->weights(), shown, map.metric, 0, stop, progress);
    if (!points)
        return fail(points.error());
    Matrix places(points->count(), map.coordinates->cols());
    for (Index i = 0; i < points->count(); ++i)
        places.row(i) = map.coordinates->row(points->rows[static_cast<std::size_t>(i)]);
    QualityOptions options;
    options.metric = map.metric;
    options.sample = sampleOf(points->count());
    auto quality = mapQuality(points->points, places, options, stop, progress);
    if (quality)
        for (Index& point : quality->judged)
            point = points->rows[static_cast<std::size_t>(point)];
    return quality;
}

} // namespace

MapQualityRun::MapQualityRun(JobRunner* jobs, QObject* parent)
    : QObject(parent)
    , m_job(jobs)
{
    m_job.setBackground(true);
}

void MapQualityRun::setMap(JudgedMap map)
{
    if (map == m_map)
        return;
    if (map.table != m_map.table)
        m_quality.reset();
    m_map = std::move(map);
    m_job.cancel();
    Q_EMIT changed();
}

bool MapQualityRun::isQuick() const
{
    if (!m_map.table)
        return false;
    const auto rows = static_cast<double>(m_map.table->rows());
    const Index sample = sampleOf(m_map.table->rows());
    return rows * (sample > 0 ? static_cast<double>(sample) : rows) * static_cast<double>(m_map.table->dim()) <=
           kQuickProducts;
}

void MapQualityRun::judge()
{
    if (!m_map.table || !m_map.coordinates)
        return;
    m_job.start(
        tr("Judging the map"),
        [map = m_map](const std::stop_token& stop, Progress& progress) { return judged(map, stop, progress); },
        [this, map = m_map](Result<MapQuality> quality) { take(map, std::move(quality)); }, kRest);
    Q_EMIT changed();
}

void MapQualityRun::take(const JudgedMap& map, Result<MapQuality> quality)
{
    m_judged = map;
    m_quality = quality && !quality->judged.empty() ? std::make_shared<const MapQuality>(std::move(*quality)) : nullptr;
    Q_EMIT changed();
}

std::shared_ptr<const std::vector<float>> MapQualityRun::valuesOfRows(Figure figure) const
{
    if (!m_quality)
        return nullptr;
    const std::array of{&m_quality->trust_of_point, &m_quality->continuity_of_point, &m_quality->kept_of_point};
    const std::vector<float>& values = *of.at(static_cast<std::size_t>(figure));
    auto rows = std::make_shared<std::vector<float>>(static_cast<std::size_t>(m_judged.table->rows()),
                                                     std::numeric_limits<float>::quiet_NaN());
    for (std::size_t i = 0; i < values.size(); ++i)
        (*rows)[static_cast<std::size_t>(m_quality->judged[i])] = values[i];
    return rows;
}

} // namespace embedscope
