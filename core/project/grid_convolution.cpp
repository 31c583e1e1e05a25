// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/grid_convolution.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <fftw3.h>
#include <mutex>
#include <numbers>

namespace embedscope {

namespace {

using Complex = std::complex<float>;

constexpr Index kColumns = 8; // transformed together: 64 bytes, one line of the cache
constexpr Index kRowsPerChunk = 16;

fftwf_complex* raw(Complex* values)
{
    return reinterpret_cast<fftwf_complex*>(values);
}

Complex* complexOf(float* values)
{
    return reinterpret_cast<Complex*>(values);
}

/// FFTW makes plans for one thread at a time.
std::mutex& planner()
{
    static std::mutex mutex;
    return mutex;
}

/// The next number of nodes whose double has small prime factors only.
Index goodNodes(Index least)
{
    for (Index nodes = std::max<Index>(least, 8);; ++nodes) {
        Index rest = nodes;
        for (const Index prime : {2, 3, 5})
            while (rest % prime == 0)
                rest /= prime;
        if (rest == 1)
            return nodes;
    }
}

/// The transform of the cubic B-spline at the nodes: 1/6, 4/6, 1/6.
double splineTransform(Index k, Index size)
{
    return (2 + std::cos(2 * std::numbers::pi * static_cast<double>(k) / static_cast<double>(size))) / 3;
}

} // namespace

void GridConvolution::Free::operator()(void* memory) const
{
    fftwf_free(memory);
}

GridConvolution::Floats GridConvolution::allocate(Index count)
{
    auto* memory = static_cast<float*>(fftwf_malloc(sizeof(float) * static_cast<std::size_t>(count)));
    if (!memory)
        throw std::bad_alloc();
    return Floats(memory);
}

/// Estimated, not measured: a measured plan differs from run to run, and its rounding with it.
struct GridConvolution::Plans
{
    fftwf_plan rowForward = nullptr;
    fftwf_plan rowBackward = nullptr;
    fftwf_plan columnsForward = nullptr;
    fftwf_plan columnsBackward = nullptr;

    explicit Plans(Index size)
    {
        const int n = static_cast<int>(size);
        const Floats row = allocate(size + 2);
        const Floats columns = allocate(2 * size * kColumns);
        const std::scoped_lock lock(planner());
        rowForward = fftwf_plan_dft_r2c_1d(n, row.get(), raw(complexOf(row.get())), FFTW_ESTIMATE | FFTW_UNALIGNED);
        rowBackward = fftwf_plan_dft_c2r_1d(n, raw(complexOf(row.get())), row.get(), FFTW_ESTIMATE | FFTW_UNALIGNED);
        auto* block = raw(complexOf(columns.get()));
        const int count = static_cast<int>(kColumns);
        columnsForward = fftwf_plan_many_dft(1, &n, count, block, nullptr, count, 1, block, nullptr, count, 1,
                                             FFTW_FORWARD, FFTW_ESTIMATE);
        columnsBackward = fftwf_plan_many_dft(1, &n, count, block, nullptr, count, 1, block, nullptr, count, 1,
                                              FFTW_BACKWARD, FFTW_ESTIMATE);
    }
    ~Plans()
    {
        const std::scoped_lock lock(planner());
        for (fftwf_plan plan : {rowForward, rowBackward, columnsForward, columnsBackward})
            fftwf_destroy_plan(plan);
    }
    Plans(const Plans&) = delete;
    Plans& operator=(const Plans&) = delete;
};

GridConvolution::GridConvolution(int dims, Index nodes, double spacing)
    : m_dims(dims)
    , m_nodes(goodNodes(nodes))
    , m_size(2 * m_nodes)
    , m_half(m_nodes + 1)
    , m_grid(allocate(rows() * rowPitch()))
    , m_middle(dims == 3 ? allocate(m_nodes * m_size * rowPitch()) : nullptr)
    , m_spectrum(allocate(dims == 2 ? m_half * m_half : m_half * m_half * m_half))
    , m_plans(std::make_unique<Plans>(m_size))
{
    makeSpectrum(spacing);
}

GridConvolution::~GridConvolution() = default;

/// The kernel is even in each coordinate, so that its transform is a cosine transform of one corner.
void GridConvolution::makeSpectrum(double spacing)
{
    const Index planes = m_dims == 3 ? m_half : 1;
    float* const out = m_spectrum.get();
    const auto forEach = [&](auto&& value) {
        for (Index z = 0; z < planes; ++z)
            for (Index y = 0; y < m_half; ++y)
                for (Index x = 0; x < m_half; ++x)
                    value(out[(z * m_half + y) * m_half + x], x, y, z);
    };
    m_constant = 1 / (1 + spacing * spacing * static_cast<double>(m_dims * m_nodes * m_nodes));
    forEach([&](float& value, Index x, Index y, Index z) {
        const double kernel = 1 / (1 + spacing * spacing * static_cast<double>(x * x + y * y + z * z));
        value = static_cast<float>(kernel - m_constant);
    });
    {
        const int half = static_cast<int>(m_half);
        const int sizes[] = {half, half, half};
        const fftw_r2r_kind kinds[] = {FFTW_REDFT00, FFTW_REDFT00, FFTW_REDFT00};
        const std::scoped_lock lock(planner());
        const fftwf_plan plan = fftwf_plan_r2r(m_dims, sizes, out, out, kinds, FFTW_ESTIMATE);
        fftwf_execute(plan);
        fftwf_destroy_plan(plan);
    }
    const double scale = 1 / std::pow(static_cast<double>(m_size), m_dims);
    std::vector<double> spline(static_cast<std::size_t>(m_half));
    for (Index k = 0; k < m_half; ++k)
        spline[static_cast<std::size_t>(k)] = 1 / std::pow(splineTransform(k, m_size), 2);
    forEach([&](float& value, Index x, Index y, Index z) {
        const double undone = spline[static_cast<std::size_t>(x)] * spline[static_cast<std::size_t>(y)] *
                              (m_dims == 3 ? spline[static_cast<std::size_t>(z)] : 1.0);
        value = static_cast<float>(static_cast<double>(value) * undone * scale);
    });
}

void GridConvolution::transformRows(const std::stop_token& stop, bool forward)
{
    parallelFor(rows(), kRowsPerChunk, [&](Index begin, Index end) {
        if (stop.stop_requested())
            return;
        for (Index row = begin; row < end; ++row) {
            float* values = m_grid.get() + row * rowPitch();
            if (forward) {
                std::fill(values + m_nodes, values + m_size, 0.0F);
                fftwf_execute_dft_r2c(m_plans->rowForward, values, raw(complexOf(values)));
            } else {
                fftwf_execute_dft_c2r(m_plans->rowBackward, raw(complexOf(values)), values);
            }
        }
    });
}

namespace {

/// `rows` rows of at most kColumns neighbouring columns, between a large array and a block of their own.
struct ColumnBlock
{
    Complex* block;
    Index columns;

