# SPDX-License-Identifier: GPL-3.0-or-later
"""The classifier: embedding -> encoder -> dropout -> linear layer, as config.json describes it.

A batch is `tokens`, the rows of all its sentences end to end, and `lengths`, the number of tokens of each sentence.
Nothing is padded with tokens, so that no result depends on the other sentences of the batch. An empty sentence is
encoded as zeros.
"""
from __future__ import annotations

import json
from pathlib import Path

import torch
from torch import Tensor, nn

FOLDER = Path(__file__).resolve().parent
WEIGHTS = FOLDER / "model.safetensors"


class TextClassifier(nn.Module):
    """What all encoders share. The state dict has the names of model.safetensors."""

    def __init__(self, options: dict, classes: int, encoded_dim: int):
        super().__init__()
        self.embedding = self.make_embedding(options)
        self.dropout = nn.Dropout(options["dropout"])
        self.classifier = nn.Linear(encoded_dim, classes)

    def forward(self, tokens: Tensor, lengths: Tensor) -> Tensor:
        """Logits, sentences x classes."""
        return self.classifier(self.dropout(self.encode(tokens, lengths)))

    def encode(self, tokens: Tensor, lengths: Tensor) -> Tensor:
        """One vector a sentence, sentences x encoded_dim."""
        raise NotImplementedError

    @staticmethod
    def make_embedding(options: dict) -> nn.Module:
        return nn.Embedding(**table_options(options))


class BagClassifier(TextClassifier):
    """Sum, mean or maximum of the word vectors. The padding row does not count."""

    def __init__(self, options: dict, classes: int):
        super().__init__(options, classes, options["embedding_dim"])

    @staticmethod
    def make_embedding(options: dict) -> nn.Module:
        return nn.EmbeddingBag(**table_options(options), mode=options["mode"])

    def encode(self, tokens: Tensor, lengths: Tensor) -> Tensor:
        return self.embedding(tokens, lengths.cumsum(0) - lengths)


class RecurrentClassifier(TextClassifier):
    """The final states of the last layer of an LSTM or GRU, those of both directions side by side."""

    def __init__(self, options: dict, classes: int):
        self.directions = 2 if options["bidirectional"] else 1
        super().__init__(options, classes, options["hidden_dim"] * self.directions)
        layers = options["num_layers"]
        self.rnn = {"lstm": nn.LSTM, "gru": nn.GRU}[options["encoder"]](
            input_size=options["embedding_dim"],
            hidden_size=options["hidden_dim"],
            num_layers=layers,
            bidirectional=options["bidirectional"],
            dropout=options["dropout"] if layers > 1 else 0.0,
            batch_first=True,
        )

    def encode(self, tokens: Tensor, lengths: Tensor) -> Tensor:
        words, _ = side_by_side(self.dropout(self.embedding(tokens)), lengths)
        packed = nn.utils.rnn.pack_padded_sequence(
            words, lengths.clamp(min=1).cpu(), batch_first=True, enforce_sorted=False
        )
        _, state = self.rnn(packed)
        h_n = state[0] if isinstance(state, tuple) else state
        last = h_n[-self.directions :].transpose(0, 1).flatten(1)
        # An empty sentence was read as one word of zeros, since a packed sequence has at least one.
        return last.masked_fill((lengths == 0).unsqueeze(1), 0.0)


class TransformerClassifier(TextClassifier):
    """The mean of the last layer over the words of a sentence."""

    def __init__(self, options: dict, classes: int):
        dim = options["embedding_dim"]
        super().__init__(options, classes, dim)
        positions = {"learned": nn.Embedding, "sinusoidal": SinusoidalPositions}[options["positions"]]
        self.position_embedding = positions(options["max_positions"], dim)
        layer = nn.TransformerEncoderLayer(
            d_model=dim,
            nhead=options["nhead"],
            dim_feedforward=options["hidden_dim"],
            dropout=options["dropout"],
            activation="gelu" if options["gelu"] else "relu",
            norm_first=options["norm_first"],
            batch_first=True,
        )
        self.transformer = nn.TransformerEncoder(layer, options["num_layers"], enable_nested_tensor=False)

    def encode(self, tokens: Tensor, lengths: Tensor) -> Tensor:
        rows = self.embedding(tokens) + self.position_embedding(places(lengths))
        words, real = side_by_side(self.dropout(rows), lengths)
        padding = ~real
        padding[:, 0] = False  # attention to nothing at all would be no number
        encoded = self.transformer(words, src_key_padding_mask=padding)
        total = encoded.masked_fill(~real.unsqueeze(2), 0.0).sum(1)
        return total / lengths.clamp(min=1).unsqueeze(1)


