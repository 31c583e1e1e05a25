// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/preflight.h"

#include "core/train/trainer.h"

#include <utility>

namespace embedscope {

namespace {

/// A Transformer's weights grow with the square of this; beyond, only the real start says whether all fits.
constexpr Index kLargestDim = 512;

std::shared_ptr<const DataSet> oneWord()
{
    DataSet data;
    data.tokens = {1};
    data.offsets = {0, 1};
    data.labels = {0};
    return std::make_shared<const DataSet>(std::move(data));
}

/// The same refusals at the smallest size.
TrainOptions small(TrainOptions options, Index dim)
{
    options.embedding_dim = dim;
    options.encoder.hidden_dim = 1;
    options.encoder.num_layers = 1;
    options.encoder.max_positions = 1;
    options.batch_size = 1;
    options.epochs = 1;
    options.freeze_epochs = 0;
    options.live.freeze = false;
    options.live.padding_idx.reset(); // a row of the real table
    return options;
}

} // namespace

Result<void> preflight(const TrainOptions& options, const RunShape& shape)
{
    if (auto fine = check(options); !fine)
        return fine;
    if (options.early_stop > 0 && options.valid_split == 0)
        return fail(ErrorCode::OptionsConflict,
                    {"early_stop", "no validation data", "Set a validation share above 0."});
    if (options.encoder.kind == EncoderKind::Transformer && shape.dim > kLargestDim)
        return {};
    auto trainer = Trainer::create(small(options, shape.dim), oneWord(), shape.classes, Matrix::Zero(2, shape.dim));
    if (!trainer)
        return fail(trainer.error());
    const auto step = trainer->step();
    return step ? Result<void>() : fail(step.error());
}

} // namespace embedscope
