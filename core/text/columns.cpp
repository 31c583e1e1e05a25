// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/columns.h"

#include "core/base/strings.h"

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>
#include <unordered_set>

namespace embedscope {

namespace {

constexpr std::size_t kFewLines = 20;
constexpr std::size_t kLinesToJudgeHeader = 8;

// In the order of preference.
constexpr std::array<std::string_view, 14> kTextNames = {"text",      "sentence", "review",   "content",  "message",
                                                         "comment",   "tweet",    "question", "document", "description",
                                                         "utterance", "phrase",   "body",     "title"};
constexpr std::array<std::string_view, 16> kLabelNames = {
    "label", "class",  "category", "sentiment", "target", "polarity",   "intent",       "emotion",
    "topic", "labels", "stars",    "rating",    "score",  "gold_label", "coarse_label", "y"};

struct ColumnStatistics
{
    std::size_t distinct = 0;
    std::size_t empty = 0;
    std::size_t withLetters = 0;
    double meanLength = 0;
};

std::string lowered(std::string text)
{
    std::ranges::transform(text, text.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    return text;
}

std::optional<std::size_t> findKnown(std::span<const std::string> cells, std::span<const std::string_view> names)
{
    for (const std::string_view name : names)
        for (std::size_t i = 0; i < cells.size(); ++i)
            if (lowered(cells[i]) == name)
                return i;
    return std::nullopt;
}

ColumnStatistics statisticsOf(std::span<const SampleRow> rows, std::size_t column)
{
    ColumnStatistics out;
    std::unordered_set<std::string_view> seen;
    std::size_t bytes = 0;
    for (const SampleRow& row : rows) {
        const std::string_view cell = column < row.size() ? std::string_view(row[column]) : std::string_view();
        out.empty += cell.empty() ? 1U : 0U;
        out.withLetters += hasLetter(cell) ? 1U : 0U;
        bytes += cell.size();
        if (!cell.empty())
            seen.insert(cell);
    }
    out.distinct = seen.size();
    out.meanLength = rows.empty() ? 0 : static_cast<double>(bytes) / static_cast<double>(rows.size());
    return out;
}

bool recurs(std::span<const SampleRow> rows, std::size_t column)
{
    return std::any_of(rows.begin() + 1, rows.end(),
                       [&](const SampleRow& row) { return column < row.size() && row[column] == rows[0][column]; });
}

bool hasBlank(const std::string& cell)
{
    return cell.find(' ') != std::string::npos;
}

bool looksLikeName(const std::string& cell)
{
    return !hasBlank(cell) && !parseNumber(cell);
}

/// 0 for a column whose values look like classes, 1 for one single value, 2 for anything else.
int unlikeness(const ColumnStatistics& column, std::size_t lines)
{
    if (column.empty * 2 > lines || column.distinct == 0)
        return 2;
    if (column.distinct == 1)
        return 1;
    return column.distinct <= classLimit(lines) ? 0 : 2;
}

class Chooser
{
public:
    Chooser(const ColumnSample& sample, const LabelledTextOptions& options, const std::string& path)
        : m_sample(sample)
        , m_options(options)
        , m_path(path)
        , m_names(sample.names.empty() && !sample.rows.empty() ? sample.rows.front() : sample.names)
    {
    }

    Result<Columns> choose()
    {
        if (m_sample.columns < 2)
            return fail(ErrorCode::NoLabels,
                        {m_path, "its lines have one column; write the label and a tab before each sentence"});
        if (auto set = applyOptions(); !set)
            return fail(set.error());
        m_out.count = m_sample.columns;
        m_out.header = m_sample.names.empty() && (m_named || firstRowIsHeader());
        if (m_out.header || !m_sample.names.empty())
            useKnownNames();
        measure();
        if (auto label = labelByContent(); !label)
            return fail(label.error());
        if (auto text = textByContent(); !text)
            return fail(text.error());
        return finished();
    }

private:
    Result<void> applyOptions()
    {
        if (auto text = resolve(m_options.text_column, "The text column", m_text); !text)
            return text;
        if (auto label = resolve(m_options.label_column, "The label column", m_label); !label)
            return label;
        if (m_text && m_label && *m_text == *m_label)
            return fail(ErrorCode::OptionsConflict,
                        {"The text column " + *m_options.text_column, "the label column " + *m_options.label_column,
                         "Choose two different columns."});
        return {};
    }

    Result<void> resolve(const std::optional<std::string>& wanted, const char* option,
                         std::optional<std::size_t>& column)
    {
        if (!wanted)
            return {};
        if (const auto found = std::ranges::find(m_names, *wanted); found != m_names.end()) {
            column = static_cast<std::size_t>(found - m_names.begin());
            m_named = true;
            return {};
        }
        const auto number = parseInteger(*wanted);
        if (number && *number >= 1 && static_cast<std::size_t>(*number) <= m_sample.columns) {
            column = static_cast<std::size_t>(*number - 1);
            return {};
        }
        return fail(ErrorCode::ValueRefused,
                    {std::string(option) + " of " + m_path, '"' + *wanted + '"', "the columns are " + columnList()});
    }

    [[nodiscard]] std::string columnList() const
    {
        constexpr std::size_t kShown = 40;
        std::string list;
        for (std::size_t i = 0; i < m_names.size(); ++i) {
            const bool isLong = m_names[i].size() > kShown;
            const std::string name = isLong ? toValidUtf8(m_names[i].substr(0, kShown)) + "..." : m_names[i];
            list += (i == 0 ? "" : ", ") + std::to_string(i + 1) + " (\"" + name + "\")";
        }
        return list;
    }

    [[nodiscard]] bool firstRowIsHeader() const
    {
        if (namesBothColumns(m_names))
            return true;
        if (m_sample.rows.size() < kLinesToJudgeHeader || !std::ranges::all_of(m_names, looksLikeName))
            return false;
        for (std::size_t i = 0; i < m_names.size(); ++i)
            if (recurs(m_sample.rows, i))
                return false;
        // Sentences of a single word are rare: a first row that is nothing but single words, none of which comes again,
        // names the columns.
        return findKnown(m_names, kTextNames) || findKnown(m_names, kLabelNames) || textsHaveBlanks();
    }

    /// Whether the longest column of the rows behind the first one mostly holds more than one word.
    [[nodiscard]] bool textsHaveBlanks() const
    {
        const std::span rows = std::span(m_sample.rows).subspan(1);
        std::size_t withBlank = 0;
        for (const SampleRow& row : rows)
            withBlank += std::ranges::any_of(row, hasBlank) ? 1U : 0U;
        return withBlank * 2 > rows.size();
    }

    void useKnownNames()
    {
        if (!m_text)
            m_text = findKnown(m_names, kTextNames);
        if (!m_label)
            m_label = findKnown(m_names, kLabelNames);
        if (m_text && m_label && *m_text == *m_label)
            (m_options.text_column ? m_label : m_text).reset();
    }

    void measure()
    {
        const std::span rows = std::span(m_sample.rows).subspan(m_out.header ? 1 : 0);
        m_lines = rows.size();
        for (std::size_t i = 0; i < m_sample.columns; ++i)
            m_statistics.push_back(statisticsOf(rows, i));
    }

    Result<void> labelByContent()
    {
        if (m_label)
            return {};
        const auto rank = [this](std::size_t i) {
            const ColumnStatistics& column = m_statistics[i];
            return std::tuple(unlikeness(column, m_lines), column.distinct, column.meanLength, i);
        };
        for (std::size_t i = 0; i < m_statistics.size(); ++i)
            if (m_text != i && m_statistics[i].distinct > 0 && (!m_label || rank(i) < rank(*m_label)))
                m_label = i;
        if (!m_label)
            return fail(ErrorCode::NoLabels,
                        {m_path, "every label is empty; choose another label column among " + columnList()});
        if (unlikeness(m_statistics[*m_label], m_lines) == 2 && m_lines >= kFewLines)
            return fail(ErrorCode::NoLabels, {m_path, tooManyValues()});
        return {};
    }

    [[nodiscard]] std::string tooManyValues() const
    {
        return "column " + std::to_string(*m_label + 1) + " is the likeliest, but " +
               std::to_string(m_statistics[*m_label].distinct) + " different values in " + std::to_string(m_lines) +
               " lines are no classes; choose the label column";
    }

    /// The column with the longest values among those that mostly have letters.
    Result<void> textByContent()
    {
        if (m_text)
            return {};
        for (std::size_t i = 0; i < m_statistics.size(); ++i) {
            const ColumnStatistics& column = m_statistics[i];
            const bool longer = !m_text || column.meanLength > m_statistics[*m_text].meanLength;
            if (i != *m_label && column.withLetters * 2 > m_lines && longer)
                m_text = i;
        }
        if (!m_text)
            return fail(ErrorCode::NoLabels,
                        {m_path, "no column beside the labels holds sentences; choose the text column"});
        return {};
    }

    Columns finished()
    {
        const bool named = m_out.header || !m_sample.names.empty();
        const auto nameOf = [&](std::size_t i) {
            return named && i < m_names.size() ? m_names[i] : std::to_string(i + 1);
        };
        m_out.text = *m_text;
        m_out.label = *m_label;
        m_out.textName = nameOf(*m_text);
        m_out.labelName = nameOf(*m_label);
        return m_out;
    }

    const ColumnSample& m_sample;
    const LabelledTextOptions& m_options;
    const std::string& m_path;
    const std::vector<std::string>& m_names;
    std::optional<std::size_t> m_text;
    std::optional<std::size_t> m_label;
    bool m_named = false; // an option matched a name of the first row
    std::size_t m_lines = 0;
    std::vector<ColumnStatistics> m_statistics;
    Columns m_out;
};

} // namespace

std::size_t classLimit(std::size_t lines)
{
    if (lines < kFewLines)
        return lines / 2;
    return std::clamp<std::size_t>(lines / 20, 10, 1000);
}

bool hasLetter(std::string_view text)
{
    return std::ranges::any_of(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0x80 || ((byte | 0x20U) >= 'a' && (byte | 0x20U) <= 'z');
    });
}

bool namesBothColumns(std::span<const std::string> cells)
{
    return findKnown(cells, kTextNames) && findKnown(cells, kLabelNames);
}

bool hasClassColumn(const ColumnSample& sample)
{
    const auto isWords = [&](std::size_t i) {
        return std::ranges::all_of(
            sample.rows, [i](const SampleRow& row) { return i < row.size() && !row[i].empty() && !hasBlank(row[i]); });
    };
    for (std::size_t i = 0; i < sample.columns; ++i)
        if (unlikeness(statisticsOf(sample.rows, i), sample.rows.size()) == 0 ||
            (sample.rows.size() < kFewLines && isWords(i)))
            return true;
    return false;
}

Result<Columns> chooseColumns(const ColumnSample& sample, const LabelledTextOptions& options, const std::string& path)
{
    return Chooser(sample, options, path).choose();
}

} // namespace embedscope
