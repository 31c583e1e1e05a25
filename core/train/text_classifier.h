// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "core/nn/dropout.h"
#include "core/nn/embedding.h"
#include "core/nn/linear.h"
#include "core/nn/named_weight.h"
#include "core/nn/sentence_encoder.h"
#include "core/optim/optimizer.h"
#include "core/text/data_set.h"

#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace embedscope {

/// Sentences of one step: sentence i is tokens[offsets[i] .. offsets[i + 1]); one offset more than sentences.
struct Batch
{
    std::vector<std::int64_t> tokens;
    std::vector<std::int64_t> offsets;
    std::vector<std::int32_t> labels;
};

/// The sentences `rows` of a data set.
EMBEDSCOPE_EXPORT Batch makeBatch(const DataSet& data, std::span<const std::int64_t> rows);

/// A tensor of a model under PyTorch's name.
struct NamedTensor
{
    std::string name;
    const Matrix* value = nullptr;
    int dims = 2; // 1: PyTorch has a vector here, the matrix has one row
};

/// Embedding -> encoder -> dropout -> Linear. Names of parameters as in a PyTorch module with the parts `embedding`,
/// those of the encoder, and `classifier`.
class EMBEDSCOPE_EXPORT TextClassifier
{
public:
    /// Encoder and linear layer start as PyTorch's do, drawn from `random`. ValueRefused and OptionsConflict.
    static Result<TextClassifier> create(Embedding embedding, const EncoderOptions& encoder, Index classes,
                                         Random& random);

    /// logits: sentences x classes. Renormalises looked-up rows where max_norm is set; `random` decides what dropout
    /// drops. IndexOutOfRange and ValueRefused (a sentence beyond max_positions) change nothing.
    Result<void> forward(const Batch& batch, Random& random, Matrix& logits);
    /// Gradients of the last forward() with the same batch; that of a frozen table is not computed.
    void backward(const Batch& batch, const ConstMatrixRef& logits_grad);
    /// Values with the gradients of the last backward(); a frozen table has none.
    [[nodiscard]] std::vector<Parameter> parameters();
    /// All but the table: those of the encoder, then classifier.weight and classifier.bias.
    [[nodiscard]] std::vector<NamedWeight> weights();

    /// The table and all weights, as files hold them.
    [[nodiscard]] std::vector<NamedTensor> tensors() const;

    /// Logits of all sentences without changing anything: rows above max_norm count as renormalised, as PyTorch's
    /// forward would make them. Cancelled.
    [[nodiscard]] Result<Matrix> predict(const DataSet& data, std::stop_token stop) const;

    [[nodiscard]] Embedding& embedding() { return m_embedding; }
    [[nodiscard]] const Embedding& embedding() const { return m_embedding; }
    /// The gradient of the table of the last backward().
    [[nodiscard]] RowGradient& embeddingGrad() { return m_embeddingGrad; }
    [[nodiscard]] const Linear& classifier() const { return m_classifier; }
    [[nodiscard]] const EncoderOptions& encoder() const { return m_options; }
    [[nodiscard]] Index classes() const { return m_classifier.weight.rows(); }

private:
    TextClassifier(Embedding embedding, const EncoderOptions& options, std::unique_ptr<SentenceEncoder> encoder,
                   Linear classifier);
    Result<void> predictBatch(const Batch& batch, MatrixRef logits) const;

    Embedding m_embedding;
    EncoderOptions m_options;
    std::unique_ptr<SentenceEncoder> m_encoder;
    Dropout m_dropout;
    Linear m_classifier;

    Matrix m_encoded; // sentences x outputDim, of the last forward()
    Matrix m_encodedGrad;
    RowGradient m_embeddingGrad;
};

} // namespace embedscope
