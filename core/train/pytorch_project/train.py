#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Goes on training the model on labelled sentences: in one process, or in as many as torchrun starts.

    python3 train.py DATA
    torchrun --nproc_per_node=4 train.py DATA

What is not given is as it was in the run that the model comes from. After each epoch the folder of --output holds
model.pt, which predict.py --weights reads, and checkpoint.pt, from which --resume goes on.
"""
from __future__ import annotations

import argparse
import contextlib
import json
import math
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.distributed as dist
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.parallel import DistributedDataParallel
from torch.utils.data import DataLoader, DistributedSampler

from held_out import held_out
from labelled_data import FORMATS, DataError, read_labelled_data
from model import FOLDER, WEIGHTS, TextClassifier, build_model, read_config, read_weights
from vocabulary import Vocabulary, make_batch

OPTIMIZERS = {
    "sgd": torch.optim.SGD,
    "adagrad": torch.optim.Adagrad,
    "adam": torch.optim.Adam,
    "adamw": torch.optim.AdamW,
}
SCHEDULES = ("constant", "linear", "cosine")
OnOff = argparse.BooleanOptionalAction

Example = tuple[list[int], int]  # rows of the table, class number


def arguments(config: dict) -> argparse.Namespace:
    run, data = config["training"], config["data"]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", metavar="DATA", type=Path, help="labelled sentences")
    parser.add_argument("--valid", type=Path, help="labelled sentences to measure each epoch by")
    parser.add_argument("--output", type=Path, default=Path("trained"), help="folder for what comes out (trained)")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="weights to start from")
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint in the output folder")
    parser.add_argument("--backend", choices=("gloo", "nccl"), help="default: nccl on GPUs, gloo on a CPU")

    reading = parser.add_argument_group("how DATA is read (default: found by content)")
    reading.add_argument("--format", choices=FORMATS, default=data["format"])
    reading.add_argument("--text-column", default=data["text_column"], help="a name of the header, or a number from 1")
    reading.add_argument("--label-column", default=data["label_column"], help="likewise")

    steps = parser.add_argument_group("training (default: as in the run that the model comes from)")
    steps.add_argument("--epochs", type=int, default=run["epochs"])
    steps.add_argument("--batch-size", type=int, default=run["batch_size"], help="sentences a step of all processes")
    steps.add_argument("--optimizer", choices=(*OPTIMIZERS, "sparse_adam"), default=run["optimizer"])
    steps.add_argument("--lr", type=float, default=run["lr"])
    steps.add_argument("--weight-decay", type=float, default=run["weight_decay"])
    steps.add_argument("--schedule", choices=SCHEDULES, default=run["schedule"])
    steps.add_argument("--warmup-steps", type=int, default=run["warmup_steps"])
    steps.add_argument("--clip-norm", type=float, default=run["clip_norm"], help="0: never")
    steps.add_argument("--label-smoothing", type=float, default=run["label_smoothing"])
    steps.add_argument("--class-weight", default=run["class_weight"], help="none, balanced, or numbers: 1,2.5")
    steps.add_argument("--valid-split", type=float, default=run["valid_split"], help="share held out without --valid")
    steps.add_argument("--early-stop", type=int, default=run["early_stop"], help="0: never")
    steps.add_argument("--freeze", action=OnOff, default=run["freeze"], help="the table does not learn")
    steps.add_argument("--freeze-epochs", type=int, default=run["freeze_epochs"], help="so many epochs first")
    steps.add_argument("--sparse", action=OnOff, default=config["model"]["sparse"], help="of the table")
    steps.add_argument("--seed", type=int, default=run["seed"])
    options = parser.parse_args()
    check(parser, options, config["model"])
    return options


def check(parser: argparse.ArgumentParser, options: argparse.Namespace, model: dict) -> None:
    if options.epochs < 1 or options.batch_size < 1:
        parser.error("--epochs and --batch-size are at least 1")
    if not 0 <= options.valid_split < 1:
        parser.error("--valid-split is from 0 to below 1")
    if options.sparse and options.optimizer in ("adam", "adamw"):
        parser.error(f"{options.optimizer} takes no sparse gradients: choose sparse_adam, or add --no-sparse")
    if options.sparse and options.weight_decay:
        parser.error("weight decay does not work with sparse gradients: set it to 0, or add --no-sparse")
    if options.optimizer == "sparse_adam" and not options.sparse:
        parser.error("sparse_adam takes sparse gradients only: choose adam, or add --sparse")
    if options.sparse and (model["scale_grad_by_freq"] or (model["encoder"], model["mode"]) == ("bag", "max")):
        parser.error("neither scale_grad_by_freq nor a bag's maximum works with sparse gradients: add --no-sparse")


# Processes.


@dataclass(frozen=True)
class Processes:
    """This process among those that torchrun started; one alone without torchrun."""

    rank: int
    count: int
    device: torch.device

    @property
    def is_first(self) -> bool:
        return self.rank == 0

    def sum(self, values: Tensor) -> Tensor:
        """The sum over all processes, in place."""
        if self.count > 1:
            dist.all_reduce(values)
        return values

    def wait(self) -> None:
        if self.count > 1:
            dist.barrier()


@contextlib.contextmanager
def processes(options: argparse.Namespace) -> Iterator[Processes]:
    count = int(os.environ.get("WORLD_SIZE", "1"))
    use_gpu = torch.cuda.is_available() and options.backend != "gloo"
    device = torch.device("cuda", int(os.environ.get("LOCAL_RANK", "0"))) if use_gpu else torch.device("cpu")
    if use_gpu:
        torch.cuda.set_device(device)
    if count == 1:
        yield Processes(0, 1, device)
        return
    backend = options.backend or ("nccl" if use_gpu else "gloo")
    if backend == "nccl" and not use_gpu:
        sys.exit("nccl needs GPUs, and there are none: use --backend gloo.")
    if backend == "nccl" and options.sparse:
        sys.exit("nccl cannot add sparse gradients up: use --no-sparse, or --backend gloo.")
    dist.init_process_group(backend)
    try:
        yield Processes(dist.get_rank(), count, device)
    finally:
        dist.destroy_process_group()


# Data.


def read_examples(path: Path, options: argparse.Namespace, config: dict, vocabulary: Vocabulary) -> list[Example]:
    data = read_labelled_data(path, options.format, options.text_column, options.label_column)
    numbers = {name: number for number, name in enumerate(config["text"]["classes"])}
    unknown = next((label for label in data.labels if label not in numbers), None)
    if unknown is not None:
        raise DataError(f'{path}: "{unknown}" is not a class of the model, which has {", ".join(numbers)}.')
    return [(vocabulary.encode(text), numbers[label]) for text, label in zip(data.texts, data.labels)]


def read_all(options: argparse.Namespace, config: dict) -> tuple[list[Example], list[Example]]:
    """What to learn from, and what to measure by."""
    vocabulary = Vocabulary.read(FOLDER, config)
    examples = read_examples(options.data, options, config, vocabulary)
    if options.valid:
        return examples, read_examples(options.valid, options, config, vocabulary)
    held = held_out(len(examples), options.valid_split, options.seed) if options.valid_split else set()
    learned = [example for i, example in enumerate(examples) if i not in held]
    return learned, [examples[i] for i in sorted(held)]


def collate(examples: list[Example]) -> tuple[Tensor, Tensor, Tensor]:
    tokens, lengths = make_batch(rows for rows, _ in examples)
    return tokens, lengths, torch.tensor([label for _, label in examples])


def make_loader(examples: list[Example], options: argparse.Namespace, group: Processes) -> DataLoader:
    """Each process gets its share of every step. Where the shares would not be equal, a few sentences come twice."""
    sampler = DistributedSampler(examples, num_replicas=group.count, rank=group.rank, seed=options.seed)
    return DataLoader(examples, math.ceil(options.batch_size / group.count), sampler=sampler, collate_fn=collate)


def make_measuring_loader(examples: list[Example], options: argparse.Namespace, group: Processes) -> DataLoader:
    """Each sentence once, in one of the processes."""
    return DataLoader(examples[group.rank :: group.count], options.batch_size, collate_fn=collate)


# Steps.


class Training:
    """A model that learns: its loss, its optimizers and what it has done so far."""

    def __init__(
        self, config: dict, options: argparse.Namespace, group: Processes, labels: list[int], epoch_steps: int
    ):
        self.options = options
        self.group = group
        self.model = build_model({**config, "model": {**config["model"], "sparse": options.sparse}}).to(group.device)
        self.parallel: nn.Module = self.model
        self.optimizers = make_optimizers(self.model, options)
        weights = class_weights(options.class_weight, labels, len(config["text"]["classes"]))
        self.class_weights = None if weights is None else torch.tensor(weights, device=group.device)
        self.max_norm = config["model"]["max_norm"]
        self.epoch_steps = epoch_steps
        self.epoch = 0  # done
        self.best_accuracy = -1.0
        self.epochs_without_better = 0

    def train_epoch(self, loader: DataLoader) -> tuple[float, float]:
        """Loss and accuracy over the epoch, each sentence as the model was at its step."""
        # Dropout depends on epoch and process only: a resumed training goes on as if it had not been interrupted.
        torch.manual_seed((self.options.seed + self.epoch) * 1_000_003 + self.group.rank)
        loader.sampler.set_epoch(self.epoch)
        self.freeze(self.options.freeze or self.epoch < self.options.freeze_epochs)
        self.model.train()
        sums = torch.zeros(3, dtype=torch.float64)
        for i, batch in enumerate(loader):
            tokens, lengths, labels = (part.to(self.group.device) for part in batch)
            logits, loss = self.step(tokens, lengths, labels, self.epoch * self.epoch_steps + i)
            sums += torch.tensor([loss * len(labels), count_right(logits, labels), len(labels)], dtype=torch.float64)
        self.epoch += 1
        return self.means(sums)

    def freeze(self, frozen: bool) -> None:
        """A frozen table has no gradient. DistributedDataParallel looks at what learns only when it is made."""
        table = self.model.embedding.weight
        if self.group.count > 1 and (self.parallel is self.model or table.requires_grad == frozen):
            table.requires_grad_(not frozen)
            self.parallel = DistributedDataParallel(self.model)
        table.requires_grad_(not frozen)

    def step(self, tokens: Tensor, lengths: Tensor, labels: Tensor, number: int) -> tuple[Tensor, float]:
        self.renormalise(tokens)
        logits = self.parallel(tokens, lengths)
        loss = self.loss(logits, labels)
        for optimizer in self.optimizers:
            optimizer.zero_grad(set_to_none=True)
        loss.backward()
        if self.options.clip_norm > 0:
            clip_gradients(self.model, self.options.clip_norm)
        rate = self.options.lr * rate_factor(self.options, number, self.options.epochs * self.epoch_steps)
        for optimizer in self.optimizers:
            for group in optimizer.param_groups:
                group["lr"] = rate
            optimizer.step()
        return logits.detach(), loss.item()

    def renormalise(self, tokens: Tensor) -> None:
        """max_norm changes rows where they are looked up. All processes change the rows of all, or their tables would
        become different ones."""
        if self.group.count == 1 or self.max_norm is None:
            return
        table = self.model.embedding
        met = torch.zeros(table.num_embeddings, dtype=torch.uint8, device=tokens.device)
        met[tokens] = 1
        dist.all_reduce(met, op=dist.ReduceOp.MAX)
        with torch.no_grad():
            functional.embedding(met.nonzero().squeeze(1), table.weight, None, table.max_norm, table.norm_type)

    def loss(self, logits: Tensor, labels: Tensor) -> Tensor:
        """Cross entropy; the mean over all sentences of the step is that of the processes' losses."""
        smoothing = self.options.label_smoothing
        if self.class_weights is None:
            return functional.cross_entropy(logits, labels, label_smoothing=smoothing)
        total = functional.cross_entropy(logits, labels, self.class_weights, reduction="sum", label_smoothing=smoothing)
        share = self.group.sum(self.class_weights[labels].sum()) / self.group.count
        return total / share

    @torch.no_grad()
    def measure(self, loader: DataLoader) -> tuple[float, float]:
        """Loss and accuracy over all sentences of all processes."""
        self.model.eval()
        sums = torch.zeros(3, dtype=torch.float64)
        for batch in loader:
            tokens, lengths, labels = (part.to(self.group.device) for part in batch)
            logits = self.model(tokens, lengths)
            loss = functional.cross_entropy(logits, labels, reduction="sum").item()
            sums += torch.tensor([loss, count_right(logits, labels), len(labels)], dtype=torch.float64)
        return self.means(sums)

    def means(self, sums: Tensor) -> tuple[float, float]:
        loss, right, sentences = self.group.sum(sums.to(self.group.device)).tolist()
        return loss / sentences, right / sentences

    def is_better(self, accuracy: float) -> bool:
        """Notes the accuracy of an epoch."""
        better = accuracy > self.best_accuracy
        self.best_accuracy = max(self.best_accuracy, accuracy)
        self.epochs_without_better = 0 if better else self.epochs_without_better + 1
        return better

    def stops_early(self) -> bool:
        return 0 < self.options.early_stop <= self.epochs_without_better

    def state(self) -> dict:
        """Tensors and whole numbers alone, which torch.load(weights_only=True) reads in every version. What else an
        optimizer holds are its options."""
        return {
            "model": self.model.state_dict(),
            "optimizers": [optimizer.state_dict()["state"] for optimizer in self.optimizers],
            "epoch": self.epoch,
            "best_accuracy": torch.tensor(self.best_accuracy, dtype=torch.float64),
            "epochs_without_better": self.epochs_without_better,
        }

    def restore(self, state: dict) -> None:
        self.model.load_state_dict(state["model"])
        for optimizer, saved in zip(self.optimizers, state["optimizers"]):
            optimizer.load_state_dict({**optimizer.state_dict(), "state": saved})
        self.epoch = state["epoch"]
        self.best_accuracy = state["best_accuracy"].item()
        self.epochs_without_better = state["epochs_without_better"]


