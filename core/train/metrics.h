// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/matrix.h"

#include <cstdint>
#include <optional>
#include <span>

namespace embedscope {

/// How well class predictions fit the true classes.
struct Evaluation
{
    double loss = 0;     // mean cross-entropy
    double accuracy = 0; // share of right answers, in [0, 1]
    double macro_f1 = 0; // mean over the classes that occur or are predicted; F1 is 0 where nothing is right
    Eigen::Matrix<std::int64_t, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> confusion; // true x predicted
};

/// From logits (N x classes) and true classes. Of equal logits the first class wins. Empty data: all zero.
EMBEDSCOPE_EXPORT Evaluation evaluate(const Matrix& logits, std::span<const std::int32_t> labels);

/// The class that every sentence was taken for although there are several: a model that has learned nothing but the
/// largest class. Nothing where predictions differ, or where all sentences are of that class.
EMBEDSCOPE_EXPORT std::optional<std::int32_t> collapsedClass(const Evaluation& evaluation);

} // namespace embedscope
