// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/cross_entropy.h"

#include "core/base/parallel.h"
#include "core/base/strings.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

namespace embedscope {

namespace {

/// An exponential costs some nanoseconds: tens of microseconds a chunk.
constexpr Index kLogitsPerChunk = 4096;

Index samplesPerChunk(Index classes)
{
    return std::max<Index>(1, kLogitsPerChunk / std::max<Index>(1, classes));
}

/// NaN where there is one; -infinity for no logits.
float maximum(const float* x, Index size)
{
    float max = -std::numeric_limits<float>::infinity();
    for (Index i = 0; i < size; ++i)
        max = x[i] > max || std::isnan(x[i]) ? x[i] : max;
    return max;
}

/// log(sum(exp(x))) in two parts, because the second would drown in a large first.
struct LogSum
{
    double max;
    double rest;

    [[nodiscard]] double minus(float x) const { return max - static_cast<double>(x) + rest; }
};

/// Writes the softmax of x.
LogSum softmaxRow(const float* x, Index size, float* probabilities)
{
    const float max = maximum(x, size);
    double sum = 0;
    for (Index i = 0; i < size; ++i) {
        probabilities[i] = std::exp(x[i] - max);
        sum += static_cast<double>(probabilities[i]);
    }
    const auto scale = static_cast<float>(1 / sum);
    for (Index i = 0; i < size; ++i)
        probabilities[i] *= scale;
    return {static_cast<double>(max), std::log(sum)};
}

/// The loss of a sample is the sum over classes of -a(c) log p(c): here are the a(c).
class ClassFactors
{
public:
    ClassFactors(const CrossEntropyOptions& options, Index classes)
        : m_weight(static_cast<std::size_t>(classes), 1.0)
        , m_smoothing(options.label_smoothing)
    {
        if (!options.weight.empty())
            std::copy(options.weight.begin(), options.weight.end(), m_weight.begin());
        m_weightSum = std::accumulate(m_weight.begin(), m_weight.end(), 0.0);
    }

    [[nodiscard]] double weight(std::int32_t target) const { return m_weight[static_cast<std::size_t>(target)]; }
    [[nodiscard]] double at(Index c, std::int32_t target) const
    {
        const double smooth = m_smoothing * share() * m_weight[static_cast<std::size_t>(c)];
        return smooth + (c == target ? (1 - m_smoothing) * weight(target) : 0.0);
    }
    /// Of at() over all classes.
    [[nodiscard]] double sum(std::int32_t target) const
    {
        return m_smoothing * share() * m_weightSum + (1 - m_smoothing) * weight(target);
    }
    [[nodiscard]] bool smooths() const { return m_smoothing > 0; }

private:
    [[nodiscard]] double share() const { return 1.0 / static_cast<double>(m_weight.size()); }

    std::vector<double> m_weight;
    double m_weightSum = 0;
    double m_smoothing;
};

double sampleLoss(const float* x, Index classes, std::int32_t target, const LogSum& logSum, const ClassFactors& factors)
{
    if (!factors.smooths())
        return factors.weight(target) * logSum.minus(x[target]);
    double loss = 0;
    for (Index c = 0; c < classes; ++c)
        loss += factors.at(c, target) * logSum.minus(x[c]);
    return loss;
}

/// Turns the probabilities of a row into its gradient, in place.
void sampleGradient(float* row, Index classes, std::int32_t target, double divisor, const ClassFactors& factors)
{
    const double sum = factors.sum(target);
    for (Index c = 0; c < classes; ++c)
        row[c] = static_cast<float>((static_cast<double>(row[c]) * sum - factors.at(c, target)) / divisor);
}

Result<void> checkTargets(std::span<const std::int32_t> target, Index classes)
{
    for (const std::int32_t c : target)
        if (c < 0 || c >= classes)
            return fail(ErrorCode::IndexOutOfRange, {std::to_string(c), std::to_string(classes)});
    return {};
}

Result<void> checkLength(const char* what, Index expected, std::size_t found)
{
    if (static_cast<Index>(found) == expected)
        return {};
    return fail(ErrorCode::ShapeMismatch, {what, std::to_string(expected), std::to_string(found)});
}

Result<void> checkOptions(const CrossEntropyOptions& options, Index classes)
{
    if (!(options.label_smoothing >= 0 && options.label_smoothing <= 1))
        return fail(ErrorCode::ValueRefused,
                    {"label_smoothing", formatNumber(options.label_smoothing), "it is a number from 0 to 1"});
    return options.weight.empty() ? Result<void>() : checkLength("class weights", classes, options.weight.size());
}

/// The mean divides by the weights of the targets: by their number where there are no weights.
double divisorOf(std::span<const std::int32_t> target, Reduction reduction, const ClassFactors& factors)
{
    if (reduction == Reduction::Sum)
        return 1;
    return std::accumulate(target.begin(), target.end(), 0.0,
                           [&](double sum, std::int32_t c) { return sum + factors.weight(c); });
}

} // namespace

Result<double> crossEntropy(const ConstMatrixRef& logits, std::span<const std::int32_t> target,
                            const CrossEntropyOptions& options, Matrix& logits_grad)
{
    const Index classes = logits.cols();
    const auto checked = checkOptions(options, classes)
                             .and_then([&] { return checkLength("targets", logits.rows(), target.size()); })
                             .and_then([&] { return checkTargets(target, classes); });
    if (!checked)
        return fail(checked.error());
    const ClassFactors factors(options, classes);
    const double divisor = divisorOf(target, options.reduction, factors);
    logits_grad.resize(logits.rows(), classes);
    const Index grain = samplesPerChunk(classes);
    std::vector<double> losses(static_cast<std::size_t>(chunkCount(logits.rows(), grain)));
    parallelChunks(logits.rows(), grain, [&](Index chunk, Index begin, Index end) {
        for (Index i = begin; i < end; ++i) {
            const float* x = logits.row(i).data();
            float* row = logits_grad.row(i).data();
            const std::int32_t label = target[static_cast<std::size_t>(i)];
            const LogSum logSum = softmaxRow(x, classes, row);
            losses[static_cast<std::size_t>(chunk)] += sampleLoss(x, classes, label, logSum, factors);
            sampleGradient(row, classes, label, divisor, factors);
        }
    });
    return std::accumulate(losses.begin(), losses.end(), 0.0) / divisor;
}

void softmax(const ConstMatrixRef& logits, Matrix& probabilities)
{
    probabilities.resize(logits.rows(), logits.cols());
    parallelFor(logits.rows(), samplesPerChunk(logits.cols()), [&](Index begin, Index end) {
        for (Index i = begin; i < end; ++i)
            softmaxRow(logits.row(i).data(), logits.cols(), probabilities.row(i).data());
    });
}

} // namespace embedscope
