// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/optim/optimizer_base.h"
#include "core/optim/row_walk.h"

namespace embedscope::detail {

namespace {

constexpr std::string_view kBuffer = "momentum_buffer";

/// The numbers of one step in float32, as PyTorch applies them.
struct Factors
{
    float lr, decay, momentum, intake;
    bool nesterov;
};

void descend(const Factors& f, float* __restrict value, const float* __restrict grad, Index size)
{
    for (Index i = 0; i < size; ++i)
        value[i] -= f.lr * decayed(grad[i], f.decay, value[i]);
}

void descendWithMomentum(const Factors& f, float* __restrict value, float* __restrict buffer,
                         const float* __restrict grad, Index size)
{
    for (Index i = 0; i < size; ++i) {
        const float g = decayed(grad[i], f.decay, value[i]);
        buffer[i] = f.momentum * buffer[i] + f.intake * g;
        value[i] -= f.lr * (f.nesterov ? g + f.momentum * buffer[i] : buffer[i]);
    }
}

class Sgd final : public OptimizerWith<SgdOptions>
{
public:
    explicit Sgd(const SgdOptions& options)
        : OptimizerWith(options)
    {
    }

    [[nodiscard]] Result<void> accepts(bool sparse) const override
    {
        const bool plain = options().momentum == 0 && options().weight_decay == 0;
        if (!sparse || plain)
            return {};
        return fail(ErrorCode::OptionsConflict, {"sparse", options().momentum != 0 ? "momentum" : "weight_decay",
                                                 "Use plain SGD, or turn sparse gradients off."});
    }

protected:
    void update(const Parameter& parameter) override
    {
        const Factors f = factors(parameter);
        float* value = parameter.value->data();
        if (options().momentum == 0) {
            const Reach reach = options().weight_decay == 0 ? Reach::RowsWithGradient : Reach::AllRows;
            walk(parameter, reach,
                 [&](Index offset, const float* grad, Index size) { descend(f, value + offset, grad, size); });
            return;
        }
        float* buffer = slot(parameter, kBuffer);
        walk(parameter, Reach::AllRows, [&](Index offset, const float* grad, Index size) {
            descendWithMomentum(f, value + offset, buffer + offset, grad, size);
        });
    }

private:
    /// The first gradient goes into the buffer whole, without dampening.
    [[nodiscard]] Factors factors(const Parameter& parameter) const
    {
        const double intake = hasSlot(parameter, kBuffer) ? 1 - options().dampening : 1.0;
        return {static_cast<float>(options().lr), static_cast<float>(options().weight_decay),
                static_cast<float>(options().momentum), static_cast<float>(intake), options().nesterov};
    }
};

Result<void> checkNesterov(const SgdOptions& options)
{
    if (!options.nesterov || (options.momentum > 0 && options.dampening == 0))
        return {};
    return fail(ErrorCode::OptionsConflict, {"nesterov", options.momentum > 0 ? "dampening" : "no momentum",
                                             "Nesterov momentum needs a momentum above 0 and a dampening of 0."});
}

} // namespace

Result<std::unique_ptr<Optimizer>> make(const SgdOptions& options)
{
    return checkAtLeastZero("lr", options.lr)
        .and_then([&] { return checkAtLeastZero("momentum", options.momentum); })
        .and_then([&] { return checkAtLeastZero("weight_decay", options.weight_decay); })
        .and_then([&] { return checkNesterov(options); })
        .map([&]() -> std::unique_ptr<Optimizer> { return std::make_unique<Sgd>(options); });
}

} // namespace embedscope::detail
