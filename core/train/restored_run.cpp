// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/restored_run.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace embedscope {

namespace {

// A sinusoidal table of positions is computed, not stored: no tensor bounds it.
constexpr std::int64_t kMostPositions = 1'000'000;

/// A model is made by its options before its tensors are held against it: what they ask for must be of the size of
/// tensors that are there.
Result<void> checkSizes(const TrainOptions& options, const std::map<std::string, Matrix>& weights)
{
    std::int64_t widest = 0;
    for (const auto& [name, value] : weights)
        widest = std::max<std::int64_t>({widest, value.rows(), value.cols()});
    const EncoderOptions& encoder = options.encoder;
    const std::int64_t positions =
        encoder.positions == PositionKind::Learned ? widest : std::max(widest, kMostPositions);
    const bool fits = options.embedding_dim <= widest &&
                      (encoder.kind == EncoderKind::Bag ||
                       (encoder.hidden_dim <= widest && encoder.num_layers <= std::ssize(weights))) &&
                      (encoder.kind != EncoderKind::Transformer || options.max_length.value_or(0) <= positions);
    if (!fits)
        return fail(ErrorCode::RunDirectory, {kCheckpointFile, "its tensors are smaller than its options say"});
    return {};
}

} // namespace

Result<RestoredRun> restoreRun(Checkpoint checkpoint, std::shared_ptr<const LabelledText> data,
                               std::shared_ptr<const EmbeddingTable> initial)
{
    auto options = trainOptionsFrom(checkpoint.record.options);
    if (!options)
        return fail(options.error());
    const auto live = withFields({}, checkpoint.record.live);
    if (!live)
        return fail(live.error());
    options->live = *live;
    if (auto fits = checkSizes(*options, checkpoint.weights); !fits)
        return fail(fits.error());
    auto prepared = prepareRun({std::move(data), std::move(initial), *options, {}});
    if (!prepared)
        return fail(prepared.error());
    auto trainer = startTrainer(*prepared);
    if (!trainer)
        return fail(trainer.error());
    const RunRecord record = checkpoint.record;
    if (auto resumed = resume(*trainer, record, std::move(checkpoint)); !resumed)
        return fail(resumed.error());
    return RestoredRun{std::move(*prepared), std::move(*trainer)};
}

} // namespace embedscope
