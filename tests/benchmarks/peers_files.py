#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Seconds to read and write files of vectors beside gensim and numpy, one line a piece of work.

    tests/benchmarks/peers_files.py [--build build/release] [--rows 400000] [--dim 300] [--rounds 3] [--folder DIR]

The files are made by make_vectors: 1.03 GB of GloVe text at the default size. Each program runs in a process of its own
with the file in the page cache; rounds alternate between the programs, and the best of each counts. Ours is the whole
process of `embedscope-cli`, start and statistics included; a peer's is its call alone, without starting Python. `memory` is
the most that the process held (VmHWM), which for ours includes the pages of the mapped file that were still in.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

GENSIM = """
import json, sys, time
from gensim.models import KeyedVectors
start = time.perf_counter()
vectors = KeyedVectors.load_word2vec_format(sys.argv[1], binary={binary}, no_header={no_header})
read = time.perf_counter() - start
if len(sys.argv) > 2:
    start = time.perf_counter()
    vectors.save_word2vec_format(sys.argv[2], binary=False)
    read = time.perf_counter() - start
print(json.dumps({{"seconds": read, "rows": len(vectors)}}))
"""
NUMPY = """
import json, sys, time
import numpy
start = time.perf_counter()
matrix = numpy.load(sys.argv[1])
mean = float(matrix.mean())
print(json.dumps({"seconds": time.perf_counter() - start, "rows": len(matrix)}))
"""


def run(command):
    """Seconds, peak memory in MB and the answer of one process."""
    start = time.perf_counter()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, text=True)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if status != 0:
        sys.exit(f"{command}: failed with {status}")
    return {"wall": seconds, "memory": usage.ru_maxrss / 1024, **json.loads(output.strip().splitlines()[-1])}


def best(results, key):
    return min(results, key=lambda result: result[key])


def compare(title, ours, peer, rounds, peer_rounds):
    """Prints our best wall time beside the peer's best call."""
    mine, theirs = [], []
    for number in range(rounds):
        mine.append(run(ours))
        if number < peer_rounds:
            theirs.append(run(peer))
    a, b = best(mine, "wall"), best(theirs, "seconds")
    assert a.get("rows") == b["rows"], (a, b)
    print(f"{title}: {a['wall']:.2f} s (its own count: {a['seconds']:.2f}), {a['memory']:.0f} MB; "
          f"peer {b['seconds']:.2f} s, {b['memory']:.0f} MB; ratio {b['seconds'] / a['wall']:.1f}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, default=pathlib.Path("build/release"))
    parser.add_argument("--rows", type=int, default=400000)
    parser.add_argument("--dim", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peer-rounds", type=int, default=1, help="gensim takes most of a minute for the large text")
    parser.add_argument("--folder", type=pathlib.Path, help="where the files go and stay; default: a temporary one")
    arguments = parser.parse_args()
    tool, maker = arguments.build / "bin/embedscope-cli", arguments.build / "benchmarks/make_vectors"
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.folder or pathlib.Path(temporary)
        for name in ("vectors.txt", "vectors.bin", "vectors.npy", "vectors.safetensors"):
            if not (folder / name).exists():
                subprocess.run([maker, folder / name, str(arguments.rows), str(arguments.dim)], check=True)
        print(f"matrix: {arguments.rows * arguments.dim * 4 / 2**20:.0f} MB, "
              f"text: {(folder / 'vectors.txt').stat().st_size / 1e9:.2f} GB")
        gensim = lambda binary, no_header: GENSIM.format(binary=binary, no_header=no_header)
        info = lambda name: [tool, "info", folder / name, "--json"]
        rounds, peers = arguments.rounds, arguments.peer_rounds
        compare("read GloVe text", info("vectors.txt"),
                ["/usr/bin/python3", "-c", gensim(False, True), folder / "vectors.txt"], rounds, peers)
        compare("read word2vec binary", info("vectors.bin"),
                ["/usr/bin/python3", "-c", gensim(True, False), folder / "vectors.bin"], rounds, peers)
        for name in ("vectors.npy", "vectors.safetensors"):
            compare("read " + name, info(name), ["/usr/bin/python3", "-c", NUMPY, folder / "vectors.npy"], rounds, rounds)
        compare("write word2vec text", [tool, "convert", folder / "vectors.bin", folder / "ours.vec", "--json"],
                ["/usr/bin/python3", "-c", gensim(True, False), folder / "vectors.bin", folder / "gensim.vec"], rounds,
                peers)


if __name__ == "__main__":
    main()
