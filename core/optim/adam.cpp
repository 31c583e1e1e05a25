// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/optim/optimizer_base.h"
#include "core/optim/row_walk.h"

#include <cmath>

namespace embedscope::detail {

namespace {

struct Factors
{
    float keep;    // what decoupled decay leaves of a weight: 1 without
    float decay;   // L2
    float intake1; // 1 - beta1
    float beta2;
    float intake2;   // 1 - beta2
    float rootBias2; // sqrt(1 - beta2^t)
    float eps;
    float stepSize; // lr / (1 - beta1^t)
};

/// torch.lerp: the form that is exact at the nearer end.
float lerp(float from, float to, float weight)
{
    return weight < 0.5F ? from + weight * (to - from) : to - (to - from) * (1 - weight);
}

void descend(const Factors& f, float* __restrict value, float* __restrict average, float* __restrict square,
             const float* __restrict grad, Index size)
{
    for (Index i = 0; i < size; ++i) {
        const float start = value[i] * f.keep;
        const float g = decayed(grad[i], f.decay, start);
        average[i] = lerp(average[i], g, f.intake1);
        square[i] = square[i] * f.beta2 + f.intake2 * g * g;
        const float denominator = std::sqrt(square[i]) / f.rootBias2 + f.eps;
        value[i] = start - f.stepSize * average[i] / denominator;
    }
}

/// Divides by the largest mean square so far. A NaN counts as larger, as in torch.maximum.
void descendAmsgrad(const Factors& f, float* __restrict value, float* __restrict average, float* __restrict square,
                    float* __restrict largest, const float* __restrict grad, Index size)
{
    for (Index i = 0; i < size; ++i) {
        const float start = value[i] * f.keep;
        const float g = decayed(grad[i], f.decay, start);
        average[i] = lerp(average[i], g, f.intake1);
        square[i] = square[i] * f.beta2 + f.intake2 * g * g;
        largest[i] = square[i] > largest[i] || std::isnan(square[i]) ? square[i] : largest[i];
        const float denominator = std::sqrt(largest[i]) / f.rootBias2 + f.eps;
        value[i] = start - f.stepSize * average[i] / denominator;
    }
}

class Adam final : public OptimizerWith<AdamOptions>
{
public:
    explicit Adam(const AdamOptions& options)
        : OptimizerWith(options)
    {
    }

    [[nodiscard]] Result<void> accepts(bool sparse) const override
    {
        if (!sparse)
            return {};
        return fail(ErrorCode::OptionsConflict, {"sparse", options().decoupled ? "AdamW" : "Adam",
                                                 "Use SparseAdam, or turn sparse gradients off."});
    }

protected:
    void update(const Parameter& parameter) override
    {
        const Factors f = factors(countStep(parameter));
        float* value = parameter.value->data();
        float* average = slot(parameter, "exp_avg");
        float* square = slot(parameter, "exp_avg_sq");
        float* largest = options().amsgrad ? slot(parameter, "max_exp_avg_sq") : nullptr;
        walk(parameter, Reach::AllRows, [&](Index at, const float* grad, Index size) {
            if (largest != nullptr)
                descendAmsgrad(f, value + at, average + at, square + at, largest + at, grad, size);
            else
                descend(f, value + at, average + at, square + at, grad, size);
        });
    }

private:
    /// In double, rounded once, as PyTorch hands them to its float32 kernels.
    [[nodiscard]] Factors factors(double step) const
    {
        const AdamOptions& o = options();
        return {.keep = static_cast<float>(o.decoupled ? 1 - o.lr * o.weight_decay : 1.0),
                .decay = static_cast<float>(o.decoupled ? 0.0 : o.weight_decay),
                .intake1 = static_cast<float>(1 - o.beta1),
                .beta2 = static_cast<float>(o.beta2),
                .intake2 = static_cast<float>(1 - o.beta2),
                .rootBias2 = static_cast<float>(std::sqrt(1 - std::pow(o.beta2, step))),
                .eps = static_cast<float>(o.eps),
                .stepSize = static_cast<float>(o.lr / (1 - std::pow(o.beta1, step)))};
    }
};

} // namespace

Result<std::unique_ptr<Optimizer>> make(const AdamOptions& options)
{
    return checkAtLeastZero("lr", options.lr)
        .and_then([&] { return checkAtLeastZero("eps", options.eps); })
        .and_then([&] { return checkBeta("beta1", options.beta1); })
        .and_then([&] { return checkBeta("beta2", options.beta2); })
        .and_then([&] { return checkAtLeastZero("weight_decay", options.weight_decay); })
        .map([&]() -> std::unique_ptr<Optimizer> { return std::make_unique<Adam>(options); });
}

} // namespace embedscope::detail