    void load(const Complex* from, Index stride, Index rows, Index size) const
    {
        for (Index row = 0; row < rows; ++row)
            for (Index c = 0; c < kColumns; ++c)
                block[row * kColumns + c] = c < columns ? from[row * stride + c] : Complex();
        std::fill(block + rows * kColumns, block + size * kColumns, Complex());
    }
    void store(Complex* to, Index stride, Index rows) const
    {
        for (Index row = 0; row < rows; ++row)
            std::copy_n(block + row * kColumns, columns, to + row * stride);
    }
};

} // namespace

void GridConvolution::transformMiddle(const std::stop_token& stop, bool forward)
{
    const Index blocks = chunkCount(m_half, kColumns);
    parallelFor(m_nodes * blocks, 4, [&](Index begin, Index end) {
        const Floats memory = allocate(2 * m_size * kColumns);
        for (Index task = begin; task < end && !stop.stop_requested(); ++task) {
            const Index slab = task / blocks;
            const Index first = task % blocks * kColumns;
            const ColumnBlock block{complexOf(memory.get()), std::min(kColumns, m_half - first)};
            Complex* outer = complexOf(m_grid.get()) + slab * m_nodes * m_half + first;
            Complex* middle = complexOf(m_middle.get()) + slab * m_size * m_half + first;
            block.load(forward ? outer : middle, m_half, forward ? m_nodes : m_size, m_size);
            fftwf_execute_dft(forward ? m_plans->columnsForward : m_plans->columnsBackward, raw(block.block),
                              raw(block.block));
            block.store(forward ? middle : outer, m_half, forward ? m_size : m_nodes);
        }
    });
}

/// The first coordinate is transformed, multiplied and transformed back while its columns are in the cache.
void GridConvolution::convolveLast(const std::stop_token& stop)
{
    const Index lines = m_dims == 2 ? 1 : m_size; // of half columns each
    const Index blocks = chunkCount(m_half, kColumns);
    const Index stride = lines * m_half;
    Complex* const values = complexOf(m_dims == 2 ? m_grid.get() : m_middle.get());
    parallelFor(lines * blocks, 2, [&](Index begin, Index end) {
        const Floats memory = allocate(2 * m_size * kColumns);
        for (Index task = begin; task < end && !stop.stop_requested(); ++task) {
            const Index line = task / blocks;
            const Index first = task % blocks * kColumns;
            const ColumnBlock block{complexOf(memory.get()), std::min(kColumns, m_half - first)};
            Complex* columns = values + line * m_half + first;
            block.load(columns, stride, m_nodes, m_size);
            fftwf_execute_dft(m_plans->columnsForward, raw(block.block), raw(block.block));
            for (Index k = 0; k < m_size; ++k) {
                const Index plane = m_dims == 2 ? fold(k) : fold(k) * m_half + fold(line);
                const float* factors = m_spectrum.get() + plane * m_half + first;
                for (Index c = 0; c < block.columns; ++c)
                    block.block[k * kColumns + c] *= factors[c];
            }
            fftwf_execute_dft(m_plans->columnsBackward, raw(block.block), raw(block.block));
            block.store(columns, stride, m_nodes);
        }
    });
}

void GridConvolution::convolve(const std::stop_token& stop)
{
    transformRows(stop, true);
    if (m_dims == 3)
        transformMiddle(stop, true);
    convolveLast(stop);
    if (m_dims == 3)
        transformMiddle(stop, false);
    transformRows(stop, false);
}

} // namespace embedscope
