#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes PyTorch files of all kinds into a folder: NAME.pt, and in NAME.f32 the numbers that its table must have.

    make_pytorch_files.py FOLDER
"""
import io
import sys
import tarfile
import zipfile
from pathlib import Path

import torch
from torch import nn

folder = Path(sys.argv[1])
torch.manual_seed(7)


def save(name, value, table=None, **options):
    torch.save(value, folder / f"{name}.pt", **options)
    if table is not None:
        table.detach().float().contiguous().numpy().tofile(folder / f"{name}.f32")


def both(name, value, table=None):
    save(name, value, table)
    save(f"{name}_legacy", value, table, _use_new_zipfile_serialization=False)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(6, 4)
        self.linear = nn.Linear(4, 2)

    def forward(self, ids):
        return self.linear(self.embedding(ids).mean(0))


base = torch.randn(6, 4)
both("embedding", nn.Embedding.from_pretrained(base).state_dict(), base)
for dtype in (torch.float16, torch.bfloat16, torch.float64):
    both(str(dtype).removeprefix("torch."), {"weight": base.to(dtype)}, base.to(dtype))
both("transposed", {"weight": base.t()}, base.t())
both("slice", {"weight": base[1:6:2, 1:3]}, base[1:6:2, 1:3])
both("offset", {"weight": base[2:5]}, base[2:5])
both("shared", {"first": base[:2].flatten(), "weight": base[2:], "sum": base.sum(0)}, base[2:])
both("bare", base, base)
both("parameter", nn.Parameter(base), base)
both("list", [base.sum(0), base], base)
both("large", {"weight": torch.randn(3000, 100)}, None)

net = Net()
optimizer = torch.optim.Adam(net.parameters())
net(torch.tensor([1, 2])).sum().backward()
optimizer.step()
checkpoint = {"model_state_dict": net.state_dict(), "optimizer": optimizer.state_dict(), "epoch": 3, "loss": 0.5,
              "name": None, "done": True, "seed": 2**40, "device": torch.device("cpu"), "size": base.size(),
              "dtype": torch.float32, "ids": {1, 2}}
table = net.embedding.weight
both("checkpoint", {**checkpoint, "model_state_dict": {"embedding.weight": table}}, table)
both("two_weights", checkpoint)
for protocol in (2, 3, 4, 5):
    save(f"protocol{protocol}", checkpoint | {"model_state_dict": {"embedding.weight": table}}, table,
         pickle_protocol=protocol)

tokens = ["the", "new york", "\u00e9t\u00e9", "", "\u732b", "a\nb"]
rows = {token: row for row, token in enumerate(tokens)}
both("tokens_list", {"weight": base, "meta": {"vocab": tokens, "itos": tokens[:2]}}, base)
both("tokens_dict", {"weight": base, "word2idx": dict(reversed(rows.items()))}, base)
both("tokens_back", {"weight": base, "idx2word": {row: token for token, row in rows.items()}}, base)
both("tokens_short", {"weight": base, "vocab": tokens[:5]}, base)

both("expanded", {"weight": torch.randn(1, 4).expand(6, 4)})
both("complex", {"freqs": torch.view_as_complex(torch.randn(3, 2, 2)), "weight": base}, base)
both("integers", {"ids": torch.arange(6).reshape(2, 3)})
both("empty", {"weight": torch.zeros(0, 4)})
both("model", net)
both("model_inside", {"epoch": 1, "model": net})

# What torch.save() wrote before version 0.1.10.
with tarfile.open(folder / "tar.pt", "w") as tar:
    for name in ("sys_info", "pickle", "tensors", "storages"):
        tar.addfile(tarfile.TarInfo(name), io.BytesIO())

# A file whose pickle runs a command when Python opens it.
with zipfile.ZipFile(folder / "exploit.pt", "w") as archive:
    archive.writestr("any name/data.pkl", b"\x80\x02cposix\nsystem\nU" +
                     bytes([len(f"touch {folder}/marker")]) + f"touch {folder}/marker".encode() + b"\x85R.")
    archive.writestr("any name/version", "3\n")
