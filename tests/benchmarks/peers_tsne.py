#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""t-SNE beside scikit-learn's: seconds, divergence and how much of the neighbourhoods is left, one line a program.

    tests/benchmarks/peers_tsne.py FILE.npy [--build build/release] [--perplexity 30] [--iterations 1000] [--peer]

FILE holds rows x dim float32. Ours is `embedscope-cli project --method tsne --pca-dims 0`, whose `seconds` start when the
file is read; the peer is the fit alone. `kept` is the share of the 30 nearest rows that are among the 30 nearest on the map,
`trust` is scikit-learn's trustworthiness(15), both of all rows, or of 10,000 where there are more than 20,000.
"""
import argparse
import json
import pathlib
import subprocess
import tempfile
import time

import numpy as np
from sklearn.manifold import TSNE, trustworthiness
from sklearn.neighbors import NearestNeighbors

parser = argparse.ArgumentParser()
parser.add_argument("file", type=pathlib.Path)
parser.add_argument("--build", type=pathlib.Path, default=pathlib.Path("build/release"))
parser.add_argument("--perplexity", type=float, default=30)
parser.add_argument("--iterations", type=int, default=1000)
parser.add_argument("--peer", action="store_true", help="run scikit-learn too, which takes minutes")
arguments = parser.parse_args()
rows = np.load(arguments.file)


def nearest(points, of, count=30):
    found = NearestNeighbors(n_neighbors=count + 1).fit(points).kneighbors(points[of], return_distance=False)
    return [set(row) - {own} for row, own in zip(found, of)]


def judge(places):
    of = np.arange(len(rows))
    if len(rows) > 20000:
        of = np.sort(np.random.default_rng(0).choice(len(rows), 10000, replace=False))
    kept = np.mean([len(a & b) / 30 for a, b in zip(nearest(rows, of), nearest(places, of))])
    return kept, trustworthiness(rows[of], places[of], n_neighbors=15)


def ours():
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "map.npy"
        command = [arguments.build / "bin/embedscope-cli", "project", arguments.file, out, "--method", "tsne",
                   "--pca-dims", "0", "--perplexity", str(arguments.perplexity), "--iterations",
                   str(arguments.iterations), "--json"]
        told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        return told["seconds"], told["kl_divergence"], np.load(out)


def peer():
    start = time.perf_counter()
    map_ = TSNE(perplexity=arguments.perplexity, n_iter=arguments.iterations, init="pca", learning_rate="auto",
                n_jobs=2, random_state=0)
    places = map_.fit_transform(rows)
    return time.perf_counter() - start, map_.kl_divergence_, places


print(f"{arguments.file.name}: {len(rows)} x {rows.shape[1]}\n| program | seconds | KL | kept | trust |\n|---|---|---|---|---|")
for name, run in [("Embedscope", ours)] + ([("scikit-learn", peer)] if arguments.peer else []):
    seconds, divergence, places = run()
    kept, trust = judge(places)
    print(f"| {name} | {seconds:.2f} | {divergence:.4f} | {kept:.4f} | {trust:.4f} |", flush=True)
