// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/lloyd.h"

#include "core/base/parallel.h"
#include "core/search/packed_rows.h"
#include "core/search/pair_product.h"

#include <algorithm>

namespace embedscope::detail {

namespace {

constexpr Index kKeysPerChunk = Index{1} << 16;
constexpr Index kMostSums = 64; // partial sums, each k x d numbers

/// The first of the smallest; the minimum vectorises, and so does looking for it.
std::int32_t smallestOf(const float* keys, Index count)
{
    const float smallest = Eigen::Map<const Eigen::ArrayXf>(keys, count).minCoeff();
    return static_cast<std::int32_t>(std::find(keys, keys + count, smallest) - keys);
}

struct Sums
{
    Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> sum;
    std::vector<Index> count;
};

} // namespace

Result<std::vector<std::int32_t>> nearestCentres(const ComparableRows& points, std::span<const std::int32_t> rows,
                                                 const Matrix& centres, std::stop_token stop)
{
    const PackedRows columns(centres);
    const Index width = columns.columns();
    std::vector<std::int32_t> labels(rows.size());
    parallelFor(static_cast<Index>(rows.size()), std::clamp<Index>(kKeysPerChunk / width, 6, 1024),
                [&](Index begin, Index end) {
                    if (stop.stop_requested())
                        return;
                    const auto part =
                        rows.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
                    std::vector<float> keys(part.size() * static_cast<std::size_t>(width));
                    writeKeys(points, part, columns, 0, width, keys.data(), width);
                    for (Index i = begin; i < end; ++i)
                        labels[static_cast<std::size_t>(i)] =
                            smallestOf(keys.data() + (i - begin) * width, centres.rows());
                });
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    return labels;
}

Matrix meansOf(const ComparableRows& points, std::span<const std::int32_t> rows, std::span<const std::int32_t> labels,
               const Matrix& before)
{
    const auto count = static_cast<Index>(rows.size());
    const Index grain = std::max<Index>(4096, chunkCount(count, kMostSums));
    std::vector<Sums> parts(static_cast<std::size_t>(chunkCount(count, grain)));
    parallelChunks(count, grain, [&](Index chunk, Index begin, Index end) {
        Sums& part = parts[static_cast<std::size_t>(chunk)];
        part.sum.setZero(before.rows(), before.cols());
        part.count.assign(static_cast<std::size_t>(before.rows()), 0);
        for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i) {
            part.sum.row(labels[i]) += points.rows().row(rows[i]).cast<double>();
            ++part.count[static_cast<std::size_t>(labels[i])];
        }
    });
    for (std::size_t part = 1; part < parts.size(); ++part) {
        parts[0].sum += parts[part].sum;
        for (std::size_t label = 0; label < parts[0].count.size(); ++label)
            parts[0].count[label] += parts[part].count[label];
    }
    Matrix means = before;
    for (Index label = 0; label < before.rows() && !parts.empty(); ++label)
        if (const Index members = parts[0].count[static_cast<std::size_t>(label)]; members > 0)
            means.row(label) = (parts[0].sum.row(label) / static_cast<double>(members)).cast<float>();
    return means;
}

} // namespace embedscope::detail
