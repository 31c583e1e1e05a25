#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Words per second of `embedscope-cli train-words` beside gensim's Word2Vec and fastText, one line a peer.

    tests/benchmarks/peers_words.py [--tool build/release/bin/embedscope-cli] [--words 2000000] [--rounds 3]

The text is made here: words by Zipf's law, each sentence of one topic. All train skip-gram with 5 negative words, 100
dimensions, window 5, min_count 5, sample 1e-3, one epoch, on two threads. The time of each is that of its whole work
without starting Python: reading the text, counting words, training; for ours and fastText also writing the vectors. Rounds alternate between the programs, and the best of each counts. A peer that is not installed is left
out. `topic` is the share of the ten nearest neighbours of a word that are of its own topic, which must not be bought
with speed.
"""
import argparse
import importlib.util
import json
import pathlib
import shutil
import subprocess
import tempfile
import time

import numpy as np

VOCABULARY, FUNCTION_WORDS, TOPICS, THREADS = 30000, 150, 60, 2
SETTINGS = {"dim": 100, "window": 5, "negative": 5, "min_count": 5, "sample": 1e-3, "alpha": 0.025}


def topics_of_words(random):
    topics = random.integers(0, TOPICS, VOCABULARY)
    topics[:FUNCTION_WORDS] = -1
    return topics


def sampler(random, words, shares):
    cumulated = np.cumsum(shares[words]) / shares[words].sum()
    return lambda count: words[np.searchsorted(cumulated, random.random(count))]


def write_text(path, count):
    """`count` words or a few more; the topic of each word, -1 for those that occur anywhere."""
    random = np.random.default_rng(1)
    topics = topics_of_words(random)
    shares = 1 / (np.arange(VOCABULARY) + 3.7) ** 1.05
    names = np.array([f"w{i}" for i in range(VOCABULARY)])
    of_topic = [sampler(random, np.flatnonzero(topics == topic), shares) for topic in range(TOPICS)]
    anywhere = sampler(random, np.arange(FUNCTION_WORDS, VOCABULARY), shares)
    function = sampler(random, np.arange(FUNCTION_WORDS), shares)
    function_share = shares[:FUNCTION_WORDS].sum() / shares.sum()
    with open(path, "w", encoding="utf-8") as file:
        while count > 0:
            length = int(random.integers(6, 40))
            kind = random.random(length)
            words = np.where(kind < function_share + 0.1, anywhere(length), of_topic[random.integers(TOPICS)](length))
            words = np.where(kind < function_share, function(length), words)
            file.write(" ".join(names[words]) + "\n")
            count -= length
    return topics


def share_in_topic(path, topics):
    """Over 500 of the words ranked 1000 to 5000; vectors in word2vec's text format."""
    lines = open(path, encoding="utf-8").read().split("\n")[1:]
    rows = [line.split() for line in lines if line.startswith("w")]
    words = np.array([int(row[0][1:]) for row in rows])
    vectors = np.array([row[1:] for row in rows], dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    queries = np.arange(1000, 5000, 8)
    scores = vectors[queries] @ vectors.T
    scores[np.arange(len(queries)), queries] = -2
    nearest = np.argpartition(-scores, 10, axis=1)[:, :10]
    return float((topics[words][nearest] == topics[words][queries][:, None]).mean())


def timed(command):
    start = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.monotonic() - start


def ours(tool, text, out, *flags):
    options = [f"--{name.replace('_', '-')}={value}" for name, value in SETTINGS.items()]
    return timed([tool, "train-words", text, "--output", out, "--epochs", "1", "--threads", str(THREADS), *options,
                  *flags])


def fasttext(text, out):
    return timed(["fasttext", "skipgram", "-input", text, "-output", out.removesuffix(".vec"), "-minn", "0", "-maxn",
                  "0", "-bucket", "0", "-epoch", "1", "-thread", str(THREADS), "-dim", "100", "-ws", "5", "-neg",
                  "5", "-minCount", "5", "-t", "1e-3", "-lr", "0.025"])


def gensim(text, out, workers):
    from gensim.models import Word2Vec
    from gensim.models.word2vec import LineSentence
    start = time.monotonic()
    model = Word2Vec(LineSentence(text), vector_size=SETTINGS["dim"], window=SETTINGS["window"],
                     negative=SETTINGS["negative"], min_count=SETTINGS["min_count"], sample=SETTINGS["sample"],
                     alpha=SETTINGS["alpha"], sg=1, epochs=1, seed=1, workers=workers)
    seconds = time.monotonic() - start
    model.wv.save_word2vec_format(out)
    return seconds


def runs_of(tool, text, folder):
    """Name -> (what does it, where its vectors are)."""
    path = lambda name: str(folder / f"{name}.vec")
    runs = {"ours": lambda out: ours(tool, text, out), "ours hogwild": lambda out: ours(tool, text, out, "--hogwild")}
    if importlib.util.find_spec("gensim"):
        for workers in (1, 2):
            runs[f"gensim {workers} workers"] = lambda out, workers=workers: gensim(text, out, workers)
    else:
        print("gensim is not installed: skipped (python3-gensim)")
    if shutil.which("fasttext"):
        runs["fasttext"] = lambda out: fasttext(text, out)
    else:
        print("fasttext is not installed: skipped (fasttext)")
    return {name: (run, path(name.replace(" ", "-"))) for name, run in runs.items()}


def main():
    root = pathlib.Path(__file__).resolve().parents[2]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tool", default=str(root / "build/release/bin/embedscope-cli"))
    parser.add_argument("--words", type=int, default=2_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        text = str(folder / "text.txt")
        topics = write_text(text, options.words)
        runs = runs_of(options.tool, text, folder)
        best = {}
        for _ in range(options.rounds):
            for name, (run, out) in runs.items():
                best[name] = min(best.get(name, float("inf")), run(out))
        report(options.words, best, {name: share_in_topic(out, topics) for name, (_, out) in runs.items()})


def report(words, best, topic):
    speed = {name: words / seconds for name, seconds in best.items()}
    for name in best:
        print(json.dumps({"program": name, "words_per_second": round(speed[name]), "topic": round(topic[name], 3)}))
    gensims = [value for name, value in speed.items() if name.startswith("gensim")]
    peers = ({"gensim": max(gensims)} if gensims else {}) | {name: speed[name] for name in speed if name == "fasttext"}
    for mode in ("ours", "ours hogwild"):
        for peer, value in peers.items():
            print(f"train-words ({mode.replace('ours', '').strip() or 'the same on any number of threads'}): "
                  f"ours {speed[mode]:,.0f} words/s, {peer} {value:,.0f} words/s, ratio {speed[mode] / value:.2f}")


if __name__ == "__main__":
    main()
