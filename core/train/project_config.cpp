// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/project_config.h"

#include "core/io/json_text.h"
#include "core/train/run.h"

#include <cmath>

namespace embedscope::detail {

namespace {

/// JSON has no infinity, which is a kind of norm.
JsonValue finiteOrText(double value)
{
    return std::isinf(value) ? JsonValue("inf") : JsonValue(value);
}

JsonValue fieldOrNull(const Fields& fields, const std::string& name)
{
    const auto found = fields.find(name);
    return found != fields.end() ? JsonValue(found->second) : JsonValue(nullptr);
}

/// The settings that hold at the end of the run.
Result<LiveSettings> lastSettings(const RunRecord& record)
{
    return withFields({}, record.switches.empty() ? record.live : record.switches.back().settings);
}

/// An entry of `options` as it stands in the record, where it has names for its values.
JsonValue named(const RunRecord& record, const std::string& name)
{
    return fieldOrNull(record.options, name);
}

JsonSection modelSection(const RunDirectory& run, const TrainOptions& options, const LiveSettings& live)
{
    const auto& shape = run.model.tensors.at("embedding.weight").shape;
    const EncoderOptions& encoder = options.encoder;
    return {{"encoder", named(run.record, "encoder")},
            {"num_embeddings", shape[0]},
            {"embedding_dim", shape[1]},
            {"padding_idx", jsonOrNull(live.padding_idx)},
            {"max_norm", jsonOrNull(live.max_norm)},
            {"norm_type", finiteOrText(live.norm_type)},
            {"scale_grad_by_freq", live.scale_grad_by_freq},
            {"sparse", options.sparse},
            {"mode", named(run.record, "mode")},
            {"hidden_dim", encoder.hidden_dim},
            {"num_layers", encoder.num_layers},
            {"bidirectional", encoder.bidirectional},
            {"nhead", headsFor(encoder, shape[1])},
            {"positions", named(run.record, "positions")},
            {"max_positions", encoder.max_positions},
            {"norm_first", encoder.norm_first},
            {"gelu", encoder.gelu},
            {"dropout", encoder.dropout}};
}

JsonSection textSection(const RunRecord& record, const TrainOptions& options)
{
    return {{"classes", record.classes},
            {"lower_case", TokenizerOptions{}.lower_case},
            {"padding_row", record.padding_row},
            {"unknown_row", record.unknown_row},
            {"max_length", jsonOrNull(options.max_length)}};
}

JsonSection trainingSection(const RunRecord& record, const TrainOptions& options, const LiveSettings& live)
{
    // A table that freeze_epochs still holds frozen is not frozen for good.
    const bool thawsLater = options.freeze_epochs > 0 && record.switches.empty();
    return {{"epochs", options.epochs},
            {"batch_size", options.batch_size},
            {"optimizer", options.optimizer},
            {"lr", live.lr},
            {"weight_decay", options.weight_decay},
            {"schedule", named(record, "schedule")},
            {"warmup_steps", options.warmup_steps},
            {"clip_norm", options.clip_norm},
            {"label_smoothing", options.label_smoothing},
            {"class_weight", options.class_weight},
            {"valid_split", options.valid_split},
            {"early_stop", options.early_stop},
            {"freeze", live.freeze && !thawsLater},
            {"freeze_epochs", options.freeze_epochs},
            {"seed", static_cast<std::int64_t>(options.seed)}};
}

JsonSection dataSection(const RunRecord& record)
{
    return {{"format", fieldOrNull(record.data_options, "format")},
            {"text_column", fieldOrNull(record.data_options, "text_column")},
            {"label_column", fieldOrNull(record.data_options, "label_column")}};
}

/// What load_state_dict() would stumble over.
Result<void> checkParts(const RunDirectory& run)
{
    const auto refused = [](const char* why) { return fail(ErrorCode::RunDirectory, {"model.safetensors", why}); };
    const auto table = run.model.tensors.find("embedding.weight");
    if (table == run.model.tensors.end() || table->second.shape.size() != 2)
        return refused("it has no table embedding.weight");
    if (table->second.shape[0] != run.vocabulary.size())
        return refused("its table has not one row for each token");
    const auto classifier = run.model.tensors.find("classifier.weight");
    if (classifier == run.model.tensors.end() || classifier->second.shape.empty() ||
        classifier->second.shape[0] != static_cast<Index>(run.record.classes.size()))
        return refused("its classifier has not one row for each class");
    return {};
}

} // namespace

Result<std::string> projectConfig(const RunDirectory& run)
{
    if (auto fits = checkParts(run); !fits)
        return fail(fits.error());
    auto options = trainOptionsFrom(run.record.options);
    if (!options)
        return fail(options.error());
    const auto live = lastSettings(run.record);
    if (!live)
        return fail(live.error());
    // As the record names them, with the defaults of options that it does not have.
    RunRecord record = run.record;
    record.options = toFields(*options);
    return jsonText(
        {{"project", {{"kind", std::string(kProjectKind)}, {"version", std::int64_t{1}}, {"program", record.program}}},
         {"model", modelSection(run, *options, *live)},
         {"text", textSection(record, *options)},
         {"training", trainingSection(record, *options, *live)},
         {"data", dataSection(record)}});
}

} // namespace embedscope::detail
