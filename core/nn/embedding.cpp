// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/embedding.h"

#include "core/base/large_pages.h"
#include "core/base/parallel.h"
#include "core/base/strings.h"
#include "core/nn/sum_groups.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace embedscope {

namespace {

/// A copy is the lightest of all loops over rows: its chunks are so many times as long, a megabyte each.
constexpr Index kLookupsPerChunk = 2;

Result<void> refuse(const char* option, std::string value, std::string allowed)
{
    return fail(ErrorCode::ValueRefused, {option, std::move(value), std::move(allowed)});
}

Result<void> checkSize(const char* option, std::int64_t size)
{
    if (size >= 0)
        return {};
    return refuse(option, std::to_string(size), "a size is at least 0");
}

Result<void> resolvePadding(std::optional<std::int64_t>& padding_idx, std::int64_t rows)
{
    if (!padding_idx)
        return {};
    if (*padding_idx < -rows || *padding_idx >= rows)
        return refuse("padding_idx", std::to_string(*padding_idx),
                      "it is a row number from -" + std::to_string(rows) + " to " + std::to_string(rows - 1));
    if (*padding_idx < 0)
        *padding_idx += rows;
    return {};
}

Result<void> checkNorm(const std::optional<double>& max_norm, double norm_type)
{
    if (max_norm && !(*max_norm > 0 && std::isfinite(*max_norm)))
        return refuse("max_norm", formatNumber(*max_norm), "it is a finite number above 0, or none");
    if (!(norm_type > 0))
        return refuse("norm_type", formatNumber(norm_type), "it is a number above 0, or infinity");
    return {};
}

Result<void> checkScale(bool scale_grad_by_freq, bool sparse)
{
    if (!scale_grad_by_freq || !sparse)
        return {};
    return fail(ErrorCode::OptionsConflict,
                {"scale_grad_by_freq", "sparse", "Scaling by frequency needs a dense gradient: turn one of them off."});
}

std::string shapeText(Index rows, Index cols)
{
    return std::to_string(rows) + " x " + std::to_string(cols);
}

Matrix normalMatrix(Index rows, Index cols, Random& random)
{
    Matrix out(rows, cols);
    for (float& value : out.reshaped<Eigen::RowMajor>())
        value = static_cast<float>(random.normal());
    return out;
}

} // namespace

Result<EmbeddingOptions> validated(EmbeddingOptions options)
{
    return checkSize("num_embeddings", options.num_embeddings)
        .and_then([&] { return checkSize("embedding_dim", options.embedding_dim); })
        .and_then([&] { return resolvePadding(options.padding_idx, options.num_embeddings); })
        .and_then([&] { return checkNorm(options.max_norm, options.norm_type); })
        .and_then([&] { return checkScale(options.scale_grad_by_freq, options.sparse); })
        .map([&] { return options; });
}

Result<void> checkIndices(std::span<const std::int64_t> indices, Index rows)
{
    // A negative index is a huge one without its sign. No early exit: this way the loop is a handful of vector
    // operations.
    const auto limit = static_cast<std::uint64_t>(rows);
    bool bad = false;
    for (const std::int64_t index : indices)
        bad |= static_cast<std::uint64_t>(index) >= limit;
    if (!bad)
        return {};
    const auto outside = [limit](std::int64_t index) { return static_cast<std::uint64_t>(index) >= limit; };
    const std::int64_t first = *std::find_if(indices.begin(), indices.end(), outside);
    return fail(ErrorCode::IndexOutOfRange, {std::to_string(first), std::to_string(rows)});
}

Embedding::Embedding(const EmbeddingOptions& options, Matrix weight, bool frozen)
    : m_options(options)
    , m_weight(std::move(weight))
    , m_frozen(frozen)
{
    preferLargePages(m_weight.data(), static_cast<std::size_t>(m_weight.size()) * sizeof(float));
}

Result<Embedding> Embedding::create(const EmbeddingOptions& options, Random& random)
{
    return validated(options).map([&random](const EmbeddingOptions& valid) {
        Matrix weight = normalMatrix(valid.num_embeddings, valid.embedding_dim, random);
        if (valid.padding_idx)
            weight.row(*valid.padding_idx).setZero();
        return Embedding(valid, std::move(weight), false);
    });
}

Result<Embedding> Embedding::create(const EmbeddingOptions& options, Matrix weight)
{
    return validated(options).and_then([&weight](const EmbeddingOptions& valid) -> Result<Embedding> {
        if (weight.rows() != valid.num_embeddings || weight.cols() != valid.embedding_dim)
            return fail(ErrorCode::ShapeMismatch, {"weight", shapeText(valid.num_embeddings, valid.embedding_dim),
                                                   shapeText(weight.rows(), weight.cols())});
        return Embedding(valid, std::move(weight), false);
    });
}

Result<Embedding> Embedding::fromPretrained(Matrix weight, const PretrainedOptions& options)
{
    const EmbeddingOptions full{.num_embeddings = weight.rows(),
                                .embedding_dim = weight.cols(),
                                .padding_idx = options.padding_idx,
                                .max_norm = options.max_norm,
                                .norm_type = options.norm_type,
                                .scale_grad_by_freq = options.scale_grad_by_freq,
                                .sparse = options.sparse};
    auto embedding = create(full, std::move(weight));
    if (embedding)
        embedding->setFrozen(options.freeze);
    return embedding;
}

Result<void> Embedding::forward(std::span<const std::int64_t> indices, Matrix& out)
{
    if (auto checked = checkIndices(indices, m_weight.rows()); !checked)
        return checked;
    if (m_options.max_norm)
        renormalizeRows(m_weight, indices, *m_options.max_norm, m_options.norm_type);
    const Index dim = m_weight.cols();
    out.resize(static_cast<Index>(indices.size()), dim);
    parallelFor(out.rows(), kLookupsPerChunk * detail::rowsPerChunk(dim), [&](Index begin, Index end) {
        for (Index i = begin; i < end; ++i) {
            detail::prefetchAhead(m_weight, indices, i);
            detail::copyRow(m_weight.data() + indices[static_cast<std::size_t>(i)] * dim, out.data() + i * dim, dim);
        }
    });
    return {};
}

RowGradient Embedding::backward(std::span<const std::int64_t> indices, const ConstMatrixRef& gradOutput) const
{
    const RowGroups groups(indices);
    const auto add = [&](std::int64_t, std::span<const std::int32_t> positions, float* sum) {
        const double count = m_options.scale_grad_by_freq ? static_cast<double>(positions.size()) : 1.0;
        for (const std::int32_t position : positions)
            detail::addScaled(static_cast<float>(1.0 / count), gradOutput.row(position).data(), sum, gradOutput.cols());
    };
    return detail::sumGroups(groups, gradOutput.rows(), m_weight.cols(), m_options.padding_idx, add);
}

Result<void> Embedding::setPaddingIdx(std::optional<std::int64_t> padding_idx)
{
    return resolvePadding(padding_idx, m_weight.rows()).map([&] { m_options.padding_idx = padding_idx; });
}

Result<void> Embedding::setMaxNorm(std::optional<double> max_norm, double norm_type)
{
    return checkNorm(max_norm, norm_type).map([&] {
        m_options.max_norm = max_norm;
        m_options.norm_type = norm_type;
    });
}

Result<void> Embedding::setScaleGradByFreq(bool scale)
{
    return checkScale(scale, m_options.sparse).map([&] { m_options.scale_grad_by_freq = scale; });
}

} // namespace embedscope
