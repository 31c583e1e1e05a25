// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/io/run_directory.h"
#include "core/table/embedding_table.h"
#include "core/text/data_set.h"
#include "core/train/metrics.h"
#include "core/train/trainer.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace embedscope {

/// What a run is made from, all read already.
struct RunInput
{
    std::shared_ptr<const LabelledText> data;
    std::shared_ptr<const EmbeddingTable> vectors; // null: a fresh table from N(0, 1)
    TrainOptions options;
    TokenizerOptions tokenizer;
    /// Vectors that nobody else needs, in place of the others: their weights become the run's without a copy.
    std::optional<EmbeddingTable> own_vectors = {};
};

/// Ready to be trained: the vocabulary, the data as rows of it, and the initial table.
struct PreparedRun
{
    TrainOptions options; // embedding_dim is that of the table
    TokenizerOptions tokenizer;
    TrainingVocabulary vocabulary;
    std::shared_ptr<const DataSet> data;
    std::shared_ptr<const DataSet> valid; // held out by valid_split; null without
    std::vector<std::string> classes;
    Matrix weight; // rows x dim
};

/// From given vectors, the added row of unknown words starts as their mean and that of padding as zero; a fresh table
/// is drawn by the seed, its padding row is zero. The sentences of valid_split are drawn by the seed too; the
/// vocabulary is that of the others.  ValueRefused and OptionsConflict for options that make no sense.
EMBEDSCOPE_EXPORT Result<PreparedRun> prepareRun(RunInput input);

/// A table of the run's rows with the given weights, and for each word the class it mostly occurs in (column "class").
EMBEDSCOPE_EXPORT Result<EmbeddingTable> tableOf(const PreparedRun& prepared, Matrix weight);

/// Takes the weight out of `prepared`.
EMBEDSCOPE_EXPORT Result<Trainer> startTrainer(PreparedRun& prepared);

/// The trained tensors under PyTorch's names.
EMBEDSCOPE_EXPORT TensorFile modelTensors(const TextClassifier& model);
/// The same without a copy, for writing them while the model stays as it is.
EMBEDSCOPE_EXPORT std::vector<TensorView> modelViews(const TextClassifier& model);

/// A trained model without its run: what is needed to classify sentences.
struct TrainedModel
{
    TextClassifier model;
    Vocabulary vocabulary;
    std::vector<std::string> classes;
    TokenizerOptions tokenizer;
    std::int64_t unknownRow = 1;
    std::optional<std::int64_t> max_length;

    /// Class probabilities of each text: texts x classes.
    [[nodiscard]] EMBEDSCOPE_EXPORT Result<Matrix> probabilities(const std::vector<std::string>& texts,
                                                                 std::stop_token stop) const;
};
EMBEDSCOPE_EXPORT Result<TrainedModel> loadModel(const RunDirectory& run);

/// The record of a run as far as it has come; stamps and epochs are the caller's.
EMBEDSCOPE_EXPORT RunRecord recordOf(const Trainer& trainer, const PreparedRun& prepared);

/// How labelled data was read, as fields of a record, and back.
EMBEDSCOPE_EXPORT Fields toFields(const LabelledTextOptions& options);
EMBEDSCOPE_EXPORT Result<LabelledTextOptions> labelledTextOptionsFrom(const Fields& fields);

struct ReplayReport
{
    bool identical = false;
    std::string firstDifference; // "embedding.weight row 3, column 5: 0.25 before, 0.5 now"; empty where identical
};
/// Does the run in `folder` again from its data and compares every weight bit for bit. DataChanged where a file it was
/// made from is another one now.
EMBEDSCOPE_EXPORT Result<ReplayReport> replayRun(const std::filesystem::path& folder, std::stop_token stop,
                                                 Progress& progress);

} // namespace embedscope
