// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/parity/parity_case.h"

namespace embedscope::test {

/// Between PyTorch's padded batches (B, T, D) and the sentences laid end to end that the core works on.
class Ragged
{
public:
    Ragged(const std::vector<std::int64_t>& lengths, Index steps);

    [[nodiscard]] const std::vector<std::int64_t>& offsets() const { return m_offsets; }
    [[nodiscard]] Index sentences() const { return static_cast<Index>(m_offsets.size()) - 1; }
    /// The rows of the tokens that are there, of B * T rows.
    [[nodiscard]] Matrix take(const Matrix& padded) const;
    /// B x T x D with zeros past the end of a sentence.
    [[nodiscard]] Tensor pad(const Matrix& rows) const;

private:
    Index m_steps;
    std::vector<std::int64_t> m_offsets = {0};
};

inline Ragged::Ragged(const std::vector<std::int64_t>& lengths, Index steps)
    : m_steps(steps)
{
    for (const std::int64_t length : lengths)
        m_offsets.push_back(m_offsets.back() + length);
}

inline Matrix Ragged::take(const Matrix& padded) const
{
    Matrix out(m_offsets.back(), padded.cols());
    for (Index i = 0; i < sentences(); ++i) {
        const Index begin = m_offsets[static_cast<std::size_t>(i)];
        const Index length = m_offsets[static_cast<std::size_t>(i) + 1] - begin;
        out.middleRows(begin, length) = padded.middleRows(i * m_steps, length);
    }
    return out;
}

inline Tensor Ragged::pad(const Matrix& rows) const
{
    Matrix out = Matrix::Zero(sentences() * m_steps, rows.cols());
    for (Index i = 0; i < sentences(); ++i) {
        const Index begin = m_offsets[static_cast<std::size_t>(i)];
        const Index length = m_offsets[static_cast<std::size_t>(i) + 1] - begin;
        out.middleRows(i * m_steps, length) = rows.middleRows(begin, length);
    }
    return shaped(out, {sentences(), m_steps, rows.cols()});
}

} // namespace embedscope::test
