// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/map_job.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

namespace embedscope {

namespace {

constexpr double kPerturbation = 0.05; // of the map's standard deviation: shakes points loose, keeps the picture
constexpr std::chrono::milliseconds kPiece(8); // of steps without asking for orders
constexpr std::chrono::milliseconds kDivergencePause(500);

std::vector<std::int32_t> labelsFor(const MapTask& task)
{
    if (task.options.method != MapMethod::Tsne || task.options.tsne.supervision <= 0)
        return {};
    for (const CategoryColumn& column : task.table->columns())
        if (column.name == task.labelColumn)
            return column.values;
    return {};
}

Result<std::shared_ptr<MapLayout>> layoutFor(const MapTask& task, const std::stop_token& stop, Progress& progress)
{
    MapLayout::Input input{.weights = task.table->weights(),
                           .rows = task.rows ? *task.rows : std::vector<Index>(),
                           .labels = labelsFor(task),
                           .start = nullptr,
                           .graph = task.graph,
                           .points = task.points};
    auto made = MapLayout::create(input, task.options, stop, progress);
    if (!made)
        return fail(made.error());
    return std::make_shared<MapLayout>(*std::move(made));
}

MapFrame frameOf(const MapLayout& layout, double kl)
{
    MapFrame frame;
    frame.options = layout.options();
    frame.coordinates = std::make_shared<const Matrix>(layout.coordinates());
    frame.step = layout.stepsDone();
    frame.steps = layout.stepsWanted();
    frame.kl = kl;
    frame.points = layout.points()->count();
    if (const auto graph = layout.graph()) {
        frame.exact = graph->exact;
        frame.recall = graph->recall;
    }
    return frame;
}

/// One job's loop over a layout.
class Steps
{
public:
    Steps(MapLayout& layout, MapExchange& exchange, const std::stop_token& stop, Progress& progress)
        : m_layout(layout)
        , m_exchange(exchange)
        , m_stop(stop)
        , m_progress(progress)
    {
        showProgress();
    }

    Result<void> run()
    {
        for (;;) {
            if (m_exchange.isPaused())
                m_exchange.leave(frame()); // the last step, however old the frame that waits
            const MapExchange::Orders orders = m_exchange.next(m_stop);
            if (m_stop.stop_requested())
                return fail(ErrorCode::Cancelled);
            if (orders.stop)
                return {};
            if (auto done = obey(orders); !done)
                return done;
            if (orders.paused)
                continue;
            if (m_layout.finished())
                return {};
            if (auto done = piece(); !done)
                return done;
            if (m_exchange.wantsFrame())
                m_exchange.leave(frame());
        }
    }

private:
    /// The divergence costs as much as a step: twice a second is enough to read it.
    MapFrame frame()
    {
        const auto now = std::chrono::steady_clock::now();
        if (!m_judged || now - *m_judged > kDivergencePause || m_exchange.isPaused() || m_layout.finished()) {
            m_kl = m_layout.klDivergence();
            m_judged = now;
        }
        return frameOf(m_layout, m_kl);
    }

    void showProgress()
    {
        m_progress.start(m_layout.stepsWanted());
        m_progress.set(m_layout.stepsDone());
    }

    Result<void> obey(const MapExchange::Orders& orders)
    {
        if (orders.change) {
            const auto done = m_layout.change(*orders.change, m_stop, m_progress);
            if (!done && done.error().code == ErrorCode::Cancelled)
                return fail(done.error());
            if (!done)
                m_exchange.leave(done.error());
            showProgress();
        }
        if (orders.perturb)
            m_layout.perturb(kPerturbation, *orders.perturb);
        if (orders.change || orders.perturb)
            m_exchange.leave(frame());
        return {};
    }

    /// As many steps as fit into a piece by how long the last ones took: small maps make hundreds a second.
    Result<void> piece()
    {
        using Clock = std::chrono::steady_clock;
        Progress own; // a step's own count is not that of the run
        const auto begin = Clock::now();
        if (auto done = m_layout.run(m_stepsAPiece, m_stop, own); !done)
            return done;
        const auto took = Clock::now() - begin;
        m_stepsAPiece = std::clamp<Index>(took < kPiece / 2 ? m_stepsAPiece * 2
                                          : took > kPiece   ? m_stepsAPiece / 2
                                                            : m_stepsAPiece,
                                          1, 16);
        m_progress.set(m_layout.stepsDone());
        return {};
    }

    MapLayout& m_layout;
    MapExchange& m_exchange;
    const std::stop_token& m_stop;
    Progress& m_progress;
    Index m_stepsAPiece = 1;
    double m_kl = 0;
    std::optional<std::chrono::steady_clock::time_point> m_judged;
};

} // namespace

void MapExchange::pause(bool paused)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_orders.paused = paused;
    }
    m_wake.notify_all();
}

bool MapExchange::isPaused()
{
    const std::scoped_lock lock(m_mutex);
    return m_orders.paused;
}

void MapExchange::stop()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_orders.stop = true;
    }
    m_wake.notify_all();
}

void MapExchange::change(const MapOptions& options)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_orders.change = options;
    }
    m_wake.notify_all();
}

void MapExchange::perturb(std::uint64_t seed)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_orders.perturb = seed;
    }
    m_wake.notify_all();
}

std::optional<MapFrame> MapExchange::takeFrame()
{
    const std::scoped_lock lock(m_mutex);
    return std::exchange(m_frame, std::nullopt);
}

std::optional<Error> MapExchange::takeRefusal()
{
    const std::scoped_lock lock(m_mutex);
    return std::exchange(m_refusal, std::nullopt);
}

MapExchange::Orders MapExchange::next(const std::stop_token& stop)
{
    std::unique_lock lock(m_mutex);
    m_wake.wait(lock, stop,
                [this] { return !m_orders.paused || m_orders.stop || m_orders.change || m_orders.perturb; });
    Orders out = m_orders;
    m_orders.change.reset();
    m_orders.perturb.reset();
    return out;
}

bool MapExchange::wantsFrame()
{
    const std::scoped_lock lock(m_mutex);
    return !m_frame;
}

void MapExchange::leave(MapFrame frame)
{
    const std::scoped_lock lock(m_mutex);
    m_frame = std::move(frame);
}

void MapExchange::leave(const Error& refusal)
{
    const std::scoped_lock lock(m_mutex);
    m_refusal = refusal;
}

Result<MapOutcome> makeMap(const MapTask& task, MapExchange& exchange, const std::stop_token& stop, Progress& progress)
{
    std::shared_ptr<MapLayout> layout = task.layout;
    if (layout) {
        if (auto done = layout->change(task.options, stop, progress); !done)
            return fail(done.error());
    } else {
        auto made = layoutFor(task, stop, progress);
        if (!made)
            return fail(made.error());
        layout = *std::move(made);
    }
    if (task.perturb)
        layout->perturb(kPerturbation, *task.perturb);
    exchange.leave(frameOf(*layout, layout->klDivergence()));
    if (auto done = Steps(*layout, exchange, stop, progress).run(); !done)
        return fail(done.error());
    MapFrame last = frameOf(*layout, layout->klDivergence());
    return MapOutcome{std::move(layout), std::move(last)};
}

} // namespace embedscope
