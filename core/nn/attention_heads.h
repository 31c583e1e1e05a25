// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"
#include "core/base/parallel.h"

#include <cstdint>
#include <span>
#include <vector>

namespace embedscope::detail {

/// One head over one sentence.
struct AttentionPiece
{
    Index begin;         // the sentence's first row
    Index length;        // its tokens, more than 0
    Index column;        // the head's first column
    Index probabilities; // where its length x length numbers start
};

/// All pieces of a batch, in chunks of about the same work, which depend on the lengths alone.
class AttentionPieces
{
public:
    AttentionPieces(std::span<const std::int64_t> offsets, Index heads, Index head_dim);

    [[nodiscard]] Index headDim() const { return m_headDim; }
    /// How many numbers to keep for the probabilities of all pieces.
    [[nodiscard]] Index probabilities() const { return m_probabilities; }

    /// Calls body(first piece, end) for each chunk, on several threads.
    template <class Body>
    void forChunks(Body&& body) const
    {
        parallelFor(static_cast<Index>(m_starts.size()) - 1, 1, [&](Index begin, Index end) {
            body(m_starts[static_cast<std::size_t>(begin)], m_starts[static_cast<std::size_t>(end)]);
        });
    }
    [[nodiscard]] const AttentionPiece& operator[](std::size_t piece) const { return m_pieces[piece]; }

private:
    Index m_headDim;
    Index m_probabilities = 0;
    std::vector<AttentionPiece> m_pieces;
    std::vector<std::size_t> m_starts; // of the chunks, and the end of the last
};

struct AttentionDropout
{
    double p = 0; // 0 draws nothing
    std::uint64_t seed = 0;
};

/// context = softmax(q k^T / sqrt(head_dim)) v by head and sentence, from the rows (q, k, v) of `projected`.
/// `probabilities`, aligned memory or null, keeps them for attendBackward(), the dropped ones negated; without, nothing
/// may drop.
void attend(const AttentionPieces& pieces, const Matrix& projected, AttentionDropout dropout, float* probabilities,
            Matrix& context);

/// The gradient of `projected`, from that of `context`, for what attend() kept.
void attendBackward(const AttentionPieces& pieces, const Matrix& projected, double dropout, const float* probabilities,
                    const Matrix& contextGrad, Matrix& projectedGrad);

} // namespace embedscope::detail