class SinusoidalPositions(nn.Module):
    """sin(position / 10000^(2i / dim)) in column 2i and the cosine in column 2i + 1; nothing to learn or to save."""

    def __init__(self, positions: int, dim: int):
        super().__init__()
        column = torch.arange(dim)
        divisor = 10000.0 ** ((column - column % 2).double() / dim)
        angle = torch.arange(positions).double().unsqueeze(1) / divisor
        table = torch.where(column % 2 == 0, angle.sin(), angle.cos()).float()
        self.register_buffer("table", table, persistent=False)

    def forward(self, position: Tensor) -> Tensor:
        return self.table[position]


def table_options(options: dict) -> dict:
    """The options that nn.Embedding and nn.EmbeddingBag share, by their names there."""
    names = ("num_embeddings", "embedding_dim", "padding_idx", "max_norm", "scale_grad_by_freq", "sparse")
    return {name: options[name] for name in names} | {"norm_type": float(options["norm_type"])}


def places(lengths: Tensor) -> Tensor:
    """The place of each token in its sentence, from 0."""
    starts = lengths.cumsum(0) - lengths
    return torch.arange(int(lengths.sum()), device=lengths.device) - starts.repeat_interleave(lengths)


def side_by_side(rows: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor]:
    """Rows of sentences end to end as sentences x longest x dim, at least one row a sentence, zeros behind the end of
    each; and the mask of what is real."""
    longest = max(int(lengths.max()), 1)
    real = torch.arange(longest, device=lengths.device) < lengths.unsqueeze(1)
    padded = rows.new_zeros(len(lengths), longest, rows.size(1))
    padded[real] = rows
    return padded, real


ENCODERS = {
    "bag": BagClassifier,
    "lstm": RecurrentClassifier,
    "gru": RecurrentClassifier,
    "transformer": TransformerClassifier,
}


def build_model(config: dict) -> TextClassifier:
    """The model of a configuration with fresh weights."""
    options = config["model"]
    return ENCODERS[options["encoder"]](options, len(config["text"]["classes"]))


def read_config(folder: Path = FOLDER) -> dict:
    return json.loads((folder / "config.json").read_text(encoding="utf-8"))


def read_weights(path: Path) -> dict[str, Tensor]:
    """A state dict from a .safetensors file, or from what torch.save wrote (by train.py: model.pt, checkpoint.pt)."""
    if path.suffix == ".safetensors":
        return read_safetensors(path)
    content = torch.load(path, map_location="cpu", weights_only=True)
    return content.get("model", content)


def read_safetensors(path: Path) -> dict[str, Tensor]:
    """A header in JSON, then the numbers end to end; here always float32. Needs no package besides torch."""
    with open(path, "rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        numbers = torch.frombuffer(bytearray(file.read()), dtype=torch.float32)
    header.pop("__metadata__", None)
    state = {}
    for name, entry in header.items():
        if entry["dtype"] != "F32":
            raise ValueError(f"{path}: {name} is {entry['dtype']}, and only F32 is read here")
        begin, end = entry["data_offsets"]
        state[name] = numbers[begin // 4 : end // 4].reshape(entry["shape"])
    return state


def load_model(config: dict, weights: Path = WEIGHTS) -> TextClassifier:
    """The trained model, ready to predict."""
    model = build_model(config)
    model.load_state_dict(read_weights(weights))
    return model.eval()
