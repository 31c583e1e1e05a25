#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Classifies sentences: those on the command line, or each line of standard input.

Prints the class, its probability and the sentence, parted by tabs; with --json an object a line with the probabilities
of all classes.
"""
from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import torch

from model import FOLDER, WEIGHTS, TextClassifier, load_model, read_config
from tokenizer import SURROGATE
from vocabulary import Vocabulary, make_batch


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", metavar="TEXT", nargs="*", help="sentences; without any, lines of standard input")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="weights to use, such as trained/model.pt")
    parser.add_argument("--json", action="store_true", help="print an object a line")
    return parser.parse_args()


def lines_of_standard_input() -> Iterator[str]:
    for line in sys.stdin:
        yield line[:-1] if line.endswith("\n") else line


@torch.no_grad()
def predict(model: TextClassifier, vocabulary: Vocabulary, text: str) -> list[float]:
    """The probability of each class."""
    logits = model(*make_batch([vocabulary.encode(text)]))
    return logits.softmax(dim=1)[0].tolist()


def report(text: str, classes: list[str], probabilities: list[float], as_json: bool) -> None:
    best = max(range(len(classes)), key=probabilities.__getitem__)
    if as_json:
        shares = dict(zip(classes, probabilities))
        result = {"text": SURROGATE.sub("\ufffd", text), "label": classes[best], "probabilities": shares}
        print(json.dumps(result, ensure_ascii=False), flush=True)
    else:
        print(classes[best], f"{probabilities[best]:.6g}", text, sep="\t", flush=True)


def main() -> None:
    options = arguments()
    # Bytes that are no UTF-8 pass through; JSON has U+FFFD in their place.
    sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape", newline="\n")
    sys.stdout.reconfigure(encoding="utf-8", errors="surrogateescape")
    config = read_config()
    model = load_model(config, options.weights)
    vocabulary = Vocabulary.read(FOLDER, config)
    texts: Iterable[str] = options.texts or lines_of_standard_input()
    for text in texts:
        report(text, config["text"]["classes"], predict(model, vocabulary, text), options.json)


if __name__ == "__main__":
    main()
