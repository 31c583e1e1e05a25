// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/umap_epoch.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <span>

namespace embedscope {

namespace {

constexpr Index kRounds = 8;
constexpr Index kTogether = 4;
constexpr Index kPointsPerChunk = 256;
constexpr std::size_t kLanes = 8;
constexpr float kLongestMove = 4; // in each direction, before the learning rate

/// Without AVX the compiler makes two registers of it.
using Lane = float __attribute__((vector_size(kLanes * sizeof(float))));
using LaneBits = std::uint32_t __attribute__((vector_size(kLanes * sizeof(float))));
using LaneInts = std::int32_t __attribute__((vector_size(kLanes * sizeof(float))));

/// x becomes x^exponent for 1e-30 <= x <= 1e30, to 1e-5: two to the power of exponent times the logarithm, either by a
/// polynomial fitted to the least largest error, on [1 / sqrt 2, sqrt 2] and [-1/2, 1/2].
[[gnu::always_inline]] inline void power(Lane& x, float exponent)
{
    constexpr std::int32_t kRootOfHalf = 0x3f3504f3;
    constexpr float kRounder = 0x1.8p23F; // adding it leaves the nearest whole number in the last bits
    constexpr float kLargest = 126;
    const LaneInts octave = (reinterpret_cast<LaneInts>(x) - kRootOfHalf) >> 23;
    const Lane t = reinterpret_cast<Lane>(reinterpret_cast<LaneInts>(x) - octave * (1 << 23)) - 1;
    Lane logarithm = 0.295100123F + t * (-0.270979106F + t * 0.176167697F);
    logarithm = -0.721367717F + t * (0.480648667F + t * (-0.359184653F + t * logarithm));
    logarithm = __builtin_convertvector(octave, Lane) + t * (1.44269633F + t * logarithm);
    Lane scaled = logarithm * exponent;
    scaled = scaled > kLargest ? Lane{} + kLargest : scaled;
    scaled = scaled < -kLargest ? Lane{} - kLargest : scaled;
    const Lane shifted = scaled + kRounder;
    const Lane r = scaled - (shifted - kRounder);
    const Lane whole = reinterpret_cast<Lane>((reinterpret_cast<LaneBits>(shifted) + 127U) << 23U);
    const Lane tail = 0.0555029735F + r * (0.00967603642F + r * 0.00134100032F);
    x = whole * (1.00000012F + r * (0.693147242F + r * (0.240221068F + r * tail)));
}

/// Counters become random bits: a low-bias integer hash (Wellons, hash-prospector).
[[gnu::always_inline]] inline void mix(LaneBits& bits)
{
    bits ^= bits >> 16U;
    bits *= 0x21f0aaadU;
    bits ^= bits >> 15U;
    bits *= 0xd35a2d97U;
    bits ^= bits >> 15U;
}

/// The places of eight points, one vector a direction, from rows of two floats: each row is loaded at once.
[[gnu::always_inline]] inline void gatherPlaces(const float* rows, const LaneBits& points, Lane (&out)[2])
{
    using Pairs = double __attribute__((vector_size(sizeof(Lane))));
    const auto pair = [&](std::size_t lane) {
        double both = 0;
        std::memcpy(&both, rows + std::size_t{2} * points[lane], sizeof(both));
        return both;
    };
    const auto left = reinterpret_cast<Lane>(Pairs{pair(0), pair(1), pair(4), pair(5)});
    const auto right = reinterpret_cast<Lane>(Pairs{pair(2), pair(3), pair(6), pair(7)});
    out[0] = __builtin_shufflevector(left, right, 0, 2, 8, 10, 4, 6, 12, 14);
    out[1] = __builtin_shufflevector(left, right, 1, 3, 9, 11, 5, 7, 13, 15);
}

/// From rows of four floats.
[[gnu::always_inline]] inline void gatherPlaces(const float* rows, const LaneBits& points, Lane (&out)[3])
{
    using Row = float __attribute__((vector_size(4 * sizeof(float))));
    Lane two[4]; // rows i and i + 4
    for (std::size_t i = 0; i < 4; ++i) {
        Row first;
        Row second;
        std::memcpy(&first, rows + std::size_t{4} * points[i], sizeof(first));
        std::memcpy(&second, rows + std::size_t{4} * points[i + 4], sizeof(second));
        two[i] = __builtin_shufflevector(first, second, 0, 1, 2, 3, 4, 5, 6, 7);
    }
    const Lane frontA = __builtin_shufflevector(two[0], two[1], 0, 8, 1, 9, 4, 12, 5, 13);
    const Lane frontB = __builtin_shufflevector(two[2], two[3], 0, 8, 1, 9, 4, 12, 5, 13);
    const Lane backA = __builtin_shufflevector(two[0], two[1], 2, 10, 3, 11, 6, 14, 7, 15);
    const Lane backB = __builtin_shufflevector(two[2], two[3], 2, 10, 3, 11, 6, 14, 7, 15);
    out[0] = __builtin_shufflevector(frontA, frontB, 0, 1, 8, 9, 4, 5, 12, 13);
    out[1] = __builtin_shufflevector(frontA, frontB, 2, 3, 10, 11, 6, 7, 14, 15);
    out[2] = __builtin_shufflevector(backA, backB, 0, 1, 8, 9, 4, 5, 12, 13);
}

/// A key of its own for each point in each epoch (splitmix64).
std::uint32_t keyOf(std::uint64_t seed, Index epoch, Index point)
{
    std::uint64_t z =
        seed + 0x9e3779b97f4a7c15U * (static_cast<std::uint64_t>(epoch) << 32U | static_cast<std::uint64_t>(point));
    z = (z ^ z >> 30U) * 0xbf58476d1ce4e5b9U;
    z = (z ^ z >> 27U) * 0x94d049bb133111ebU;
    return static_cast<std::uint32_t>(z >> 32U);
}

/// How many times an edge was to attract from epoch 1 to `epoch`, times 2^32.
std::uint64_t timesWanted(std::uint32_t frequency, Index epoch)
{
    constexpr std::uint64_t kRounding = 1U << 16U; // a frequency of 1 is stored as the next number below
    return static_cast<std::uint64_t>(frequency) * static_cast<std::uint64_t>(epoch) + kRounding;
}

template <std::size_t kDims>
class Mover
{
public:
    Mover(const UmapEdges& edges, const UmapStep& step, const Matrix& rows)
        : m_edges(edges)
        , m_step(step)
        , m_rows(rows)
        , m_alpha(static_cast<float>(step.alpha))
        , m_power(static_cast<float>(step.curve.b))
        , m_a(static_cast<float>(step.curve.a))
        , m_attraction(static_cast<float>(-2 * step.curve.a * step.curve.b))
        , m_repulsion(static_cast<float>(2 * step.repulsion_strength * step.curve.b))
    {
    }

