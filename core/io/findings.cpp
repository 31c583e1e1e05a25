// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/base/strings.h"
#include "core/io/registry.h"

#include <bit>

namespace embedscope {

namespace {

constexpr Index kValuesPerChunk = Index{1} << 18;

/// How many rows something was found in, and the first of them.
struct Count
{
    Index rows = 0;
    Index first = 0;

    void add(Index row)
    {
        if (rows++ == 0)
            first = row;
    }
    void add(const Count& later)
    {
        if (rows == 0)
            first = later.first;
        rows += later.rows;
    }
};

struct ValueCounts
{
    Count nan;
    Count zero;
};

ValueCounts countInRows(const ConstMatrixMap& weights, Index begin, Index end)
{
    constexpr std::uint32_t kExponent = 0x7F800000;
    constexpr std::uint32_t kAllButSign = 0x7FFFFFFF;
    ValueCounts counts;
    for (Index row = begin; row < end; ++row) {
        const float* values = weights.data() + row * weights.cols();
        std::uint32_t notFinite = 0;
        std::uint32_t any = 0;
        for (Index i = 0; i < weights.cols(); ++i) {
            const std::uint32_t bits = std::bit_cast<std::uint32_t>(values[i]) & kAllButSign;
            any |= bits;
            notFinite |= bits >= kExponent ? 1U : 0U;
        }
        if (notFinite != 0)
            counts.nan.add(row);
        if (any == 0)
            counts.zero.add(row);
    }
    return counts;
}

ValueCounts countValues(const ConstMatrixMap& weights, const std::stop_token& stop)
{
    const Index grain = std::max<Index>(1, kValuesPerChunk / std::max<Index>(1, weights.cols()));
    std::vector<ValueCounts> parts(static_cast<std::size_t>(chunkCount(weights.rows(), grain)));
    parallelChunks(weights.rows(), grain, [&](Index chunk, Index begin, Index end) {
        if (!stop.stop_requested())
            parts[static_cast<std::size_t>(chunk)] = countInRows(weights, begin, end);
    });
    ValueCounts all;
    for (const ValueCounts& part : parts) {
        all.nan.add(part.nan);
        all.zero.add(part.zero);
    }
    return all;
}

template <class Matches>
Count countTokens(const Vocabulary& vocabulary, const std::stop_token& stop, const Matches& matches)
{
    Count count;
    for (Index row = 0; row < vocabulary.size() && !stop.stop_requested(); ++row)
        if (matches(vocabulary[row]))
            count.add(row);
    return count;
}

void warn(LoadReport& report, WarningCode code, const Count& count, const PlaceOfRow& placeOf)
{
    if (count.rows > 0)
        report.warnings.push_back({code, {std::to_string(count.rows), placeOf(count.first)}});
}

void addDuplicates(TableDraft& draft, const PlaceOfRow& placeOf)
{
    const Vocabulary& vocabulary = draft.vocabulary;
    draft.report.duplicates = vocabulary.duplicates();
    if (draft.report.duplicates == 0)
        return;
    Index row = 0;
    while (vocabulary.find(vocabulary[row]) == row)
        ++row;
    draft.report.warnings.push_back(
        {WarningCode::DuplicateTokens,
         {std::to_string(draft.report.duplicates), toValidUtf8(vocabulary[row]), placeOf(row)}});
}

} // namespace

PlaceOfRow rowNumbers()
{
    return [](Index row) { return "row " + std::to_string(row); };
}

void addTokenFindings(TableDraft& draft, const PlaceOfRow& placeOf, const std::stop_token& stop)
{
    addDuplicates(draft, placeOf);
    const Count invalid =
        countTokens(draft.vocabulary, stop, [](auto token) { return firstInvalidUtf8(token).has_value(); });
    draft.report.invalidUtf8 = invalid.rows;
    warn(draft.report, WarningCode::InvalidUtf8, invalid, placeOf);
}

void addFindings(TableDraft& draft, const PlaceOfRow& placeOf, const std::stop_token& stop)
{
    LoadReport& report = draft.report;
    addTokenFindings(draft, placeOf, stop);
    const ValueCounts values = countValues(draft.weights.view(), stop);
    report.nanRows = values.nan.rows;
    warn(report, WarningCode::NanRows, values.nan, placeOf);
    report.zeroRows = values.zero.rows;
    warn(report, WarningCode::ZeroRows, values.zero, placeOf);
}

void addBlankFindings(TableDraft& draft, const PlaceOfRow& placeOf, const std::stop_token& stop)
{
    const auto hasBlank = [](std::string_view token) { return token.find(' ') != std::string_view::npos; };
    const Count blanks = countTokens(draft.vocabulary, stop, hasBlank);
    warn(draft.report, WarningCode::TokensWithBlanks, blanks, placeOf);
}

void addRowCountFindings(LoadReport& report, Index found, Index announced)
{
    if (found < announced)
        report.warnings.push_back({WarningCode::FewerRows, {std::to_string(found), std::to_string(announced)}});
    if (found > announced)
        report.warnings.push_back({WarningCode::MoreRows, {std::to_string(announced)}});
}

void addLimitFinding(LoadReport& report, Index read, std::optional<Index> inFile)
{
    const std::string all = inFile ? std::to_string(*inFile) : "more";
    report.warnings.push_back({WarningCode::Limited, {std::to_string(read), all}});
}

} // namespace embedscope
