// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "core/io/tensor_file.h"
#include "core/nn/embedding.h"
#include "core/optim/optimizer.h"
#include "core/text/ratings.h"

#include <cstdint>
#include <span>
#include <vector>

namespace embedscope {

/// Some users, and for each of them the same number of items to give a score to: the items of the first user, then
/// those of the second, ...
struct RecommenderBatch
{
    std::vector<std::int64_t> users;
    std::vector<std::int64_t> items; // users.size() times as many as each has
    std::vector<float> values;       // of squared loss: one a user
};

/// score(u, i) = global_mean + user_bias(u) + item_bias(i) + user_embedding(u) . item_embedding(i) (Koren, Bell,
/// Volinsky 2009).
class EMBEDSCOPE_EXPORT Recommender
{
public:
    /// Vectors from N(0, init_std^2), users first, in row order; biases zero. `sparse` as in nn.Embedding. Users and
    /// items without a rating in `train` get zeros: nothing is known of them, and a random vector would say otherwise.
    static Result<Recommender> create(Index users, Index items, std::int64_t embedding_dim, double init_std,
                                      bool sparse, std::span<const Rating> train, Random& random);

    /// scores: users x items of each. IndexOutOfRange.
    Result<void> forward(const RecommenderBatch& batch, Matrix& scores);

    /// Gradients for those of the last forward()'s scores, plus those of
    /// reg * (mean over the users of |p_u|^2 + b_u^2  +  mean over the items of |q_i|^2 + b_i^2).
    /// The biases of users get none without `userBias`, as when a loss compares the scores of one user.
    void backward(const RecommenderBatch& batch, const Matrix& scoresGrad, double reg, bool userBias);

    /// With the gradients of the last backward(), under the names of tensors().
    [[nodiscard]] std::vector<Parameter> parameters();

    /// As forward(), for one pair that is in range.
    [[nodiscard]] double score(Index user, Index item) const;

    [[nodiscard]] const Matrix& userVectors() const { return m_tables[kUser].weight(); }
    [[nodiscard]] const Matrix& itemVectors() const { return m_tables[kItem].weight(); }
    [[nodiscard]] const Matrix& userBias() const { return m_tables[kUserBias].weight(); } // users x 1
    [[nodiscard]] const Matrix& itemBias() const { return m_tables[kItemBias].weight(); } // items x 1
    [[nodiscard]] float globalMean() const { return m_globalMean; }
    void setGlobalMean(float mean) { m_globalMean = mean; }
    /// The table of a name of tensors(), to be changed: for tests and for weights from elsewhere.
    [[nodiscard]] Matrix& weight(std::string_view name);

    [[nodiscard]] bool allFinite() const;
    /// user_embedding.weight, item_embedding.weight, user_bias.weight (users x 1), item_bias.weight and global_mean (a
    /// number without dimensions), as modules of torch.nn would call them.
    [[nodiscard]] TensorFile tensors() const;

private:
    enum Table { kUser, kItem, kUserBias, kItemBias, kTables };
    explicit Recommender(std::vector<Embedding> tables)
        : m_tables(std::move(tables))
    {
    }

    std::vector<Embedding> m_tables; // by Table
    std::vector<Matrix> m_rows = std::vector<Matrix>(kTables);
    std::vector<RowGradient> m_gradients = std::vector<RowGradient>(kTables);
    bool m_userBiasLearns = true;
    float m_globalMean = 0;
};

} // namespace embedscope