    void begin(Index head)
    {
        m_head = static_cast<std::uint32_t>(head);
        m_counter = keyOf(m_step.seed, m_step.epoch, head);
        for (std::size_t d = 0; d < kDims; ++d)
            m_place[d] = m_rows(head, static_cast<Index>(d));
        findDue(head);
    }

    /// How many steps this epoch has for the point: one for each edge that attracts, with its negative samples.
    [[nodiscard]] std::size_t steps() const { return m_due.size(); }

    /// An edge attracts in two steps, far from each other, so that none of them overshoots by much.
    void step(std::size_t number)
    {
        const std::size_t other = number + m_due.size() / 2;
        const std::size_t second = other < m_due.size() ? other : other - m_due.size();
        attract(m_due[number].tail, m_due[second].tail, m_due[number].samples);
    }

    void end(float* out) const { std::copy_n(m_place, kDims, out); }

private:
    struct Due
    {
        std::uint32_t tail;
        int samples;
    };

    /// After the attraction that is the `times`-th; a rate that is no whole number is kept on average.
    [[nodiscard]] int negativeSamples(std::uint64_t times) const
    {
        const double rate = m_step.negative_sample_rate;
        const auto all = static_cast<double>(times);
        return static_cast<int>(std::floor(all * rate) - std::floor((all - 1) * rate));
    }

    /// The edges that attract in this epoch.
    void findDue(Index head)
    {
        m_due.clear();
        const auto begin = static_cast<std::size_t>(m_edges.offsets[static_cast<std::size_t>(head)]);
        const auto end = static_cast<std::size_t>(m_edges.offsets[static_cast<std::size_t>(head) + 1]);
        for (std::size_t edge = begin; edge < end; ++edge) {
            const std::uint64_t wanted = timesWanted(m_edges.frequency[edge], m_step.epoch);
            if (static_cast<std::uint32_t>(wanted) < m_edges.frequency[edge])
                m_due.push_back({static_cast<std::uint32_t>(m_edges.tails[edge]), negativeSamples(wanted >> 32U)});
        }
    }

    /// The first and the last lane attract, those between them are negative samples; more of these follow.
    void attract(std::uint32_t first, std::uint32_t second, int samples)
    {
        constexpr LaneInts kNumbers{0, 1, 2, 3, 4, 5, 6, 7};
        constexpr LaneInts kEnds{-1, 0, 0, 0, 0, 0, 0, -1};
        LaneBits others;
        drawOthers(others);
        others[0] = first;
        others[7] = second;
        apply(others, (kNumbers <= samples) | kEnds, ~kEnds);
        for (samples -= 6; samples > 0; samples -= 8) {
            drawOthers(others);
            apply(others, kNumbers < samples, LaneInts{} - 1);
        }
    }

    void drawOthers(LaneBits& out)
    {
        constexpr LaneBits kNumbers{1, 2, 3, 4, 5, 6, 7, 8};
        LaneBits bits = m_counter + kNumbers * 0x9e3779b9U;
        m_counter += 8 * 0x9e3779b9U;
        mix(bits);
        const auto points = static_cast<std::uint64_t>(m_edges.points());
        for (std::size_t i = 0; i < kLanes; ++i)
            out[i] = static_cast<std::uint32_t>(bits[i] * points >> 32U);
    }