def make_optimizers(model: TextClassifier, options: argparse.Namespace) -> list[torch.optim.Optimizer]:
    if options.optimizer != "sparse_adam":
        kind = OPTIMIZERS[options.optimizer]
        return [kind(model.parameters(), lr=options.lr, weight_decay=options.weight_decay)]
    # SparseAdam takes sparse gradients only, which the table alone has.
    table = model.embedding.weight
    others = [parameter for parameter in model.parameters() if parameter is not table]
    return [torch.optim.SparseAdam([table], lr=options.lr), torch.optim.Adam(others, lr=options.lr)]


def class_weights(kind: str, labels: list[int], classes: int) -> list[float] | None:
    if kind == "none":
        return None
    if kind == "balanced":
        return [len(labels) / (classes * max(labels.count(label), 1)) for label in range(classes)]
    weights = [float(weight) for weight in kind.split(",")]
    if len(weights) != classes:
        sys.exit(f"--class-weight {kind}: there are {classes} classes.")
    return weights


def rate_factor(options: argparse.Namespace, step: int, steps: int) -> float:
    """What the learning rate is multiplied by at a step, counted from 0."""
    if step < options.warmup_steps:
        return (step + 1) / options.warmup_steps
    done = min((step - options.warmup_steps) / max(steps - options.warmup_steps, 1), 1.0)
    return {"constant": 1.0, "linear": 1 - done, "cosine": (1 + math.cos(math.pi * done)) / 2}[options.schedule]


