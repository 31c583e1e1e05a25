// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/recommender_loss.h"

#include "core/nn/cross_entropy.h"

#include <string>
#include <vector>

namespace embedscope {

Result<double> squaredLoss(const Matrix& scores, std::span<const float> values, Matrix& grad)
{
    if (scores.size() != std::ssize(values))
        return fail(ErrorCode::ShapeMismatch,
                    {"ratings", std::to_string(scores.size()), std::to_string(values.size())});
    grad.resize(scores.rows(), scores.cols());
    const auto factor = static_cast<float>(2.0 / static_cast<double>(scores.size()));
    double sum = 0;
    for (Index i = 0; i < scores.size(); ++i) {
        const float error = scores.data()[i] - values[static_cast<std::size_t>(i)];
        grad.data()[i] = factor * error;
        sum += static_cast<double>(error) * static_cast<double>(error);
    }
    return sum / static_cast<double>(scores.size());
}

Result<double> rankingLoss(const Matrix& scores, Matrix& grad)
{
    const std::vector<std::int32_t> first(static_cast<std::size_t>(scores.rows()), 0);
    return crossEntropy(scores, first, {}, grad);
}

} // namespace embedscope
