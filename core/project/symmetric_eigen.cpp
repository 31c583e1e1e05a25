// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/symmetric_eigen.h"

#include "core/base/parallel.h"
#include "core/base/random.h"

#include <Eigen/Eigenvalues>

#include <algorithm>
#include <optional>

namespace embedscope {

namespace {

constexpr Index kDenseDims = 512;
constexpr Index kSpareColumns = 8;
constexpr double kTolerance = 1e-9; // residual, relative to the largest eigenvalue
constexpr double kDependent = 1e-11;
constexpr Index kColumnsPerChunk = 64;

EigenPairs largestOf(const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>& solver, Index k)
{
    return {solver.eigenvalues().tail(k).reverse(), solver.eigenvectors().rightCols(k).rowwise().reverse()};
}

Result<EigenPairs> dense(const Eigen::MatrixXd& matrix, Index k)
{
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(matrix);
    if (solver.info() != Eigen::Success)
        return fail(ErrorCode::Internal, {"the eigenvalues of a covariance did not converge"});
    return largestOf(solver, k);
}

/// An orthonormal basis that grows by one block at a time, and the matrix applied to it.
class KrylovSpace
{
public:
    KrylovSpace(const Eigen::MatrixXd& matrix, Index block, Index limit)
        : m_matrix(matrix)
        , m_block(block)
        , m_basis(matrix.rows(), limit)
        , m_image(matrix.rows(), limit)
    {
        m_next = Eigen::MatrixXd::NullaryExpr(matrix.rows(), block, [this] { return m_random.normal(); });
    }

    [[nodiscard]] Index size() const { return m_size; }

    bool grow(const std::stop_token& stop)
    {
        for (Index column = 0; column < m_block; ++column) {
            if (stop.stop_requested())
                return false;
            append(m_next.col(column));
        }
        const Index begin = m_size - m_block;
        m_next = m_basis.middleCols(begin, m_block);
        parallelFor(m_matrix.rows(), kColumnsPerChunk, [&](Index from, Index to) {
            if (!stop.stop_requested()) // symmetric: columns are rows, and columns lie together
                m_image.block(from, begin, to - from, m_block).noalias() =
                    m_matrix.middleCols(from, to - from).transpose() * m_next;
        });
        m_next = m_image.middleCols(begin, m_block);
        return !stop.stop_requested();
    }

    /// Rayleigh-Ritz over the whole basis; nothing while a residual is too large.
    [[nodiscard]] std::optional<EigenPairs> converged(Index k) const
    {
        const auto basis = m_basis.leftCols(m_size);
        const Eigen::MatrixXd projected = basis.transpose() * m_image.leftCols(m_size);
        const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(projected);
        auto pairs = largestOf(solver, k);
        const Eigen::MatrixXd images = m_image.leftCols(m_size) * pairs.vectors;
        pairs.vectors = basis * pairs.vectors;
        const Eigen::MatrixXd residual = images - pairs.vectors * pairs.values.asDiagonal();
        const double allowed = kTolerance * std::max(0.0, pairs.values(0));
        if (solver.info() != Eigen::Success || !(residual.colwise().norm().maxCoeff() <= allowed))
            return std::nullopt;
        return pairs;
    }

private:
    /// Twice is enough (Kahan and Parlett). A direction already in the space is replaced by a random one.
    void append(Eigen::VectorXd vector)
    {
        const auto basis = m_basis.leftCols(m_size);
        double before = vector.norm();
        for (int pass = 0; pass < 2; ++pass)
            vector -= basis * (basis.transpose() * vector);
        while (!(vector.norm() > kDependent * before)) {
            vector = Eigen::VectorXd::NullaryExpr(vector.size(), [this] { return m_random.normal(); });
            before = vector.norm();
            for (int pass = 0; pass < 2; ++pass)
                vector -= basis * (basis.transpose() * vector);
        }
        m_basis.col(m_size++) = vector.normalized();
    }

    const Eigen::MatrixXd& m_matrix;
    Index m_block;
    Eigen::MatrixXd m_basis; // dim x limit, the first m_size columns are in use
    Eigen::MatrixXd m_image; // m_matrix * m_basis
    Eigen::MatrixXd m_next;  // dim x block, directions to append
    Index m_size = 0;
    Random m_random{0};
};

} // namespace

Result<EigenPairs> largestEigenpairs(const Eigen::MatrixXd& matrix, Index k, std::stop_token stop)
{
    const Index dim = matrix.rows();
    const Index block = k + kSpareColumns;
    const Index limit = dim / 2;
    if (k == 0)
        return EigenPairs{Eigen::VectorXd(0), Eigen::MatrixXd(dim, 0)};
    if (dim <= kDenseDims || block * 4 > limit)
        return dense(matrix, k);
    KrylovSpace space(matrix, block, limit);
    Index nextCheck = block * 4;
    while (space.size() + block <= limit) {
        if (!space.grow(stop))
            return fail(ErrorCode::Cancelled);
        if (space.size() < nextCheck)
            continue;
        if (auto pairs = space.converged(k))
            return *std::move(pairs);
        nextCheck = space.size() + space.size() / 2;
    }
    return dense(matrix, k);
}

} // namespace embedscope
