// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"

#include <span>
#include <vector>

namespace embedscope {

/// Ranks from 1; equal values share the mean of their ranks. The values hold no NaN.
EMBEDSCOPE_EXPORT std::vector<double> meanRanks(std::span<const double> values);

/// Correlation of two lists of the same length, in [-1, 1]. NaN where it is not defined: fewer than two values, one of
/// the lists constant, or a value that is not finite.
EMBEDSCOPE_EXPORT double pearsonCorrelation(std::span<const double> x, std::span<const double> y);

/// The same of their mean ranks.
EMBEDSCOPE_EXPORT double spearmanCorrelation(std::span<const double> x, std::span<const double> y);

} // namespace embedscope
