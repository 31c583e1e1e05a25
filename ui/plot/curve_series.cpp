// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plot/curve_series.h"

#include <algorithm>
#include <cmath>

namespace embedscope {

namespace {

CurveSeries::Bucket joined(const CurveSeries::Bucket& a, const CurveSeries::Bucket& b)
{
    return {a.firstStep, b.lastStep, std::min(a.min, b.min), std::max(a.max, b.max), b.smoothed};
}

} // namespace

void CurveSeries::add(std::int64_t step, double value)
{
    if (!std::isfinite(value))
        return;
    m_last = value;
    m_average = m_smoothing * m_average + (1 - m_smoothing) * value;
    m_weight = m_smoothing * m_weight + (1 - m_smoothing);
    const Bucket point{step, step, value, value, *smoothed()};
    if (!m_buckets.empty() && step - m_buckets.back().firstStep < m_stepsOfBucket)
        m_buckets.back() = joined(m_buckets.back(), point);
    else
        m_buckets.push_back(point);
    if (m_buckets.size() > kMostBuckets)
        halve();
}

void CurveSeries::clear()
{
    *this = CurveSeries(m_smoothing);
}

std::optional<double> CurveSeries::smoothed() const
{
    return m_last ? std::optional(m_average / m_weight) : std::nullopt;
}

void CurveSeries::halve()
{
    // In steps, not in buckets: where steps are missing, time must not be squeezed.
    while (m_buckets.size() > kMostBuckets / 2) {
        m_stepsOfBucket *= 2;
        std::vector<Bucket> merged;
        for (const Bucket& bucket : m_buckets)
            if (!merged.empty() && bucket.lastStep - merged.back().firstStep < m_stepsOfBucket)
                merged.back() = joined(merged.back(), bucket);
            else
                merged.push_back(bucket);
        m_buckets = std::move(merged);
    }
}

} // namespace embedscope
