#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Embedscope beside PyTorch and fastText: lookups, training steps and epochs, one line each.

    tests/benchmarks/peers_training.py [--build build/release] [--rounds 3] [--only WORDS]

Rounds alternate between the two sides and the best of each counts. PyTorch runs with one and with two threads, and the
faster counts; Embedscope uses two. A peer that is not installed (Debian: python3-torch with libopenblas0-pthread,
fasttext), and the data set that some rows need (SST-2 under EMBEDSCOPE_DATA), are left out by name.
"""
import argparse
import importlib.util
import json
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
import time

HAS_TORCH = importlib.util.find_spec("torch") is not None
if HAS_TORCH:
    import torch
    from torch import nn
    from torch.nn import functional
    from torch.nn.utils.rnn import pack_padded_sequence

THREADS = 2


def say(work, unit, ours, peer, name, note=""):
    """One line of the table; times and memory: less is better, everything else: more."""
    less = unit in ("ms", "us", "MB")
    ratio = (peer / ours if less else ours / peer) if peer else float("nan")
    shown = f"{peer:12.2f}" if peer else "           -"
    print(f"{work:46s} {unit:9s} {ours:12.2f} {shown} {name:10s} {ratio:6.2f} x  {note}", flush=True)


def best_of(rounds, ours, *peers):
    """The best of each, called in turn."""
    best = [float("inf")] * (1 + len(peers))
    for _ in range(rounds):
        for i, call in enumerate((ours, *peers)):
            best[i] = min(best[i], call())
    return best[0], min(best[1:])


def benchmark(build, program, name):
    """Milliseconds of one benchmark of ours."""
    out = subprocess.run([build / "benchmarks" / program, f"--benchmark_filter=^{name}(/process_time)?(/real_time)?$",
                          "--benchmark_format=json", "--benchmark_min_time=0.5"],
                         check=True, capture_output=True, text=True).stdout
    row = json.loads(out)["benchmarks"][0]
    return row["real_time"] * {"ns": 1e-6, "us": 1e-3, "ms": 1.0}[row["time_unit"]]


def torch_time(threads, step, seconds=0.7):
    """Milliseconds of the fastest of the steps that fit into `seconds`."""
    def run():
        torch.set_num_threads(threads)
        step()
        best, end = float("inf"), time.perf_counter() + seconds
        while time.perf_counter() < end:
            start = time.perf_counter()
            step()
            best = min(best, time.perf_counter() - start)
        return best * 1e3
    return run


def with_threads(step):
    return torch_time(1, step), torch_time(2, step)


class Classifier(nn.Module if HAS_TORCH else object):
    """Embedding, LSTM, Linear on the last state at each sentence's true length."""

    def __init__(self, rows, dim=128, hidden=256, classes=2):
        super().__init__()
        self.embedding = nn.Embedding(rows, dim, padding_idx=0)
        self.rnn = nn.LSTM(dim, hidden, batch_first=True)
        self.classifier = nn.Linear(hidden, classes)

    def forward(self, x, lengths=None):
        words = self.embedding(x)
        if lengths is not None:
            words = pack_padded_sequence(words, lengths, batch_first=True, enforce_sorted=False)
        return self.classifier(self.rnn(words)[1][0][-1])


def lookups(build, rounds):
    for rows, dim in ((10000, 256), (400000, 300)):
        table = nn.Embedding(rows, dim).requires_grad_(False)
        indices = torch.randint(0, rows, (65536,))
        ours, peer = best_of(rounds, lambda: benchmark(build, "bench_embedding", f"forward/V:{rows}/D:{dim}"),
                             *with_threads(lambda: table(indices)))
        copy = min(benchmark(build, "bench_embedding", f"copyBlock/V:{rows}/D:{dim}") for _ in range(rounds))
        say(f"lookup of 65,536 rows, V={rows:,} D={dim}", "ms", ours, peer, "PyTorch", f"{copy / ours:.0%} of memcpy")


def lstm_steps(build, rounds):
    for batch in (4, 32, 128):
        net = Classifier(10000)
        optimizer = torch.optim.Adam(net.parameters(), 1e-3)
        x, y = torch.randint(1, 10000, (batch, 50)), torch.randint(0, 2, (batch,))

        def step():
            optimizer.zero_grad()
            functional.cross_entropy(net(x), y).backward()
            optimizer.step()
        ours, peer = best_of(rounds, lambda: benchmark(build, "bench_training", f"lstmStep/{batch}"),
                             *with_threads(step))
        rate = 3 * 2 * batch * 50 * 1024 * 384 * 1e-6 / ours
        say(f"LSTM step, V=10,000 E=128 H=256 T=50, B={batch}", "ms", ours, peer, "PyTorch",
            f"{rate:.0f} GFLOP/s, sgemm {sgemm_rate():.0f}")


