#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What gensim, numpy and PyTorch read from the files of EMBEDSCOPE_DATA, for tst_every_file to compare with.

    peer_tables.py DATA OUT

Writes OUT/N.f32 (float32, row by row) and, where the peer has tokens, OUT/N.tokens (their bytes, each ended by a
newline); prints one line a table: N, rows, dim, rows left out here, file. Repeated tokens, which gensim drops, are not
counted as left out.
"""

import json
import os
import struct
import sys
import zipfile

import numpy as np
from gensim.models import KeyedVectors
from gensim.models.fasttext import load_facebook_vectors

GLOVE = """glove6b_50d_9163/glove.6B.50d.txt retrofit_sample_48d/sample_vec.txt embedviz/glove.txt embedviz/w2v.txt
gensim_glove/test_glove.txt julia_glove/custom.glove.txt julia_glove/nbsp.glove.txt
allennlp_glove/glove.6B.300d.sample.txt.gz allennlp_glove/fake_embeddings.5d.txt finalfusion/similarity.nodims
finalfusion/embeddings.txt"""
WORD2VEC = """gensim_w2v/high_precision.kv.txt gensim_w2v/w2v_keyedvectors_load_test.modeldata
zh_w2v_1466x64/embedding.txt domains/word2vec.bin domains/word2vec.txt gensim_fasttext/lee_fasttext.vec
gensim_fasttext/crime-and-punishment.vec finalfusion/similarity.txt finalfusion/embeddings.dims.txt
torchtext_vectors/wiki.en.vec"""
BINARY = """medallia_w2v/tokensModel.bin gensim_w2v/poincare_vectors.bin gensim_w2v/high_precision.kv.bin
emoji2vec/emoji2vec.bin finalfusion/similarity.bin finalfusion/utf8-incomplete.bin
reuters_12853x20/reuters_12853x20.bin"""
FASTTEXT = """gensim_fasttext/crime-and-punishment.bin gensim_fasttext/lee_fasttext.bin finalfusion/fasttext.bin
gensim_fasttext/cp852_fasttext.bin"""
ARCHIVED = "torchtext_vectors/glove.6B.zip"


def gensim_table(path, **options):
    table = KeyedVectors.load_word2vec_format(path, unicode_errors="surrogateescape", **options)
    # Where it dropped a repeated token, a row without one is left over.
    rows = [row for row, token in enumerate(table.index_to_key) if token is not None]
    return table.vectors[rows], [table.index_to_key[row].encode("utf-8", "surrogateescape") for row in rows]


def fasttext_table(path):
    encoding = "cp852" if "cp852" in path else "utf-8"
    table = load_facebook_vectors(path, encoding=encoding)
    # gensim adds n-grams to the end of a sentence, and takes those of UTF-8 whatever the file has; fastText does not.
    rows = [row for row, token in enumerate(table.index_to_key)
            if token != "</s>" and (encoding == "utf-8" or token.isascii())]
    left = len(table.index_to_key) - len(rows)
    return table.vectors[rows], [table.index_to_key[row].encode(encoding) for row in rows], left


def safetensors_table(path, name):
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    entry = header[name]
    begin, end = entry["data_offsets"]
    kind = {"F32": "<f4", "F64": "<f8"}[entry["dtype"]]
    return np.frombuffer(data[begin:end], kind).reshape(entry["shape"]).astype(np.float32), None


def csv_table(path):
    """A word, then its values."""
    lines = [line.split(",") for line in open(path, encoding="utf-8").read().splitlines()[1:]]
    values = np.array([[np.float32(value) for value in line[1:]] for line in lines], np.float32)
    return values, [line[0].encode() for line in lines]


def tables(data, out):
    def path(name):
        return os.path.join(data, name)

    for name in GLOVE.split():
        yield name, gensim_table(path(name), binary=False, no_header=True)
    for name in WORD2VEC.split():
        limit = 99 if name.endswith("wiki.en.vec") else None  # its header announces more, which gensim refuses
        yield name, gensim_table(path(name), binary=False, limit=limit)
    for name in BINARY.split():
        yield name, gensim_table(path(name), binary=True)
    for name in FASTTEXT.split():
        yield name, fasttext_table(path(name))
    with zipfile.ZipFile(path(ARCHIVED)) as archive:
        for entry in archive.namelist():
            unpacked = archive.extract(entry, out)
            yield ARCHIVED + "/" + entry, gensim_table(unpacked, binary=False, no_header=True)
    name = "projector_imdb_16d/vectors.tsv"
    yield name, (np.loadtxt(path(name), dtype=np.float32, delimiter="\t"), None)
    name = "csv_vectors_top1000/top_1000_words_vectors.csv"
    yield name, csv_table(path(name))
    name = "tf_projector/iris_tensors.bytes"
    yield name, (np.fromfile(path(name), "<f4").reshape(-1, 4), None)
    yield "model2vec/test-model-float32.safetensors", safetensors_table(
        path("model2vec/test-model-float32.safetensors"), "embeddings")
    for weight in ("weight1", "weight2"):
        yield "safetensors_small/model.safetensors/" + weight, safetensors_table(
            path("safetensors_small/model.safetensors"), weight)
    try:
        import torch
    except ImportError:
        return
    name = "pytorch_small/embedding.pt"
    (weight,) = torch.load(path(name), map_location="cpu").values()
    yield name, (weight.numpy(), None)


def main():
    data, out = sys.argv[1:]
    for number, (name, (values, tokens, *left)) in enumerate(tables(data, out)):
        stem = os.path.join(out, str(number))
        values.astype("<f4").tofile(stem + ".f32")
        if tokens is not None:
            with open(stem + ".tokens", "wb") as file:
                file.write(b"".join(token + b"\n" for token in tokens))
        print(number, *values.shape, *(left or [0]), name)


main()
