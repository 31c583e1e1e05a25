// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/optim/optimizer_base.h"
#include "core/optim/row_walk.h"

#include <cmath>

namespace embedscope::detail {

namespace {

struct Factors
{
    float intake1;  // 1 - beta1
    float intake2;  // 1 - beta2
    float eps;      // not divided by the bias correction, other than Adam's
    float stepSize; // lr * sqrt(1 - beta2^t) / (1 - beta1^t)
};

void descend(const Factors& f, float* __restrict value, float* __restrict average, float* __restrict square,
             const float* __restrict grad, Index size)
{
    for (Index i = 0; i < size; ++i) {
        const float g = grad[i];
        average[i] += f.intake1 * (g - average[i]);
        square[i] += f.intake2 * (g * g - square[i]);
        value[i] -= f.stepSize * (average[i] / (std::sqrt(square[i]) + f.eps));
    }
}

class SparseAdam final : public OptimizerWith<SparseAdamOptions>
{
public:
    explicit SparseAdam(const SparseAdamOptions& options)
        : OptimizerWith(options)
    {
    }

    [[nodiscard]] Result<void> accepts(bool sparse) const override
    {
        if (sparse)
            return {};
        return fail(ErrorCode::OptionsConflict,
                    {"SparseAdam", "dense gradients", "Use Adam, or turn sparse gradients on."});
    }

protected:
    /// The step counts for the whole tensor, not for a row, and also where no row has a gradient.
    void update(const Parameter& parameter) override
    {
        const Factors f = factors(countStep(parameter));
        float* value = parameter.value->data();
        float* average = slot(parameter, "exp_avg");
        float* square = slot(parameter, "exp_avg_sq");
        walk(parameter, Reach::RowsWithGradient, [&](Index at, const float* grad, Index size) {
            descend(f, value + at, average + at, square + at, grad, size);
        });
    }

private:
    [[nodiscard]] Factors factors(double step) const
    {
        const SparseAdamOptions& o = options();
        const double bias1 = 1 - std::pow(o.beta1, step);
        const double bias2 = 1 - std::pow(o.beta2, step);
        return {.intake1 = static_cast<float>(1 - o.beta1),
                .intake2 = static_cast<float>(1 - o.beta2),
                .eps = static_cast<float>(o.eps),
                .stepSize = static_cast<float>(o.lr * std::sqrt(bias2) / bias1)};
    }
};

} // namespace

Result<std::unique_ptr<Optimizer>> make(const SparseAdamOptions& options)
{
    return checkAboveZero("lr", options.lr)
        .and_then([&] { return checkAboveZero("eps", options.eps); })
        .and_then([&] { return checkBeta("beta1", options.beta1); })
        .and_then([&] { return checkBeta("beta2", options.beta2); })
        .map([&]() -> std::unique_ptr<Optimizer> { return std::make_unique<SparseAdam>(options); });
}

} // namespace embedscope::detail
