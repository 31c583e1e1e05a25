// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/search/evaluation_words.h"

#include <stop_token>
#include <vector>

namespace embedscope {

/// Word numbers of b - a + c.
struct AnalogyInput
{
    Index a = 0, b = 0, c = 0;
};

/// The word that each input leads to by the rule of evaluateAnalogies, or EvaluationWords::kNone. Cancelled.
/// A score is cos(b) - cos(a) + cos(c), so that each distinct word is multiplied with the table once, however many
/// questions it stands in. Those in float32 find the best; they are then put in order in float64.
Result<std::vector<Index>> answerAnalogies(const ConstMatrixRef& weights, const EvaluationWords& words,
                                           const std::vector<AnalogyInput>& inputs, std::stop_token stop,
                                           Progress& progress);

} // namespace embedscope
