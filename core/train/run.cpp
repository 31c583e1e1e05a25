// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/run.h"

#include "core/nn/cross_entropy.h"

#include <numeric>
#include <utility>

namespace embedscope {

namespace {

/// Seeds of a run's independent random streams.
constexpr std::uint64_t kTableStream = 0x7461626c65ULL;

Matrix freshTable(const TrainingVocabulary& vocabulary, const TrainOptions& options)
{
    Random random(options.seed ^ kTableStream);
    Matrix weight(vocabulary.vocabulary.size(), options.embedding_dim);
    for (Index i = 0; i < weight.size(); ++i)
        weight.data()[i] = static_cast<float>(random.normal());
    weight.row(vocabulary.paddingRow).setZero();
    return weight;
}

Matrix tableFromVectors(const TrainingVocabulary& vocabulary, const EmbeddingTable& vectors)
{
    Matrix weight = Matrix::Zero(vocabulary.vocabulary.size(), vectors.dim());
    weight.topRows(vectors.rows()) = vectors.weights();
    if (vocabulary.unknownRow >= vectors.rows() && vectors.rows() > 0)
        weight.row(vocabulary.unknownRow) = vectors.weights().colwise().mean();
    return weight;
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

Result<PreparedRun> prepareRun(const RunInput& input)
{
    PreparedRun run{.options = input.options, .tokenizer = input.tokenizer};
    if (input.vectors)
        run.options.embedding_dim = input.vectors->dim();
    if (auto checked = check(run.options); !checked)
        return fail(checked.error());
    run.vocabulary = input.vectors ? vocabularyFromVectors(*input.data, run.tokenizer, input.vectors->vocabulary())
                                   : vocabularyFromData(*input.data, run.tokenizer, run.options.min_count);
    run.data = std::make_shared<const DataSet>(encode(*input.data, run.tokenizer, run.vocabulary.vocabulary,
                                                      run.vocabulary.unknownRow, run.options.max_length));
    run.classes = input.data->classes;
    run.weight =
        input.vectors ? tableFromVectors(run.vocabulary, *input.vectors) : freshTable(run.vocabulary, run.options);
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
