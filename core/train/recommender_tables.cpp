// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/recommender_tables.h"

#include "core/base/strings.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace embedscope {

namespace {

constexpr int kSteps = 5;

std::string rangeText(double low, double high)
{
    return low == high ? formatNumber(low) : formatNumber(low) + " to " + formatNumber(high);
}

/// Rows sorted into steps of about as many rows each; equal values share a step. Rows without a rating have none.
CategoryColumn steppedColumn(const char* name, const std::vector<double>& values,
                             const std::vector<std::int64_t>& count)
{
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < values.size(); ++row)
        if (count[row] > 0)
            rows.push_back(row);
    std::ranges::stable_sort(rows, {}, [&values](std::size_t row) { return values[row]; });
    CategoryColumn column{name, {}, std::vector<std::int32_t>(values.size(), -1)};
    for (std::size_t begin = 0; begin < rows.size();) {
        std::size_t end = std::min(begin + (rows.size() + kSteps - 1) / kSteps, rows.size());
        while (end < rows.size() && values[rows[end]] == values[rows[end - 1]])
            ++end;
        for (std::size_t i = begin; i < end; ++i)
            column.values[rows[i]] = static_cast<std::int32_t>(column.categories.size());
        column.categories.push_back(rangeText(values[rows[begin]], values[rows[end - 1]]));
        begin = end;
    }
    return column;
}

double rounded(double value)
{
    return std::round(value * 100) / 100;
}

template <class T>
std::vector<double> roundedAll(const std::vector<T>& values)
{
    std::vector<double> out;
    for (const T value : values)
        out.push_back(rounded(static_cast<double>(value)));
    return out;
}

std::string oneLine(std::string_view token)
{
    std::string out(token);
    std::ranges::replace_if(
        out, [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
    return out;
}

} // namespace

RatingFacts factsOf(const Recommender& model, RatingSide side, std::span<const Rating> train)
{
    const Matrix& bias = side == RatingSide::Users ? model.userBias() : model.itemBias();
    const auto rows = static_cast<std::size_t>(bias.rows());
    RatingFacts facts{std::vector<std::int64_t>(rows), std::vector<double>(rows),
                      std::vector<float>(bias.data(), bias.data() + bias.size())};
    for (const Rating& rating : train) {
        const auto row = static_cast<std::size_t>(side == RatingSide::Users ? rating.user : rating.item);
        ++facts.count[row];
        facts.mean[row] += static_cast<double>(rating.value);
    }
    for (std::size_t row = 0; row < rows; ++row)
        facts.mean[row] /= static_cast<double>(std::max<std::int64_t>(1, facts.count[row]));
    return facts;
}

Result<EmbeddingTable> tableOf(const Recommender& model, RatingSide side, const Vocabulary& tokens,
                               const RatingFacts& facts)
{
    auto table = EmbeddingTable::create(side == RatingSide::Users ? model.userVectors() : model.itemVectors(), tokens);
    if (!table)
        return table;
    for (auto& [name, values] :
         {std::pair("ratings", roundedAll(facts.count)), std::pair("mean rating", roundedAll(facts.mean)),
          std::pair("bias", roundedAll(facts.bias))}) {
        CategoryColumn column = steppedColumn(name, values, facts.count);
        if (column.categories.size() > 1)
            table->addColumn(std::move(column));
    }
    return table;
}

std::string factsText(const Vocabulary& tokens, const RatingFacts& facts)
{
    std::string out = "token\tratings\tmean_rating\tbias\n";
    for (Index row = 0; row < tokens.size(); ++row) {
        const auto i = static_cast<std::size_t>(row);
        out += oneLine(tokens[row]) + '\t' + std::to_string(facts.count[i]) + '\t' + formatNumber(facts.mean[i]) +
               '\t' + formatNumber(facts.bias[i]) + '\n';
    }
    return out;
}

} // namespace embedscope
