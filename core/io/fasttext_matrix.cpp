// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/fasttext_matrix.h"

#include "core/io/element_type.h"

#include <algorithm>

namespace embedscope {

namespace {

constexpr Index kCentroids = 256;
constexpr Index kFloatBytes = sizeof(float);
// A code of one byte stands for a piece of this many values at most; fastText takes 2. It bounds how much larger the
// table may be than the file.
constexpr Index kLargestPiece = 16;

tl::unexpected<Error> damaged(const std::string& place, std::size_t byte, const std::string& what)
{
    return fail(ErrorCode::FileDamaged, {place, "byte " + std::to_string(byte), what});
}

tl::unexpected<Error> truncated(const std::string& place, std::uint64_t found, std::int64_t announced)
{
    return fail(ErrorCode::FileTruncated, {place, std::to_string(found), std::to_string(announced)});
}

void copyFloats(std::string_view bytes, Index first, Index count, float* out)
{
    convertToFloat(bytes.data() + first * kFloatBytes, {ElementType::Float32}, count, out);
}

} // namespace

bool FastTextMatrix::Quantiser::take(ByteCursor& cursor)
{
    dim = cursor.take<std::int32_t>();
    pieces = cursor.take<std::int32_t>();
    pieceDim = cursor.take<std::int32_t>();
    const Index lastDim = cursor.take<std::int32_t>();
    if (dim < 1 || pieces < 1 || pieceDim < 1 || pieceDim > kLargestPiece || lastDim < 1 || lastDim > pieceDim ||
        (pieces - 1) * pieceDim + lastDim != dim)
        return false;
    centroids = cursor.takeBytes(static_cast<std::uint64_t>(dim * kCentroids * kFloatBytes));
    return !cursor.failed();
}

void FastTextMatrix::Quantiser::copy(std::string_view codes, float scale, float* out) const
{
    for (Index piece = 0; piece < pieces; ++piece) {
        const Index begin = piece * pieceDim;
        const Index count = std::min(pieceDim, dim - begin);
        const Index code = static_cast<unsigned char>(codes[static_cast<std::size_t>(piece)]);
        copyFloats(centroids, begin * kCentroids + code * count, count, out + begin);
        for (Index i = begin; i < begin + count; ++i)
            out[i] *= scale;
    }
}

Result<FastTextMatrix> FastTextMatrix::take(ByteCursor& cursor, bool quantised, Index dim, const std::string& place)
{
    FastTextMatrix matrix;
    matrix.m_quantised = quantised;
    const auto taken = quantised ? matrix.takeQuantised(cursor, dim, place) : matrix.takeDense(cursor, dim, place);
    if (!taken)
        return fail(taken.error());
    return matrix;
}

Result<void> FastTextMatrix::takeDense(ByteCursor& cursor, Index dim, const std::string& place)
{
    const std::size_t begin = cursor.position();
    m_rows = cursor.take<std::int64_t>();
    m_dim = cursor.take<std::int64_t>();
    if (cursor.failed() || m_rows < 0 || m_dim != dim)
        return damaged(place, begin, "no matrix of " + std::to_string(dim) + " columns stands here");
    const std::uint64_t whole = cursor.left() / static_cast<std::uint64_t>(dim * kFloatBytes);
    if (static_cast<std::uint64_t>(m_rows) > whole)
        return truncated(place, whole, m_rows);
    m_values = cursor.takeBytes(static_cast<std::uint64_t>(m_rows * dim * kFloatBytes));
    return {};
}

Result<void> FastTextMatrix::takeQuantised(ByteCursor& cursor, Index dim, const std::string& place)
{
    const std::size_t begin = cursor.position();
    const auto withNorms = cursor.take<std::uint8_t>();
    m_rows = cursor.take<std::int64_t>();
    m_dim = cursor.take<std::int64_t>();
    const Index codes = cursor.take<std::int32_t>();
    if (cursor.failed() || withNorms > 1 || m_rows < 0 || m_dim != dim || codes < 0)
        return damaged(place, begin, "no quantised matrix of " + std::to_string(dim) + " columns stands here");
    m_values = cursor.takeBytes(static_cast<std::uint64_t>(codes));
    const std::size_t quantiserBegin = cursor.position();
    if (cursor.failed() || !m_quantiser.take(cursor) || m_quantiser.dim != dim || m_rows > codes / m_quantiser.pieces ||
        m_rows * m_quantiser.pieces != codes)
        return damaged(place, quantiserBegin, "the codes and their centroids do not fit together, or are cut off");
    if (withNorms == 0)
        return {};
    m_normCodes = cursor.takeBytes(static_cast<std::uint64_t>(m_rows));
    if (cursor.failed() || !m_norms.take(cursor) || m_norms.dim != 1)
        return damaged(place, quantiserBegin, "the norms behind the centroids are cut off or are no numbers");
    return {};
}

void FastTextMatrix::copyRow(Index row, float* out) const
{
    if (!m_quantised) {
        copyFloats(m_values, row * m_dim, m_dim, out);
        return;
    }
    float norm = 1;
    if (!m_normCodes.empty())
        m_norms.copy(m_normCodes.substr(static_cast<std::size_t>(row), 1), 1, &norm);
    m_quantiser.copy(bytesOf(row, row + 1), norm, out);
}

std::string_view FastTextMatrix::bytesOf(Index begin, Index end) const
{
    const Index rowBytes = m_quantised ? m_quantiser.pieces : m_dim * kFloatBytes;
    return m_values.substr(static_cast<std::size_t>(begin * rowBytes),
                           static_cast<std::size_t>((end - begin) * rowBytes));
}

} // namespace embedscope
