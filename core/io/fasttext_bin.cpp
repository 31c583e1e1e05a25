// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/io/fasttext_model.h"
#include "core/io/registry.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace embedscope {

namespace {

// A word adds up some thirty rows.
constexpr Index kValuesPerChunk = Index{1} << 14;

Result<Matrix> compose(const FastTextModel& model, const Vocabulary& tokens, const ReadRequest& request)
{
    const Index dim = model.header().dim;
    Matrix weights(tokens.size(), dim);
    request.progress.start(tokens.size());
    parallelFor(tokens.size(), std::max<Index>(1, kValuesPerChunk / dim), [&](Index begin, Index end) {
        for (Index row = begin; row < end && !request.stop.stop_requested(); ++row)
            model.composeWord(row, tokens[row], weights.data() + row * dim, request.stop);
        request.file.release(model.input().bytesOf(begin, end));
        request.progress.add(end - begin);
    });
    if (request.stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    request.file.release(model.input().bytesOf(0, model.input().rows()));
    return weights;
}

} // namespace

bool recognisesFastTextBin(std::string_view bytes)
{
    ByteCursor cursor(bytes);
    FastTextHeader header;
    // The oldest layout begins with any number, so there everything must fit.
    return takeFastTextHeader(cursor, header) || header.hasMagic();
}

Result<TableDraft> readFastTextBin(const ReadRequest& request)
{
    FastTextModel::Words words;
    const Index most = request.wanted(std::numeric_limits<Index>::max());
    const auto model = FastTextModel::read(request.file, most, words, request.stop);
    if (!model)
        return fail(model.error());
    auto weights = compose(**model, words.tokens, request);
    if (!weights)
        return fail(weights.error());
    TableDraft draft{std::move(*weights), std::move(words.tokens), {}};
    draft.numberColumns.push_back({"count", std::move(words.counts)});
    const FastTextHeader& header = (*model)->header();
    draft.report.dtype = (*model)->input().isQuantised() ? "product-quantised" : "float32";
    if (header.labels > 0)
        draft.report.warnings.push_back(
            {WarningCode::LabelsLeftOut, {std::to_string(header.labels), words.firstLabel}});
    if (draft.weights.rows() < header.words)
        addLimitFinding(draft.report, draft.weights.rows(), header.words);
    addFindings(draft, rowNumbers(), request.stop);
    if (header.usesNgrams())
        draft.unknownTokens = *model;
    return draft;
}

} // namespace embedscope
