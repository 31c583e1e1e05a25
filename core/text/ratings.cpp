// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/ratings.h"

#include "core/base/strings.h"
#include "core/text/rating_layout.h"
#include "core/text/text_file.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <utility>

namespace embedscope {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLinesPerCheck = 4096; // of the stop token: well under 5 ms

std::string shortened(const std::string& text)
{
    constexpr std::size_t kLongest = 40;
    return text.size() <= kLongest ? text : toValidUtf8(text.substr(0, kLongest)) + "...";
}

std::int32_t rowOf(Vocabulary& vocabulary, std::string_view token)
{
    const auto found = vocabulary.find(token);
    return static_cast<std::int32_t>(found ? *found : vocabulary.add(token));
}

/// Adds the ratings of one file to a set.
class RatingReader
{
public:
    RatingReader(const fs::path& path, RatingSet& set)
        : m_path(path.string())
        , m_set(set)
    {
    }

    Result<void> read(std::string_view content, const std::stop_token& stop, Progress& progress);

private:
    Result<void> add(const Record& record);
    [[nodiscard]] std::optional<float> valueOf(const std::string& text) const;
    [[nodiscard]] tl::unexpected<Error> damaged(const Record& record, std::string what) const
    {
        return fail(ErrorCode::FileDamaged, {m_path, "line " + std::to_string(record.line), std::move(what)});
    }

    std::string m_path;
    RatingSet& m_set;
    RatingLayout m_layout;
    RatingFileReport m_report;
    std::vector<std::string> m_cells; // of one line; kept for its memory
};

std::optional<float> RatingReader::valueOf(const std::string& text) const
{
    if (!m_layout.hasValues)
        return 1.0F;
    const auto number = parseNumber(text);
    if (!number || std::abs(*number) > static_cast<double>(std::numeric_limits<float>::max()))
        return std::nullopt;
    return std::isfinite(*number) ? std::optional(static_cast<float>(*number)) : std::nullopt;
}

Result<void> RatingReader::add(const Record& record)
{
    std::string mended;
    std::string_view raw = record.raw;
    if (firstInvalidUtf8(raw)) {
        ++m_report.invalidUtf8;
        mended = toValidUtf8(raw);
        raw = mended;
    }
    splitRating(raw, m_layout.separator, m_cells);
    if (m_cells.size() != m_layout.columns)
        return damaged(record, "has " + std::to_string(m_cells.size()) +
                                   (m_cells.size() == 1 ? " column" : " columns") + " where " +
                                   std::to_string(m_layout.columns) + " are expected");
    if (m_cells[0].empty() || m_cells[1].empty())
        return damaged(record, m_cells[0].empty() ? "names no user" : "names no item");
    const auto value = valueOf(m_cells.size() > 2 ? m_cells[2] : std::string());
    if (!value)
        return damaged(record, "the rating \"" + shortened(m_cells[2]) + "\" is not a finite number");
    m_set.ratings.push_back({rowOf(m_set.users, m_cells[0]), rowOf(m_set.items, m_cells[1]), *value});
    return {};
}

Result<void> RatingReader::read(std::string_view content, const std::stop_token& stop, Progress& progress)
{
    const auto layout = guessRatingLayout(content, m_path);
    if (!layout)
        return fail(layout.error());
    m_layout = *layout;
    if (!m_set.files.empty() && m_set.hasValues != m_layout.hasValues)
        return fail(ErrorCode::FormatRefused,
                    {m_path, "this file with the others", "only one of them has ratings", "Read them one by one."});
    m_set.hasValues = m_layout.hasValues;
    const auto records = splitRecords(content, syntaxOf(m_layout.separator), m_path, stop);
    if (!records)
        return fail(records.error());
    m_report.separator = m_layout.separator;
    m_report.header = m_layout.header;
    m_report.lines = records->lines;
    m_report.emptyLines = records->emptyLines;
    for (std::size_t i = m_layout.header ? 1 : 0; i < records->records.size(); ++i) {
        if (i % kLinesPerCheck == 0 && stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        const Record& record = records->records[i];
        progress.add(static_cast<std::int64_t>(record.raw.size()));
        if (auto added = add(record); !added)
            return added;
    }
    m_set.files.push_back(m_report);
    return {};
}

/// Positions of the ratings, user by user and within a user in their order.
std::vector<std::size_t> byUser(const RatingSet& set)
{
    std::vector<std::size_t> next(static_cast<std::size_t>(set.users.size()) + 1);
    for (const Rating& rating : set.ratings)
        ++next[static_cast<std::size_t>(rating.user) + 1];
    for (std::size_t i = 1; i < next.size(); ++i)
        next[i] += next[i - 1];
    std::vector<std::size_t> positions(set.ratings.size());
    for (std::size_t i = 0; i < positions.size(); ++i)
        positions[next[static_cast<std::size_t>(set.ratings[i].user)]++] = i;
    return positions;
}

/// Marks every rating that a later one of the same user and item replaces.
std::vector<bool> replacedOnes(const RatingSet& set)
{
    constexpr auto kNobody = std::numeric_limits<std::int32_t>::max();
    std::vector<bool> replaced(set.ratings.size());
    std::vector<std::int32_t> lastUser(static_cast<std::size_t>(set.items.size()), kNobody);
    const auto positions = byUser(set);
    for (auto it = positions.rbegin(); it != positions.rend(); ++it) {
        const Rating& rating = set.ratings[*it];
        auto& last = lastUser[static_cast<std::size_t>(rating.item)];
        replaced[*it] = last == rating.user;
        last = rating.user;
    }
    return replaced;
}

/// `ends` are those of the files in the list of ratings.
void dropReplaced(RatingSet& set, const std::vector<std::size_t>& ends)
{
    const auto replaced = replacedOnes(set);
    std::size_t kept = 0;
    std::size_t begin = 0;
    for (std::size_t file = 0; file < ends.size(); begin = ends[file++]) {
        const std::size_t before = kept;
        for (std::size_t i = begin; i < ends[file]; ++i)
            if (!replaced[i])
                set.ratings[kept++] = set.ratings[i];
        set.files[file].kept = static_cast<std::int64_t>(kept - before);
    }
    set.duplicates = static_cast<std::int64_t>(set.ratings.size() - kept);
    set.ratings.resize(kept);
}

} // namespace

std::string_view ratingSeparatorName(RatingSeparator separator)
{
    switch (separator) {
    case RatingSeparator::Tab:
        return "tab";
    case RatingSeparator::DoubleColon:
        return "::";
    case RatingSeparator::Comma:
        return "comma";
    case RatingSeparator::Blanks:
        break;
    }
    return "blanks";
}

Result<RatingSet> readRatings(std::span<const fs::path> paths, std::stop_token stop, Progress& progress)
{
    RatingSet set;
    std::vector<std::size_t> ends;
    for (const fs::path& path : paths) {
        const auto content = readTextFile(path, stop, progress);
        if (!content)
            return fail(content.error());
        const std::size_t before = set.ratings.size();
        if (auto read = RatingReader(path, set).read(*content, stop, progress); !read)
            return fail(read.error());
        if (set.ratings.size() == before)
            return fail(ErrorCode::FormatRefused, {path.string(), "a file of ratings", "no rating stands in it",
                                                   "Write one `user item rating` a line."});
        ends.push_back(set.ratings.size());
    }
    dropReplaced(set, ends);
    return set;
}

} // namespace embedscope
