// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What stands in a session file, by name. A name that was once written keeps its meaning.
namespace embedscope::names {

inline constexpr const char* kTableSection = "table";   // name, origin, rows, dim
inline constexpr const char* kTextSection = "text";     // path, sample, options
inline constexpr const char* kRunSection = "run";       // shows_table, axes_follow, step
inline constexpr const char* kMapSection = "map";       // method, rows_left_out
inline constexpr const char* kTsneSection = "map_tsne"; // settings of a t-SNE map; its places: map.tsne.coordinates
inline constexpr const char* kUmapSection = "map_umap";
inline constexpr const char* kSelection = "selection";
inline constexpr const char* kSession = "session"; // keep_inside, path

inline constexpr const char* kTable = "table";     // the one on screen: link or table
inline constexpr const char* kText = "text";       // sentences: link, or a table with a sentence a row
inline constexpr const char* kInitial = "initial"; // what the run started from, where no file holds it
inline constexpr const char* kWords = "words";     // else the tokens of what it started from alone
inline constexpr const char* kRun = "checkpoint.safetensors";

inline constexpr const char* kCoordinates = "map.coordinates"; // rows x 2
inline constexpr const char* kComponents = "map.components";   // k x dim
inline constexpr const char* kMean = "map.mean";               // 1 x dim
inline constexpr const char* kVariance = "map.variance";
inline constexpr const char* kVarianceRatio = "map.variance_ratio";

} // namespace embedscope::names
