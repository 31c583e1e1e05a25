// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/checkpoint.h"
#include "core/train/run.h"

#include <memory>

namespace embedscope {

/// A run that goes on where a checkpoint stands.
struct RestoredRun
{
    PreparedRun prepared;
    Trainer trainer;
};

/// From the checkpoint and what the run was made from: its sentences, and the table that it started from (null where
/// that was drawn by the seed). The caller has seen to it that these are the same files still. ShapeMismatch,
/// ValueRefused or RunDirectory where the parts do not fit together.
EMBEDSCOPE_EXPORT Result<RestoredRun> restoreRun(Checkpoint checkpoint, std::shared_ptr<const LabelledText> data,
                                                 std::shared_ptr<const EmbeddingTable> initial);

} // namespace embedscope
