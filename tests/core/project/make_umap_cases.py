#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes umap_cases.h: small neighbour graphs and the weights that umap-learn gives their edges.

    make_umap_cases.py > umap_cases.h; clang-format -i umap_cases.h      (umap-learn 0.5.3, Debian's)
"""
import numpy as np
from umap.umap_ import find_ab_params, fuzzy_simplicial_set

CASES = {  # name: points, neighbours besides the point, local connectivity, mix of union and intersection
    "Plain": (24, 4, 1.0, 1.0),
    "Between": (24, 6, 1.5, 0.3),
    "Duplicates": (20, 5, 1.0, 1.0),
    "Everyone": (7, 6, 2.0, 1.0),
}


def places(name, count):
    i = np.arange(count)[:, None]
    points = ((i * i * 7 + np.array([0, 13, 29]) * i + np.array([0, 5, 11])) % 23) / 4.0
    if name == "Duplicates":
        points[1:7] = points[0]  # more than have room among the neighbours
        points[8] = points[7]
    return points


def neighbours(points, k):
    distances = np.sqrt(((points[:, None] - points[None]) ** 2).sum(-1)).astype(np.float32)
    np.fill_diagonal(distances, -1)
    rows = np.argsort(distances, axis=1, kind="stable")[:, : k + 1].astype(np.int32)
    distances = np.take_along_axis(distances, rows, axis=1)
    distances[:, 0] = 0
    return rows, distances


def numbers(values):
    return "{" + ", ".join(str(v) if isinstance(v, (int, np.integer)) else f"{float(v):.8g}" for v in values) + "}"


print("// SPDX-License-Identifier: GPL-3.0-or-later")
print("// Written by make_umap_cases.py from umap-learn.\n#pragma once\n")
print("#include <vector>\n\nnamespace embedscope::test {\n")
print("struct UmapCase\n{\nconst char* name;\nint points;\nint k;\ndouble local_connectivity;\ndouble set_op_mix_ratio;")
print("std::vector<int> neighbors;     // points x k\nstd::vector<float> distances;   // points x k")
print("std::vector<int> heads;         // of the edges with a weight, by head and tail")
print("std::vector<int> tails;\nstd::vector<float> weights;\n};\n")
print("struct UmapCurveCase\n{\ndouble spread;\ndouble min_dist;\ndouble a;\ndouble b;\n};\n")
print("inline const std::vector<UmapCase>& umapCases()\n{\nstatic const std::vector<UmapCase> cases{")
for name, (count, k, connectivity, mix) in CASES.items():
    rows, distances = neighbours(places(name, count), k)
    graph = fuzzy_simplicial_set(
        np.zeros((count, 1)), k + 1, None, "euclidean", knn_indices=rows, knn_dists=distances,
        set_op_mix_ratio=mix, local_connectivity=connectivity)[0].tocsr()
    graph.sort_indices()
    edges = graph.tocoo()
    print(f'{{"{name}", {count}, {k}, {connectivity}, {mix},')
    print(numbers(rows[:, 1:].ravel()) + ",\n" + numbers(distances[:, 1:].ravel()) + ",")
    print(numbers(edges.row) + ",\n" + numbers(edges.col) + ",\n" + numbers(edges.data) + "},")
print("};\nreturn cases;\n}\n")
print("inline const std::vector<UmapCurveCase>& umapCurveCases()\n{\nstatic const std::vector<UmapCurveCase> cases{")
for spread, min_dist in [(1, 0.1), (1, 0), (1, 0.001), (1, 0.5), (1, 0.99), (2, 0.1), (3, 0.8), (0.5, 0.25)]:
    a, b = find_ab_params(spread, min_dist)
    print(f"{{{spread}, {min_dist}, {a:.10g}, {b:.10g}}},")
print("};\nreturn cases;\n}\n\n} // namespace embedscope::test")
