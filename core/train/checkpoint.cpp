// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/checkpoint.h"

#include "core/base/strings.h"
#include "core/io/atomic_file.h"
#include "core/io/safetensors.h"
#include "core/train/option_fields.h"
#include "core/train/run.h"

#include <utility>
#include <vector>

namespace embedscope {

namespace {

const std::string kModel = "model.";
const std::string kOptimizer = "optimizer.";
const std::string kOrder = "order";
const std::string kRecord = "record";

/// Lists the small numbers of a state once, for writing and reading.
template <class State, class Visitor>
void visitNumbers(State& state, Visitor& field)
{
    field("random0", state.random.words[0]);
    field("random1", state.random.words[1]);
    field("random2", state.random.words[2]);
    field("random3", state.random.words[3]);
    field("spare_normal", state.random.spare_normal);
    field("has_spare", state.random.has_spare);
    field("step", state.step);
    field("epoch_loss", state.totals.loss);
    field("epoch_right", state.totals.right);
    field("epoch_sentences", state.totals.sentences);
    field("epoch_tokens", state.totals.tokens);
}

/// The extents that PyTorch gives a tensor do not matter here: it is read back into a matrix.
TensorView orderView(const std::vector<std::int64_t>& order)
{
    return {kOrder,
            ElementType::Int64,
            {static_cast<Index>(order.size())},
            {reinterpret_cast<const char*>(order.data()), order.size() * sizeof(std::int64_t)}};
}

Result<Matrix> matrixFrom(const std::string& name, const Tensor& tensor)
{
    const auto* values = std::get_if<std::vector<float>>(&tensor.data);
    if (values == nullptr || tensor.shape.size() != 2)
        return fail(ErrorCode::RunDirectory, {kCheckpointFile, name + " is no float32 matrix"});
    return Matrix(ConstMatrixMap(values->data(), tensor.shape[0], tensor.shape[1]));
}

Result<void> readTensors(const TensorFile& file, Checkpoint& checkpoint)
{
    for (const auto& [name, tensor] : file.tensors) {
        if (name == kOrder) {
            if (const auto* order = std::get_if<std::vector<std::int64_t>>(&tensor.data))
                checkpoint.state.order = *order;
            continue;
        }
        auto matrix = matrixFrom(name, tensor);
        if (!matrix)
            return fail(matrix.error());
        if (name.starts_with(kModel))
            checkpoint.weights.emplace(name.substr(kModel.size()), std::move(*matrix));
        else if (name.starts_with(kOptimizer))
            checkpoint.state.optimizer.emplace(name.substr(kOptimizer.size()), std::move(*matrix));
    }
    return {};
}

Result<void> readNumbers(const Fields& metadata, const std::string& place, TrainerState& state)
{
    detail::FieldWriter all;
    visitNumbers(state, all);
    for (const auto& [name, value] : all.take())
        if (!metadata.contains(name))
            return fail(ErrorCode::RunDirectory, {place, "it does not say " + name});
    detail::FieldReader reader(metadata);
    visitNumbers(state, reader);
    return reader.outcome();
}

/// The settings that hold and the log, which the record keeps as text.
Result<void> readSettings(Checkpoint& checkpoint)
{
    const RunRecord& record = checkpoint.record;
    auto live = withFields({}, record.live);
    for (const SwitchRecord& entry : record.switches) {
        if (!live)
            break;
        live = withFields(*live, entry.settings);
        if (live)
            checkpoint.state.log.push_back({entry.step, *live});
    }
    if (!live)
        return fail(live.error());
    checkpoint.state.settings = *live;
    return {};
}

Result<Checkpoint> checkpointFrom(const TensorFile& file, const std::string& place)
{
    const auto text = file.metadata.find(kRecord);
    if (text == file.metadata.end())
        return fail(ErrorCode::RunDirectory, {place, "it is no checkpoint"});
    Checkpoint checkpoint;
    auto record = recordFromText(text->second, place);
    if (!record)
        return fail(record.error());
    checkpoint.record = std::move(*record);
    if (auto read = readNumbers(file.metadata, place, checkpoint.state); !read)
        return fail(read.error());
    if (auto read = readTensors(file, checkpoint); !read)
        return fail(read.error());
    if (auto read = readSettings(checkpoint); !read)
        return fail(read.error());
    return checkpoint;
}

/// `views` are all tensors but the order.
Result<CheckpointBytes> bytesOf(std::vector<TensorView> views, const TrainerState& state, const RunRecord& record)
{
    CheckpointBytes out;
    out.order = state.order;
    views.push_back(orderView(out.order));
    detail::FieldWriter writer;
    visitNumbers(state, writer);
    auto metadata = writer.take();
    metadata[kRecord] = recordText(record);
    auto layout = layOutSafetensors(views, metadata, kCheckpointFile);
    if (!layout)
        return fail(layout.error());
    out.header = std::move(layout->header);
    for (const TensorView* view : layout->order)
        out.tensors.push_back(view->bytes);
    return out;
}

/// The first field that differs, as an error.
Result<void> checkSame(const Fields& now, const Fields& before)
{
    for (const auto& [name, value] : now) {
        const auto old = before.find(name);
        if (name != "epochs" && old != before.end() && old->second != value)
            return fail(ErrorCode::ValueRefused,
                        {name, value, "the interrupted run has " + old->second + "; a resumed run keeps its options"});
    }
    return {};
}

} // namespace

Checkpoint checkpointOf(const Trainer& trainer, RunRecord record)
{
    Checkpoint checkpoint{.record = std::move(record), .state = trainer.state(), .weights = {}};
    checkpoint.state.optimizer = trainer.optimizerState();
    for (const auto& [name, value, dims] : trainer.model().tensors())
        checkpoint.weights.emplace(name, *value);
    return checkpoint;
}

std::vector<std::string_view> CheckpointBytes::pieces() const
{
    std::vector<std::string_view> out{header};
    out.insert(out.end(), tensors.begin(), tensors.end());
    return out;
}

Result<CheckpointBytes> checkpointBytes(const Trainer& trainer, const RunRecord& record)
{
    std::vector<TensorView> views;
    for (const auto& [name, value, dims] : trainer.model().tensors())
        views.push_back(viewOf(kModel + name, *value));
    for (const auto& [name, value] : trainer.optimizerState())
        views.push_back(viewOf(kOptimizer + name, value));
    return bytesOf(std::move(views), trainer.state(), record);
}

Result<CheckpointBytes> checkpointBytes(const Checkpoint& checkpoint)
{
    std::vector<TensorView> views;
    for (const auto& [name, value] : checkpoint.weights)
        views.push_back(viewOf(kModel + name, value));
    for (const auto& [name, value] : checkpoint.state.optimizer)
        views.push_back(viewOf(kOptimizer + name, value));
    return bytesOf(std::move(views), checkpoint.state, checkpoint.record);
}

Result<void> writeCheckpoint(const Trainer& trainer, const RunRecord& record, const std::filesystem::path& path)
{
    const auto bytes = checkpointBytes(trainer, record);
    if (!bytes)
        return fail(bytes.error());
    auto file = AtomicFile::create(path);
    if (!file)
        return fail(file.error());
    for (const std::string_view piece : bytes->pieces())
        if (auto written = file->write(piece); !written)
            return written;
    return file->commit();
}

Result<Checkpoint> readCheckpoint(const std::filesystem::path& path)
{
    const auto file = readSafetensors(path);
    if (!file)
        return fail(file.error());
    return checkpointFrom(*file, path.string());
}

Result<Checkpoint> readCheckpoint(std::string_view bytes, const std::string& place)
{
    const auto file = readSafetensors(bytes, place);
    if (!file)
        return fail(file.error());
    return checkpointFrom(*file, place);
}

Result<void> resume(Trainer& trainer, const RunRecord& record, Checkpoint checkpoint)
{
    for (const auto& same : {checkSame(toFields(trainer.options()), checkpoint.record.options),
                             checkSame(toFields(trainer.options().live), checkpoint.record.live),
                             checkSame(record.data_options, checkpoint.record.data_options)})
        if (!same)
            return same;
    const auto sameContent = [](const FileStamp& a, const FileStamp& b) {
        return a.bytes == b.bytes && a.crc32 == b.crc32;
    };
    if (!sameContent(record.data, checkpoint.record.data))
        return fail(ErrorCode::DataChanged, {record.data.path});
    if (record.vectors.has_value() != checkpoint.record.vectors.has_value() ||
        (record.vectors && !sameContent(*record.vectors, *checkpoint.record.vectors)))
        return fail(ErrorCode::DataChanged, {(record.vectors ? record.vectors : checkpoint.record.vectors)->path});
    return trainer.restore(std::move(checkpoint.state), checkpoint.weights);
}

} // namespace embedscope
