// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/pca_tools.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

namespace embedscope {

namespace {

constexpr Index kRowsPerChunk = 256;

} // namespace

Matrix projectWhitened(const Pca& pca, const ConstMatrixRef& rows)
{
    Matrix out = pca.project(rows);
    for (Index axis = 0; axis < out.cols(); ++axis) {
        const double variance = pca.explained_variance[static_cast<std::size_t>(axis)];
        out.col(axis) *= variance > 0 ? static_cast<float>(1 / std::sqrt(variance)) : 0.0F;
    }
    return out;
}

std::vector<Loading> strongestLoadings(const Pca& pca, Index component, Index count)
{
    std::vector<Loading> all;
    for (Index dimension = 0; dimension < pca.components.cols(); ++dimension)
        all.push_back({dimension, pca.components(component, dimension)});
    std::stable_sort(all.begin(), all.end(),
                     [](const Loading& a, const Loading& b) { return std::abs(a.weight) > std::abs(b.weight); });
    all.resize(static_cast<std::size_t>(std::clamp<Index>(count, 0, static_cast<Index>(all.size()))));
    return all;
}

Result<Matrix> allButTheTop(const ConstMatrixRef& weights, Index top, std::stop_token stop, Progress& progress)
{
    if (top < -1 || top > weights.cols())
        return fail(ErrorCode::ValueRefused,
                    {"top", std::to_string(top), "up to the number of dimensions, " + std::to_string(weights.cols())});
    const Index removed = top >= 0 ? top : std::max<Index>(1, weights.cols() / 100);
    const auto pca = fitPca(weights, removed, stop, progress);
    if (!pca)
        return fail(pca.error());
    Matrix out = weights;
    parallelFor(out.rows(), kRowsPerChunk, [&](Index begin, Index end) {
        for (Index row = begin; row < end && !stop.stop_requested(); ++row) {
            if (!out.row(row).allFinite())
                continue;
            const RowVector centred = out.row(row) - pca->mean;
            out.row(row) = centred - (centred * pca->components.transpose()) * pca->components;
        }
    });
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    return out;
}

} // namespace embedscope