def sgemm_rate():
    """GFLOP/s of a large product on both cores."""
    torch.set_num_threads(THREADS)
    a, b = torch.rand(1536, 1536), torch.rand(1536, 1536)
    best = float("inf")
    for _ in range(12):
        start = time.perf_counter()
        torch.mm(a, b)
        best = min(best, time.perf_counter() - start)
    return 2e-9 * 1536 ** 3 / best


def sparse_bag_step(build, rounds):
    net = nn.Sequential(nn.EmbeddingBag(100000, 100, mode="mean", sparse=True), nn.Linear(100, 2))
    optimizer = torch.optim.SGD(net.parameters(), 0.1)
    x, y = torch.randint(1, 100000, (32, 20)), torch.randint(0, 2, (32,))

    def step():
        optimizer.zero_grad()
        functional.cross_entropy(net(x), y).backward()
        optimizer.step()
    ours, peer = best_of(rounds, lambda: 1e3 * benchmark(build, "bench_training", "sparseBagStep/100000"),
                         *(lambda run=run: 1e3 * run() for run in with_threads(step)))
    say("bag step, V=100,000 D=100, sparse SGD, B=32", "us", ours, peer, "PyTorch")
    for rows in (10000, 1000000):
        ours = min(1e3 * benchmark(build, "bench_training", f"sparseBagStep/{rows}") for _ in range(rounds))
        say(f"  the same at V={rows:,}", "us", ours, None, "")


def sst2(name):
    folder = os.environ.get("EMBEDSCOPE_DATA")
    path = pathlib.Path(folder, "sst2", name) if folder else None
    return path if path and path.exists() else None


