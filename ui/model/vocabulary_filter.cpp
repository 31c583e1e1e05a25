// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/vocabulary_filter.h"

#include "core/base/parallel.h"
#include "ui/bridge/qt_text.h"

#include <QByteArray>
#include <QRegularExpression>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <tuple>

namespace embedscope {

namespace {

// One piece of this many rows takes well under 5 ms, which is how often a stop is looked for.
constexpr Index kGrain = 8192;
constexpr Index kStopCheckMask = 4095;
constexpr std::uint64_t kLast = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint64_t kSignBit = std::uint64_t{1} << 63;

/// One kept row and all that decides its place but the rest of a long token.
struct Entry
{
    std::uint64_t key = 0;
    qint32 row = 0;
    std::uint8_t group = 0; // 0: the token is the filter text, 1: starts with it, 2: holds it
};

std::size_t at(Index row)
{
    return static_cast<std::size_t>(row);
}

bool isAscii(std::string_view bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Upper and lower case made alike, as UTF-8. Reuses the memory of `out`.
void foldInto(std::string& out, std::string_view token)
{
    if (isAscii(token)) {
        out.assign(token);
        for (char& c : out)
            c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        return;
    }
    const QByteArray folded = toQString(token).toCaseFolded().toUtf8();
    out.assign(folded.constData(), static_cast<std::size_t>(folded.size()));
}

/// An integer that sorts as the number does; NaN last in both directions.
std::uint64_t orderedKey(double value, bool descending)
{
    if (std::isnan(value))
        return kLast;
    const auto bits = std::bit_cast<std::uint64_t>(value + 0.0);
    const std::uint64_t key = (bits & kSignBit) != 0 ? ~bits : bits | kSignBit;
    return descending ? ~key : key;
}

/// The first eight bytes decide most comparisons without a look at the token.
std::uint64_t prefixKey(std::string_view folded, bool descending)
{
    std::uint64_t key = 0;
    for (std::size_t i = 0; i < sizeof key; ++i)
        key = key << 8 | (i < folded.size() ? static_cast<unsigned char>(folded[i]) : 0U);
    return descending ? ~key : key;
}

/// Which of the three groups a token belongs to, or nullopt where it does not hold the needle.
std::optional<std::uint8_t> groupOf(std::string_view folded, std::string_view needle)
{
    const std::size_t place = folded.find(needle);
    if (place == std::string_view::npos)
        return std::nullopt;
    return place > 0 ? std::uint8_t{2} : std::uint8_t{folded.size() > needle.size()};
}

/// Decides for each row whether it stays.
class RowFilter
{
public:
    RowFilter(const EmbeddingTable& table, const std::vector<float>& norms, const QString& filter)
        : m_table(table)
        , m_norms(norms)
        , m_condition(parseNormCondition(filter))
    {
        foldInto(m_needle, filter.trimmed().toStdString());
    }

    [[nodiscard]] std::optional<std::uint8_t> group(Index row, std::string& scratch) const
    {
        if (m_condition)
            return m_condition->holds(m_norms[at(row)]) ? std::optional<std::uint8_t>(0) : std::nullopt;
        if (m_needle.empty())
            return 0;
        foldInto(scratch, m_table.vocabulary()[row]);
        return groupOf(scratch, m_needle);
    }

private:
    const EmbeddingTable& m_table;
    const std::vector<float>& m_norms;
    std::optional<NormCondition> m_condition;
    std::string m_needle;
};

/// `only`: the rows to look at, or null for all.
std::vector<Entry> keptRows(Index rows, const std::vector<Index>* only, const RowFilter& filter,
                            const std::stop_token& stop, Progress& progress)
{
    if (only)
        rows = static_cast<Index>(only->size());
    std::vector<std::vector<Entry>> pieces(at(chunkCount(rows, kGrain)));
    parallelChunks(rows, kGrain, [&](Index chunk, Index begin, Index end) {
        if (stop.stop_requested())
            return;
        std::string scratch;
        for (Index i = begin; i < end; ++i) {
            const Index row = only ? (*only)[at(i)] : i;
            if (const auto group = filter.group(row, scratch))
                pieces[at(chunk)].push_back({.row = static_cast<qint32>(row), .group = *group});
        }
        progress.add(end - begin);
    });
    std::vector<Entry> kept;
    for (const auto& piece : pieces)
        kept.insert(kept.end(), piece.begin(), piece.end());
    return kept;
}

void setKeys(std::vector<Entry>& entries, const auto& keyOf, const std::stop_token& stop)
{
    parallelFor(static_cast<Index>(entries.size()), kGrain, [&](Index begin, Index end) {
        for (Index i = begin; i < end && !stop.stop_requested(); ++i)
            entries[at(i)].key = keyOf(entries[at(i)].row);
    });
}

void mergeRuns(const std::vector<Entry>& in, std::vector<Entry>& out, Index begin, Index middle, Index end,
               const auto& before, const std::stop_token& stop)
{
    Index left = begin;
    Index right = middle;
    for (Index to = begin; to < end; ++to) {
        if ((to & kStopCheckMask) == 0 && stop.stop_requested())
            return;
        const bool takeRight = left == middle || (right < end && before(in[at(right)], in[at(left)]));
        out[at(to)] = in[at(takeRight ? right++ : left++)];
    }
}

/// A merge sort from sorted pieces, because std::sort cannot be stopped. The order is total, so it is the only one.
void sortEntries(std::vector<Entry>& entries, const auto& before, const std::stop_token& stop)
{
    const auto count = static_cast<Index>(entries.size());
    parallelFor(count, kGrain, [&](Index begin, Index end) {
        if (!stop.stop_requested())
            std::sort(entries.begin() + begin, entries.begin() + end, before);
    });
    std::vector<Entry> merged(entries.size());
    for (Index run = kGrain; run < count && !stop.stop_requested(); run *= 2) {
        parallelFor(count, 2 * run, [&](Index begin, Index end) {
            mergeRuns(entries, merged, begin, std::min(begin + run, end), end, before, stop);
        });
        entries.swap(merged);
    }
}

void sortByNumber(std::vector<Entry>& entries, const auto& numberOf, bool descending, const std::stop_token& stop)
{
    setKeys(
        entries, [&](qint32 row) { return orderedKey(numberOf(row), descending); }, stop);
    sortEntries(
        entries,
        [](const Entry& a, const Entry& b) {
            return std::tie(a.group, a.key, a.row) < std::tie(b.group, b.key, b.row);
        },
        stop);
}

void sortByToken(std::vector<Entry>& entries, const Vocabulary& vocabulary, bool descending,
                 const std::stop_token& stop)
{
    std::vector<std::string> folded(at(vocabulary.size()));
    setKeys(
        entries,
        [&](qint32 row) {
            foldInto(folded[at(row)], vocabulary[row]);
            return prefixKey(folded[at(row)], descending);
        },
        stop);
    sortEntries(
        entries,
        [&](const Entry& a, const Entry& b) {
            if (a.group != b.group || a.key != b.key)
                return std::tie(a.group, a.key) < std::tie(b.group, b.key);
            const int order = folded[at(a.row)].compare(folded[at(b.row)]);
            return order != 0 ? (order < 0) != descending : a.row < b.row;
        },
        stop);
}

/// The rank of each category among the names, so that rows sort as the names that people see.
std::vector<double> alphabeticalRanks(const std::vector<std::string>& categories)
{
    std::vector<std::size_t> order(categories.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return categories[a] < categories[b]; });
    std::vector<double> ranks(categories.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        ranks[order[i]] = static_cast<double>(i);
    return ranks;
}

void sortByCategory(std::vector<Entry>& entries, const CategoryColumn& column, bool descending,
                    const std::stop_token& stop)
{
    const auto ranks = alphabeticalRanks(column.categories);
    const auto rankOf = [&](qint32 row) {
        const std::int32_t value = column.values[at(row)];
        return value < 0 ? std::numeric_limits<double>::quiet_NaN() : ranks[at(value)];
    };
    sortByNumber(entries, rankOf, descending, stop);
}

void sortBy(const RowQuery& query, std::vector<Entry>& entries, const EmbeddingTable& table,
            const std::vector<float>& norms, const std::stop_token& stop)
{
    const auto normOf = [&](qint32 row) { return static_cast<double>(norms[at(row)]); };
    switch (query.key) {
    case SortKey::Row:
        return sortByNumber(
            entries, [](qint32 row) { return static_cast<double>(row); }, query.descending, stop);
    case SortKey::Token:
        return sortByToken(entries, table.vocabulary(), query.descending, stop);
    case SortKey::Norm:
        return sortByNumber(entries, normOf, query.descending, stop);
    case SortKey::Category:
        return sortByCategory(entries, table.columns()[query.column], query.descending, stop);
    case SortKey::Number:
        return sortByNumber(
            entries, [&column = table.numberColumns()[query.column]](qint32 row) { return column.values[at(row)]; },
            query.descending, stop);
    }
}

RowOrder orderOf(const std::vector<Entry>& entries, Index rows)
{
    RowOrder out;
    out.rows.reserve(entries.size());
    out.positions.assign(at(rows), -1);
    for (const Entry& entry : entries) {
        out.positions[at(entry.row)] = static_cast<qint32>(out.rows.size());
        out.rows.push_back(entry.row);
    }
    return out;
}

} // namespace

RowOrder identityOrder(Index rows)
{
    RowOrder out;
    out.rows.resize(at(rows));
    std::iota(out.rows.begin(), out.rows.end(), 0);
    out.positions = out.rows;
    return out;
}

bool NormCondition::holds(float norm) const
{
    const auto value = static_cast<double>(norm);
    switch (relation) {
    case Relation::Less:
        return value < bound;
    case Relation::LessOrEqual:
        return value <= bound;
    case Relation::Greater:
        return value > bound;
    case Relation::GreaterOrEqual:
        return value >= bound;
    case Relation::Equal:
        return norm == static_cast<float>(bound);
    }
    return false;
}

std::optional<NormCondition> parseNormCondition(const QString& filter)
{
    using Relation = NormCondition::Relation;
    static const QRegularExpression pattern(QStringLiteral(R"(^\s*norm\s*(<=|>=|<|>|=)\s*([0-9.,eE+-]+)\s*$)"),
                                            QRegularExpression::CaseInsensitiveOption);
    const auto match = pattern.match(filter);
    if (!match.hasMatch())
        return std::nullopt;
    bool isNumber = false;
    const double bound = match.captured(2).replace(QLatin1Char(','), QLatin1Char('.')).toDouble(&isNumber);
    if (!isNumber)
        return std::nullopt;
    const QString sign = match.captured(1);
    const bool orEqual = sign.size() == 2;
    if (sign.startsWith(QLatin1Char('<')))
        return NormCondition{orEqual ? Relation::LessOrEqual : Relation::Less, bound};
    if (sign.startsWith(QLatin1Char('>')))
        return NormCondition{orEqual ? Relation::GreaterOrEqual : Relation::Greater, bound};
    return NormCondition{Relation::Equal, bound};
}

Result<RowOrder> orderRows(const EmbeddingTable& table, const std::vector<float>& norms, const RowQuery& query,
                           std::stop_token stop, Progress& progress)
{
    progress.start(table.rows());
    auto entries = keptRows(table.rows(), query.only.get(), RowFilter(table, norms, query.filter), stop, progress);
    sortBy(query, entries, table, norms, stop);
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    return orderOf(entries, table.rows());
}

} // namespace embedscope
