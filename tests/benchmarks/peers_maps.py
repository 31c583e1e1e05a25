#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Seconds for what a map is made of beside scikit-learn and gensim, one line a piece of work.

    tests/benchmarks/peers_maps.py [--build build/release] [--rounds 3] [--only neighbors|pca|query]

The points are a Gaussian mixture made here. Each program runs in a process of its own with its data in memory; rounds
alternate between the programs, and the best of each counts. A peer that is not installed is left out.
"""
import argparse
import json
import pathlib
import subprocess
import tempfile

import numpy as np

LOAD = """
import json, sys, time
import numpy as np
rows = np.fromfile(sys.argv[1], dtype=np.float32).reshape(int(sys.argv[2]), int(sys.argv[3]))
def best(rounds, work):
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - start)
    return min(times), result
"""
NEIGHBORS = LOAD + """
from sklearn.neighbors import NearestNeighbors
seconds, found = best(1, lambda: NearestNeighbors(n_neighbors=90, algorithm="brute", n_jobs=-1).fit(rows).kneighbors())
print(json.dumps({"seconds": seconds, "sum": float(found[0].astype(np.float64).sum())}))
"""
PCA = LOAD + """
from sklearn.decomposition import PCA
model = PCA(3, svd_solver="randomized", random_state=0)
seconds, _ = best(2, lambda: model.fit_transform(rows))
print(json.dumps({"seconds": seconds, "variance": [float(v) for v in model.explained_variance_]}))
"""
QUERY = LOAD + """
from gensim.models import KeyedVectors
vectors = KeyedVectors(rows.shape[1])
vectors.add_vectors([str(i) for i in range(len(rows))], rows)
vectors.most_similar("7", topn=10)
seconds, found = best(20, lambda: vectors.most_similar("7", topn=10))
print(json.dumps({"seconds": seconds, "nearest": int(found[0][0])}))
"""
WORKS = [("neighbors", "90 neighbours of 10,000 x 50", 10000, 50, NEIGHBORS),
         ("neighbors", "90 neighbours of 50,000 x 50", 50000, 50, NEIGHBORS),
         ("neighbors", "90 neighbours of 400,000 x 50", 400000, 50, None),
         ("pca", "PCA of 400,000 x 300 to 3", 400000, 300, PCA),
         ("query", "the 10 nearest of one of 400,000 x 300", 400000, 300, QUERY)]


def write_points(path, rows, dim):
    random = np.random.default_rng(1)
    centres = random.normal(0, 2, (50, dim)).astype(np.float32)
    with open(path, "wb") as file:
        for _ in range(0, rows, 10000):
            points = random.standard_normal((min(rows, 10000), dim), dtype=np.float32)
            (points + centres[random.integers(0, 50, len(points))]).tofile(file)


def run(command):
    """The JSON object of one process; nothing where the peer is missing."""
    process = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if process.returncode != 0:
        if "ModuleNotFoundError" in process.stderr:
            return None
        raise SystemExit(f"{command[:3]}: failed\n{process.stderr}")
    return json.loads(process.stdout.strip().splitlines()[-1])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, default=pathlib.Path("build/release"))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=["neighbors", "pca", "query"])
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for work, title, rows, dim, peer in WORKS:
            if arguments.only not in (None, work):
                continue
            path = pathlib.Path(folder) / f"{rows}x{dim}"
            if not path.exists():
                write_points(path, rows, dim)
            mine, theirs = [], []
            for _ in range(arguments.rounds):
                mine.append(run([arguments.build / "benchmarks/bench_maps", work, path, rows, dim]))
                theirs.append(peer and run(["/usr/bin/python3", "-c", peer, path, rows, dim]))
            ours = min(mine, key=lambda result: result["seconds"])
            line = f"{title}: {ours['seconds']:.3f} s"
            if "recall" in ours:
                line += ", exact" if ours["exact"] else f", recall {ours['recall']:.3f}"
            if None not in theirs:
                other = min(theirs, key=lambda result: result["seconds"])
                line += f"; peer {other['seconds']:.3f} s; ratio {other['seconds'] / ours['seconds']:.1f}"
                if "nearest" in ours:
                    assert ours["nearest"] == other["nearest"], (ours, other)
                if "sum" in ours:
                    assert abs(ours["sum"] / other["sum"] - 1) < 1e-5, (ours, other)
            print(line, flush=True)


if __name__ == "__main__":
    main()
