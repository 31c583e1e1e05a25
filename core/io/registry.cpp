// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/registry.h"

namespace embedscope {

namespace {

// The formats with a magic number first, then text before binary word2vec, which begins with the same header.
constexpr FormatEntry kFormats[] = {
    {Format::Safetensors, "safetensors", ".safetensors", recognisesSafetensors, readSafetensorsTable,
     writeSafetensorsTable},
    {Format::Npy, "npy", ".npy", recognisesNpy, readNpyTable, writeNpyTable},
    {Format::Word2VecText, "word2vec", ".vec", recognisesWord2VecText, readTextTable, writeWord2VecText},
    {Format::Glove, "glove", ".txt", recognisesGlove, readTextTable, writeGlove},
    {Format::Word2VecBinary, "word2vec-bin", ".bin", recognisesWord2VecBinary, readWord2VecBinary, writeWord2VecBinary},
};

} // namespace

std::span<const FormatEntry> formatRegistry()
{
    return kFormats;
}

} // namespace embedscope
