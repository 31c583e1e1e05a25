#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Seconds and quality of `embedscope-cli project --method umap` beside umap-learn, as a table in Markdown.

    tests/benchmarks/peers_umap.py [--tool build/release/bin/embedscope-cli] [--points 50000] [--rounds 2] [VECTORS.npy]

Without a file, the data are made here: 100 clusters in 50 dimensions. Both have the defaults of umap-learn (15
neighbours, min_dist 0.1, 200 or 500 epochs), ours exact neighbours. Ours is timed by the tool from reading the file to
writing the map; umap-learn's fit_transform() after a small one, which compiles. The best of the rounds counts. Quality is
that of 2,000 points against all others: scikit-learn's trustworthiness(15), and the share of 15 and of 30 nearest
neighbours that are among as many nearest on the map.
"""
import argparse
import importlib.util
import json
import pathlib
import subprocess
import sys
import tempfile
import time
import warnings

import numpy as np

JUDGED = 2000


def mixture(points):
    random = np.random.default_rng(0)
    centres = random.normal(size=(100, 50)) * 3
    return (centres[random.integers(0, 100, points)] + random.normal(size=(points, 50))).astype("float32")


def squared_distances(rows, row):
    """Differences rather than products: neighbours of nearly the same distance keep their order."""
    return ((rows - rows[row]) ** 2).sum(axis=1)


def trust_of(points, row, near):
    distances = squared_distances(points, row)
    distances[row] = -1
    ranks = np.array([(distances < distances[other]).sum() for other in near])
    return np.maximum(ranks - len(near), 0).sum()


def nearest(rows, row, k):
    distances = squared_distances(rows, row)
    distances[row] = np.inf
    found = np.argpartition(distances, k)[:k]
    return found[np.argsort(distances[found], kind="stable")]


def quality(points, places):
    judged = np.random.default_rng(1).choice(len(points), min(JUDGED, len(points)), replace=False)
    trust, kept15, kept30 = 0, [], []
    for row in judged:
        space, flat = nearest(points, row, 30), nearest(places, row, 30)
        trust += trust_of(points, row, flat[:15])
        kept15.append(len(np.intersect1d(space[:15], flat[:15])) / 15)
        kept30.append(len(np.intersect1d(space, flat)) / 30)
    scale = 2 / (len(judged) * 15 * (2 * len(points) - 3 * 15 - 1))
    return 1 - scale * trust, np.mean(kept15), np.mean(kept30)


def check_quality():
    """The sampled trustworthiness is scikit-learn's where all points are judged."""
    from sklearn.manifold import trustworthiness

    points = mixture(300)
    places = points[:, :2]
    assert abs(quality(points, places)[0] - trustworthiness(points, places, n_neighbors=15)) < 1e-9


def ours(tool, points, init, folder):
    vectors, out = folder / "vectors.npy", folder / "map.npy"
    np.save(vectors, points)
    command = [tool, "project", vectors, out, "--method", "umap", "--pca-dims", "0", "--neighbors", "exact", "--init", init,
               "--json"]
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return json.loads(answer.stdout)["seconds"], np.load(out)


def theirs(points, init):
    import umap

    start = init
    if init == "pca":
        centred = points - points.mean(axis=0)
        start = (centred @ np.linalg.eigh(centred.T @ centred)[1][:, :-3:-1]).astype("float32")
    umap.UMAP(n_epochs=11).fit_transform(points[:4500])  # as large as it takes for all parts to be compiled
    begin = time.monotonic()
    places = umap.UMAP(init=start).fit_transform(points)
    return time.monotonic() - begin, places


def print_row(name, runs, points):
    seconds, places = min(runs, key=lambda run: run[0])
    trust, kept15, kept30 = quality(points, places)
    print(f"| {name} | {seconds:.2f} | {trust:.4f} | {kept15:.4f} | {kept30:.4f} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--tool", default="build/release/bin/embedscope-cli")
    parser.add_argument("--points", type=int, default=50000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("vectors", nargs="?")
    options = parser.parse_args()
    if importlib.util.find_spec("umap") is None:
        sys.exit("peers_umap: left out, umap-learn is not installed")
    warnings.filterwarnings("ignore")
    check_quality()
    points = np.load(options.vectors).astype("float32") if options.vectors else mixture(options.points)
    print(f"{points.shape[0]:,} x {points.shape[1]}\n")
    print("| UMAP | seconds | trustworthiness(15) | kNN(15) kept | kNN(30) kept |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for init in ("pca", "spectral"):
            place = pathlib.Path(folder)
            print_row(f"embedscope, {init}", [ours(options.tool, points, init, place) for _ in range(options.rounds)],
                      points)
            print_row(f"umap-learn, {init}", [theirs(points, init) for _ in range(options.rounds)], points)


if __name__ == "__main__":
    main()
