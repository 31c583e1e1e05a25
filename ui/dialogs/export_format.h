// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/format.h"

#include <QString>
#include <QVector>

#include <optional>

namespace embedscope {

/// What can be taken away: the table in the formats of core/io, or the whole trained model.
enum class ExportFormat {
    Glove,
    Word2VecText,
    Word2VecBinary,
    FastTextVec,
    Csv,
    Npy,
    Npz,
    Safetensors,
    PyTorch,
    Projector,
    ModelSafetensors,
    ModelPyTorch,
    ModelNpz,
    ModelProject
};

/// How a format is offered and which lines of Python read the file again.
struct ExportFormatInfo
{
    ExportFormat format;
    QString name;    // "GloVe text"
    QString ending;  // ".txt"; empty for a folder
    QString readers; // one sentence: who reads it
    QString python;  // %1 stands for the path as a Python string; of a folder, commands with %1 as a word of the shell

    [[nodiscard]] bool isFolder() const { return ending.isEmpty(); }
};

[[nodiscard]] QVector<ExportFormatInfo> tableExportFormats();
[[nodiscard]] QVector<ExportFormatInfo> modelExportFormats();

/// The format of core/io::writeTable; nothing for a model.
[[nodiscard]] std::optional<Format> tableFormat(ExportFormat format);

/// The lines of Python, or the commands, with `path` filled in.
[[nodiscard]] QString pythonSnippet(const ExportFormatInfo& info, const QString& path);

/// `path` with the ending of `info` in the place of another known ending, or behind it; a folder has none.
[[nodiscard]] QString withEnding(const QString& path, const ExportFormatInfo& info);

} // namespace embedscope
