// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/metrics.h"

#include "core/nn/cross_entropy.h"

namespace embedscope {

namespace {

double macroF1(const Evaluation& evaluation)
{
    const auto& confusion = evaluation.confusion;
    double sum = 0;
    Index classes = 0;
    for (Index c = 0; c < confusion.rows(); ++c) {
        const auto actual = confusion.row(c).sum();
        const auto predicted = confusion.col(c).sum();
        if (actual + predicted == 0)
            continue;
        ++classes;
        sum += 2.0 * static_cast<double>(confusion(c, c)) / static_cast<double>(actual + predicted);
    }
    return classes > 0 ? sum / static_cast<double>(classes) : 0;
}

} // namespace

Evaluation evaluate(const Matrix& logits, std::span<const std::int32_t> labels)
{
    Evaluation out;
    out.confusion.setZero(logits.cols(), logits.cols());
    if (labels.empty())
        return out;
    std::int64_t right = 0;
    for (Index i = 0; i < logits.rows(); ++i) {
        Index predicted = 0;
        logits.row(i).maxCoeff(&predicted);
        const Index actual = labels[static_cast<std::size_t>(i)];
        ++out.confusion(actual, predicted);
        right += predicted == actual ? 1 : 0;
    }
    Matrix unused;
    out.loss = crossEntropy(logits, labels, {}, unused).value_or(0);
    out.accuracy = static_cast<double>(right) / static_cast<double>(labels.size());
    out.macro_f1 = macroF1(out);
    return out;
}

std::optional<std::int32_t> collapsedClass(const Evaluation& evaluation)
{
    const auto& confusion = evaluation.confusion;
    for (Index predicted = 0; predicted < confusion.cols(); ++predicted) {
        const std::int64_t all = confusion.col(predicted).sum();
        if (all > 0 && all == confusion.sum() && confusion(predicted, predicted) < all)
            return static_cast<std::int32_t>(predicted);
    }
    return std::nullopt;
}

} // namespace embedscope
