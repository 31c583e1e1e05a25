// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/axes_map.h"

#include "core/search/neighbors.h"
#include "ui/bridge/qt_text.h"

#include <QLocale>

#include <algorithm>
#include <cmath>
#include <utility>

namespace embedscope {

namespace {

constexpr std::chrono::milliseconds kTypingPause(250);

struct Found
{
    std::shared_ptr<const Matrix> coordinates; // null where an axis could not be found
    std::array<std::optional<Error>, AxesMap::kAxes> errors;
};

/// "man -> woman": what is left and right of the arrow; the second is empty without one.
std::pair<QString, QString> sidesOf(const QString& formula)
{
    for (const QString& arrow : {QStringLiteral("->"), QString(QChar(0x2192))})
        if (const auto place = formula.indexOf(arrow); place >= 0)
            return {formula.left(place).trimmed(), formula.mid(place + arrow.size()).trimmed()};
    return {formula.trimmed(), {}};
}

Result<RowVector> vectorOf(const QString& formula, const EmbeddingTable& table)
{
    const auto query = evaluateFormula(formula.toStdString(), table, Metric::Dot);
    return query ? Result<RowVector>(query->vector) : fail(query.error());
}

struct Line
{
    RowVector direction; // of length 1
    float middle = 0;    // along it
};

Result<Line> lineOf(const EmbeddingTable& table, const QString& formula)
{
    const auto [from, to] = sidesOf(formula);
    const auto first = vectorOf(from, table);
    if (!first)
        return fail(first.error());
    Eigen::RowVectorXd direction = first->cast<double>();
    Eigen::RowVectorXd origin = Eigen::RowVectorXd::Zero(direction.size());
    if (!to.isEmpty()) {
        const auto second = vectorOf(to, table);
        if (!second)
            return fail(second.error());
        origin = (first->cast<double>() + second->cast<double>()) / 2;
        direction = second->cast<double>() - first->cast<double>();
    }
    const double length = direction.norm();
    if (length == 0)
        return fail(ErrorCode::ValueRefused, {"axis", formula.toStdString(), "two different points"});
    direction /= length;
    return Line{direction.cast<float>(), static_cast<float>(origin.dot(direction))};
}

Result<std::vector<float>> along(const EmbeddingTable& table, const QString& formula)
{
    const auto line = lineOf(table, formula);
    if (!line)
        return fail(line.error());
    std::vector<float> values(static_cast<std::size_t>(table.rows()));
    for (Index row = 0; row < table.rows(); ++row)
        values[static_cast<std::size_t>(row)] = table.weights().row(row).dot(line->direction) - line->middle;
    return values;
}

Result<std::vector<float>> columnValues(const EmbeddingTable& table, const std::string& name)
{
    for (const NumberColumn& column : table.numberColumns())
        if (column.name == name)
            return std::vector<float>(column.values.begin(), column.values.end());
    return fail(ErrorCode::ValueRefused, {"axis", name, "a column of numbers"});
}

Found findAxes(const EmbeddingTable& table, const std::vector<float>& norms,
               const std::array<AxisSpec, AxesMap::kAxes>& axes, Index dims)
{
    Found found;
    Matrix out(table.rows(), dims);
    bool whole = true;
    for (Index place = 0; place < dims; ++place) {
        const auto at = static_cast<std::size_t>(place);
        const auto values = axisValues(table, norms, axes.at(at));
        if (!values) {
            found.errors.at(at) = values.error();
            whole = false;
            continue;
        }
        out.col(place) = Eigen::Map<const Eigen::VectorXf>(values->data(), table.rows());
    }
    if (whole)
        found.coordinates = std::make_shared<const Matrix>(std::move(out));
    return found;
}

} // namespace

Result<std::vector<float>> axisValues(const EmbeddingTable& table, const std::vector<float>& norms,
                                      const AxisSpec& axis)
{
    std::vector<float> values(static_cast<std::size_t>(table.rows()));
    switch (axis.kind) {
    case AxisSpec::Kind::Direction:
        return along(table, axis.formula);
    case AxisSpec::Kind::Norm:
        return norms;
    case AxisSpec::Kind::Column:
        return columnValues(table, axis.column);
    case AxisSpec::Kind::Dimension:
        if (axis.dimension < 0 || axis.dimension >= table.dim())
            return fail(ErrorCode::ValueRefused, {"axis", std::to_string(axis.dimension), "a dimension of the table"});
        for (Index row = 0; row < table.rows(); ++row)
            values[static_cast<std::size_t>(row)] = table.weights()(row, axis.dimension);
        return values;
    case AxisSpec::Kind::Row:
        for (Index row = 0; row < table.rows(); ++row)
            values[static_cast<std::size_t>(row)] = std::log10(static_cast<float>(row + 1));
        return values;
    }
    return values;
}

Result<float> axisValueOf(const EmbeddingTable& table, const RowVector& vector, const AxisSpec& axis)
{
    switch (axis.kind) {
    case AxisSpec::Kind::Direction: {
        const auto line = lineOf(table, axis.formula);
        return line ? Result<float>(vector.dot(line->direction) - line->middle) : fail(line.error());
    }
    case AxisSpec::Kind::Norm:
        return static_cast<float>(vector.cast<double>().norm());
    case AxisSpec::Kind::Dimension:
        if (axis.dimension >= 0 && axis.dimension < vector.size())
            return vector[axis.dimension];
        break;
    case AxisSpec::Kind::Column:
    case AxisSpec::Kind::Row:
        break;
    }
    return fail(ErrorCode::ValueRefused,
                {"axis", axis.column, "words, the norm or a dimension: a new point has nothing else"});
}

AxesMap::AxesMap(Document* document, JobRunner* jobs, QObject* parent)
    : QObject(parent)
    , m_document(document)
    , m_job(jobs)
{
    m_axes[0].kind = AxisSpec::Kind::Norm;
    m_axes[1].kind = AxisSpec::Kind::Dimension;
    m_axes[2] = {.kind = AxisSpec::Kind::Dimension, .formula = {}, .dimension = 1, .column = {}};
    const auto again = [this] {
        m_coordinates.reset();
        find();
    };
    connect(document, &Document::tableChanged, this, again);
    connect(document, &Document::weightsChanged, this, &AxesMap::find);
    connect(document, &Document::columnsChanged, this, &AxesMap::find);
}

void AxesMap::setAxis(std::size_t place, const AxisSpec& axis)
{
    if (axis == m_axes.at(place))
        return;
    m_axes.at(place) = axis;
    find();
    Q_EMIT axesChanged();
}

void AxesMap::setDims(Index dims)
{
    if (dims == m_dims)
        return;
    m_dims = dims;
    find();
    Q_EMIT axesChanged();
}

void AxesMap::setWanted(bool wanted)
{
    if (wanted == m_wanted)
        return;
    m_wanted = wanted;
    find();
}

void AxesMap::find()
{
    if (!m_wanted || !m_document->hasTable())
        return;
    const TableSnapshot& snapshot = m_document->snapshot();
    m_job.start(
        tr("Places on the axes"),
        [table = snapshot.table, norms = snapshot.norms, axes = m_axes, dims = m_dims](
            const std::stop_token&, Progress&) -> Result<Found> { return findAxes(*table, *norms, axes, dims); },
        [this, axes = m_axes](Result<Found> result) {
            if (!result)
                return;
            m_errors = result->errors;
            if (result->coordinates) {
                m_coordinates = result->coordinates;
                m_shown = axes;
            }
            Q_EMIT changed();
        },
        kTypingPause);
}

std::function<Result<RowVector>(const RowVector&)> AxesMap::placer() const
{
    const Index dims = m_coordinates ? m_coordinates->cols() : 0;
    return [table = m_document->snapshot().table, axes = m_shown, dims](const RowVector& vector) -> Result<RowVector> {
        RowVector place(dims);
        for (Index i = 0; i < dims; ++i) {
            const auto value = axisValueOf(*table, vector, axes.at(static_cast<std::size_t>(i)));
            if (!value)
                return fail(value.error());
            place[i] = *value;
        }
        return place;
    };
}

QString AxesMap::title(std::size_t place) const
{
    const AxisSpec& axis = m_shown.at(place);
    switch (axis.kind) {
    case AxisSpec::Kind::Direction: {
        const auto [from, to] = sidesOf(axis.formula);
        return to.isEmpty() ? tr("along %1").arg(from) : tr("%1 %2 %3").arg(from, QChar(0x2192), to);
    }
    case AxisSpec::Kind::Norm:
        return tr("norm (L2)");
    case AxisSpec::Kind::Dimension:
        return tr("dimension %1").arg(axis.dimension);
    case AxisSpec::Kind::Column:
        return displayToken(axis.column);
    case AxisSpec::Kind::Row:
        break;
    }
    return tr("place in the table (log10)");
}

} // namespace embedscope
