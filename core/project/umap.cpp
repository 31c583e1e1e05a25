// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/umap.h"

namespace embedscope {

struct Umap::State
{
    Matrix points;
    Index done = 0;
    UmapOptions options;
};

Umap::Umap(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}
Umap::Umap(Umap&&) noexcept = default;
Umap& Umap::operator=(Umap&&) noexcept = default;
Umap::~Umap() = default;

Result<Umap> Umap::create(const NeighborGraph& graph, Matrix start, Index dims, const UmapOptions& options,
                          std::uint64_t, std::stop_token, Progress&)
{
    auto state = std::make_unique<State>();
    state->points = start.size() ? std::move(start) : Matrix::Zero(graph.points(), dims);
    state->options = options;
    return Umap(std::move(state));
}

Result<void> Umap::run(Index epochs, std::stop_token, Progress&)
{
    m_state->done += epochs;
    return {};
}

Index Umap::epoch() const
{
    return m_state->done;
}
Index Umap::epochs() const
{
    return m_state->options.n_epochs > 0 ? m_state->options.n_epochs : m_state->points.rows() <= 10000 ? 500 : 200;
}
Matrix Umap::coordinates() const
{
    return m_state->points;
}
void Umap::setOptions(const UmapOptions& options)
{
    m_state->options = options;
}
Result<FuzzyGraph> fuzzyGraph(const NeighborGraph&, const UmapOptions&, std::stop_token, Progress&)
{
    return FuzzyGraph{};
}
UmapCurve umapCurve(double, double)
{
    return {};
}

} // namespace embedscope
