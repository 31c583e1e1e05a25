// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/result.h"
#include "core/io/run_directory.h"
#include "core/train/trainer.h"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope {

inline constexpr const char* kCheckpointFile = "checkpoint.safetensors";

/// A run between two steps: with its data, all that it needs to go on bit for bit.
struct Checkpoint
{
    RunRecord record; // options, data and epochs so far
    TrainerState state;
    std::map<std::string, Matrix> weights;
};

/// A copy of a run between two steps, which may go on meanwhile.
EMBEDSCOPE_EXPORT Checkpoint checkpointOf(const Trainer& trainer, RunRecord record);

/// The bytes of a checkpoint file. What they are of must stay as it is.
struct CheckpointBytes
{
    std::string header;
    std::vector<std::int64_t> order;
    std::vector<std::string_view> tensors;

    /// All of them, end to end; views into this.
    [[nodiscard]] EMBEDSCOPE_EXPORT std::vector<std::string_view> pieces() const;
};
/// Copies no tensor. FormatRefused where a name is no UTF-8.
EMBEDSCOPE_EXPORT Result<CheckpointBytes> checkpointBytes(const Trainer& trainer, const RunRecord& record);
EMBEDSCOPE_EXPORT Result<CheckpointBytes> checkpointBytes(const Checkpoint& checkpoint);

/// One safetensors file, whole or absent: the tensors under "model.", the state of the optimizer under "optimizer.",
/// the order of sentences, and the rest as metadata. Copies no tensor. FileUnwritable, DiskFull.
EMBEDSCOPE_EXPORT Result<void> writeCheckpoint(const Trainer& trainer, const RunRecord& record,
                                               const std::filesystem::path& path);
/// FileNotFound; RunDirectory where the file is none of ours.
EMBEDSCOPE_EXPORT Result<Checkpoint> readCheckpoint(const std::filesystem::path& path);
/// The same of bytes that lie in memory; `place` names them in errors.
EMBEDSCOPE_EXPORT Result<Checkpoint> readCheckpoint(std::string_view bytes, const std::string& place);

/// Puts the trainer where the checkpoint stands. ValueRefused where the run was started with other options than
/// `record` (the number of epochs may differ), DataChanged where its data or vectors were others; then nothing changes.
EMBEDSCOPE_EXPORT Result<void> resume(Trainer& trainer, const RunRecord& record, Checkpoint checkpoint);

} // namespace embedscope
