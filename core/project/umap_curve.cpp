// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/umap.h"

#include <Eigen/Dense>

#include <cmath>

namespace embedscope {

namespace {

constexpr Index kSamples = 300; // of the curve, from 0 to 3 spreads

struct Samples
{
    Eigen::ArrayXd distance;
    Eigen::ArrayXd membership; // 1 up to min_dist, then falling exponentially
};

Samples wantedCurve(double spread, double minDist)
{
    Samples out{Eigen::ArrayXd::LinSpaced(kSamples, 0, 3 * spread), Eigen::ArrayXd::Ones(kSamples)};
    for (Index i = 0; i < kSamples; ++i)
        if (out.distance[i] >= minDist)
            out.membership[i] = std::exp(-(out.distance[i] - minDist) / spread);
    return out;
}

/// What is missing to the wanted curve, and how the curve changes with a and b.
struct Fit
{
    Eigen::VectorXd residual;
    Eigen::Matrix<double, Eigen::Dynamic, 2> slope;
};

Fit fitOf(const UmapCurve& curve, const Samples& samples)
{
    Fit out{Eigen::VectorXd(kSamples), Eigen::Matrix<double, Eigen::Dynamic, 2>(kSamples, 2)};
    for (Index i = 0; i < kSamples; ++i) {
        const double x = samples.distance[i];
        const double power = std::pow(x, 2 * curve.b);
        const double value = 1 / (1 + curve.a * power);
        const double logarithm = x > 0 ? 2 * std::log(x) : 0;
        out.residual[i] = samples.membership[i] - value;
        out.slope.row(i) << -value * value * power, -value * value * curve.a * power * logarithm;
    }
    return out;
}

} // namespace

/// Levenberg and Marquardt, from a = b = 1 as scipy's curve_fit.
UmapCurve umapCurve(double spread, double minDist)
{
    const Samples samples = wantedCurve(spread, minDist);
    UmapCurve curve{1, 1};
    Fit fit = fitOf(curve, samples);
    double damping = 1e-3;
    for (int round = 0; round < 500 && damping < 1e12; ++round) {
        Eigen::Matrix2d normal = fit.slope.transpose() * fit.slope;
        normal.diagonal() *= 1 + damping;
        const Eigen::Vector2d step = normal.ldlt().solve(fit.slope.transpose() * fit.residual);
        const UmapCurve tried{curve.a + step[0], curve.b + step[1]};
        Fit next = fitOf(tried, samples);
        const bool better = next.residual.squaredNorm() < fit.residual.squaredNorm(); // false for NaN
        if (better) {
            curve = tried;
            fit = std::move(next);
        }
        damping *= better ? 0.1 : 10;
    }
    return curve;
}

} // namespace embedscope
