// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/fields.h"
#include "core/base/matrix.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/table/vocabulary.h"

#include <filesystem>
#include <optional>
#include <stop_token>

namespace embedscope {

/// A map as it goes into a file.
struct CoordinatesFile
{
    const Vocabulary& tokens;
    const Matrix& coordinates;           // one row a token, 1 to 3 columns; NaN where a row is not on the map
    Fields settings;                     // how the map came about
    std::filesystem::path settings_path; // a JSON object of them, where this is not empty
};

enum class CoordinatesFormat { Csv, Tsv, Npy };
/// .csv, .tsv or .npy, in letters of either case.
EMBEDSCOPE_EXPORT std::optional<CoordinatesFormat> coordinatesFormat(const std::filesystem::path& path);

/// CSV and TSV: a line `token,x,y` or `token,x,y,z`, then one a row; cells are empty where a row is not on the map.
/// Cells with the delimiter, a quote or a line break stand between quotes. .npy: rows x dims float32, without tokens.
/// The two files appear under their names when both are on the disk, whole; the coordinates last. ValueRefused for
/// another ending, ShapeMismatch unless there is one row a token, FileUnwritable, DiskFull, Cancelled: nothing is
/// written then.
EMBEDSCOPE_EXPORT Result<void> writeCoordinates(const std::filesystem::path& path, const CoordinatesFile& file,
                                                std::stop_token stop, Progress& progress);

} // namespace embedscope
