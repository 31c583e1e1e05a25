// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/pca.h"

#include "core/base/parallel.h"
#include "core/project/covariance.h"
#include "core/project/symmetric_eigen.h"

#include <algorithm>
#include <limits>

namespace embedscope {

namespace {

constexpr Index kRowsPerProduct = 256;

/// An eigenvector has no sign of its own; the first of its largest entries decides.
void fixSign(Eigen::Ref<Eigen::VectorXd> vector)
{
    Index largest = 0;
    vector.cwiseAbs().maxCoeff(&largest);
    if (vector(largest) < 0)
        vector = -vector;
}

Pca assemble(const RowSurvey& survey, EigenPairs pairs, double totalVariance)
{
    for (Index i = 0; i < pairs.vectors.cols(); ++i)
        fixSign(pairs.vectors.col(i));
    Pca out;
    out.mean = survey.mean.cast<float>();
    out.components = pairs.vectors.transpose().cast<float>();
    for (const double value : pairs.values) {
        const double variance = std::max(value, 0.0); // rounding may leave a tiny negative one
        out.explained_variance.push_back(variance);
        out.explained_variance_ratio.push_back(totalVariance > 0 ? std::min(variance / totalVariance, 1.0) : 0);
    }
    out.rows_left_out = static_cast<Index>(survey.rowsLeftOut.size());
    return out;
}

} // namespace

Matrix Pca::project(const ConstMatrixRef& rows) const
{
    Matrix out(rows.rows(), components.rows());
    parallelFor(rows.rows(), kRowsPerProduct, [&](Index begin, Index end) {
        const Index count = end - begin;
        const Matrix centred = rows.middleRows(begin, count).rowwise() - mean;
        out.middleRows(begin, count).noalias() = centred * components.transpose();
        // An infinity could come out as infinite coordinates, which no map can show.
        for (Index row = begin; row < end; ++row)
            if (!out.row(row).allFinite() && !rows.row(row).allFinite())
                out.row(row).setConstant(std::numeric_limits<float>::quiet_NaN());
    });
    return out;
}

Result<Pca> fitPca(const ConstMatrixRef& weights, Index k, std::stop_token stop, Progress& progress)
{
    progress.start(weights.rows() * 2);
    const auto survey = surveyRows(weights, stop, progress);
    if (!survey)
        return fail(survey.error());
    const auto covariance = covarianceOf(weights, *survey, stop, progress);
    if (!covariance)
        return fail(covariance.error());
    auto pairs = largestEigenpairs(*covariance, std::clamp<Index>(k, 0, weights.cols()), stop);
    if (!pairs)
        return fail(pairs.error());
    return assemble(*survey, *std::move(pairs), covariance->trace());
}

} // namespace embedscope
