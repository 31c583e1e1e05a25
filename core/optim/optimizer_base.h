// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/optim/optimizer.h"

#include <memory>
#include <string_view>

namespace embedscope::detail {

/// Keeps the state under "parameter/slot", which is how it is saved.
class OptimizerBase : public Optimizer
{
public:
    void step(const std::vector<Parameter>& parameters) final;

    [[nodiscard]] const OptimizerState& state() const final { return m_state; }
    void setState(OptimizerState state) final { m_state = std::move(state); }
    void clearState(std::string_view parameter, std::optional<std::int64_t> row) final;

protected:
    /// `initial` is what every slot but the step count starts with.
    explicit OptimizerBase(double initial = 0)
        : m_initial(static_cast<float>(initial))
    {
    }

    /// Updates one parameter that has a gradient.
    virtual void update(const Parameter& parameter) = 0;

    [[nodiscard]] bool hasSlot(const Parameter& parameter, std::string_view slot) const;
    /// The first float of a slot of the parameter's shape, made when it is not there yet.
    float* slot(const Parameter& parameter, std::string_view slot);
    /// Counts a step of this parameter: 1 the first time. Kept as a float32, like PyTorch's own, so it stays at 2^24.
    double countStep(const Parameter& parameter);

private:
    OptimizerState m_state;
    float m_initial;
};

/// With the two calls that only need to know where the rate is kept.
template <class Options>
class OptimizerWith : public OptimizerBase
{
public:
    void setLearningRate(double lr) final { m_options.lr = lr; }
    [[nodiscard]] double learningRate() const final { return m_options.lr; }

protected:
    explicit OptimizerWith(const Options& options, double initial = 0)
        : OptimizerBase(initial)
        , m_options(options)
    {
    }
    [[nodiscard]] const Options& options() const { return m_options; }

private:
    Options m_options;
};

/// The gradient with L2 decay. No product where there is none: 0 times an infinite weight would be NaN.
inline float decayed(float grad, float decay, float value)
{
    return decay == 0.0F ? grad : grad + decay * value;
}

// One maker an optimizer: ValueRefused or OptionsConflict where PyTorch's constructor refuses.
Result<std::unique_ptr<Optimizer>> make(const SgdOptions& options);
Result<std::unique_ptr<Optimizer>> make(const AdagradOptions& options);
Result<std::unique_ptr<Optimizer>> make(const AdamOptions& options);
Result<std::unique_ptr<Optimizer>> make(const SparseAdamOptions& options);

// Conditions that the makers share.
Result<void> checkAtLeastZero(const char* option, double value);
Result<void> checkAboveZero(const char* option, double value);
/// At least 0 and below 1.
Result<void> checkBeta(const char* option, double value);

} // namespace embedscope::detail
