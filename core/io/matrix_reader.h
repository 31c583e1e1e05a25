// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/element_type.h"
#include "core/io/registry.h"

namespace embedscope {

/// A 2-D array as it lies in a file.
struct StoredMatrix
{
    std::string_view bytes;
    ElementLayout layout;
    Index rows = 0;
    Index dim = 0;
    bool fortranOrder = false;
};

/// The first `rows` rows as float32, in parallel. Cancelled.
Result<Matrix> readMatrix(const StoredMatrix& stored, Index rows, const ReadRequest& request);

/// The same as they lie in the file where that can be: a large float32 matrix in C order, of a mapped file. It is read
/// when it is looked at, and never written to.
Result<Weights> readWeights(const StoredMatrix& stored, Index rows, const ReadRequest& request);

} // namespace embedscope
