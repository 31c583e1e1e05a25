// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/recommender_files.h"

#include "core/io/atomic_file.h"
#include "core/io/format.h"
#include "core/io/tensor_file.h"
#include "core/train/recommender_tables.h"

#include <utility>

namespace embedscope::cli {

namespace {

namespace fs = std::filesystem;

void warnOf(const RatingSet& set, const std::vector<std::string>& paths)
{
    if (set.duplicates > 0)
        printWarning(std::to_string(set.duplicates) +
                     " ratings were replaced by a later one of the same user and item");
    for (std::size_t i = 0; i < set.files.size(); ++i)
        if (set.files[i].invalidUtf8 > 0)
            printWarning(paths[i] + ": " + std::to_string(set.files[i].invalidUtf8) +
                         " lines are not UTF-8; the bytes in question were replaced");
}

Result<void> writeText(const fs::path& path, const std::string& text)
{
    auto file = AtomicFile::create(path);
    if (!file)
        return fail(file.error());
    if (auto written = file->write(text); !written)
        return written;
    return file->commit();
}

/// The vectors with their tokens as a file that opens on the map, and what else is known of the rows as text.
Result<void> writeSide(const RecommenderFolder& content, RatingSide side, const fs::path& vectors, const fs::path& text)
{
    const Vocabulary& tokens = side == RatingSide::Users ? content.set.users : content.set.items;
    const RatingFacts facts = factsOf(content.model, side, content.train);
    const auto table = tableOf(content.model, side, tokens, facts);
    if (!table)
        return fail(table.error());
    Progress progress;
    // Not to be interrupted: what was learned before Ctrl+C is kept.
    if (auto written = writeTable(*table, vectors, Format::Safetensors, {}, progress); !written)
        return fail(written.error());
    return writeText(text, factsText(tokens, facts));
}

} // namespace

Result<RatingFiles> readRatingFiles(const std::vector<std::string>& paths)
{
    RatingFiles files;
    const std::vector<fs::path> all(paths.begin(), paths.end());
    {
        Progress progress;
        const ProgressBar bar(progress, "Reading");
        auto set = readRatings(all, interruptToken(), progress);
        if (!set)
            return fail(set.error());
        files.set = std::move(*set);
    }
    for (const fs::path& path : all) {
        auto stamp = stampOf(path);
        if (!stamp)
            return fail(stamp.error());
        files.stamps.push_back(std::move(*stamp));
    }
    warnOf(files.set, paths);
    return files;
}

Json describeFiles(const RatingFiles& files)
{
    Json out = Json::array();
    for (std::size_t i = 0; i < files.stamps.size(); ++i) {
        const FileStamp& stamp = files.stamps[i];
        const RatingFileReport& report = files.set.files[i];
        out.push_back({{"path", stamp.path},
                       {"bytes", stamp.bytes},
                       {"crc32", stamp.crc32},
                       {"separator", ratingSeparatorName(report.separator)},
                       {"header", report.header},
                       {"lines", report.lines},
                       {"empty_lines", report.emptyLines},
                       {"invalid_utf8", report.invalidUtf8},
                       {"kept", report.kept}});
    }
    return out;
}

Result<std::vector<fs::path>> writeRecommender(const RecommenderFolder& content, const fs::path& folder)
{
    std::error_code error;
    fs::create_directories(folder, error);
    if (!fs::is_directory(folder))
        return fail(ErrorCode::FileUnwritable, {folder.string(), error ? error.message() : "a file has this name"});
    std::vector<fs::path> files;
    for (const char* name :
         {"items.safetensors", "items.tsv", "users.safetensors", "users.tsv", "model.safetensors", "recommender.json"})
        files.push_back(folder / name);
    fs::remove(files.back(), error);
    if (auto written = writeSide(content, RatingSide::Items, files[0], files[1]); !written)
        return fail(written.error());
    if (auto written = writeSide(content, RatingSide::Users, files[2], files[3]); !written)
        return fail(written.error());
    if (auto written = writeSafetensors(content.model.tensors(), files[4]); !written)
        return fail(written.error());
    const std::string record = content.record.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
    if (auto written = writeText(files[5], record); !written)
        return fail(written.error());
    return files;
}

} // namespace embedscope::cli
