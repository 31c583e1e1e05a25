// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/tsne.h"

#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/project/affinities.h"
#include "core/project/attraction.h"
#include "core/project/repulsion.h"
#include "core/project/space_filling_order.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace embedscope {

namespace {

constexpr double kStartDeviation = 1e-4;
constexpr float kLongestStep = 5; // as openTSNE: a map never explodes
constexpr float kLeastGain = 0.01F;
constexpr Index kPointsPerChunk = 1 << 12;
constexpr Index kOrderedPoints = 30000; // from here on the places no longer fit the nearest cache
constexpr Index kFirstOrder = 32;       // the step before which points are ordered anew, and after each twice as many

/// Small, so that the early phase decides the order of the clusters; equal points stay equal.
void scaleStart(Matrix& start)
{
    start.rowwise() -= start.colwise().mean().eval();
    const auto first = start.col(0).cast<double>();
    const double deviation = std::sqrt(first.squaredNorm() / static_cast<double>(std::max<Index>(1, start.rows())));
    const double largest = static_cast<double>(start.cwiseAbs().maxCoeff());
    if (const double unit = deviation > 0 ? deviation : largest; unit > 0)
        start *= static_cast<float>(kStartDeviation / unit);
}

bool isOrderedAnew(Index iteration, Index points)
{
    return points >= kOrderedPoints && iteration >= kFirstOrder &&
           std::has_single_bit(static_cast<std::size_t>(iteration));
}

Matrix permuted(const Matrix& rows, std::span<const std::int32_t> order)
{
    return rows(order, Eigen::all);
}

/// What a step is made of in its phase.
struct Phase
{
    double exaggeration;
    double learningRate;
    double momentum;
};

Phase phaseAt(Index iteration, const TsneOptions& options, Index points)
{
    const double exaggeration =
        iteration < options.early_exaggeration_iter ? options.early_exaggeration : options.exaggeration;
    const double automatic = std::max(200.0, static_cast<double>(points) / (2 * options.early_exaggeration));
    return {exaggeration, options.learning_rate > 0 ? options.learning_rate : automatic, options.momentum};
}

} // namespace

struct Tsne::State
{
    TsneOptions options;
    std::vector<std::int32_t>
        rowOf; // the row of the start that each point is: what follows is in the order of the points
    Affinities affinities;
    Matrix points;
    Matrix update; // of the last step
    Matrix gains;
    Index iteration = 0;
    Index orderedAt = 0; // a cancelled step does it once
    Repulsion repulsion;
    Matrix repulsive; // kept, so that a step allocates nothing
    Matrix attractive;

    void takeAffinities(Affinities found);
    void putInOrder(const std::stop_token& stop);
    Result<void> step(const std::stop_token& stop);
    void move(const Phase& phase, double z);
};

/// `found` is in the order of the start.
void Tsne::State::takeAffinities(Affinities found)
{
    affinities = std::is_sorted(rowOf.begin(), rowOf.end()) ? std::move(found) : reordered(found, rowOf, {});
}

/// Neighbours come to lie together in memory: with 400,000 points twice as many steps a second.
void Tsne::State::putInOrder(const std::stop_token& stop)
{
    const auto order = spaceFillingOrder(points);
    Affinities moved = reordered(affinities, order, stop);
    if (stop.stop_requested())
        return;
    affinities = std::move(moved);
    orderedAt = iteration;
    points = permuted(points, order);
    update = permuted(update, order);
    gains = permuted(gains, order);
    std::vector<std::int32_t> rows(order.size());
    std::ranges::transform(order, rows.begin(), [&](std::int32_t i) { return rowOf[static_cast<std::size_t>(i)]; });
    rowOf = std::move(rows);
}

/// Until the gradient is known nothing is changed, so that a step can be given up at any time.
Result<void> Tsne::State::step(const std::stop_token& stop)
{
    if (isOrderedAnew(iteration, points.rows()) && orderedAt != iteration)
        putInOrder(stop);
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    const double z = repulsion.compute(points, repulsive, stop);
    if (!stop.stop_requested())
        attract(affinities, points, attractive, stop);
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    move(phaseAt(iteration, options, points.rows()), std::max(z, std::numeric_limits<double>::min()));
    ++iteration;
    return {};
}

