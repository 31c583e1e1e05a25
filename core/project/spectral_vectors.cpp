// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/spectral_vectors.h"

#include "core/base/parallel.h"
#include "core/base/random.h"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>

namespace embedscope {

namespace {

constexpr Index kDensePoints = 256; // 10 ms
constexpr Index kWidth = 8;         // of the subspace: three vectors at most, and company that speeds them up
constexpr Index kRowsPerChunk = 512;
constexpr int kDegree = 24; // of the filter
constexpr int kRounds = 60;
constexpr double kResidual = 1e-4;

using Block = Eigen::Matrix<float, Eigen::Dynamic, kWidth, Eigen::RowMajor>;
using Small = Eigen::Matrix<double, kWidth, kWidth>;

/// D^-1/2 W D^-1/2: the Laplacian is what it leaves of 1, so that its largest eigenvalues are wanted.
struct Operator
{
    const FuzzyGraph& graph;
    Eigen::VectorXd first; // its eigenvector to the eigenvalue 1: the roots of the degrees, of length 1
    std::vector<float> weights;

    [[nodiscard]] Index points() const { return first.size(); }
};

Operator normalized(const FuzzyGraph& graph)
{
    const auto points = static_cast<Index>(graph.offsets.size()) - 1;
    Operator out{graph, Eigen::VectorXd::Zero(points), graph.weights};
    const auto forEdges = [&](auto&& body) {
        for (Index row = 0; row < points; ++row)
            for (Index edge = graph.offsets[static_cast<std::size_t>(row)];
                 edge < graph.offsets[static_cast<std::size_t>(row) + 1]; ++edge)
                body(row, static_cast<std::size_t>(edge));
    };
    forEdges([&](Index row, std::size_t edge) { out.first[row] += static_cast<double>(graph.weights[edge]); });
    out.first = out.first.cwiseSqrt();
    forEdges([&](Index row, std::size_t edge) {
        out.weights[edge] = static_cast<float>(static_cast<double>(graph.weights[edge]) /
                                               (out.first[row] * out.first[graph.columns[edge]]));
    });
    out.first.normalize();
    return out;
}

/// out = scale * (operator * in - shift * in) - before * out
void apply(const Operator& op, const Block& in, float scale, float shift, float before, Block& out,
           const std::stop_token& stop)
{
    parallelFor(op.points(), kRowsPerChunk, [&](Index begin, Index end) {
        if (stop.stop_requested())
            return;
        for (Index row = begin; row < end; ++row) {
            Eigen::Matrix<float, 1, kWidth> sum = -shift * in.row(row);
            for (auto edge = static_cast<std::size_t>(op.graph.offsets[static_cast<std::size_t>(row)]);
                 edge < static_cast<std::size_t>(op.graph.offsets[static_cast<std::size_t>(row) + 1]); ++edge)
                sum += op.weights[edge] * in.row(op.graph.columns[edge]);
            out.row(row) = scale * sum - before * out.row(row);
        }
    });
}

/// Sums over rows, in float64 and in the order of the chunks.
Small product(const Block& a, const Block& b)
{
    std::vector<Small> parts(static_cast<std::size_t>(chunkCount(a.rows(), kRowsPerChunk)));
    parallelChunks(a.rows(), kRowsPerChunk, [&](Index chunk, Index begin, Index end) {
        parts[static_cast<std::size_t>(chunk)] = a.middleRows(begin, end - begin).cast<double>().transpose() *
                                                 b.middleRows(begin, end - begin).cast<double>();
    });
    Small sum = Small::Zero();
    for (const Small& part : parts)
        sum += part;
    return sum;
}

/// The first eigenvector is known and of no use.
void removeFirst(const Operator& op, Block& block)
{
    const Eigen::Matrix<double, 1, kWidth> share = op.first.transpose() * block.cast<double>();
    for (Index row = 0; row < block.rows(); ++row)
        block.row(row) -= (op.first[row] * share).cast<float>();
}

/// Amplifies what belongs to eigenvalues above `edge` against all from -1 to `edge`.
void filter(const Operator& op, double edge, Block& block, Block& other, const std::stop_token& stop)
{
    const double half = (edge + 1) / 2;
    const double centre = (edge - 1) / 2;
    other.setZero();
    apply(op, block, static_cast<float>(1 / half), static_cast<float>(centre), 0, other, stop);
    for (int degree = 2; degree <= kDegree && !stop.stop_requested(); ++degree) {
        apply(op, other, static_cast<float>(2 / half), static_cast<float>(centre), 1, block, stop);
        block.swap(other);
    }
    block.swap(other);
    for (Index column = 0; column < kWidth; ++column)
        block.col(column) /= std::max(block.col(column).norm(), 1e-30F);
}

struct Ritz
{
    Eigen::Matrix<double, kWidth, 1> values; // largest first
    double residual = 1;                     // largest of the first k
};

/// The best vectors within the subspace. `image` is left as operator * block.
Ritz rayleighRitz(const Operator& op, Index k, Block& block, Block& image, const std::stop_token& stop)
{
    removeFirst(op, block);
    image.setZero();
    apply(op, block, 1, 0, 0, image, stop);
    const Small mass = product(block, block);
    const Small stiffness = product(block, image);
    const Eigen::GeneralizedSelfAdjointEigenSolver<Small> solver((stiffness + stiffness.transpose()) / 2, mass);
    const Eigen::Matrix<float, kWidth, kWidth> turn = solver.eigenvectors().rowwise().reverse().cast<float>();
    block = (block * turn).eval();
    image = (image * turn).eval();
    Ritz out{solver.eigenvalues().reverse(), 0};
    for (Index column = 0; column < k; ++column) {
        const float value = static_cast<float>(out.values[column]);
        out.residual = std::max<double>(out.residual, (image.col(column) - value * block.col(column)).norm());
    }
    return out;
}

Matrix sparseVectors(const Operator& op, Index k, std::uint64_t seed, const std::stop_token& stop)
{
    Random random(seed);
    Block block(op.points(), kWidth);
    for (float& value : block.reshaped<Eigen::RowMajor>())
        value = static_cast<float>(random.normal());
    Block other(op.points(), kWidth);
    double edge = 0;
    for (int round = 0; round < kRounds && !stop.stop_requested(); ++round) {
        filter(op, edge, block, other, stop);
        const Ritz ritz = rayleighRitz(op, k, block, other, stop);
        if (ritz.residual < kResidual)
            break;
        edge = std::clamp(ritz.values[kWidth - 1], -0.5, 0.99999);
    }
    return block.leftCols(k);
}

Matrix denseVectors(const Operator& op, Index k)
{
    Eigen::MatrixXd dense = Eigen::MatrixXd::Zero(op.points(), op.points());
    for (Index row = 0; row < op.points(); ++row)
        for (auto edge = static_cast<std::size_t>(op.graph.offsets[static_cast<std::size_t>(row)]);
             edge < static_cast<std::size_t>(op.graph.offsets[static_cast<std::size_t>(row) + 1]); ++edge)
            dense(row, op.graph.columns[edge]) = static_cast<double>(op.weights[edge]);
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(dense);
    return solver.eigenvectors().rightCols(k + 1).leftCols(k).rowwise().reverse().cast<float>();
}

} // namespace

Result<Matrix> spectralVectors(const FuzzyGraph& graph, Index k, std::uint64_t seed, std::stop_token stop)
{
    const Operator op = normalized(graph);
    Matrix out = op.points() <= kDensePoints ? denseVectors(op, k) : sparseVectors(op, k, seed, stop);
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    return out;
}

} // namespace embedscope
