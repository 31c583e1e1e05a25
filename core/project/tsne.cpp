// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/tsne.h"

namespace embedscope {

struct Tsne::State
{
    Matrix points;
    Index done = 0;
    TsneOptions options;
};

Tsne::Tsne(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}
Tsne::Tsne(Tsne&&) noexcept = default;
Tsne& Tsne::operator=(Tsne&&) noexcept = default;
Tsne::~Tsne() = default;

Index Tsne::neighborsFor(double perplexity, Index points)
{
    return std::min<Index>(static_cast<Index>(3 * perplexity), points - 1);
}

Result<Tsne> Tsne::create(const NeighborGraph&, Matrix start, const TsneOptions& options, std::span<const std::int32_t>,
                          std::stop_token, Progress&)
{
    auto state = std::make_unique<State>();
    state->points = std::move(start);
    state->options = options;
    return Tsne(std::move(state));
}

Result<void> Tsne::run(Index iterations, std::stop_token, Progress&)
{
    m_state->done += iterations;
    return {};
}

Index Tsne::iteration() const
{
    return m_state->done;
}
Matrix Tsne::coordinates() const
{
    return m_state->points;
}
double Tsne::klDivergence() const
{
    return 0;
}
void Tsne::setOptions(const TsneOptions& options)
{
    m_state->options = options;
}
const TsneOptions& Tsne::options() const
{
    return m_state->options;
}
Result<void> Tsne::setAffinities(const NeighborGraph&, const TsneOptions& options, std::span<const std::int32_t>,
                                 std::stop_token, Progress&)
{
    m_state->options = options;
    return {};
}
void Tsne::perturb(double, std::uint64_t) {}

} // namespace embedscope
