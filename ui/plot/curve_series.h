// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace embedscope {

/// A curve of any length in bounded memory: steps are gathered in buckets, and when there are too many buckets, two
/// become one. No peak is lost, because each bucket keeps its smallest and largest value, and drawing costs the same
/// after 10 million steps.
class CurveSeries
{
public:
    static constexpr std::size_t kMostBuckets = 2048;

    struct Bucket
    {
        std::int64_t firstStep = 0;
        std::int64_t lastStep = 0;
        double min = 0;
        double max = 0;
        double smoothed = 0; // at lastStep
    };

    /// `smoothing` in [0, 1): the share that the past keeps at each step.
    explicit CurveSeries(double smoothing = 0.97)
        : m_smoothing(smoothing)
    {
    }

    /// Steps must not go back. Values that are not finite are left out.
    void add(std::int64_t step, double value);
    void clear();

    [[nodiscard]] const std::vector<Bucket>& buckets() const { return m_buckets; }
    [[nodiscard]] std::optional<double> last() const { return m_last; }
    /// Exponential average of what came so far, corrected for its start (as Adam corrects its moments).
    [[nodiscard]] std::optional<double> smoothed() const;

private:
    void halve();

    double m_smoothing;
    double m_average = 0;
    double m_weight = 0;
    std::optional<double> m_last;
    std::int64_t m_stepsOfBucket = 1;
    std::vector<Bucket> m_buckets;
};

} // namespace embedscope
