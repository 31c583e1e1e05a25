// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/optim/optimizer.h"

#include "core/base/strings.h"
#include "core/optim/optimizer_base.h"

#include <cmath>

namespace embedscope {

namespace detail {

namespace {

constexpr std::string_view kStep = "step";

std::string keyOf(std::string_view parameter, std::string_view slot)
{
    return std::string(parameter).append("/").append(slot);
}

/// The slot's name where `key` belongs to the parameter, else empty. Slots have no slash in their names, parameters
/// may.
std::string_view slotOf(std::string_view key, std::string_view parameter)
{
    const std::size_t slash = key.rfind('/');
    return slash != std::string_view::npos && key.substr(0, slash) == parameter ? key.substr(slash + 1)
                                                                                : std::string_view();
}

Result<void> refuse(const char* option, double value, const char* allowed)
{
    return fail(ErrorCode::ValueRefused, {option, formatNumber(value), allowed});
}

} // namespace

void OptimizerBase::step(const std::vector<Parameter>& parameters)
{
    for (const Parameter& parameter : parameters)
        if (parameter.grad != nullptr || parameter.row_grad != nullptr)
            update(parameter);
}

void OptimizerBase::clearState(std::string_view parameter, std::optional<std::int64_t> row)
{
    for (auto entry = m_state.begin(); entry != m_state.end();) {
        const auto slot = slotOf(entry->first, parameter);
        if (slot.empty() || (row && slot == kStep)) {
            ++entry;
        } else if (row) {
            entry->second.row(*row).setConstant(m_initial);
            ++entry;
        } else {
            entry = m_state.erase(entry);
        }
    }
}

bool OptimizerBase::hasSlot(const Parameter& parameter, std::string_view slot) const
{
    return m_state.contains(keyOf(parameter.name, slot));
}

float* OptimizerBase::slot(const Parameter& parameter, std::string_view slot)
{
    const Matrix& value = *parameter.value;
    Matrix& state = m_state[keyOf(parameter.name, slot)];
    // A state of another shape belongs to another model: it must not be written past its end.
    if (state.rows() != value.rows() || state.cols() != value.cols())
        state.setConstant(value.rows(), value.cols(), m_initial);
    return state.data();
}

double OptimizerBase::countStep(const Parameter& parameter)
{
    Matrix& count = m_state[keyOf(parameter.name, kStep)];
    if (count.size() != 1)
        count.setZero(1, 1);
    count(0, 0) += 1.0F;
    return static_cast<double>(count(0, 0));
}

Result<void> checkAtLeastZero(const char* option, double value)
{
    if (value >= 0 && std::isfinite(value))
        return {};
    return refuse(option, value, "it is a finite number of at least 0");
}

Result<void> checkAboveZero(const char* option, double value)
{
    if (value > 0 && std::isfinite(value))
        return {};
    return refuse(option, value, "it is a finite number above 0");
}

Result<void> checkBeta(const char* option, double value)
{
    if (value >= 0 && value < 1)
        return {};
    return refuse(option, value, "it is at least 0 and below 1");
}

} // namespace detail

Result<std::unique_ptr<Optimizer>> makeOptimizer(const OptimizerOptions& options)
{
    return std::visit([](const auto& chosen) { return detail::make(chosen); }, options);
}

std::optional<OptimizerOptions> optimizerFromName(std::string_view name)
{
    if (name == "sgd")
        return SgdOptions{};
    if (name == "adagrad")
        return AdagradOptions{};
    if (name == "adam")
        return AdamOptions{};
    if (name == "adamw")
        return AdamOptions{.weight_decay = 1e-2, .decoupled = true};
    if (name == "sparse_adam")
        return SparseAdamOptions{};
    return std::nullopt;
}

void setLearningRate(OptimizerOptions& options, double lr)
{
    std::visit([lr](auto& chosen) { chosen.lr = lr; }, options);
}

double learningRate(const OptimizerOptions& options)
{
    return std::visit([](const auto& chosen) { return chosen.lr; }, options);
}

} // namespace embedscope
