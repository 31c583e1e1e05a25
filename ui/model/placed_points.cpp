// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/placed_points.h"

#include "core/project/place_on_map.h"
#include "ui/model/text_vector.h"

#include <algorithm>
#include <utility>

namespace embedscope {

namespace {

bool isSame(const ChosenRows& one, const ChosenRows& other)
{
    return one == other || (one && other && *one == *other);
}

std::optional<RowVector> vectorFor(const EmbeddingTable& table, Metric metric, PlacedPoint& point)
{
    auto found = vectorOfText(point.text.toStdString(), table, metric);
    point.place.resize(0);
    point.error.reset();
    if (!found) {
        point.error = found.error();
        return std::nullopt;
    }
    point.composed = std::move(found->composed);
    point.leftOut = std::move(found->left_out);
    point.mean = found->mean;
    return std::move(found->vector);
}

} // namespace

PlacedPoints::PlacedPoints(Document* document, JobRunner* jobs, QObject* parent)
    : QObject(parent)
    , m_job(jobs)
{
    connect(document, &Document::wholeTableComing, this, [this] { m_tableGrows = true; });
    connect(document, &Document::wholeTableShown, this, [this] { m_tableGrows = false; });
    connect(document, &Document::tableChanged, this, [this] {
        if (!m_tableGrows)
            clear();
    });
}

void PlacedPoints::add(const QString& text)
{
    const QString wanted = text.simplified();
    const bool known = std::ranges::any_of(m_points, [&](const PlacedPoint& point) { return point.text == wanted; });
    if (wanted.isEmpty() || known)
        return;
    m_points.push_back({.text = wanted, .place = {}, .error = {}, .composed = {}, .leftOut = {}, .mean = false});
    Q_EMIT changed();
    findAll();
}

void PlacedPoints::remove(std::size_t place)
{
    if (place >= m_points.size())
        return;
    m_points.erase(m_points.begin() + static_cast<std::ptrdiff_t>(place));
    if (place < m_anchors.size())
        m_anchors.erase(m_anchors.begin() + static_cast<std::ptrdiff_t>(place));
    if (m_job.isBusy())
        findAll(); // what is being found is of the points of before
    Q_EMIT changed();
}

void PlacedPoints::clear()
{
    m_job.cancel();
    m_anchors.clear();
    if (m_points.empty())
        return;
    m_points.clear();
    Q_EMIT changed();
}

bool PlacedPoints::isSameSpace(const PlaceGround& other) const
{
    return !m_ground.project && !other.project && m_ground.table == other.table && isSame(m_ground.rows, other.rows) &&
           m_ground.metric == other.metric && m_ground.pcaDims == other.pcaDims;
}

void PlacedPoints::setGround(PlaceGround ground)
{
    const bool same = isSameSpace(ground);
    if (same && !ground.points)
        ground.points = m_ground.points;
    m_ground = std::move(ground);
    if (m_points.empty())
        return;
    if (same && m_anchors.size() == m_points.size())
        follow();
    else if (!same || !m_job.isBusy())
        findAll();
}

void PlacedPoints::placeExactly(const PlaceGround& ground, PlacedPoint& point)
{
    const auto vector = vectorFor(*ground.table, Metric::Dot, point);
    if (!vector)
        return;
    auto place = ground.project(*vector);
    if (place)
        point.place = *std::move(place);
    else
        point.error = place.error();
}

PlacedPoints::Anchors PlacedPoints::anchorsOf(const PlaceGround& ground, const MapPoints& map, PlacedPoint& point,
                                              const std::stop_token& stop)
{
    const auto vector = vectorFor(*ground.table, ground.metric, point);
    if (!vector)
        return {};
    const auto comparable = comparableWith(map, *vector, ground.metric);
    if (!comparable) {
        point.error = comparable.error();
        return {};
    }
    const Matrix nowhere = Matrix::Zero(map.count(), 2); // the places of now are taken when the point is drawn
    auto found = placeOnMap(map.points, nowhere, *comparable, {.metric = metricOfPoints(ground.metric)}, stop);
    if (!found) {
        point.error = found.error();
        return {};
    }
    Anchors anchors;
    anchors.weights = std::move(found->weights);
    for (const Neighbor& neighbor : found->neighbors)
        anchors.rows.push_back(map.rows[static_cast<std::size_t>(neighbor.row)]);
    return anchors;
}

Result<PlacedPoints::Found> PlacedPoints::find(const PlaceGround& ground, std::vector<PlacedPoint> points,
                                               const std::stop_token& stop, Progress& progress)
{
    Found found{std::move(points), {}, ground.points};
    if (ground.project) {
        for (PlacedPoint& point : found.points)
            placeExactly(ground, point);
        return found;
    }
    if (!found.mapPoints) {
        const std::vector<Index> rows = ground.rows ? *ground.rows : std::vector<Index>();
        auto made = mapPoints(ground.table->weights(), rows, ground.metric, ground.pcaDims, stop, progress);
        if (!made)
            return fail(made.error());
        found.mapPoints = std::make_shared<const MapPoints>(*std::move(made));
    }
    for (PlacedPoint& point : found.points)
        found.anchors.push_back(anchorsOf(ground, *found.mapPoints, point, stop));
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    return found;
}

void PlacedPoints::findAll()
{
    if (!m_ground.table || !m_ground.coordinates || m_points.empty())
        return;
    m_anchors.clear();
    m_job.start(
        tr("Placing points"),
        [ground = m_ground, points = m_points](const std::stop_token& stop, Progress& progress) {
            return find(ground, points, stop, progress);
        },
        [this](Result<Found> found) {
            if (!found)
                return;
            m_points = std::move(found->points);
            m_anchors = std::move(found->anchors);
            m_ground.points = found->mapPoints;
            follow();
        });
}

/// Takes the places of the nearest points as they are now.
void PlacedPoints::follow()
{
    for (std::size_t i = 0; i < m_anchors.size(); ++i) {
        const Anchors& anchors = m_anchors[i];
        if (anchors.rows.empty())
            continue;
        Eigen::RowVectorXd place = Eigen::RowVectorXd::Zero(m_ground.coordinates->cols());
        for (std::size_t k = 0; k < anchors.rows.size(); ++k)
            place += anchors.weights[k] * m_ground.coordinates->row(anchors.rows[k]).cast<double>();
        m_points[i].place = place.cast<float>();
    }
    Q_EMIT changed();
}

} // namespace embedscope
