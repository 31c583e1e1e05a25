// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/strings.h"
#include "core/io/format.h"
#include "core/train/run.h"

#include <cstring>

namespace embedscope {

namespace {

/// The table that the run started from: none where it was drawn by the seed.
Result<std::shared_ptr<const EmbeddingTable>> initialTable(const RunDirectory& run, std::stop_token stop)
{
    if (run.record.vectors) {
        if (auto same = verify(*run.record.vectors); !same)
            return fail(same.error());
        Progress unwatched;
        auto loaded = readTable(run.record.vectors->path, {}, std::move(stop), unwatched);
        if (!loaded)
            return fail(loaded.error());
        return std::make_shared<const EmbeddingTable>(std::move(loaded->table));
    }
    if (!run.initial)
        return std::shared_ptr<const EmbeddingTable>();
    const auto found = run.initial->tensors.find("embedding.weight");
    if (found == run.initial->tensors.end() || found->second.shape.size() != 2)
        return fail(ErrorCode::RunDirectory, {"initial.safetensors", "it has no table embedding.weight"});
    const Tensor& tensor = found->second;
    // Rows that the run added itself (unknown words, padding) are not part of what it started from.
    Vocabulary vocabulary;
    for (Index row = 0; row < std::min(tensor.shape[0], run.vocabulary.size()); ++row)
        vocabulary.add(run.vocabulary[row]);
    const auto* values = std::get_if<std::vector<float>>(&tensor.data);
    if (values == nullptr)
        return fail(ErrorCode::RunDirectory, {"initial.safetensors", "embedding.weight is not float32"});
    auto table = EmbeddingTable::create(ConstMatrixMap(values->data(), tensor.shape[0], tensor.shape[1]), vocabulary);
    if (!table)
        return fail(table.error());
    return std::make_shared<const EmbeddingTable>(std::move(*table));
}

Result<RunInput> inputOf(const RunDirectory& run, std::stop_token stop)
{
    if (auto same = verify(run.record.data); !same)
        return fail(same.error());
    const auto how = labelledTextOptionsFrom(run.record.data_options);
    if (!how)
        return fail(how.error());
    Progress unwatched;
    auto data = readLabelledText(run.record.data.path, *how, stop, unwatched);
    if (!data)
        return fail(data.error());
    auto options = trainOptionsFrom(run.record.options);
    if (!options)
        return fail(options.error());
    const auto live = withFields({}, run.record.live);
    if (!live)
        return fail(live.error());
    options->live = *live;
    auto vectors = initialTable(run, std::move(stop));
    if (!vectors)
        return fail(vectors.error());
    return RunInput{std::make_shared<const LabelledText>(std::move(*data)), std::move(*vectors), *options, {}};
}

Result<void> trainAgain(Trainer& trainer, const RunRecord& record, const std::stop_token& stop, Progress& progress)
{
    progress.start(record.steps);
    auto next = record.switches.begin();
    while (trainer.stepsDone() < record.steps || next != record.switches.end()) {
        for (; next != record.switches.end() && next->step == trainer.stepsDone(); ++next) {
            const auto settings = withFields(trainer.settings(), next->settings);
            if (!settings)
                return fail(settings.error());
            if (auto taken = trainer.apply(*settings); !taken)
                return taken;
        }
        if (trainer.stepsDone() >= record.steps)
            return {};
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        if (auto done = trainer.step(); !done)
            return fail(done.error());
        progress.set(trainer.stepsDone());
    }
    return {};
}

/// Where two tensors of one name first differ in a bit; empty where they do not.
std::string difference(const std::string& name, const Tensor& before, const Tensor& now)
{
    const auto* old = std::get_if<std::vector<float>>(&before.data);
    const auto* fresh = std::get_if<std::vector<float>>(&now.data);
    if (before.shape != now.shape || old == nullptr || fresh == nullptr)
        return name + ": another shape";
    const Index columns = before.shape.empty() ? 1 : std::max<Index>(before.shape.back(), 1);
    for (std::size_t i = 0; i < old->size(); ++i) {
        if (std::memcmp(&(*old)[i], &(*fresh)[i], sizeof(float)) == 0)
            continue;
        const auto at = static_cast<Index>(i);
        return name + " row " + std::to_string(at / columns) + ", column " + std::to_string(at % columns) + ": " +
               formatNumber((*old)[i]) + " before, " + formatNumber((*fresh)[i]) + " now";
    }
    return {};
}

ReplayReport compare(const TensorFile& before, const TensorFile& now)
{
    for (const auto& [name, tensor] : now.tensors) {
        const auto old = before.tensors.find(name);
        std::string found =
            old == before.tensors.end() ? name + ": is missing in the folder" : difference(name, old->second, tensor);
        if (!found.empty())
            return {false, std::move(found)};
    }
    return {true, {}};
}

} // namespace

Result<ReplayReport> replayRun(const std::filesystem::path& folder, std::stop_token stop, Progress& progress)
{
    const auto run = readRun(folder);
    if (!run)
        return fail(run.error());
    auto input = inputOf(*run, stop);
    if (!input)
        return fail(input.error());
    auto prepared = prepareRun(std::move(*input));
    if (!prepared)
        return fail(prepared.error());
    auto trainer = startTrainer(*prepared);
    if (!trainer)
        return fail(trainer.error());
    if (auto done = trainAgain(*trainer, run->record, stop, progress); !done)
        return fail(done.error());
    return compare(run->model, modelTensors(trainer->model()));
}

} // namespace embedscope
