// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/matrix.h"

#include <memory>

namespace embedscope {

/// The numbers of a table, rows x cols, read-only: in memory of their own, or where they lie in a mapped file. Copies
/// share them.
class EMBEDSCOPE_EXPORT Weights
{
public:
    Weights() = default;
    /// On purpose not explicit: a matrix is the usual case.
    Weights(Matrix matrix);
    template <class Derived>
    Weights(const Eigen::MatrixBase<Derived>& expression)
        : Weights(Matrix(expression))
    {
    }
    /// Numbers that lie elsewhere for as long as `owner` lives. `values` is aligned as a float.
    Weights(std::shared_ptr<const void> owner, const float* values, Index rows, Index cols);

    [[nodiscard]] ConstMatrixMap view() const { return {m_values, m_rows, m_cols}; }
    [[nodiscard]] const float* data() const { return m_values; }
    [[nodiscard]] Index rows() const { return m_rows; }
    [[nodiscard]] Index cols() const { return m_cols; }
    /// Whether the numbers lie in a file rather than in memory of their own.
    [[nodiscard]] bool isMapped() const { return m_owner != nullptr && m_matrix == nullptr; }
    /// A matrix to be changed: moved where nobody else holds these numbers, copied otherwise.
    [[nodiscard]] Matrix take() &&;

private:
    std::shared_ptr<Matrix> m_matrix; // null where the numbers lie elsewhere
    std::shared_ptr<const void> m_owner;
    const float* m_values = nullptr;
    Index m_rows = 0;
    Index m_cols = 0;
};

} // namespace embedscope
