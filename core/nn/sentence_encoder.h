// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/matrix.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "core/nn/embedding.h"
#include "core/nn/embedding_bag.h"
#include "core/nn/named_weight.h"
#include "core/nn/position_embedding.h"
#include "core/nn/row_gradient.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace embedscope {

enum class EncoderKind {
    Bag,        // EmbeddingBag: sum, mean or maximum of the word vectors
    Lstm,       // the last layer's final state at each sentence's true end; both directions side by side
    Gru,        // likewise
    Transformer // the mean of the last layer's rows over the real tokens
};

/// How the words of a sentence become one vector.
struct EncoderOptions
{
    EncoderKind kind = EncoderKind::Bag;
    BagMode mode = BagMode::Mean;      // Bag
    std::int64_t hidden_dim = 256;     // hidden_size of LSTM and GRU, dim_feedforward of the Transformer
    std::int64_t num_layers = 1;       // all but Bag
    bool bidirectional = false;        // LSTM and GRU
    std::optional<std::int64_t> nhead; // Transformer; none: the largest of 4, 2, 1 that divides embedding_dim
    PositionKind positions = PositionKind::Learned;
    std::int64_t max_positions = 512; // Transformer: longest sentence
    bool norm_first = false;          // Transformer
    bool gelu = false;                // Transformer: GELU in place of ReLU
    double dropout = 0;               // of the word vectors, between layers and inside the Transformer's
};

/// Attention heads of a Transformer over vectors of `embedding_dim` numbers.
EMBEDSCOPE_EXPORT std::int64_t headsFor(const EncoderOptions& options, Index embedding_dim);

/// Sentences end to end: sentence i is tokens[offsets[i] .. offsets[i + 1]); one offset more than sentences.
struct Sentences
{
    std::span<const std::int64_t> tokens;
    std::span<const std::int64_t> offsets;

    [[nodiscard]] Index size() const { return offsets.empty() ? 0 : static_cast<Index>(offsets.size()) - 1; }
};

/// Turns sentences into one vector each, by a table and weights of its own.
class EMBEDSCOPE_EXPORT SentenceEncoder
{
public:
    virtual ~SentenceEncoder() = default;

    [[nodiscard]] virtual Index outputDim() const = 0;
    /// out: sentences x outputDim. Looks words up in `table`, which renormalises its rows where max_norm is set; an
    /// empty sentence becomes zeros. `random` decides what dropout drops. IndexOutOfRange, or ValueRefused for a
    /// sentence beyond max_positions, changes nothing.
    virtual Result<void> forward(Embedding& table, const Sentences& sentences, Random& random, Matrix& out) = 0;
    /// The same without dropout and without a trace in this object: several threads may call it, each with a table of
    /// its own.
    virtual Result<void> predict(Embedding& table, const Sentences& sentences, Matrix& out) const = 0;
    /// Sets the gradients of the weights for the last forward() with the same sentences, and that of the table where
    /// `table_grad` is not null.
    virtual void backward(const Embedding& table, const Sentences& sentences, const Matrix& gradOutput,
                          RowGradient* table_grad) = 0;
    /// Under the names of a PyTorch module with the parts `rnn`, `position_embedding` and `transformer`; none of a bag.
    [[nodiscard]] virtual std::vector<NamedWeight> weights() = 0;
};

/// For vectors of `embedding_dim` numbers. ValueRefused for sizes that make no sense, OptionsConflict for heads that do
/// not divide embedding_dim and for a maximum over a sparse table or one scaled by frequency.
EMBEDSCOPE_EXPORT Result<std::unique_ptr<SentenceEncoder>> makeEncoder(const EncoderOptions& options,
                                                                       Index embedding_dim, Random& random);

} // namespace embedscope
