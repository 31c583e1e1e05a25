// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"
#include "core/base/progress.h"
#include "core/base/result.h"

#include <stop_token>
#include <vector>

namespace embedscope {

/// What one pass over the rows tells: enough to centre and scale the second pass.
struct RowSurvey
{
    Eigen::RowVectorXd mean;        // of the rows that take part, dim
    float largest = 0;              // largest absolute value among them
    std::vector<Index> rowsLeftOut; // ascending; rows with a NaN or an infinity

    [[nodiscard]] Index rowsUsed(Index rows) const { return rows - static_cast<Index>(rowsLeftOut.size()); }
};

/// Adds rows to `progress`. Cancelled.
Result<RowSurvey> surveyRows(const ConstMatrixRef& weights, std::stop_token stop, Progress& progress);

/// dim x dim, symmetric, divided by rows used - 1; zero for fewer than two rows. Products of short blocks in float32 of
/// centred values, blocks added in float64, so that the error stays near that of one block. Adds rows to `progress`.
/// Cancelled.
Result<Eigen::MatrixXd> covarianceOf(const ConstMatrixRef& weights, const RowSurvey& survey, std::stop_token stop,
                                     Progress& progress);

} // namespace embedscope
