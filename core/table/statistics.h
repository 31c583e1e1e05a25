// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/matrix.h"
#include "core/table/embedding_table.h"

#include <vector>

namespace embedscope {

/// Euclidean norm of each row, in float32 (accumulated in double). NaN where the row holds a NaN.
EMBEDSCOPE_EXPORT std::vector<float> rowNorms(const ConstMatrixRef& weights);

/// Rows whose p-norm is greater than `limit`: those that max_norm would scale down. p > 0, infinity is the largest
/// value.
EMBEDSCOPE_EXPORT Index rowsAboveNorm(const ConstMatrixRef& weights, double limit, double p);

/// Over the finite norms only; all zero where there is none.
struct NormSummary
{
    double min = 0;
    double median = 0;
    double mean = 0;
    double max = 0;
};
EMBEDSCOPE_EXPORT NormSummary summarize(const std::vector<float>& norms);

/// What a person wants to know about a table before trusting it.
struct TableStatistics
{
    std::vector<float> norms; // one a row
    NormSummary norm;
    Index duplicateTokens = 0; // rows whose token stands in an earlier row too
    Index zeroRows = 0;
    Index nanRows = 0; // rows with a NaN or an infinity
};
EMBEDSCOPE_EXPORT TableStatistics statisticsOf(const EmbeddingTable& table);

/// Share of the finite norms that are less than or equal to `norm`, in [0, 1].
EMBEDSCOPE_EXPORT double normPercentile(const std::vector<float>& sortedNorms, float norm);

/// Equal bins over [low, high]; the last bin holds `high` too. Norms that are not finite are left out.
struct Histogram
{
    double low = 0;
    double high = 1;
    std::vector<Index> counts;
};
/// `bins` >= 1. The range is that of the finite values; a single value gets a range of width 1 around it, or
/// of two millionths of it where that is wider.
EMBEDSCOPE_EXPORT Histogram histogramOf(const std::vector<float>& values, int bins);

} // namespace embedscope
