#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the modules of exported projects make of given texts, for tst_pytorch_project to compare.

    project_probe.py REQUEST ANSWER

REQUEST is JSON: {"project": folder whose modules to use, "models": [folders], "texts": [...], "tokenize": [...],
"data": [{"path", "format", "text_column", "label_column"}], "held_out": [[count, share, seed]]}. ANSWER has a list for
each; bytes that are no UTF-8 stand for themselves as surrogates.
"""
import json
import sys
from pathlib import Path


def logits(folder, texts):
    """All texts in one batch, and each by itself."""
    import torch
    from model import load_model, read_config
    from vocabulary import Vocabulary, make_batch

    folder = Path(folder)
    config = read_config(folder)
    model = load_model(config, folder / "model.safetensors")
    vocabulary = Vocabulary.read(folder, config)
    rows = [vocabulary.encode(text) for text in texts]
    with torch.no_grad():
        together = model(*make_batch(rows)).tolist()
        alone = [model(*make_batch([row])).tolist()[0] for row in rows]
    return {"together": together, "alone": alone}


def read(request):
    from labelled_data import DataError, read_labelled_data

    try:
        data = read_labelled_data(
            Path(request["path"]), request.get("format"), request.get("text_column"), request.get("label_column")
        )
    except DataError:
        return None
    return [[label, text] for label, text in zip(data.labels, data.texts)]


def main():
    request = json.loads(Path(sys.argv[1]).read_text())
    sys.path.insert(0, request["project"])
    sys.dont_write_bytecode = True
    from held_out import held_out
    from tokenizer import tokenize

    answer = {
        "models": [logits(folder, request["texts"]) for folder in request.get("models", [])],
        "tokens": [tokenize(bytes.fromhex(text).decode("utf-8", "surrogateescape")) for text in request["tokenize"]],
        "cased": [tokenize(bytes.fromhex(text).decode("utf-8", "surrogateescape"), False) for text in request["tokenize"]],
        "data": [read(each) for each in request.get("data", [])],
        "held_out": [sorted(held_out(*each)) for each in request.get("held_out", [])],
    }
    Path(sys.argv[2]).write_text(json.dumps(answer))


if __name__ == "__main__":
    main()