/// Gradient descent with momentum and a gain for each coordinate (Jacobs 1988), as in the reference code of t-SNE.
void Tsne::State::move(const Phase& phase, double z)
{
    const auto exaggeration = static_cast<float>(phase.exaggeration);
    const auto perZ = static_cast<float>(1 / z);
    const auto rate = static_cast<float>(phase.learningRate);
    const auto momentum = static_cast<float>(phase.momentum);
    parallelFor(points.rows(), kPointsPerChunk, [&](Index begin, Index end) {
        for (Index i = begin; i < end; ++i) {
            for (Index d = 0; d < points.cols(); ++d) {
                const float gradient = exaggeration * attractive(i, d) - perZ * repulsive(i, d);
                float& gain = gains(i, d);
                gain = (gradient > 0) != (update(i, d) > 0) ? gain + 0.2F : std::max(gain * 0.8F, kLeastGain);
                update(i, d) = momentum * update(i, d) - rate * gain * gradient;
            }
            const float length = update.row(i).norm();
            if (length > kLongestStep)
                update.row(i) *= kLongestStep / length;
            points.row(i) += update.row(i);
        }
    });
}

Index Tsne::neighborsFor(double perplexity, Index points)
{
    const auto wanted = static_cast<Index>(3 * perplexity);
    return std::max<Index>(0, std::min(wanted, points - 1));
}

Result<Tsne> Tsne::create(const NeighborGraph& graph, Matrix start, const TsneOptions& options,
                          std::span<const std::int32_t> labels, std::stop_token stop, Progress& progress)
{
    if (start.rows() != graph.points() || start.cols() < 2 || start.cols() > 3)
        return fail(ErrorCode::ShapeMismatch, {"Start of the map", std::to_string(graph.points()) + " x 2 or 3",
                                               std::to_string(start.rows()) + " x " + std::to_string(start.cols())});
    auto affinities = affinitiesOf(graph, options.perplexity, labels, options.supervision, std::move(stop), progress);
    if (!affinities)
        return fail(affinities.error());
    auto state = std::make_unique<State>();
    state->options = options;
    state->rowOf.resize(static_cast<std::size_t>(start.rows()));
    std::iota(state->rowOf.begin(), state->rowOf.end(), 0);
    state->takeAffinities(*std::move(affinities));
    scaleStart(start);
    state->points = std::move(start);
    state->update = Matrix::Zero(state->points.rows(), state->points.cols());
    state->gains = Matrix::Ones(state->points.rows(), state->points.cols());
    return Tsne(std::move(state));
}

Tsne::Tsne(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}

Tsne::Tsne(Tsne&&) noexcept = default;
Tsne& Tsne::operator=(Tsne&&) noexcept = default;
Tsne::~Tsne() = default;

Result<void> Tsne::run(Index iterations, std::stop_token stop, Progress& progress)
{
    for (Index i = 0; i < iterations; ++i) {
        if (auto done = m_state->step(stop); !done)
            return done;
        progress.add(1);
    }
    return {};
}

Index Tsne::iteration() const
{
    return m_state->iteration;
}

Matrix Tsne::coordinates() const
{
    Matrix out(m_state->points.rows(), m_state->points.cols());
    out(m_state->rowOf, Eigen::all) = m_state->points.rowwise() - m_state->points.colwise().mean();
    return out;
}

double Tsne::klDivergence() const
{
    Repulsion repulsion;
    Matrix forces;
    const double z = repulsion.compute(m_state->points, forces, {});
    return z > 0 ? crossEntropyGap(m_state->affinities, m_state->points) + std::log(z) : 0;
}

void Tsne::setOptions(const TsneOptions& options)
{
    m_state->options = options;
}

const TsneOptions& Tsne::options() const
{
    return m_state->options;
}

Result<void> Tsne::setAffinities(const NeighborGraph& graph, const TsneOptions& options,
                                 std::span<const std::int32_t> labels, std::stop_token stop, Progress& progress)
{
    auto affinities = affinitiesOf(graph, options.perplexity, labels, options.supervision, std::move(stop), progress);
    if (!affinities)
        return fail(affinities.error());
    m_state->takeAffinities(*std::move(affinities));
    m_state->options = options;
    return {};
}

void Tsne::perturb(double amount, std::uint64_t seed)
{
    Matrix& points = m_state->points;
    const Matrix centred = points.rowwise() - points.colwise().mean();
    const double deviation =
        std::sqrt(centred.cast<double>().squaredNorm() / static_cast<double>(std::max<Index>(1, centred.size())));
    Random random(seed);
    for (float& value : points.reshaped<Eigen::RowMajor>())
        value += static_cast<float>(amount * deviation * random.normal());
    m_state->update.setZero();
    m_state->gains.setOnes();
}

} // namespace embedscope
