// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/fields.h"
#include "core/base/result.h"
#include "core/io/tensor_file.h"
#include "core/io/tensor_view.h"
#include "core/table/vocabulary.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace embedscope {

/// A file that a run was made from: where it was, and how to tell that it is still the same.
struct FileStamp
{
    std::string path; // absolute
    std::uintmax_t bytes = 0;
    std::uint32_t crc32 = 0;

    bool operator==(const FileStamp&) const = default;
};

/// FileNotFound, FileUnreadable, Cancelled.
EMBEDSCOPE_EXPORT Result<FileStamp> stampOf(const std::filesystem::path& path, const std::stop_token& stop = {});
/// DataChanged where the file is another one now.
EMBEDSCOPE_EXPORT Result<void> verify(const FileStamp& stamp);

struct SwitchRecord
{
    std::int64_t step = 0;
    Fields settings; // all of them, as they hold from this step on
};

struct EpochRecord
{
    std::int64_t epoch = 0; // from 1, as people count
    Fields metrics;
};

/// What run.json holds: with the data files, all that is needed to do the run again.
struct RunRecord
{
    std::string program; // "embedscope 0.1.0"
    Fields options;      // of the run
    Fields live;         // settings at step 0
    Fields data_options; // how the labelled data was read
    FileStamp data;
    std::optional<FileStamp> vectors; // the initial table, unless it was random or is stored in the folder
    bool stored_table = false;        // initial.safetensors holds the initial table
    std::vector<std::string> classes;
    std::int64_t padding_row = 0;
    std::int64_t unknown_row = 1;
    std::int64_t steps = 0; // done
    std::vector<SwitchRecord> switches;
    std::vector<EpochRecord> epochs;
};

/// The record as run.json holds it, and back; `place` names the file in the error (RunDirectory).
EMBEDSCOPE_EXPORT std::string recordText(const RunRecord& record);
EMBEDSCOPE_EXPORT Result<RunRecord> recordFromText(const std::string& text, const std::string& place);

/// The folder of a training run: run.json, model.safetensors (PyTorch's names), vocabulary.txt (a token a line, in row
/// order), and initial.safetensors where the run started from a table that no file holds.
struct RunDirectory
{
    RunRecord record;
    TensorFile model;
    Vocabulary vocabulary;
    std::optional<TensorFile> initial;
};

/// A token a line, in row order; FormatRefused for a token with a line break, where `path` names the file.
Result<std::string> vocabularyText(const Vocabulary& vocabulary, const std::filesystem::path& path);

/// Over an older run, all files change at once, see StagedFolder. FileUnwritable, DiskFull. The paths written, run.json
/// first.
EMBEDSCOPE_EXPORT Result<std::vector<std::filesystem::path>> writeRun(const RunDirectory& run,
                                                                      const std::filesystem::path& folder);
/// The same with tensors that lie elsewhere, in place of run.model: a large table is not copied to be written.
EMBEDSCOPE_EXPORT Result<std::vector<std::filesystem::path>>
writeRun(const RunDirectory& run, const std::vector<TensorView>& model, const std::filesystem::path& folder);
/// RunDirectory (the error) where the folder or its run.json is not one of ours, or its parts do not fit together.
EMBEDSCOPE_EXPORT Result<RunDirectory> readRun(const std::filesystem::path& folder);

/// Names of the formats that exportModel() knows: "safetensors, ...".
EMBEDSCOPE_EXPORT std::string modelFormatNames();

/// Writes the model of a run for others: "safetensors" (with the vocabulary and classes as metadata), "pt" (a state
/// dict for torch.load(), with them as its attributes, see pytorch_writer.h) or "npz" (with the vocabulary as a token
/// list beside it, NAME.vocab.txt). ValueRefused for another name. The paths written.
EMBEDSCOPE_EXPORT Result<std::vector<std::filesystem::path>>
exportModel(const RunDirectory& run, const std::filesystem::path& path, const std::string& format);

} // namespace embedscope
