# SPDX-License-Identifier: GPL-3.0-or-later
"""Sentences as rows of the table."""
from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import torch
from torch import Tensor

from tokenizer import tokenize

PADDING = "<pad>"


class Vocabulary:
    """The rows of vocabulary.txt, a token a line. Of equal tokens the first counts."""

    def __init__(self, tokens: list[str], text: dict):
        self.rows: dict[str, int] = {}
        for row, token in enumerate(tokens):
            self.rows.setdefault(token, row)
        # A text that spells out the padding token does not mean padding.
        self.rows.pop(PADDING, None)
        self.unknown = text["unknown_row"]
        self.lower_case = text["lower_case"]
        self.max_length = text["max_length"]

    @classmethod
    def read(cls, folder: Path, config: dict) -> Vocabulary:
        # Bytes that are no UTF-8 match no word of a text. Only a line feed ends a token: others may be inside.
        content = (folder / "vocabulary.txt").read_bytes().decode("utf-8", errors="surrogateescape")
        return cls(content.split("\n")[: config["model"]["num_embeddings"]], config["text"])

    def encode(self, text: str) -> list[int]:
        """The rows of a sentence, cut at max_length."""
        tokens = tokenize(text, self.lower_case)[: self.max_length]
        return [self.rows.get(token, self.unknown) for token in tokens]


def make_batch(sentences: Iterable[list[int]]) -> tuple[Tensor, Tensor]:
    """Rows of sentences as the model takes them: all tokens end to end, and the length of each sentence."""
    sentences = list(sentences)
    tokens = torch.tensor([row for sentence in sentences for row in sentence], dtype=torch.int64)
    lengths = torch.tensor([len(sentence) for sentence in sentences], dtype=torch.int64)
    return tokens, lengths