def clip_gradients(model: nn.Module, largest: float) -> None:
    """clip_grad_norm_, which does not take sparse gradients in all versions of PyTorch."""
    values = []
    for parameter in model.parameters():
        if parameter.grad is not None and parameter.grad.is_sparse:
            parameter.grad = parameter.grad.coalesce()
            values.append(parameter.grad.values())
        elif parameter.grad is not None:
            values.append(parameter.grad)
    norm = torch.stack([value.norm() for value in values]).norm()
    factor = (largest / (norm + 1e-6)).clamp(max=1.0)
    for value in values:
        value.mul_(factor)


def count_right(logits: Tensor, labels: Tensor) -> int:
    return int((logits.argmax(1) == labels).sum())


# Files.


def save(content: dict, path: Path) -> None:
    """The file is whole, or the old one is still there."""
    temporary = path.with_name(path.name + ".part")
    torch.save(content, temporary)
    os.replace(temporary, path)


def load_start(training: Training, options: argparse.Namespace) -> None:
    checkpoint = options.output / "checkpoint.pt"
    if not options.resume:
        training.model.load_state_dict(read_weights(options.weights))
    elif checkpoint.exists():
        training.restore(torch.load(checkpoint, map_location=training.group.device, weights_only=True))
    else:
        sys.exit(f"{checkpoint}: is not there, so there is nothing to resume.")


