// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/table/repair.h"

#include "core/base/parallel.h"
#include "core/base/strings.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace embedscope {

namespace {

/// What ends a token in one of the formats of text, or in word2vec binary.
constexpr std::string_view kBlanks{" \t\n\r\0", 5};
constexpr Index kValuesPerChunk = Index{1} << 18;
/// Tokens between two looks at the stop token: well below 5 ms.
constexpr Index kTokensPerLook = 1024;

enum class Values : std::uint8_t { Fine, Zero, NotFinite };

std::string joined(std::string_view token, std::string_view blank)
{
    std::string out;
    for (const char c : token)
        if (kBlanks.find(c) == std::string_view::npos)
            out += c;
        else
            out += blank;
    return out;
}

class Repair
{
public:
    Repair(const EmbeddingTable& table, const RepairOptions& options, const std::stop_token& stop, Progress& progress)
        : m_table(table)
        , m_options(options)
        , m_stop(stop)
        , m_progress(progress)
    {
    }

    Result<RepairedTable> run()
    {
        m_progress.start(3 * m_table.rows());
        lookAtValues();
        mendTokens();
        chooseRows();
        if (m_stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        if (m_kept.empty())
            return fail(ErrorCode::ValueRefused, {"The table to write", "empty", "these repairs would drop every row"});
        auto table = copyRows();
        if (!table)
            return fail(table.error());
        return RepairedTable{std::move(*table), m_counts};
    }

private:
    [[nodiscard]] Index grain() const { return std::max<Index>(1, kValuesPerChunk / m_table.dim()); }
    [[nodiscard]] Values valuesOf(Index row) const { return m_values[static_cast<std::size_t>(row)]; }

    void lookAtValues()
    {
        m_values.resize(static_cast<std::size_t>(m_table.rows()));
        parallelFor(m_table.rows(), grain(), [&](Index begin, Index end) {
            if (m_stop.stop_requested())
                return;
            for (Index row = begin; row < end; ++row) {
                const auto values = m_table.weights().row(row);
                m_values[static_cast<std::size_t>(row)] = !values.allFinite()           ? Values::NotFinite
                                                          : (values.array() == 0).all() ? Values::Zero
                                                                                        : Values::Fine;
            }
            m_progress.add(end - begin);
        });
    }

    void mendTokens()
    {
        const Vocabulary& old = m_table.vocabulary();
        m_tokens.reserve(old.size(), 0);
        for (Index row = 0; row < old.size(); ++row) {
            if (row % kTokensPerLook == 0 && m_stop.stop_requested())
                return;
            m_tokens.add(mended(old[row]));
        }
        m_progress.add(m_table.rows());
    }

    std::string mended(std::string_view token)
    {
        std::string out(token);
        if (m_options.valid_utf8 && firstInvalidUtf8(out)) {
            out = toValidUtf8(out);
            ++m_counts.tokensEncoded;
        }
        if (!m_options.blank.empty() && out.find_first_of(kBlanks) != std::string::npos) {
            out = joined(out, m_options.blank);
            ++m_counts.tokensJoined;
        }
        return out;
    }

    /// Whether the values of a row let it stay; counts it where they do not.
    bool valuesMayStay(Index row)
    {
        if (valuesOf(row) == Values::NotFinite && m_options.nan_rows == NanRows::Drop) {
            ++m_counts.nanDropped;
            return false;
        }
        if (valuesOf(row) == Values::Zero && m_options.drop_zero_rows) {
            ++m_counts.zeroDropped;
            return false;
        }
        return true;
    }

    void chooseRows()
    {
        std::vector<Index> rows;
        for (Index row = 0; row < m_tokens.size(); ++row)
            if (valuesMayStay(row))
                rows.push_back(row);
        if (m_options.repeated_tokens == RepeatedTokens::KeepLast)
            std::reverse(rows.begin(), rows.end());
        // find() gives one number for all rows of a token, the first of them.
        std::vector<bool> seen(static_cast<std::size_t>(m_tokens.size()));
        for (const Index row : rows) {
            if (m_options.repeated_tokens != RepeatedTokens::Keep) {
                const auto token = static_cast<std::size_t>(m_tokens.find(m_tokens[row]).value_or(row));
                if (seen[token]) {
                    ++m_counts.repeatedDropped;
                    continue;
                }
                seen[token] = true;
            }
            m_kept.push_back(row);
            m_counts.nanZeroed += m_options.nan_rows == NanRows::Zero && valuesOf(row) == Values::NotFinite ? 1 : 0;
        }
        if (m_options.repeated_tokens == RepeatedTokens::KeepLast)
            std::reverse(m_kept.begin(), m_kept.end());
    }

    Result<EmbeddingTable> copyRows()
    {
        const auto rows = std::ssize(m_kept);
        Matrix weights(rows, m_table.dim());
        parallelFor(rows, grain(), [&](Index begin, Index end) {
            if (m_stop.stop_requested())
                return;
            for (Index i = begin; i < end; ++i) {
                const Index row = m_kept[static_cast<std::size_t>(i)];
                if (m_options.nan_rows == NanRows::Zero && valuesOf(row) == Values::NotFinite)
                    weights.row(i).setZero();
                else
                    weights.row(i) = m_table.weights().row(row);
            }
            m_progress.add(end - begin);
        });
        Vocabulary vocabulary;
        vocabulary.reserve(rows, 0);
        for (const Index row : m_kept)
            vocabulary.add(m_tokens[row]);
        if (m_stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        auto table = EmbeddingTable::create(std::move(weights), std::move(vocabulary));
        if (table) {
            copyColumns(m_table.columns(), *table);
            copyColumns(m_table.numberColumns(), *table);
        }
        return table;
    }

    template <class Column>
    void copyColumns(const std::vector<Column>& columns, EmbeddingTable& table) const
    {
        for (Column column : columns) {
            auto values = std::move(column.values);
            column.values = {};
            for (const Index row : m_kept)
                column.values.push_back(values[static_cast<std::size_t>(row)]);
            table.addColumn(std::move(column));
        }
    }

    const EmbeddingTable& m_table;
    const RepairOptions& m_options;
    const std::stop_token& m_stop;
    Progress& m_progress;
    RepairCounts m_counts;
    std::vector<Values> m_values;
    Vocabulary m_tokens;
    std::vector<Index> m_kept;
};

} // namespace

Result<RepairedTable> repairTable(const EmbeddingTable& table, const RepairOptions& options, std::stop_token stop,
                                  Progress& progress)
{
    return Repair(table, options, stop, progress).run();
}

} // namespace embedscope
