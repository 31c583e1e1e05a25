// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/fields.h"
#include "core/base/matrix.h"
#include "core/base/result.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace embedscope {

/// Everything that may change while a run goes on: an immutable value. The window publishes a new one, the trainer
/// takes it at the next step boundary and logs it; nothing is ever set on a running trainer.
struct LiveSettings
{
    bool freeze = false;
    std::optional<std::int64_t> padding_idx = {};
    double lr = 1e-3;
    std::optional<double> max_norm = {};
    double norm_type = 2.0;
    bool scale_grad_by_freq = false;
    /// Requests, counted: where the number has grown, the trainer does it once. The row of padding_idx becomes zero.
    std::int64_t zero_padding_row = 0;
    /// The optimizer forgets what it knows of the table (momentum, second moments, step count).
    std::int64_t clear_table_state = 0;

    bool operator==(const LiveSettings&) const = default;
};

/// ValueRefused for a padding_idx outside the table, max_norm or norm_type <= 0, a negative or non-finite rate.
/// OptionsConflict for scale_grad_by_freq with a sparse table. A negative padding_idx is resolved.
EMBEDSCOPE_EXPORT Result<LiveSettings> validated(LiveSettings settings, Index rows, bool sparse);

EMBEDSCOPE_EXPORT Fields toFields(const LiveSettings& settings);
/// Takes the fields that are there and leaves the others as in `base`. ValueRefused for a text that is no value.
EMBEDSCOPE_EXPORT Result<LiveSettings> withFields(LiveSettings base, const Fields& fields);

/// The fields that differ, with their new values: what a run log and a mark on the curves say.
EMBEDSCOPE_EXPORT Fields changedFields(const LiveSettings& before, const LiveSettings& after);

/// Settings that were taken at a step boundary: they hold from step `step` on, counted from 0.
struct LoggedSwitch
{
    std::int64_t step = 0;
    LiveSettings settings;

    bool operator==(const LoggedSwitch&) const = default;
};

} // namespace embedscope
