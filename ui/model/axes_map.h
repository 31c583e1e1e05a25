// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/latest_job.h"
#include "ui/model/document.h"

#include <QObject>
#include <QString>

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace embedscope {

/// What a person put on an axis.
struct AxisSpec
{
    enum class Kind { Direction, Norm, Dimension, Column, Row };
    Kind kind = Kind::Direction;
    QString formula;     // of a direction: "man -> woman", or one side alone
    Index dimension = 0; // from 0
    std::string column;  // of numbers
    bool operator==(const AxisSpec&) const = default;
};

/// One number a row for an axis; NaN where a row has none. For "a -> b": the place of each row on the line from a to b,
/// in units of the vectors, 0 halfway. For one formula: the part of each row along it. Errors of evaluateFormula;
/// ValueRefused for a direction of no length, a dimension or column that is not there.
Result<std::vector<float>> axisValues(const EmbeddingTable& table, const std::vector<float>& norms,
                                      const AxisSpec& axis);

/// Likewise of a vector that is no row: ValueRefused for a column or the place in the table, which it has not.
Result<float> axisValueOf(const EmbeddingTable& table, const RowVector& vector, const AxisSpec& axis);

/// The map of the document's table on axes that a person chose; found in a job at each change.
class AxesMap : public QObject
{
    Q_OBJECT

public:
    AxesMap(Document* document, JobRunner* jobs, QObject* parent = nullptr);

    static constexpr std::size_t kAxes = 3; // across, up, deep
    [[nodiscard]] const AxisSpec& axis(std::size_t place) const { return m_axes.at(place); }
    void setAxis(std::size_t place, const AxisSpec& axis);
    [[nodiscard]] Index dims() const { return m_dims; }
    void setDims(Index dims);
    /// Nothing is found before someone looks.
    void setWanted(bool wanted);

    /// Null until all axes could be found; rows x 2 or 3.
    [[nodiscard]] const std::shared_ptr<const Matrix>& coordinates() const { return m_coordinates; }
    /// Where other vectors lie on the map of the coordinates; may be called from any thread.
    [[nodiscard]] std::function<Result<RowVector>(const RowVector&)> placer() const;
    /// Of the coordinates: "man → woman", "norm (L2)".
    [[nodiscard]] QString title(std::size_t place) const;
    /// Why an axis could not be found.
    [[nodiscard]] const std::optional<Error>& error(std::size_t place) const { return m_errors.at(place); }

Q_SIGNALS:
    void axesChanged();
    void changed();

private:
    void find();

    Document* m_document;
    LatestJob m_job;
    std::array<AxisSpec, kAxes> m_axes;
    Index m_dims = 2;
    bool m_wanted = false;
    std::array<AxisSpec, kAxes> m_shown;
    std::shared_ptr<const Matrix> m_coordinates;
    std::array<std::optional<Error>, kAxes> m_errors;
};

} // namespace embedscope
