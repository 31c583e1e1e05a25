// SPDX-License-Identifier: GPL-3.0-or-later
// The layer beside the copy that it cannot beat: memcpy of as many rows, on as many threads.
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/nn/embedding.h"
#include "core/nn/embedding_bag.h"
#include "core/optim/optimizer.h"

#include <benchmark/benchmark.h>

#include <cstring>
#include <memory>
#include <vector>

namespace {

using namespace embedscope;

constexpr std::size_t kLookups = 65536;

/// A table of constants: what the numbers are does not change the speed.
Embedding table(const benchmark::State& state)
{
    return Embedding::fromPretrained(Matrix::Constant(state.range(0), state.range(1), 0.5F)).value();
}

std::vector<std::int64_t> indices(std::int64_t rows)
{
    Random random(1);
    std::vector<std::int64_t> out(kLookups);
    for (auto& index : out)
        index = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(rows)));
    return out;
}

void report(benchmark::State& state)
{
    const auto lookups = state.iterations() * static_cast<std::int64_t>(kLookups);
    state.SetItemsProcessed(lookups);
    state.SetBytesProcessed(lookups * state.range(1) * static_cast<std::int64_t>(sizeof(float)));
}

/// Copies one contiguous block of the size of the output.
void copyBlock(benchmark::State& state)
{
    const Matrix from = Matrix::Constant(static_cast<Index>(kLookups), state.range(1), 0.5F);
    Matrix to = Matrix::Zero(from.rows(), from.cols());
    for (auto _ : state) {
        parallelFor(from.size(), 32 * 1024, [&](Index begin, Index end) {
            std::memcpy(to.data() + begin, from.data() + begin, static_cast<std::size_t>(end - begin) * sizeof(float));
        });
        benchmark::ClobberMemory();
    }
    report(state);
}

void forward(benchmark::State& state)
{
    auto embedding = table(state);
    const auto rows = indices(state.range(0));
    Matrix out;
    for (auto _ : state) {
        benchmark::DoNotOptimize(embedding.forward(rows, out));
        benchmark::ClobberMemory();
    }
    report(state);
}

void backward(benchmark::State& state)
{
    const auto embedding = table(state);
    const auto rows = indices(state.range(0));
    const Matrix gradOutput = Matrix::Constant(static_cast<Index>(kLookups), state.range(1), 0.5F);
    for (auto _ : state)
        benchmark::DoNotOptimize(embedding.backward(rows, gradOutput));
    report(state);
}

/// Bags of 16.
void bagMean(benchmark::State& state)
{
    auto embedding = table(state);
    const auto rows = indices(state.range(0));
    std::vector<std::int64_t> offsets(kLookups / 16);
    for (std::size_t i = 0; i < offsets.size(); ++i)
        offsets[i] = static_cast<std::int64_t>(i * 16);
    auto bag = EmbeddingBag::create(embedding, BagMode::Mean).value();
    Matrix out;
    for (auto _ : state)
        benchmark::DoNotOptimize(bag.forward({.indices = rows, .offsets = offsets}, out));
    report(state);
}

void group(benchmark::State& state)
{
    const auto rows = indices(state.range(0));
    for (auto _ : state)
        benchmark::DoNotOptimize(RowGroups(rows));
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kLookups));
}

/// One step on 256 rows; the cost of a sparse one must not grow with the table.
template <class Options>
void step(benchmark::State& state)
{
    auto embedding = table(state);
    const auto all = indices(state.range(0));
    const auto rows = std::span(all).first(256);
    const auto gradient = embedding.backward(rows, Matrix::Constant(256, state.range(1), 0.5F));
    const auto optimizer = std::move(makeOptimizer(Options{}).value());
    const bool sparse = optimizer->accepts(true).has_value();
    const std::vector<Parameter> parameters{
        {.name = "weight", .value = &embedding.weight(), .row_grad = &gradient, .sparse = sparse}};
    optimizer->step(parameters);
    for (auto _ : state)
        optimizer->step(parameters);
}

void sizes(benchmark::internal::Benchmark* benchmark)
{
    benchmark->Args({10000, 256})->Args({400000, 300})->ArgNames({"V", "D"})->MeasureProcessCPUTime()->UseRealTime();
}

BENCHMARK(copyBlock)->Apply(sizes);
BENCHMARK(forward)->Apply(sizes);
BENCHMARK(backward)->Apply(sizes);
BENCHMARK(bagMean)->Apply(sizes);
BENCHMARK(group)->Apply(sizes);
BENCHMARK(step<SgdOptions>)->Apply(sizes);
BENCHMARK(step<AdagradOptions>)->Apply(sizes);
BENCHMARK(step<SparseAdamOptions>)->Apply(sizes);
BENCHMARK(step<AdamOptions>)->Apply(sizes);

} // namespace

BENCHMARK_MAIN();
