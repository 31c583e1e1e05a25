// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"
#include "core/base/result.h"
#include "core/io/byte_cursor.h"

#include <string>

namespace embedscope {

/// A matrix of a fastText model where it lies in the file: float32, or codes of a product quantiser. Rows are made when
/// they are asked for.
class FastTextMatrix
{
public:
    /// FileTruncated or FileDamaged. The bytes of `cursor` must outlive the matrix.
    static Result<FastTextMatrix> take(ByteCursor& cursor, bool quantised, Index dim, const std::string& place);

    [[nodiscard]] Index rows() const { return m_rows; }
    [[nodiscard]] bool isQuantised() const { return m_quantised; }
    /// Writes dim floats.
    void copyRow(Index row, float* out) const;
    /// Where rows [begin, end) lie.
    [[nodiscard]] std::string_view bytesOf(Index begin, Index end) const;

private:
    /// A vector in pieces, each one of 256 centroids.
    struct Quantiser
    {
        Index dim = 0;
        Index pieces = 0;
        Index pieceDim = 0; // the last piece may be shorter
        std::string_view centroids;

        bool take(ByteCursor& cursor);
        /// Writes dim floats, times `scale`.
        void copy(std::string_view codes, float scale, float* out) const;
    };

    Result<void> takeDense(ByteCursor& cursor, Index dim, const std::string& place);
    Result<void> takeQuantised(ByteCursor& cursor, Index dim, const std::string& place);

    Index m_rows = 0;
    Index m_dim = 0;
    bool m_quantised = false;
    std::string_view m_values; // float32, or the codes
    Quantiser m_quantiser;
    std::string_view m_normCodes; // one a row, or none: then every norm is 1
    Quantiser m_norms;
};

} // namespace embedscope