def sentences(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        text, label = line.rsplit("\t", 1)
        yield text.split(), int(label)


def tokens_per_second(build, arguments):
    with tempfile.TemporaryDirectory() as folder:
        out = subprocess.run([build / "bin/embedscope-cli", "train", sst2("train.tsv"), "--test", sst2("test.tsv"),
                              "--output", folder, "--json", "--threads", str(THREADS), *arguments],
                             check=True, capture_output=True, text=True).stdout
    lines = [json.loads(line) for line in out.splitlines()]
    return [line for line in lines if "epoch" in line]


class TorchSst2:
    """The LSTM classifier on SST-2 with packed sequences, one epoch at a time."""

    def __init__(self, seed):
        torch.manual_seed(seed)
        train, test = list(sentences(sst2("train.tsv"))), list(sentences(sst2("test.tsv")))
        rows = {word: i + 2 for i, word in enumerate(dict.fromkeys(w for text, _ in train for w in text))}
        self.train = [(torch.tensor([rows[w] for w in text]), label) for text, label in train]
        self.test = [(torch.tensor([rows.get(w, 1) for w in text]), label) for text, label in test]
        self.net = Classifier(len(rows) + 2)
        self.optimizer = torch.optim.Adam(self.net.parameters(), 1e-3)

    def logits(self, part):
        x = nn.utils.rnn.pad_sequence([tokens for tokens, _ in part], batch_first=True)
        return self.net(x, torch.tensor([len(tokens) for tokens, _ in part]))

    def epoch(self):
        """Tokens a second."""
        start, tokens = time.perf_counter(), 0
        order = torch.randperm(len(self.train)).tolist()
        for i in range(0, len(order), 32):
            part = [self.train[j] for j in order[i:i + 32]]
            self.optimizer.zero_grad()
            functional.cross_entropy(self.logits(part), torch.tensor([label for _, label in part])).backward()
            self.optimizer.step()
            tokens += sum(len(t) for t, _ in part)
        return tokens / (time.perf_counter() - start)

    def accuracy(self):
        with torch.no_grad():
            right = [(self.logits(self.test[i:i + 64]).argmax(1) ==
                      torch.tensor([label for _, label in self.test[i:i + 64]])).sum().item()
                     for i in range(0, len(self.test), 64)]
        return sum(right) / len(self.test)


def mean(values):
    values = list(values)
    return sum(values) / len(values)


def sst2_lstm(build, _rounds, seeds=(0, 1, 2), epochs=7):
    if not sst2("train.tsv"):
        return print("SST-2 rows: left out, set EMBEDSCOPE_DATA to the folder that holds sst2/train.tsv")
    ours, peers = [], []
    for seed in seeds:
        ours.append(tokens_per_second(build, ["--encoder", "lstm", "--epochs", str(epochs), "--seed", str(seed)]))
        torch.set_num_threads(1 + seed % 2)
        model = TorchSst2(seed)
        peers.append([(model.epoch(), model.accuracy()) for _ in range(epochs)])
    say("SST-2 epoch, LSTM, true lengths, B=32", "tokens/s",
        max(line["tokens_per_second"] for run in ours for line in run), max(e[0] for run in peers for e in run), "PyTorch")
    for epoch in range(epochs):
        say(f"  test accuracy after epoch {epoch + 1}, mean of {len(seeds)} seeds", "%",
            100 * mean(run[epoch]["test_accuracy"] for run in ours), 100 * mean(run[epoch][1] for run in peers), "PyTorch")


def fasttext_seconds(folder, epochs):
    start = time.perf_counter()
    subprocess.run(["fasttext", "supervised", "-input", folder + "/train", "-output", folder + "/model", "-dim", "100",
                    "-epoch", str(epochs), "-thread", str(THREADS), "-minCount", "1", "-verbose", "0"],
                   check=True, capture_output=True)
    return time.perf_counter() - start


def fasttext_bag(build, rounds):
    if not sst2("train.tsv") or not shutil.which("fasttext"):
        return print("bag beside fastText: left out, it needs SST-2 under EMBEDSCOPE_DATA and fasttext")
    settings = ["--embedding-dim", "100", "--epochs", "10", "--optimizer", "adagrad", "--sparse", "--schedule",
                "linear"]
    with tempfile.TemporaryDirectory() as folder:
        for part in ("train", "test"):
            lines = [f"__label__{label} {' '.join(text)}\n" for text, label in sentences(sst2(part + ".tsv"))]
            pathlib.Path(folder, part).write_text("".join(lines), encoding="utf-8")
        words = 10 * sum(len(text) for text, _ in sentences(sst2("train.tsv")))
        best_ours, best_peer, accuracy = 0.0, 0.0, 0.0
        for _ in range(rounds):
            epochs = tokens_per_second(build, settings)
            best_ours = max(best_ours, words / sum(line["seconds"] for line in epochs))
            accuracy = epochs[-1]["test_accuracy"]
            # Reading and saving take the same time for any number of epochs.
            best_peer = max(best_peer, 3 * words / (fasttext_seconds(folder, 40) - fasttext_seconds(folder, 10)))
        tested = subprocess.run(["fasttext", "test", folder + "/model.bin", folder + "/test"], check=True,
                                capture_output=True, text=True).stdout
    peer_accuracy = float(next(line.split()[1] for line in tested.splitlines() if line.startswith("P@1")))
    say("bag on SST-2, dim 100, 10 epochs", "tokens/s", best_ours, best_peer, "fastText",
        f"accuracy {accuracy:.3f}, fastText {peer_accuracy:.3f}; training alone, both")


def frozen_memory(build, _rounds, rows=400000, dim=300):
    """Peak memory of a run over a frozen table beside the table itself."""
    import numpy as np
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "table.bin")
        with open(path, "wb") as file:
            file.write(f"{rows} {dim}\n".encode())
            values = np.random.default_rng(0).normal(size=(1000, dim)).astype(np.float32)
            for row in range(rows):
                file.write(f"w{row} ".encode() + values[row % 1000].tobytes() + b"\n")
        random = np.random.default_rng(1)
        text = "".join(f"{i % 2}\t{' '.join(f'w{w}' for w in random.integers(0, rows, 20))}\n" for i in range(2000))
        pathlib.Path(folder, "data.tsv").write_text(text)
        subprocess.run([build / "bin/embedscope-cli", "train", folder + "/data.tsv", "--vectors", path, "--freeze",
                        "--epochs", "1", "--output", folder + "/run", "--json"], check=True, capture_output=True)
        # The largest of all children so far: no other child of this script comes near a table of this size.
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    table = rows * dim * 4 / 1024 ** 2
    say(f"memory of training, V={rows:,} D={dim}, frozen", "MB", peak, table, "the table", f"{peak / table:.2f} x the table")


ROWS = {"lookup": lookups, "lstm": lstm_steps, "sparse": sparse_bag_step, "sst2": sst2_lstm, "fasttext": fasttext_bag,
        "memory": frozen_memory}
NEED_TORCH = {"lookup", "lstm", "sparse", "sst2"}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=pathlib.Path("build/release"))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=sorted(ROWS), nargs="*", default=list(ROWS))
    arguments = parser.parse_args()
    build = arguments.build.resolve()
    print(f"{'work':46s} {'unit':9s} {'Embedscope':>12s} {'peer':>12s}")
    for name in arguments.only:
        if name in NEED_TORCH and not HAS_TORCH:
            print(f"{name}: left out, python3-torch is not installed")
        else:
            ROWS[name](build, arguments.rounds)


if __name__ == "__main__":
    sys.exit(main())
