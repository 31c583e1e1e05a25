// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/optim/optimizer_base.h"
#include "core/optim/row_walk.h"

#include <cmath>

namespace embedscope::detail {

namespace {

struct Factors
{
    float rate, decay, eps;
};

void descend(const Factors& f, float* __restrict value, float* __restrict sum, const float* __restrict grad, Index size)
{
    for (Index i = 0; i < size; ++i) {
        const float g = decayed(grad[i], f.decay, value[i]);
        sum[i] += g * g;
        value[i] -= f.rate * g / (std::sqrt(sum[i]) + f.eps);
    }
}

class Adagrad final : public OptimizerWith<AdagradOptions>
{
public:
    explicit Adagrad(const AdagradOptions& options)
        : OptimizerWith(options, options.initial_accumulator_value)
    {
    }

    [[nodiscard]] Result<void> accepts(bool sparse) const override
    {
        if (!sparse || options().weight_decay == 0)
            return {};
        return fail(ErrorCode::OptionsConflict,
                    {"sparse", "weight_decay", "Set weight_decay to 0, or turn sparse gradients off."});
    }

protected:
    void update(const Parameter& parameter) override
    {
        const double step = countStep(parameter);
        const Factors f{static_cast<float>(options().lr / (1 + (step - 1) * options().lr_decay)),
                        static_cast<float>(options().weight_decay), static_cast<float>(options().eps)};
        float* value = parameter.value->data();
        float* sum = slot(parameter, "sum");
        walk(parameter, reach(f), [&](Index offset, const float* grad, Index size) {
            descend(f, value + offset, sum + offset, grad, size);
        });
    }

private:
    /// Without decay a gradient of zero changes nothing, unless 0 / 0 makes a NaN of it.
    static Reach reach(const Factors& f)
    {
        return f.decay == 0 && f.eps > 0 ? Reach::RowsWithGradient : Reach::AllRows;
    }
};

} // namespace

Result<std::unique_ptr<Optimizer>> make(const AdagradOptions& options)
{
    return checkAtLeastZero("lr", options.lr)
        .and_then([&] { return checkAtLeastZero("lr_decay", options.lr_decay); })
        .and_then([&] { return checkAtLeastZero("weight_decay", options.weight_decay); })
        .and_then([&] { return checkAtLeastZero("initial_accumulator_value", options.initial_accumulator_value); })
        .and_then([&] { return checkAtLeastZero("eps", options.eps); })
        .map([&]() -> std::unique_ptr<Optimizer> { return std::make_unique<Adagrad>(options); });
}

} // namespace embedscope::detail
