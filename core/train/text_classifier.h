// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "core/nn/embedding.h"
#include "core/nn/embedding_bag.h"
#include "core/nn/linear.h"
#include "core/optim/optimizer.h"
#include "core/text/data_set.h"

#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <vector>

namespace embedscope {

/// Sentences of one step: sentence i is tokens[offsets[i] .. offsets[i + 1]), the last to the end.
struct Batch
{
    std::vector<std::int64_t> tokens;
    std::vector<std::int64_t> offsets;
    std::vector<std::int32_t> labels;
};

/// The sentences `rows` of a data set.
EMBEDSCOPE_EXPORT Batch makeBatch(const DataSet& data, std::span<const std::int64_t> rows);

/// Embedding -> mean (sum, max) of each sentence's rows -> Linear. Names of parameters as in the PyTorch module with
/// `embedding` and `classifier`.
class EMBEDSCOPE_EXPORT TextClassifier
{
public:
    /// The linear layer starts as PyTorch's does, drawn from `random`.
    static Result<TextClassifier> create(Embedding embedding, BagMode mode, Index classes, Random& random);
    /// With all weights given: classifier weight is classes x dim, bias 1 x classes.
    static Result<TextClassifier> create(Embedding embedding, BagMode mode, Matrix weight, Matrix bias);

    /// logits: sentences x classes. Renormalises looked-up rows where max_norm is set. IndexOutOfRange changes nothing.
    Result<void> forward(const Batch& batch, Matrix& logits);
    /// Gradients of the last forward() with the same batch; that of a frozen table is not computed.
    void backward(const Batch& batch, const ConstMatrixRef& logits_grad);
    /// Values with the gradients of the last backward(); a frozen table has none.
    [[nodiscard]] std::vector<Parameter> parameters();

    /// Logits of all sentences without changing anything: rows above max_norm count as renormalised, as PyTorch's
    /// forward would make them. Cancelled.
    [[nodiscard]] Result<Matrix> predict(const DataSet& data, std::stop_token stop) const;

    [[nodiscard]] Embedding& embedding() { return *m_embedding; }
    [[nodiscard]] const Embedding& embedding() const { return *m_embedding; }
    [[nodiscard]] const Linear& classifier() const { return m_classifier; }
    [[nodiscard]] Linear& classifier() { return m_classifier; }
    [[nodiscard]] BagMode mode() const { return m_mode; }
    [[nodiscard]] Index classes() const { return m_classifier.weight.rows(); }

private:
    TextClassifier(std::unique_ptr<Embedding> embedding, EmbeddingBag bag, BagMode mode, Linear classifier);
    [[nodiscard]] Result<Matrix> predictBatch(const Batch& batch) const;

    std::unique_ptr<Embedding> m_embedding; // on the heap: the bag points to it
    EmbeddingBag m_bag;
    BagMode m_mode;
    Linear m_classifier;

    Matrix m_pooled; // sentences x dim, of the last forward()
    Matrix m_pooledGrad;
    RowGradient m_embeddingGrad;
};

} // namespace embedscope
