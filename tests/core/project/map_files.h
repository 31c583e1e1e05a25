// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "core/io/format.h"

#include <filesystem>
#include <string>

namespace embedscope::test {

/// A matrix that tests/data/maps/make_maps.py wrote.
inline Matrix mapFile(const char* name)
{
    const auto path = std::filesystem::path(EMBEDSCOPE_SOURCE_DIR) / "tests/data/maps" / (std::string(name) + ".npy");
    Progress progress;
    return readTable(path, {}, {}, progress).value().table.weights();
}

/// `count` points round `centres` centres, Gaussian.
inline Matrix mixture(Index count, Index dim, Index centres, std::uint64_t seed)
{
    Random random(seed);
    const auto normal = [&] { return static_cast<float>(random.normal()); };
    const Matrix middle = Matrix::NullaryExpr(centres, dim, [&] { return 3 * normal(); });
    Matrix points(count, dim);
    for (Index i = 0; i < count; ++i)
        for (Index d = 0; d < dim; ++d)
            points(i, d) = middle(i % centres, d) + normal();
    return points;
}

} // namespace embedscope::test
