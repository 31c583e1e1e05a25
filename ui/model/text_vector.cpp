// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/text_vector.h"

#include "core/text/tokenizer.h"

#include <algorithm>
#include <optional>
#include <sstream>
#include <utility>

namespace embedscope {

namespace {

bool hasSign(std::string_view piece)
{
    return piece.front() == '+' || piece.front() == '-' || piece.starts_with("\u2212") || piece.front() == '"';
}

/// A sign at the head of a piece makes a formula of the text.
bool isSentence(std::string_view text, const Vocabulary& vocabulary)
{
    if (vocabulary.contains(text))
        return false;
    std::istringstream words{std::string(text)};
    Index pieces = 0;
    for (std::string piece; words >> piece; ++pieces)
        if (hasSign(piece))
            return false;
    return pieces > 1;
}

std::optional<Index> rowOf(std::string_view word, const Vocabulary& vocabulary)
{
    if (const auto row = vocabulary.find(word))
        return row;
    const std::vector<std::string> lower = tokenize(word);
    return lower.size() == 1 ? vocabulary.find(lower.front()) : std::nullopt;
}

} // namespace

Result<TextVector> vectorOfText(std::string_view text, const EmbeddingTable& table, Metric metric)
{
    TextVector out;
    if (!isSentence(text, table.vocabulary())) {
        auto query = evaluateFormula(text, table, metric);
        if (!query)
            return fail(query.error());
        out.vector = std::move(query->vector);
        out.composed = std::move(query->composed);
        return out;
    }
    out.mean = true;
    Eigen::RowVectorXd sum = Eigen::RowVectorXd::Zero(table.dim());
    Index words = 0;
    for (const std::string& word : tokenize(text, {.lower_case = false})) {
        std::optional<RowVector> vector;
        if (const auto row = rowOf(word, table.vocabulary()))
            vector = table.weights().row(*row);
        else if (table.unknownTokens() && table.unknownTokens()->canCompose(word)) {
            vector = table.unknownTokens()->vectorOf(word);
            out.composed.push_back(word);
        }
        if (!vector || !vector->allFinite()) {
            out.left_out.push_back(word);
            continue;
        }
        sum += vector->cast<double>();
        ++words;
    }
    if (words == 0)
        return fail(ErrorCode::UnknownToken, {out.left_out.empty() ? std::string(text) : out.left_out.front()});
    out.vector = (sum / static_cast<double>(words)).cast<float>();
    return out;
}

} // namespace embedscope
