// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/pca_map.h"

#include "core/project/map_points.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

namespace embedscope {

namespace {

struct Placed
{
    std::shared_ptr<const Pca> pca;
    std::shared_ptr<const Matrix> coordinates;
    Index points = 0;
};

/// 0 on an axis that the table does not have, or along which nothing varies where it is whitened.
Matrix onAxes(const Pca& pca, const Matrix& projected, const PcaAxes& axes)
{
    Matrix out = Matrix::Zero(projected.rows(), axes.dims);
    for (Index axis = 0; axis < axes.dims; ++axis) {
        const Index component = axes.components.at(static_cast<std::size_t>(axis));
        if (component >= projected.cols())
            continue;
        const double variance = pca.explained_variance[static_cast<std::size_t>(component)];
        if (!axes.whiten)
            out.col(axis) = projected.col(component);
        else if (variance > 0)
            out.col(axis) = projected.col(component) / static_cast<float>(std::sqrt(variance));
    }
    return out;
}

/// The components that are on the axes alone, so that a projection of 400,000 rows costs no more than it must.
Pca only(const Pca& all, const PcaAxes& axes)
{
    const auto last = *std::max_element(axes.components.begin(), axes.components.begin() + axes.dims);
    const Index count = std::min<Index>(last + 1, all.components.rows());
    Pca out{all.mean, all.components.topRows(count), all.explained_variance, all.explained_variance_ratio,
            all.rows_left_out};
    return out;
}

Result<Placed> placeOn(const EmbeddingTable& table, const ChosenRows& rows, std::shared_ptr<const Pca> known,
                       const PcaAxes& axes, const std::stop_token& stop, Progress& progress)
{
    const std::vector<Index> chosen = rows ? *rows : std::vector<Index>();
    const auto points = mapPoints(table.weights(), chosen, Metric::Euclidean, 0, stop, progress);
    if (!points)
        return fail(points.error());
    if (!known) {
        auto fitted = fitPca(points->points, table.dim(), stop, progress);
        if (!fitted)
            return fail(fitted.error());
        known = std::make_shared<const Pca>(*std::move(fitted));
    }
    const Matrix placed = onAxes(*known, only(*known, axes).project(points->points), axes);
    Matrix out = Matrix::Constant(table.rows(), axes.dims, std::numeric_limits<float>::quiet_NaN());
    for (Index i = 0; i < placed.rows(); ++i)
        out.row(points->rows[static_cast<std::size_t>(i)]) = placed.row(i);
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    return Placed{std::move(known), std::make_shared<const Matrix>(std::move(out)), points->count()};
}

} // namespace

PcaMap::PcaMap(Document* document, JobRunner* jobs, QObject* parent)
    : QObject(parent)
    , m_document(document)
    , m_job(jobs)
{
    connect(document, &Document::tableChanged, this, [this] {
        m_axes.components = {0, 1, 2};
        m_axes.whiten = false;
        m_rows.reset();
        forget();
    });
    connect(document, &Document::weightsChanged, this, &PcaMap::forget);
    connect(document, &Document::pictureChanged, this, [this] {
        if (comesWithTable())
            Q_EMIT changed();
    });
}

bool PcaMap::comesWithTable() const
{
    return m_axes.dims == 2 && m_axes.components[0] == 0 && m_axes.components[1] == 1 && !m_axes.whiten && !m_rows;
}

/// What was found is of the numbers of before.
void PcaMap::forget()
{
    m_all.reset();
    m_coordinates.reset();
    m_job.cancel();
    m_shown = {};
    find();
    Q_EMIT axesChanged();
    Q_EMIT changed();
}

void PcaMap::setAxes(const PcaAxes& axes)
{
    if (axes == m_axes)
        return;
    m_axes = axes;
    find();
    Q_EMIT axesChanged();
}

void PcaMap::setRows(ChosenRows rows)
{
    if (rows && rows->empty())
        rows.reset();
    if (rows == m_rows || (rows && m_rows && *rows == *m_rows))
        return;
    m_rows = std::move(rows);
    m_all.reset();
    find();
}

void PcaMap::setWantsAll(bool wanted)
{
    m_wantsAll = wanted;
    if (wanted && !m_all && !m_job.isBusy())
        find();
}

void PcaMap::find()
{
    if (!m_document->hasTable())
        return;
    if (comesWithTable()) {
        m_coordinates.reset();
        m_shown = m_axes;
        Q_EMIT changed();
        if (!m_wantsAll || m_all)
            return;
    }
    m_job.start(
        tr("Principal components"),
        [table = m_document->snapshot().table, rows = m_rows, known = m_all, axes = m_axes](const std::stop_token& stop,
                                                                                            Progress& progress) {
            return placeOn(*table, rows, known, axes, stop, progress);
        },
        [this, axes = m_axes](Result<Placed> result) {
            if (!result) {
                Q_EMIT failed(result.error());
                return;
            }
            m_all = result->pca;
            m_points = result->points;
            if (!comesWithTable())
                m_coordinates = result->coordinates;
            m_shown = axes;
            Q_EMIT changed();
        });
}

std::shared_ptr<const Pca> PcaMap::pca() const
{
    return m_all ? m_all : m_document->snapshot().axes;
}

std::shared_ptr<const Matrix> PcaMap::coordinates() const
{
    return m_coordinates ? m_coordinates : m_document->snapshot().coordinates;
}

std::function<Result<RowVector>(const RowVector&)> PcaMap::placer() const
{
    return [pca = pca(), axes = m_shown](const RowVector& vector) -> Result<RowVector> {
        if (vector.size() != pca->mean.size())
            return fail(ErrorCode::ShapeMismatch,
                        {"Vector", std::to_string(pca->mean.size()), std::to_string(vector.size())});
        return RowVector(onAxes(*pca, only(*pca, axes).project(Matrix(vector)), axes).row(0));
    };
}

Index PcaMap::points() const
{
    const TableSnapshot& snapshot = m_document->snapshot();
    return m_coordinates ? m_points : snapshot.table->rows() - snapshot.nanRows;
}

} // namespace embedscope
