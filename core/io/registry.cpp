// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/registry.h"

namespace embedscope {

namespace {

// The formats with a magic number first, then tables of cells, whose blanks after commas are no ends of tokens, then
// text before binary word2vec, which begins with the same header.
constexpr FormatEntry kFormats[] = {
    {Format::Safetensors, "safetensors", ".safetensors", true, recognisesSafetensors, readSafetensorsTable,
     writeSafetensorsTable, arraysOfSafetensors},
    {Format::PyTorch, "pt", ".pt", true, recognisesPyTorch, readPyTorchTable, writePyTorchTable, arraysOfPyTorch},
    {Format::Npy, "npy", ".npy", true, recognisesNpy, readNpyTable, writeNpyTable},
    {Format::FastTextBin, "fasttext-bin", {}, true, recognisesFastTextBin, readFastTextBin, nullptr},
    {Format::Finalfusion, "finalfusion", {}, true, recognisesFinalfusion, readFinalfusion, nullptr},
    {Format::FastTextVec, "fasttext-vec", {}, false, recognisesFastTextVec, readTextTable, writeFastTextVec},
    {Format::Npz, "npz", ".npz", true, recognisesNpz, readNpzTable, writeNpzTable, arraysOfNpz},
    {Format::Projector,
     "projector",
     {},
     false,
     recognisesProjector,
     readProjectorTable,
     writeProjectorTable,
     arraysOfProjector},
    {Format::Csv, "csv", ".csv", false, recognisesCsv, readCsvTable, writeCsvTable},
    {Format::Word2VecText, "word2vec", ".vec", false, recognisesWord2VecText, readTextTable, writeWord2VecText},
    {Format::Glove, "glove", ".txt", false, recognisesGlove, readTextTable, writeGlove},
    {Format::Word2VecBinary, "word2vec-bin", ".bin", false, recognisesWord2VecBinary, readWord2VecBinary,
     writeWord2VecBinary},
    // Bytes that are plausible numbers, after everything that has a rule.
    {Format::ProjectorBytes, "projector-bytes", "", false, recognisesProjectorBytes, readProjectorBytes, nullptr},
};

} // namespace

std::span<const FormatEntry> formatRegistry()
{
    return kFormats;
}

} // namespace embedscope
