// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"
#include "core/base/random.h"
#include "core/base/strings.h"

#include <QString>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <vector>

namespace embedscope::test {

using Indices = std::vector<std::int64_t>;

inline Matrix matrix(std::initializer_list<std::initializer_list<float>> rows)
{
    Matrix out(static_cast<Index>(rows.size()), rows.size() == 0 ? 0 : static_cast<Index>(rows.begin()->size()));
    Index i = 0;
    for (const auto& row : rows)
        std::copy(row.begin(), row.end(), out.row(i++).data());
    return out;
}

inline Matrix randomMatrix(Index rows, Index cols, std::uint64_t seed)
{
    Random random(seed);
    Matrix out(rows, cols);
    for (Index i = 0; i < out.size(); ++i)
        out.data()[i] = static_cast<float>(random.normal());
    return out;
}

inline Indices randomIndices(std::size_t count, std::uint64_t rows, std::uint64_t seed)
{
    Random random(seed);
    Indices out(count);
    for (auto& index : out)
        index = static_cast<std::int64_t>(random.below(rows));
    return out;
}

/// Shape and shortest exact digits, so that equal text means equal bits: "2x2: 1 2; 3 4".
inline QString text(const Matrix& m)
{
    QString out = QString::number(m.rows()) + "x" + QString::number(m.cols()) + ":";
    for (Index i = 0; i < m.size(); ++i)
        out += (i > 0 && i % m.cols() == 0 ? "; " : " ") + QString::fromStdString(formatNumber(m.data()[i]));
    return out;
}

/// The largest |got - expected| / max(1, |expected|); infinite where the shapes differ or one of the two is NaN.
inline double deviation(const Matrix& got, const Matrix& expected)
{
    if (got.rows() != expected.rows() || got.cols() != expected.cols())
        return INFINITY;
    double worst = 0;
    for (Index i = 0; i < got.size(); ++i) {
        const double wanted = static_cast<double>(expected.data()[i]);
        const double off = std::abs(static_cast<double>(got.data()[i]) - wanted) / std::max(1.0, std::abs(wanted));
        worst = std::isnan(off) ? INFINITY : std::max(worst, off);
    }
    return worst;
}

/// sum(a * b) in double: a scalar whose gradient with regard to a is b.
inline double inner(const Matrix& a, const Matrix& b)
{
    return a.cast<double>().cwiseProduct(b.cast<double>()).sum();
}

/// Central differences of value() with regard to each element of x.
template <class Value>
Matrix numericGradient(Matrix& x, Value&& value, double step = 1e-2)
{
    Matrix out(x.rows(), x.cols());
    for (Index i = 0; i < x.size(); ++i) {
        const float kept = x.data()[i];
        x.data()[i] = kept + static_cast<float>(step);
        const double width = static_cast<double>(x.data()[i]);
        const double above = value();
        x.data()[i] = kept - static_cast<float>(step);
        const double below = value();
        out.data()[i] = static_cast<float>((above - below) / (width - static_cast<double>(x.data()[i])));
        x.data()[i] = kept;
    }
    return out;
}

} // namespace embedscope::test
