// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/latest_job.h"
#include "ui/model/document.h"
#include "ui/model/map_job.h"

#include <QObject>

#include <array>
#include <functional>
#include <memory>

namespace embedscope {

/// Which principal components are on the axes, and how.
struct PcaAxes
{
    std::array<Index, 3> components{0, 1, 2}; // across, up and, in space, deep
    Index dims = 2;                           // 2 or 3
    bool whiten = false;                      // a standard deviation of 1 on each axis
    bool operator==(const PcaAxes&) const = default;
};

/// All principal components of the document's table, or of some of its rows, and the map on those that are chosen.
/// Components 1 and 2 of all rows come with the table, also while it is trained; any others are found in a job as soon
/// as they are asked for.
class PcaMap : public QObject
{
    Q_OBJECT

public:
    PcaMap(Document* document, JobRunner* jobs, QObject* parent = nullptr);

    [[nodiscard]] const PcaAxes& axes() const { return m_axes; }
    void setAxes(const PcaAxes& axes);
    /// Ascending; null or empty for all.
    void setRows(ChosenRows rows);
    [[nodiscard]] const ChosenRows& rows() const { return m_rows; }
    /// For scree and loadings, as long as they are on screen.
    void setWantsAll(bool wanted);

    /// Those of the table, all of them once they were found; null where nothing is open.
    [[nodiscard]] std::shared_ptr<const Pca> pca() const;
    [[nodiscard]] bool hasAll() const { return m_all != nullptr; }
    /// Rows of the table x 2 or 3. While the wanted map is being found, the one of before, or components 1 and 2.
    [[nodiscard]] std::shared_ptr<const Matrix> coordinates() const;
    /// Where other vectors lie among the coordinates; may be called from any thread.
    [[nodiscard]] std::function<Result<RowVector>(const RowVector&)> placer() const;
    /// What the coordinates are on; the wanted axes once they were found.
    [[nodiscard]] const PcaAxes& shownAxes() const { return m_shown; }
    [[nodiscard]] Index points() const;

Q_SIGNALS:
    void axesChanged();
    /// Other components, or other places.
    void changed();
    void failed(const embedscope::Error& error);

private:
    [[nodiscard]] bool comesWithTable() const;
    void find();
    void place();
    void forget();

    Document* m_document;
    LatestJob m_job;
    PcaAxes m_axes;
    ChosenRows m_rows;
    bool m_wantsAll = false;
    std::shared_ptr<const Pca> m_all; // as many as the table has dimensions
    std::shared_ptr<const Matrix> m_coordinates;
    PcaAxes m_shown;
    Index m_points = 0;
};

} // namespace embedscope
