// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"
#include "core/base/result.h"
#include "core/train/train_options.h"

namespace embedscope {

/// What a run is for, as far as it decides whether its options go together.
struct RunShape
{
    Index dim = 0;     // of the table that learns
    Index classes = 2; // of the sentences
};

/// Asks the core whether it would take these options, by one step of a run with a table of two rows: so a combination
/// that PyTorch refuses is refused in the same words before anything is read. Quick enough for every edit.
/// ValueRefused, OptionsConflict.
Result<void> preflight(const TrainOptions& options, const RunShape& shape);

} // namespace embedscope
