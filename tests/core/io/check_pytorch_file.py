#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads a table that Embedscope wrote, in every way that PyTorch has, and holds it against the numbers in a .npy.

    check_pytorch_file.py FILE.pt NUMBERS.npy TOKENS.json
"""
import json
import sys

import numpy
import torch
from torch import nn

path, numbers, tokens = sys.argv[1:]
expected = numpy.load(numbers)
for options in ({}, {"weights_only": True}, {"map_location": "cpu"}):
    state = torch.load(path, **options)
    assert list(state) == ["embedding.weight"], list(state)
    weight = state["embedding.weight"]
    assert weight.dtype == torch.float32 and not weight.requires_grad and weight.is_contiguous()
    assert weight.numpy().tobytes() == expected.tobytes() and weight.shape == expected.shape
    assert state.vocabulary == json.load(open(tokens, encoding="utf-8"))
    assert weight.data_ptr() % 4 == 0
assert torch.equal(nn.Embedding.from_pretrained(weight)(torch.tensor([1])), weight[1:2])


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(*weight.shape)


net = Net()
assert str(net.load_state_dict(state, strict=True)) == "<All keys matched successfully>"
assert torch.equal(net.embedding.weight, weight)
# The numbers lie at multiples of 64 bytes, where PyTorch can map them.
reader = torch._C.PyTorchFileReader(path)
assert reader.get_record("byteorder") == b"little"
offset = open(path, "rb").read().find(expected.tobytes())
assert offset % 64 == 0, offset
