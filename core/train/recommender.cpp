// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/recommender.h"

#include "core/base/parallel.h"
#include "core/nn/rows.h"

#include <array>
#include <utility>

namespace embedscope {

namespace {

constexpr std::array<const char*, 4> kNames{"user_embedding.weight", "item_embedding.weight", "user_bias.weight",
                                            "item_bias.weight"};

std::vector<bool> seen(Index rows, std::span<const Rating> ratings, std::int32_t Rating::*side)
{
    std::vector<bool> out(static_cast<std::size_t>(rows));
    for (const Rating& rating : ratings)
        out[static_cast<std::size_t>(rating.*side)] = true;
    return out;
}

/// Draws for every row, so that the numbers of a row do not depend on which others are known.
Matrix initialRows(const std::vector<bool>& known, Index dim, double init_std, Random& random)
{
    Matrix out(static_cast<Index>(known.size()), dim);
    for (float& value : out.reshaped<Eigen::RowMajor>())
        value = static_cast<float>(init_std * random.normal());
    for (std::size_t row = 0; row < known.size(); ++row)
        if (!known[row])
            out.row(static_cast<Index>(row)).setZero();
    return out;
}

Result<Embedding> makeTable(Matrix weight, bool sparse)
{
    const EmbeddingOptions options{.num_embeddings = weight.rows(), .embedding_dim = weight.cols(), .sparse = sparse};
    return Embedding::create(options, std::move(weight));
}

} // namespace

Result<Recommender> Recommender::create(Index users, Index items, std::int64_t embedding_dim, double init_std,
                                        bool sparse, std::span<const Rating> train, Random& random)
{
    std::array<Matrix, kTables> weights;
    weights[kUser] = initialRows(seen(users, train, &Rating::user), embedding_dim, init_std, random);
    weights[kItem] = initialRows(seen(items, train, &Rating::item), embedding_dim, init_std, random);
    weights[kUserBias] = Matrix::Zero(users, 1);
    weights[kItemBias] = Matrix::Zero(items, 1);
    std::vector<Embedding> tables;
    for (Matrix& weight : weights) {
        auto table = makeTable(std::move(weight), sparse);
        if (!table)
            return fail(table.error());
        tables.push_back(std::move(*table));
    }
    return Recommender(std::move(tables));
}

Result<void> Recommender::forward(const RecommenderBatch& batch, Matrix& scores)
{
    for (const Table table : {kUser, kItem, kUserBias, kItemBias}) {
        const auto& rows = table == kUser || table == kUserBias ? batch.users : batch.items;
        if (auto done = m_tables[table].forward(rows, m_rows[table]); !done)
            return done;
    }
    const auto users = static_cast<Index>(batch.users.size());
    const Index each = users == 0 ? 0 : static_cast<Index>(batch.items.size()) / users;
    scores.resize(users, each);
    const Index grain = std::max<Index>(1, detail::rowsPerChunk(m_rows[kUser].cols()) / std::max<Index>(1, each));
    parallelFor(users, grain, [&](Index begin, Index end) {
        for (Index u = begin; u < end; ++u)
            for (Index c = 0; c < each; ++c)
                scores(u, c) = m_globalMean + m_rows[kUserBias](u, 0) + m_rows[kItemBias](u * each + c, 0) +
                               m_rows[kUser].row(u).dot(m_rows[kItem].row(u * each + c));
    });
    return {};
}

void Recommender::backward(const RecommenderBatch& batch, const Matrix& scoresGrad, double reg, bool userBias)
{
    const Index users = scoresGrad.rows();
    const Index each = scoresGrad.cols();
    Matrix userGrad(users, m_rows[kUser].cols());
    Matrix itemGrad(users * each, userGrad.cols());
    const Index grain = std::max<Index>(1, detail::rowsPerChunk(userGrad.cols()) / std::max<Index>(1, each));
    parallelFor(users, grain, [&](Index begin, Index end) {
        for (Index u = begin; u < end; ++u) {
            userGrad.row(u).setZero();
            for (Index c = 0; c < each; ++c) {
                userGrad.row(u) += scoresGrad(u, c) * m_rows[kItem].row(u * each + c);
                itemGrad.row(u * each + c) = scoresGrad(u, c) * m_rows[kUser].row(u);
            }
        }
    });
    Matrix userBiasGrad = scoresGrad.rowwise().sum();
    Matrix itemBiasGrad = ConstMatrixMap(scoresGrad.data(), users * each, 1);
    const std::array<Matrix*, kTables> grads{&userGrad, &itemGrad, &userBiasGrad, &itemBiasGrad};
    m_userBiasLearns = userBias;
    for (const Table table : {kUser, kItem, kUserBias, kItemBias}) {
        const bool ofUsers = table == kUser || table == kUserBias;
        // Summed over the places of a row, so a row that occurs often in a batch is pulled as often as it is pushed.
        const auto decay = static_cast<float>(2 * reg / static_cast<double>(ofUsers ? users : users * each));
        *grads[table] += decay * m_rows[table];
        m_gradients[table] = m_tables[table].backward(ofUsers ? batch.users : batch.items, *grads[table]);
    }
}

std::vector<Parameter> Recommender::parameters()
{
    std::vector<Parameter> out;
    for (std::size_t table = 0; table < kTables; ++table) {
        const bool learns = table != kUserBias || m_userBiasLearns;
        out.push_back({.name = kNames[table],
                       .value = &m_tables[table].weight(),
                       .row_grad = learns ? &m_gradients[table] : nullptr,
                       .sparse = m_tables[table].options().sparse});
    }
    return out;
}

double Recommender::score(Index user, Index item) const
{
    return static_cast<double>(m_globalMean + userBias()(user, 0) + itemBias()(item, 0) +
                               userVectors().row(user).dot(itemVectors().row(item)));
}

Matrix& Recommender::weight(std::string_view name)
{
    std::size_t table = 0;
    while (table + 1 < kTables && name != kNames[table])
        ++table;
    return m_tables[table].weight();
}

bool Recommender::allFinite() const
{
    for (const Embedding& table : m_tables)
        if (!table.weight().allFinite())
            return false;
    return true;
}

TensorFile Recommender::tensors() const
{
    TensorFile file;
    for (std::size_t table = 0; table < kTables; ++table)
        file.tensors[kNames[table]] = Tensor::fromMatrix(m_tables[table].weight());
    file.tensors["global_mean"] = Tensor{{}, std::vector<float>{m_globalMean}};
    return file;
}

} // namespace embedscope
