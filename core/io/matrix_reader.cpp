// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/matrix_reader.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace embedscope {

namespace {

constexpr Index kValuesPerChunk = Index{1} << 18;
// A smaller file is read at once and then left alone: a program that cuts a mapped file short takes its reader with it.
constexpr std::size_t kWorthMapping = std::size_t{64} << 20U;

void readRows(const StoredMatrix& stored, Index begin, Index end, Matrix& weights, const Source& file)
{
    const auto rowBytes = static_cast<std::size_t>(stored.dim) * elementSize(stored.layout.type);
    const std::string_view rows = stored.bytes.substr(static_cast<std::size_t>(begin) * rowBytes,
                                                      static_cast<std::size_t>(end - begin) * rowBytes);
    convertToFloat(rows.data(), stored.layout, (end - begin) * stored.dim, weights.data() + begin * stored.dim);
    file.release(rows);
}

/// In Fortran order a column is contiguous.
void readColumnPieces(const StoredMatrix& stored, Index begin, Index end, Matrix& weights)
{
    const auto size = static_cast<Index>(elementSize(stored.layout.type));
    Eigen::VectorXf piece(end - begin);
    for (Index column = 0; column < stored.dim; ++column) {
        const char* in = stored.bytes.data() + (column * stored.rows + begin) * size;
        convertToFloat(in, stored.layout, piece.size(), piece.data());
        weights.col(column).segment(begin, piece.size()) = piece;
    }
}

bool canStayMapped(const StoredMatrix& stored, const ReadRequest& request)
{
    const bool aligned = reinterpret_cast<std::uintptr_t>(stored.bytes.data()) % alignof(float) == 0;
    return request.file.mapped() && aligned && stored.bytes.size() >= kWorthMapping && !stored.fortranOrder &&
           !stored.layout.bigEndian && stored.layout.type == ElementType::Float32;
}

} // namespace

Result<Matrix> readMatrix(const StoredMatrix& stored, Index rows, const ReadRequest& request)
{
    Matrix weights(rows, stored.dim);
    request.progress.start(rows);
    parallelFor(rows, std::max<Index>(1, kValuesPerChunk / stored.dim), [&](Index begin, Index end) {
        if (request.stop.stop_requested())
            return;
        if (stored.fortranOrder)
            readColumnPieces(stored, begin, end, weights);
        else
            readRows(stored, begin, end, weights, request.file);
        request.progress.add(end - begin);
    });
    if (request.stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    return weights;
}

Result<Weights> readWeights(const StoredMatrix& stored, Index rows, const ReadRequest& request)
{
    if (canStayMapped(stored, request)) {
        const auto& file = request.file.mapped();
        file->expectAnyOrder();
        return Weights(file, reinterpret_cast<const float*>(stored.bytes.data()), rows, stored.dim);
    }
    auto matrix = readMatrix(stored, rows, request);
    if (!matrix)
        return fail(matrix.error());
    return Weights(std::move(*matrix));
}

} // namespace embedscope
