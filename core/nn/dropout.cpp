// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/dropout.h"

#include "core/base/parallel.h"
#include "core/nn/rows.h"

#include <cmath>

namespace embedscope {

namespace {

constexpr double kTwoTo32 = 4294967296.0;

} // namespace

/// Two numbers from each draw: 32 bits are enough to decide.
void detail::drawDropoutFactors(double p, float* factors, Index size, Random& random)
{
    const auto dropped = static_cast<std::uint32_t>(std::llround(p * (kTwoTo32 - 1)));
    const auto kept = static_cast<float>(1 / (1 - p));
    std::uint64_t bits = 0;
    for (Index i = 0; i < size; ++i) {
        bits = i % 2 == 0 ? random.next() : bits >> 32U;
        factors[i] = static_cast<std::uint32_t>(bits) < dropped ? 0.0F : kept;
    }
}

Dropout::Dropout(double p)
    : m_p(p)
{
}

void Dropout::forward(Matrix& x, Random& random)
{
    if (m_p <= 0)
        return;
    const std::uint64_t seed = random.next();
    m_factors.resize(x.rows(), x.cols());
    parallelChunks(x.size(), detail::kFloatsPerChunk, [&](Index chunk, Index begin, Index end) {
        Random own(seed + static_cast<std::uint64_t>(chunk));
        float* factors = m_factors.data() + begin;
        detail::drawDropoutFactors(m_p, factors, end - begin, own);
        Eigen::Map<Eigen::ArrayXf>(x.data() + begin, end - begin) *=
            Eigen::Map<const Eigen::ArrayXf>(factors, end - begin);
    });
}

void Dropout::backward(Matrix& grad) const
{
    if (m_p <= 0)
        return;
    parallelFor(grad.size(), detail::kFloatsPerChunk, [&](Index begin, Index end) {
        Eigen::Map<Eigen::ArrayXf>(grad.data() + begin, end - begin) *=
            Eigen::Map<const Eigen::ArrayXf>(m_factors.data() + begin, end - begin);
    });
}

} // namespace embedscope
