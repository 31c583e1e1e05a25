// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/run.h"

#include "core/nn/cross_entropy.h"

#include <cmath>
#include <numeric>
#include <span>
#include <tuple>
#include <utility>

namespace embedscope {

namespace {

/// Seeds of a run's independent random streams.
constexpr std::uint64_t kTableStream = 0x7461626c65ULL;
constexpr std::uint64_t kSplitStream = 0x73706c6974ULL;

/// What a Transformer reads of a sentence unless the options say otherwise: its places have learned vectors.
constexpr std::int64_t kTransformerLength = 512;

Matrix freshTable(const TrainingVocabulary& vocabulary, const TrainOptions& options)
{
    Random random(options.seed ^ kTableStream);
    Matrix weight(vocabulary.vocabulary.size(), options.embedding_dim);
    for (Index i = 0; i < weight.size(); ++i)
        weight.data()[i] = static_cast<float>(random.normal());
    weight.row(vocabulary.paddingRow).setZero();
    return weight;
}

/// Adds the rows of unknown words and padding.
Matrix tableFromVectors(const TrainingVocabulary& vocabulary, Matrix weight)
{
    const Index rows = weight.rows();
    const RowVector mean = rows > 0 ? RowVector(weight.colwise().mean()) : RowVector::Zero(weight.cols());
    // Grows in place: a large table is never there twice.
    weight.conservativeResize(vocabulary.vocabulary.size(), Eigen::NoChange);
    weight.bottomRows(weight.rows() - rows).setZero();
    if (vocabulary.unknownRow >= rows)
        weight.row(vocabulary.unknownRow) = mean;
    return weight;
}

/// The sentences in two parts, the second with `share` of them, drawn by the seed; both in the order of the data.
std::pair<LabelledText, LabelledText> split(const LabelledText& data, double share, std::uint64_t seed)
{
    std::vector<std::size_t> order(data.texts.size());
    std::iota(order.begin(), order.end(), 0);
    Random random(seed ^ kSplitStream);
    random.shuffle(std::span(order));
    std::vector<bool> held(order.size(), false);
    const auto count = static_cast<std::size_t>(std::llround(share * static_cast<double>(order.size())));
    for (std::size_t i = 0; i < count; ++i)
        held[order[i]] = true;
    std::pair<LabelledText, LabelledText> parts;
    for (std::size_t i = 0; i < held.size(); ++i) {
        LabelledText& part = held[i] ? parts.second : parts.first;
        part.texts.push_back(data.texts[i]);
        part.labels.push_back(data.labels[i]);
    }
    parts.first.classes = parts.second.classes = data.classes;
    return parts;
}

Matrix matrixOf(const Tensor& tensor, Index rows, Index cols)
{
    const auto& values = std::get<std::vector<float>>(tensor.data);
    return ConstMatrixMap(values.data(), rows, cols);
}

/// The 1-D or 2-D float tensor with this name, as rows x cols (1-D: one row).
Result<Matrix> matrixNamed(const TensorFile& file, const std::string& name)
{
    const auto found = file.tensors.find(name);
    if (found == file.tensors.end() || !std::holds_alternative<std::vector<float>>(found->second.data))
        return fail(ErrorCode::RunDirectory, {"model.safetensors", "it has no float32 tensor " + name});
    const auto& shape = found->second.shape;
    if (shape.size() == 1)
        return matrixOf(found->second, 1, shape[0]);
    if (shape.size() == 2)
        return matrixOf(found->second, shape[0], shape[1]);
    return fail(ErrorCode::RunDirectory, {"model.safetensors", name + " is neither a vector nor a matrix"});
}

Result<void> readWeight(const TensorFile& file, const NamedWeight& weight)
{
    auto matrix = matrixNamed(file, weight.name);
    if (!matrix)
        return fail(matrix.error());
    if (matrix->rows() != weight.value->rows() || matrix->cols() != weight.value->cols())
        return fail(ErrorCode::RunDirectory,
                    {"model.safetensors", weight.name + " does not fit the options in run.json"});
    *weight.value = std::move(*matrix);
    return {};
}

} // namespace

Result<PreparedRun> prepareRun(RunInput input)
{
    PreparedRun run{.options = input.options, .tokenizer = input.tokenizer};
    const EmbeddingTable* vectors = input.own_vectors ? &*input.own_vectors : input.vectors.get();
    if (vectors != nullptr)
        run.options.embedding_dim = vectors->dim();
    if (run.options.encoder.kind == EncoderKind::Transformer) {
        run.options.max_length = run.options.max_length.value_or(kTransformerLength);
        run.options.encoder.max_positions = *run.options.max_length;
    }
    if (auto checked = check(run.options); !checked)
        return fail(checked.error());
    LabelledText kept;
    LabelledText held;
    if (run.options.valid_split > 0)
        std::tie(kept, held) = split(*input.data, run.options.valid_split, run.options.seed);
    const LabelledText& data = run.options.valid_split > 0 ? kept : *input.data;
    run.vocabulary = vectors != nullptr ? vocabularyFromVectors(data, run.tokenizer, vectors->vocabulary())
                                        : vocabularyFromData(data, run.tokenizer, run.options.min_count);
    const auto rowsOf = [&run](const LabelledText& text) {
        return std::make_shared<const DataSet>(
            encode(text, run.tokenizer, run.vocabulary.vocabulary, run.vocabulary.unknownRow, run.options.max_length));
    };
    run.data = rowsOf(data);
    if (!held.texts.empty())
        run.valid = rowsOf(held);
    run.classes = input.data->classes;
    if (vectors == nullptr)
        run.weight = freshTable(run.vocabulary, run.options);
    else
        run.weight = tableFromVectors(run.vocabulary, input.own_vectors ? std::move(*input.own_vectors).takeWeights()
                                                                        : vectors->weights());
    return run;
}

Result<EmbeddingTable> tableOf(const PreparedRun& prepared, Matrix weight)
{
    const Index rows = weight.rows();
    auto table = EmbeddingTable::create(std::move(weight), prepared.vocabulary.vocabulary);
    if (table)
        table->addColumn({"class", prepared.classes,
                          dominantClass(*prepared.data, rows, static_cast<std::int32_t>(prepared.classes.size()))});
    return table;
}

Result<Trainer> startTrainer(PreparedRun& prepared)
{
    return Trainer::create(prepared.options, prepared.data, static_cast<Index>(prepared.classes.size()),
                           std::move(prepared.weight));
}

TensorFile modelTensors(const TextClassifier& model)
{
    TensorFile file;
    for (const auto& [name, value, dims] : model.tensors())
        file.tensors[name] = dims == 1 ? Tensor::fromVector(value->data(), value->size()) : Tensor::fromMatrix(*value);
    return file;
}

std::vector<TensorView> modelViews(const TextClassifier& model)
{
    std::vector<TensorView> views;
    for (const auto& [name, value, dims] : model.tensors()) {
        views.push_back(viewOf(name, *value));
        if (dims == 1)
            views.back().shape = {value->size()};
    }
    return views;
}

Result<Matrix> TrainedModel::probabilities(const std::vector<std::string>& texts, std::stop_token stop) const
{
    const LabelledText data{.texts = texts, .labels = std::vector<std::int32_t>(texts.size(), 0), .classes = classes};
    const auto logits = model.predict(encode(data, tokenizer, vocabulary, unknownRow, max_length), std::move(stop));
    if (!logits)
        return fail(logits.error());
    Matrix out;
    softmax(*logits, out);
    return out;
}

Result<TrainedModel> loadModel(const RunDirectory& run)
{
    const auto options = trainOptionsFrom(run.record.options);
    if (!options)
        return fail(options.error());
    auto live = withFields({}, run.record.switches.empty() ? run.record.live : run.record.switches.back().settings);
    if (!live)
        return fail(live.error());
    auto table = matrixNamed(run.model, "embedding.weight");
    if (!table)
        return fail(table.error());
    const EmbeddingOptions tableOptions{.num_embeddings = table->rows(),
                                        .embedding_dim = table->cols(),
                                        .padding_idx = live->padding_idx,
                                        .max_norm = live->max_norm,
                                        .norm_type = live->norm_type};
    auto embedding = Embedding::create(tableOptions, std::move(*table));
    if (!embedding)
        return fail(embedding.error());
    Random unused;
    auto model = TextClassifier::create(std::move(*embedding), options->encoder,
                                        static_cast<Index>(run.record.classes.size()), unused);
    if (!model)
        return fail(model.error());
    for (const NamedWeight& weight : model->weights())
        if (auto read = readWeight(run.model, weight); !read)
            return fail(read.error());
    return TrainedModel{.model = std::move(*model),
                        .vocabulary = run.vocabulary,
                        .classes = run.record.classes,
                        .tokenizer = {},
                        .unknownRow = run.record.unknown_row,
                        .max_length = options->max_length};
}

RunRecord recordOf(const Trainer& trainer, const PreparedRun& prepared)
{
    RunRecord record;
    record.program = "embedscope " EMBEDSCOPE_VERSION;
    record.options = toFields(trainer.options());
    record.live = toFields(trainer.options().live);
    record.classes = prepared.classes;
    record.padding_row = prepared.vocabulary.paddingRow;
    record.unknown_row = prepared.vocabulary.unknownRow;
    record.steps = trainer.stepsDone();
    for (const LoggedSwitch& entry : trainer.log())
        record.switches.push_back({entry.step, toFields(entry.settings)});
    return record;
}

Fields toFields(const LabelledTextOptions& options)
{
    Fields fields;
    if (options.format)
        fields["format"] = textFormatName(*options.format);
    if (options.text_column)
        fields["text_column"] = *options.text_column;
    if (options.label_column)
        fields["label_column"] = *options.label_column;
    return fields;
}

Result<LabelledTextOptions> labelledTextOptionsFrom(const Fields& fields)
{
    LabelledTextOptions options;
    for (const auto& [name, value] : fields) {
        if (name == "text_column")
            options.text_column = value;
        else if (name == "label_column")
            options.label_column = value;
        else if (name == "format" && (options.format = textFormatFromName(value)).has_value())
            continue;
        else
            return fail(ErrorCode::ValueRefused, {name, value, "it is not known"});
    }
    return options;
}

} // namespace embedscope
