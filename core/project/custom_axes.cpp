// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/custom_axes.h"

#include "core/base/parallel.h"

#include <limits>
#include <string>

namespace embedscope {

namespace {

constexpr Index kRowsPerChunk = 1024;

} // namespace

Result<RowVector> axisBetween(const RowVector& from, const RowVector& to)
{
    if (from.size() != to.size())
        return fail(ErrorCode::ShapeMismatch,
                    {"Axis", std::to_string(from.size()) + " numbers", std::to_string(to.size())});
    const Eigen::RowVectorXd direction = to.cast<double>() - from.cast<double>();
    const double length = direction.norm();
    if (!(length > 0 && length <= std::numeric_limits<double>::max()))
        return fail(ErrorCode::ValueRefused,
                    {"The axis", length == 0 ? "without direction" : "not finite", "two different, finite ends"});
    return RowVector((direction / length).cast<float>());
}

Result<Matrix> coordinatesAlong(const ConstMatrixRef& rows, std::span<const RowVector> axes, Metric metric,
                                std::stop_token stop)
{
    Eigen::MatrixXd directions(rows.cols(), static_cast<Index>(axes.size()));
    for (std::size_t axis = 0; axis < axes.size(); ++axis) {
        if (axes[axis].size() != rows.cols())
            return fail(ErrorCode::ShapeMismatch,
                        {"Axis", std::to_string(rows.cols()) + " numbers", std::to_string(axes[axis].size())});
        directions.col(static_cast<Index>(axis)) = axes[axis].cast<double>();
    }
    Matrix out(rows.rows(), directions.cols());
    parallelFor(rows.rows(), kRowsPerChunk, [&](Index begin, Index end) {
        for (Index row = begin; row < end && !stop.stop_requested(); ++row) {
            Eigen::RowVectorXd exact = rows.row(row).cast<double>();
            if (metric == Metric::Cosine)
                exact /= exact.norm(); // zero becomes NaN
            if (exact.allFinite())
                out.row(row) = (exact * directions).cast<float>();
            else
                out.row(row).setConstant(std::numeric_limits<float>::quiet_NaN());
        }
    });
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    return out;
}

} // namespace embedscope
