// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"

#include <cstdint>

namespace embedscope::test {

/// Three squares of points and a tenth of them strewn over all: from integers only, so that Python makes the same ones.
///     s = 12345
///     for i in range(n):
///         v = []
///         for k in range(2):
///             s = (s * 1103515245 + 12345) % 2**31
///             v.append(float(s >> 16 & 1023) / 64)
///         c = i % 3
///         out.append([v[0] / 4 + 6 * (c == 1), v[1] / 4 + 6 * (c == 2)] if i % 10 else v)
inline Matrix latticePoints(Index count)
{
    std::uint64_t state = 12345;
    const auto draw = [&] {
        state = (state * 1103515245 + 12345) % (std::uint64_t{1} << 31);
        return static_cast<float>(state >> 16 & 1023) / 64;
    };
    Matrix out(count, 2);
    for (Index i = 0; i < count; ++i) {
        const float x = draw();
        const float y = draw();
        if (i % 10 == 0)
            out.row(i) << x, y;
        else
            out.row(i) << x / 4 + (i % 3 == 1 ? 6.0F : 0.0F), y / 4 + (i % 3 == 2 ? 6.0F : 0.0F);
    }
    return out;
}

} // namespace embedscope::test