def train(config: dict, options: argparse.Namespace, group: Processes) -> None:
    learned, measured = read_all(options, config)
    loader = make_loader(learned, options, group)
    training = Training(config, options, group, [label for _, label in learned], len(loader))
    load_start(training, options)
    options.output.mkdir(parents=True, exist_ok=True)
    while training.epoch < options.epochs and not training.stops_early():
        started = time.monotonic()
        loss, accuracy = training.train_epoch(loader)
        if not math.isfinite(loss):
            sys.exit(f"The loss is not a number any more in epoch {training.epoch}: choose a smaller --lr.")
        report = {"epoch": training.epoch, "train_loss": loss, "train_accuracy": accuracy}
        if measured:
            loss, accuracy = training.measure(make_measuring_loader(measured, options, group))
            training.is_better(accuracy)
            report |= {"valid_loss": loss, "valid_accuracy": accuracy}
        report["seconds"] = round(time.monotonic() - started, 2)
        if group.is_first:
            save(training.state(), options.output / "checkpoint.pt")
            save(training.model.state_dict(), options.output / "model.pt")
            print(json.dumps(report), flush=True)
        group.wait()


def main() -> None:
    config = read_config()
    options = arguments(config)
    with processes(options) as group:
        try:
            train(config, options, group)
        except (DataError, OSError) as error:
            sys.exit(str(error))


if __name__ == "__main__":
    main()
