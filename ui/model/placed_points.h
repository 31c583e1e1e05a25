// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/map_points.h"
#include "ui/jobs/latest_job.h"
#include "ui/model/document.h"
#include "ui/model/map_job.h"

#include <QObject>
#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace embedscope {

/// What a new point needs to know of the map on screen.
struct PlaceGround
{
    std::shared_ptr<const EmbeddingTable> table;
    std::shared_ptr<const Matrix> coordinates; // rows of the table x 2 or 3
    /// Where a vector lies exactly; none for a map that keeps neighbours alone.
    std::function<Result<RowVector>(const RowVector& vector)> project;
    // Of a map that keeps neighbours: what it was made of.
    ChosenRows rows;
    Metric metric = Metric::Euclidean;
    Index pcaDims = 0;
    std::shared_ptr<const MapPoints> points; // where they are known already
};

/// A word, formula or sentence dropped into a map that was made without it.
struct PlacedPoint
{
    QString text;
    RowVector place; // 2 or 3 coordinates; empty where there is none yet
    std::optional<Error> error;
    std::vector<std::string> composed; // tokens without a row
    std::vector<std::string> leftOut;  // words of a sentence without a vector
    bool mean = false;                 // of the words of a sentence
};

/// The points that a person placed on the maps of the document's table: by exact projection on principal components and
/// axes, between their nearest points on t-SNE and UMAP maps (placeOnMap). Which points those are is found in a job; on
/// a map that moves the placed ones move with them.
class PlacedPoints : public QObject
{
    Q_OBJECT

public:
    PlacedPoints(Document* document, JobRunner* jobs, QObject* parent = nullptr);

    /// Nothing for a text that is there already or is empty.
    void add(const QString& text);
    void remove(std::size_t place);
    void clear();
    [[nodiscard]] const std::vector<PlacedPoint>& points() const { return m_points; }
    [[nodiscard]] bool isBusy() const { return m_job.isBusy(); }

    /// Another map, or the next frame of it.
    void setGround(PlaceGround ground);

Q_SIGNALS:
    /// Points came, went or moved.
    void changed();

private:
    struct Anchors // of one point
    {
        std::vector<Index> rows;
        std::vector<double> weights;
    };
    struct Found
    {
        std::vector<PlacedPoint> points;
        std::vector<Anchors> anchors; // none for an exact map
        std::shared_ptr<const MapPoints> mapPoints;
    };

    static Result<Found> find(const PlaceGround& ground, std::vector<PlacedPoint> points, const std::stop_token& stop,
                              Progress& progress);
    static void placeExactly(const PlaceGround& ground, PlacedPoint& point);
    static Anchors anchorsOf(const PlaceGround& ground, const MapPoints& map, PlacedPoint& point,
                             const std::stop_token& stop);
    [[nodiscard]] bool isSameSpace(const PlaceGround& other) const;
    void findAll();
    void follow();

    LatestJob m_job;
    PlaceGround m_ground;
    std::vector<PlacedPoint> m_points;
    std::vector<Anchors> m_anchors; // of m_points; empty until found
    bool m_tableGrows = false;
};

} // namespace embedscope
