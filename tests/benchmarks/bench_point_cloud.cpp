// SPDX-License-Identifier: GPL-3.0-or-later
// A frame of PointCloud beside one of QCPGraph with disc scatters, the same points, 1280 x 800. Needs no display:
// QT_QPA_PLATFORM=offscreen is set unless something else is.
#include "core/base/random.h"
#include "ui/plot/map_camera.h"
#include "ui/plot/point_cloud.h"

#include <QApplication>

#include <benchmark/benchmark.h>

using namespace embedscope;

namespace {

constexpr int kWidth = 1280;
constexpr int kHeight = 800;

std::shared_ptr<const Matrix> normalPoints(Index count, Index columns = 2)
{
    Random random(1);
    auto points = std::make_shared<Matrix>(count, columns);
    for (Index i = 0; i < points->size(); ++i)
        points->data()[i] = static_cast<float>(random.normal());
    return points;
}

/// A plot whose axes fill it, fitted to the bulk of the points.
class Plot
{
public:
    Plot()
    {
        m_plot.resize(kWidth, kHeight);
        m_plot.setViewport(QRect(0, 0, kWidth, kHeight));
        m_plot.plotLayout()->setMargins({});
        m_plot.axisRect()->setAutoMargins(QCP::msNone);
        m_plot.axisRect()->setMargins({});
        m_plot.xAxis->setRange(-3.5, 3.5);
        m_plot.yAxis->setRange(-3.5, 3.5);
    }

    QCustomPlot& plot() { return m_plot; }
    void draw() { m_plot.replot(QCustomPlot::rpQueuedRefresh); }

private:
    QCustomPlot m_plot;
};

PointCloud* addCloud(QCustomPlot& plot, Index count, Index columns = 2)
{
    auto* cloud = new PointCloud(plot.xAxis, plot.yAxis); // the plot owns it
    cloud->setCoordinates(normalPoints(count, columns));
    auto indices = std::make_shared<std::vector<std::uint8_t>>();
    for (Index i = 0; i < count; ++i)
        indices->push_back(static_cast<std::uint8_t>(i % 256));
    std::vector<QRgb> table;
    for (int i = 0; i < 256; ++i)
        table.push_back(qRgb(i, 255 - i, 128));
    cloud->setColours(indices, table);
    MapCamera camera;
    if (cloud->ball())
        camera.setBall(cloud->ball()->centre, cloud->ball()->radius);
    cloud->setView(camera.view());
    return cloud;
}

void pointCloudFrame(benchmark::State& state)
{
    Plot plot;
    addCloud(plot.plot(), state.range(0), state.range(1));
    plot.draw();
    for (auto _ : state)
        plot.draw();
}

/// The same with diameter and opacity by a column.
void shapedFrame(benchmark::State& state)
{
    Plot plot;
    PointCloud* cloud = addCloud(plot.plot(), state.range(0), state.range(1));
    auto shapes = std::make_shared<std::vector<std::uint8_t>>();
    for (Index i = 0; i < state.range(0); ++i)
        shapes->push_back(static_cast<std::uint8_t>(i * 7 % 8));
    std::vector<DotShape> table;
    for (int i = 0; i < 8; ++i)
        table.push_back({0.6F + 0.2F * static_cast<float>(i), 0.3F + 0.1F * static_cast<float>(i)});
    cloud->setShapes(shapes, table);
    plot.draw();
    for (auto _ : state)
        plot.draw();
}

void graphFrame(benchmark::State& state)
{
    Plot plot;
    QCPGraph* graph = plot.plot().addGraph();
    graph->setLineStyle(QCPGraph::lsNone);
    graph->setScatterStyle({QCPScatterStyle::ssDisc, 3});
    const auto points = normalPoints(state.range(0));
    QVector<QCPGraphData> data;
    for (Index i = 0; i < points->rows(); ++i)
        data.append({(*points)(i, 0), (*points)(i, 1)});
    graph->data()->set(data, false);
    plot.draw();
    for (auto _ : state)
        plot.draw();
}

void pointCloudPick(benchmark::State& state)
{
    Plot plot;
    const PointCloud* cloud = addCloud(plot.plot(), state.range(0));
    plot.draw();
    for (auto _ : state)
        benchmark::DoNotOptimize(cloud->pointAt({640, 400}, 10));
}

BENCHMARK(pointCloudFrame)
    ->ArgNames({"points", "dimensions"})
    ->ArgsProduct({{100'000, 1'000'000, 5'000'000}, {2, 3}})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK(shapedFrame)
    ->ArgNames({"points", "dimensions"})
    ->ArgsProduct({{1'000'000}, {2, 3}})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK(graphFrame)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(pointCloudPick)->Arg(1'000'000)->Unit(benchmark::kMillisecond)->UseRealTime();

} // namespace

int main(int argc, char** argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return 0;
}
