// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/matrix.h"
#include "core/base/result.h"
#include "core/nn/row_gradient.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace embedscope {

/// torch.optim's options with its names and defaults. weight_decay is L2 (added to the gradient) except in AdamW.
struct SgdOptions
{
    double lr = 1e-3;
    double momentum = 0;
    double dampening = 0;
    double weight_decay = 0;
    bool nesterov = false;
};
struct AdagradOptions
{
    double lr = 1e-2;
    double lr_decay = 0;
    double weight_decay = 0;
    double initial_accumulator_value = 0;
    double eps = 1e-10;
};
/// Adam; AdamW with `decoupled` (then weight_decay's default in PyTorch is 1e-2).
struct AdamOptions
{
    double lr = 1e-3;
    double beta1 = 0.9;
    double beta2 = 0.999;
    double eps = 1e-8;
    double weight_decay = 0;
    bool amsgrad = false;
    bool decoupled = false;
};
struct SparseAdamOptions
{
    double lr = 1e-3;
    double beta1 = 0.9;
    double beta2 = 0.999;
    double eps = 1e-8;
};
using OptimizerOptions = std::variant<SgdOptions, AdagradOptions, AdamOptions, SparseAdamOptions>;

/// A tensor to be learned and its gradient for one step: all of it (same shape), or the rows of a table that have one.
/// No gradient at all means what PyTorch's grad None means: the optimizer leaves the tensor and its state alone.
struct Parameter
{
    std::string name; // PyTorch's, e.g. "classifier.weight"
    Matrix* value = nullptr;
    const Matrix* grad = nullptr;
    const RowGradient* row_grad = nullptr;
    /// With row_grad: true, rows without gradient are untouched (PyTorch's sparse=True); false, their gradient is zero,
    /// so that momentum and weight decay move them.
    bool sparse = false;
};

/// One tensor of an optimizer's state, e.g. "classifier.weight/exp_avg", for checkpoints.
using OptimizerState = std::map<std::string, Matrix>;

/// Formulas, order of rounding and refusals as in torch/optim; the state of a parameter is kept by its name and made
/// when it first gets a gradient (Adagrad likewise: its initial value is the same then). Results do not depend on
/// threads.
class EMBEDSCOPE_EXPORT Optimizer
{
public:
    virtual ~Optimizer() = default;

    /// One update of every parameter that has a gradient. Shapes must not change between steps.
    virtual void step(const std::vector<Parameter>& parameters) = 0;

    /// OptionsConflict where PyTorch refuses: sparse with Adam, AdamW, momentum or weight decay; dense with SparseAdam.
    [[nodiscard]] virtual Result<void> accepts(bool sparse) const = 0;

    virtual void setLearningRate(double lr) = 0;
    [[nodiscard]] virtual double learningRate() const = 0;

    [[nodiscard]] virtual const OptimizerState& state() const = 0;
    virtual void setState(OptimizerState state) = 0;
    /// Forgets what was learned of one parameter (momentum and step count), or of one of its rows (momentum only).
    virtual void clearState(std::string_view parameter, std::optional<std::int64_t> row = {}) = 0;
};

/// ValueRefused for a negative rate and the like, with PyTorch's conditions.
EMBEDSCOPE_EXPORT Result<std::unique_ptr<Optimizer>> makeOptimizer(const OptimizerOptions& options);

/// By PyTorch's lower-case name, with PyTorch's defaults: sgd, adagrad, adam, adamw, sparse_adam.
EMBEDSCOPE_EXPORT std::optional<OptimizerOptions> optimizerFromName(std::string_view name);
EMBEDSCOPE_EXPORT void setLearningRate(OptimizerOptions& options, double lr);
EMBEDSCOPE_EXPORT double learningRate(const OptimizerOptions& options);

} // namespace embedscope
