// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/output.h"
#include "core/base/result.h"
#include "core/io/run_directory.h"
#include "core/text/ratings.h"
#include "core/train/recommender.h"

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace embedscope::cli {

/// The files of ratings and how they were read, for the record of a run.
struct RatingFiles
{
    RatingSet set;
    std::vector<FileStamp> stamps;
};

/// Warns of ratings that were replaced and of text that was mended.
Result<RatingFiles> readRatingFiles(const std::vector<std::string>& paths);

Json describeFiles(const RatingFiles& files);

/// What a folder of train-recommender holds.
struct RecommenderFolder
{
    const Recommender& model;
    const RatingSet& set;
    std::span<const Rating> train;
    const Json& record;
};

/// items.safetensors, items.tsv, users.safetensors, users.tsv, model.safetensors, and recommender.json, which comes
/// last: a folder without it is no recommender. The paths written.
Result<std::vector<std::filesystem::path>> writeRecommender(const RecommenderFolder& content,
                                                            const std::filesystem::path& folder);

} // namespace embedscope::cli