    /// Moves by the sum of the gradients towards or away from `others`; a point does not repel itself.
    void apply(const LaneBits& others, const LaneInts& used, const LaneInts& repel)
    {
        Lane apart[kDims];
        gatherPlaces(m_rows.data(), others, apart);
        Lane squared{};
        for (std::size_t d = 0; d < kDims; ++d) {
            apart[d] = m_place[d] - apart[d];
            squared += apart[d] * apart[d];
        }
        Lane near = squared < 1e-30F ? Lane{} + 1e-30F : squared;
        Lane raised = near;
        power(raised, m_power);
        const Lane above = repel ? Lane{} + m_repulsion : m_attraction * raised;
        const Lane below = (repel ? near + 0.001F : near) * (1 + m_a * raised);
        const Lane factor = above / below;
        const LaneInts counts = used & (others != m_head);
        for (std::size_t d = 0; d < kDims; ++d) {
            Lane gradient = factor * apart[d];
            gradient = gradient > kLongestMove ? Lane{} + kLongestMove : gradient;
            gradient = gradient < -kLongestMove ? Lane{} - kLongestMove : gradient;
            // Two points in one place are moved apart, as in umap-learn, in a direction that is as good as any.
            gradient = (squared == 0) & repel ? Lane{} + kLongestMove : gradient;
            gradient = counts ? gradient * m_alpha : Lane{};
            m_place[d] += ((gradient[0] + gradient[4]) + (gradient[1] + gradient[5])) +
                          ((gradient[2] + gradient[6]) + (gradient[3] + gradient[7]));
        }
    }

    const UmapEdges& m_edges;
    const UmapStep& m_step;
    const Matrix& m_rows;
    float m_alpha;
    float m_power;
    float m_a;
    float m_attraction;
    float m_repulsion;
    std::uint32_t m_head = 0;
    std::uint32_t m_counter = 0;
    float m_place[kDims] = {};
    std::vector<Due> m_due;
};

/// Moves heads first, first + kRounds, ... Each step of a point waits for the one before it; steps of several points in
/// turn keep the processor busy.
template <std::size_t kDims>
void moveTogether(std::span<Mover<kDims>> movers, Index first, float* out, Index outStride)
{
    std::size_t most = 0;
    for (std::size_t i = 0; i < movers.size(); ++i) {
        movers[i].begin(first + static_cast<Index>(i) * kRounds);
        most = std::max(most, movers[i].steps());
    }
    for (std::size_t number = 0; number < most; ++number)
        for (Mover<kDims>& mover : movers)
            if (number < mover.steps())
                mover.step(number);
    for (std::size_t i = 0; i < movers.size(); ++i)
        movers[i].end(out + static_cast<Index>(i) * outStride);
}

template <std::size_t kDims>
bool moveRound(const UmapEdges& edges, const UmapStep& step, Index round, Matrix& rows, Matrix& moved,
               const std::stop_token& stop)
{
    const Index movers = (edges.points() - round + kRounds - 1) / kRounds;
    parallelFor(movers, kPointsPerChunk, [&](Index begin, Index end) {
        if (stop.stop_requested())
            return;
        std::vector<Mover<kDims>> together(kTogether, Mover<kDims>(edges, step, rows));
        for (Index i = begin; i < end; i += kTogether) {
            const std::span group(together.data(), static_cast<std::size_t>(std::min(kTogether, end - i)));
            moveTogether(group, round + i * kRounds, &moved(i, 0), moved.cols());
        }
    });
    if (stop.stop_requested())
        return false;
    for (Index i = 0; i < movers; ++i)
        rows.row(round + i * kRounds) = moved.row(i);
    return true;
}

} // namespace

UmapEdges umapEdges(const FuzzyGraph& graph)
{
    UmapEdges out{graph.offsets, graph.columns, std::vector<std::uint32_t>(graph.weights.size())};
    const float largest = graph.weights.empty() ? 1 : *std::max_element(graph.weights.begin(), graph.weights.end());
    std::transform(graph.weights.begin(), graph.weights.end(), out.frequency.begin(), [&](float weight) {
        const double share = static_cast<double>(weight) / static_cast<double>(largest);
        return static_cast<std::uint32_t>(std::min(share * 0x1p32, 0x1p32 - 1));
    });
    return out;
}

bool moveThroughEpoch(const UmapEdges& edges, const UmapStep& step, UmapPlaces& places, const std::stop_token& stop)
{
    if (step.epoch == 0) // no edge is due before the end of the first epoch
        return !stop.stop_requested();
    const Matrix before = places.rows;
    Matrix moved = Matrix::Zero(edges.points() / kRounds + 1, places.rows.cols());
    const auto move = places.dims == 2 ? moveRound<2> : moveRound<3>;
    for (Index round = 0; round < kRounds; ++round)
        if (!move(edges, step, round, places.rows, moved, stop)) {
            places.rows = before;
            return false;
        }
    return true;
}

} // namespace embedscope
