// SPDX-License-Identifier: GPL-3.0-or-later
// Training steps of whole classifiers, on data of one length drawn by a seed: what peers.py sets beside PyTorch's.
#include "core/train/trainer.h"

#include <benchmark/benchmark.h>

#include <memory>

namespace {

using namespace embedscope;

/// `sentences` of `length` words each, drawn uniformly from the rows but the first, in two classes.
std::shared_ptr<const DataSet> randomData(std::int64_t sentences, std::int64_t length, std::int64_t rows)
{
    Random random(1);
    DataSet data;
    data.offsets.push_back(0);
    for (std::int64_t i = 0; i < sentences; ++i) {
        for (std::int64_t w = 0; w < length; ++w)
            data.tokens.push_back(1 + static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(rows - 1))));
        data.offsets.push_back(static_cast<std::int64_t>(data.tokens.size()));
        data.labels.push_back(static_cast<std::int32_t>(random.below(2)));
    }
    return std::make_shared<const DataSet>(std::move(data));
}

Trainer trainerOf(const TrainOptions& options, std::shared_ptr<const DataSet> data, Index rows)
{
    Random random(2);
    Matrix weight(rows, options.embedding_dim);
    for (Index i = 0; i < weight.size(); ++i)
        weight.data()[i] = static_cast<float>(random.normal());
    return std::move(*Trainer::create(options, std::move(data), 2, std::move(weight)));
}

/// An epoch has `steps` steps: at its start the trainer keeps the weights, or with sparse gradients each row at its
/// first step.
void train(benchmark::State& state, const TrainOptions& options, std::int64_t steps, std::int64_t length, Index rows)
{
    auto trainer = trainerOf(options, randomData(options.batch_size * steps, length, rows), rows);
    for (int i = 0; i < 3; ++i) // memory and state of the optimizer
        benchmark::DoNotOptimize(trainer.step());
    for (auto step : state)
        benchmark::DoNotOptimize(trainer.step());
    state.counters["tokens/s"] = benchmark::Counter(
        static_cast<double>(state.iterations() * options.batch_size * length), benchmark::Counter::kIsRate);
}

/// V=10,000 E=128 H=256 T=50, Adam, a table that learns.
void classifierStep(benchmark::State& state, EncoderKind kind)
{
    constexpr Index kRows = 10000;
    constexpr std::int64_t kLength = 50;
    TrainOptions options;
    options.encoder = {.kind = kind, .hidden_dim = 256};
    options.embedding_dim = 128;
    options.batch_size = state.range(0);
    options.epochs = 1000000;
    train(state, options, 200, kLength, kRows);
    // Products of an LSTM: with the input, with the hidden state, and twice each backward.
    const auto tokens = static_cast<double>(options.batch_size * kLength);
    if (kind == EncoderKind::Lstm)
        state.counters["GFLOP/s"] =
            benchmark::Counter(3 * 2 * tokens * 1024 * (128 + 256) * 1e-9 * static_cast<double>(state.iterations()),
                               benchmark::Counter::kIsRate);
}

void lstmStep(benchmark::State& state)
{
    classifierStep(state, EncoderKind::Lstm);
}

void gruStep(benchmark::State& state)
{
    classifierStep(state, EncoderKind::Gru);
}

void transformerStep(benchmark::State& state)
{
    classifierStep(state, EncoderKind::Transformer);
}

/// A mean of 20 words, D=100, sparse gradients and SGD: the cost must not grow with the table.
void sparseBagStep(benchmark::State& state)
{
    TrainOptions options;
    options.embedding_dim = 100;
    options.optimizer = "sgd";
    options.sparse = true;
    options.live.lr = 0.1;
    options.batch_size = 32;
    options.epochs = 1000000;
    train(state, options, 2000, 20, state.range(0));
}

BENCHMARK(lstmStep)->Arg(4)->Arg(32)->Arg(128)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(gruStep)->Arg(32)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(transformerStep)->Arg(32)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(sparseBagStep)->Arg(10000)->Arg(100000)->Arg(1000000)->Unit(benchmark::kMicrosecond)->UseRealTime();

} // namespace

BENCHMARK_MAIN();
