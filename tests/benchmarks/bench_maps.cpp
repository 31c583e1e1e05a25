// SPDX-License-Identifier: GPL-3.0-or-later
// Not a benchmark by itself: peers_maps.py times its pieces of work beside Python's. Usage: bench_maps WORK FILE ROWS
// DIM [K], where FILE holds rows x dim raw float32; prints one JSON object with the best of several rounds.
#include "core/project/pca.h"
#include "core/search/neighbor_graph.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

using namespace embedscope;

namespace {

template <class Work>
double bestOf(int rounds, Work&& work)
{
    double best = 1e30;
    for (int round = 0; round < rounds; ++round) {
        const auto start = std::chrono::steady_clock::now();
        work();
        best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    return best;
}

void neighbors(const Matrix& rows, Index k)
{
    Progress progress;
    NeighborGraph graph;
    const double seconds = bestOf(2, [&] { graph = findNeighbors(rows, {.k = k}, {}, progress).value(); });
    std::printf("{\"seconds\": %.4f, \"exact\": %s, \"recall\": %.4f, \"sum\": %.6f}\n", seconds,
                graph.exact ? "true" : "false", graph.recall, graph.distances.cast<double>().sum());
}

void pca(const Matrix& rows)
{
    Progress progress;
    Pca found;
    const double seconds = bestOf(3, [&] {
        found = fitPca(rows, 3, {}, progress).value();
        const Matrix placed = found.project(rows);
    });
    std::printf("{\"seconds\": %.4f, \"variance\": [%.9g, %.9g, %.9g]}\n", seconds, found.explained_variance[0],
                found.explained_variance[1], found.explained_variance[2]);
}

void query(const Matrix& rows)
{
    const Index excluded = 7;
    Index nearest = 0;
    const double seconds = bestOf(20, [&] {
        nearest = nearestRows(rows, rows.row(excluded), 10, Metric::Cosine, {&excluded, 1}, {}).value().front().row;
    });
    std::printf("{\"seconds\": %.4f, \"nearest\": %td}\n", seconds, nearest);
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 5)
        return 2;
    Matrix rows(std::atol(argv[3]), std::atol(argv[4]));
    std::ifstream file(argv[2], std::ios::binary);
    if (!file.read(reinterpret_cast<char*>(rows.data()), rows.size() * static_cast<std::streamsize>(sizeof(float))))
        return 3;
    const std::string work = argv[1];
    if (work == "neighbors")
        neighbors(rows, argc > 5 ? std::atol(argv[5]) : 90);
    else if (work == "pca")
        pca(rows);
    else if (work == "query")
        query(rows);
    else
        return 2;
    return 0;
}
