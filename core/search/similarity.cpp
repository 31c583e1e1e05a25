// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/similarity.h"

#include "core/search/correlation.h"

#include <algorithm>
#include <cmath>

namespace embedscope {

namespace {

constexpr Index kPairsPerLook = 1024;

/// Exactly 1 for two equal rows, so that they are tied; NaN where a row is not finite.
double cosine(const ConstMatrixRef& weights, Index first, Index second)
{
    const Eigen::RowVectorXd a = weights.row(first).cast<double>();
    const Eigen::RowVectorXd b = weights.row(second).cast<double>();
    const double squares = a.dot(a) * b.dot(b);
    return squares == 0 ? 0.0 : a.dot(b) / std::sqrt(squares);
}

struct Lists
{
    std::vector<double> judged;
    std::vector<double> computed;
    Index unknown = 0;
};

void addPair(const WordPair& pair, const std::vector<Index>& numbers, const ConstMatrixRef& weights,
             const EvaluationWords& words, const EvaluationOptions& options, Lists& lists)
{
    const Index first = numbers[static_cast<std::size_t>(pair.first)];
    const Index second = numbers[static_cast<std::size_t>(pair.second)];
    const bool known = first != EvaluationWords::kNone && second != EvaluationWords::kNone;
    lists.unknown += known ? 0 : 1;
    if (!known && !options.dummy4unknown)
        return;
    lists.judged.push_back(pair.judgement);
    lists.computed.push_back(known ? cosine(weights, words.rowOf(first), words.rowOf(second)) : 0.0);
}

} // namespace

Result<SimilarityResult> evaluateSimilarity(const EmbeddingTable& table, const WordPairs& pairs,
                                            const EvaluationOptions& options, std::stop_token stop, Progress& progress)
{
    progress.start(static_cast<std::int64_t>(pairs.pairs.size()));
    const auto words = EvaluationWords::create(table.vocabulary(), options, stop);
    if (!words)
        return fail(words.error());
    const auto numbers = words->find(pairs.words, stop);
    if (!numbers)
        return fail(numbers.error());
    Lists lists;
    for (std::size_t i = 0; i < pairs.pairs.size(); ++i) {
        if (i % kPairsPerLook == 0 && stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        addPair(pairs.pairs[i], *numbers, table.weights(), *words, options, lists);
        progress.add(1);
    }
    if (lists.judged.empty())
        return fail(ErrorCode::ValueRefused,
                    {"The list of word pairs", "compared with this table",
                     "none of its " + std::to_string(pairs.pairs.size()) + " pairs has both words among the tokens"});
    return SimilarityResult{spearmanCorrelation(lists.judged, lists.computed),
                            pearsonCorrelation(lists.judged, lists.computed), static_cast<Index>(pairs.pairs.size()),
                            lists.unknown};
}

} // namespace embedscope
