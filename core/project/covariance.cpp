// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/covariance.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <cmath>

namespace embedscope {

namespace {

constexpr Index kFloatsPerChunk = Index{1} << 18;
constexpr Index kBlockRows = 64; // rows multiplied in float32 before they are added up in float64
constexpr Index kTileDims = 384; // 64 x 384 x 384 products take about 1 ms
constexpr Index kJobs = 64;      // pieces of work, each with its own float64 sum

struct ChunkSurvey
{
    Eigen::RowVectorXd sum;
    float largest = 0;
    std::vector<Index> rowsLeftOut;
};

void addRow(ChunkSurvey& out, const ConstMatrixRef& weights, Index row)
{
    out.sum += weights.row(row).cast<double>();
    out.largest = std::max(out.largest, weights.row(row).cwiseAbs().maxCoeff());
}

/// float64 sums of float32 values cannot overflow, so a finite sum proves every row finite.
ChunkSurvey surveyTrusting(const ConstMatrixRef& weights, Index begin, Index end)
{
    ChunkSurvey out{Eigen::RowVectorXd::Zero(weights.cols()), 0, {}};
    for (Index row = begin; row < end; ++row)
        addRow(out, weights, row);
    return out;
}

ChunkSurvey surveyChecking(const ConstMatrixRef& weights, Index begin, Index end)
{
    ChunkSurvey out{Eigen::RowVectorXd::Zero(weights.cols()), 0, {}};
    for (Index row = begin; row < end; ++row) {
        if (weights.row(row).allFinite())
            addRow(out, weights, row);
        else
            out.rowsLeftOut.push_back(row);
    }
    return out;
}

RowSurvey merge(const std::vector<ChunkSurvey>& parts, Index rows, Index dim)
{
    RowSurvey out{Eigen::RowVectorXd::Zero(dim), 0, {}};
    for (const auto& part : parts) {
        out.mean += part.sum;
        out.largest = std::max(out.largest, part.largest);
        out.rowsLeftOut.insert(out.rowsLeftOut.end(), part.rowsLeftOut.begin(), part.rowsLeftOut.end());
    }
    out.mean /= static_cast<double>(std::max<Index>(1, out.rowsUsed(rows)));
    return out;
}

/// A power of two that brings the largest value near 1, so that squares neither overflow nor vanish in float32.
float scaleFor(float largest)
{
    return largest > 0 ? std::ldexp(1.0F, -std::clamp(std::ilogb(largest), -125, 125)) : 1.0F;
}

/// One pair of column tiles over one range of rows.
struct Job
{
    Index rowBegin, rowEnd;
    Index left, right; // first columns of the tiles, left >= right
};

class CovarianceSum
{
public:
    CovarianceSum(const ConstMatrixRef& weights, const RowSurvey& survey)
        : m_weights(weights)
        , m_survey(survey)
        , m_scale(scaleFor(survey.largest))
        , m_mean((survey.mean * static_cast<double>(m_scale)).cast<float>())
    {
        const Index tiles = chunkCount(weights.cols(), kTileDims);
        m_tile = (weights.cols() + tiles - 1) / tiles;
        const Index pairs = tiles * (tiles + 1) / 2;
        m_rowsPerJob = std::max(kBlockRows, chunkCount(weights.rows(), std::max<Index>(1, kJobs / pairs)));
        for (Index left = 0; left < weights.cols(); left += m_tile)
            for (Index right = 0; right <= left; right += m_tile)
                for (Index row = 0; row < weights.rows(); row += m_rowsPerJob)
                    m_jobs.push_back({row, std::min(row + m_rowsPerJob, weights.rows()), left, right});
    }

    Result<Eigen::MatrixXd> run(const std::stop_token& stop, Progress& progress)
    {
        std::vector<Eigen::MatrixXd> sums(m_jobs.size());
        parallelFor(static_cast<Index>(m_jobs.size()), 1, [&](Index begin, Index) {
            const auto job = static_cast<std::size_t>(begin);
            sums[job] = sumOf(m_jobs[job], stop, progress);
        });
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        return finish(sums);
    }

private:
    [[nodiscard]] Index width(Index column) const { return std::min(m_tile, m_weights.cols() - column); }

    /// Scaled and centred; a row that is left out becomes zero and adds nothing.
    void centre(Matrix& out, Index row, Index rows, Index column) const
    {
        const Index columns = width(column);
        out = (m_weights.block(row, column, rows, columns) * m_scale).rowwise() - m_mean.segment(column, columns);
        const auto& bad = m_survey.rowsLeftOut;
        for (auto at = std::lower_bound(bad.begin(), bad.end(), row); at != bad.end() && *at < row + rows; ++at)
            out.row(*at - row).setZero();
    }

    Eigen::MatrixXd sumOf(const Job& job, const std::stop_token& stop, Progress& progress) const
    {
        Eigen::MatrixXd sum = Eigen::MatrixXd::Zero(width(job.left), width(job.right));
        Matrix left;
        Matrix right;
        Eigen::MatrixXf product(sum.rows(), sum.cols());
        for (Index row = job.rowBegin; row < job.rowEnd && !stop.stop_requested(); row += kBlockRows) {
            const Index rows = std::min(kBlockRows, job.rowEnd - row);
            centre(left, row, rows, job.left);
            product.setZero();
            if (job.left == job.right) {
                product.selfadjointView<Eigen::Lower>().rankUpdate(left.transpose());
            } else {
                centre(right, row, rows, job.right);
                product.noalias() += left.transpose() * right;
            }
            sum += product.cast<double>();
            if (job.left == 0)
                progress.add(rows);
        }
        return sum;
    }

    /// Adds the sums in order, takes out what the rounding of the mean to float32 left in, and undoes the scale.
    [[nodiscard]] Eigen::MatrixXd finish(const std::vector<Eigen::MatrixXd>& sums) const
    {
        const Index dim = m_weights.cols();
        Eigen::MatrixXd total = Eigen::MatrixXd::Zero(dim, dim);
        for (std::size_t i = 0; i < sums.size(); ++i)
            total.block(m_jobs[i].left, m_jobs[i].right, sums[i].rows(), sums[i].cols()) += sums[i];
        total.triangularView<Eigen::StrictlyUpper>() = total.transpose();
        const auto rows = static_cast<double>(m_survey.rowsUsed(m_weights.rows()));
        if (rows < 2)
            return Eigen::MatrixXd::Zero(dim, dim);
        const auto scale = static_cast<double>(m_scale);
        const Eigen::RowVectorXd rest = m_survey.mean * scale - m_mean.cast<double>();
        total.noalias() -= rows * rest.transpose() * rest;
        return total / (scale * scale * (rows - 1));
    }

    const ConstMatrixRef& m_weights;
    const RowSurvey& m_survey;
    float m_scale;
    RowVector m_mean; // scaled
    Index m_tile = 0;
    Index m_rowsPerJob = 0;
    std::vector<Job> m_jobs;
};

} // namespace

Result<RowSurvey> surveyRows(const ConstMatrixRef& weights, std::stop_token stop, Progress& progress)
{
    const Index grain = std::max<Index>(1, kFloatsPerChunk / std::max<Index>(1, weights.cols()));
    std::vector<ChunkSurvey> parts(static_cast<std::size_t>(chunkCount(weights.rows(), grain)));
    parallelChunks(weights.rows(), grain, [&](Index chunk, Index begin, Index end) {
        if (stop.stop_requested())
            return;
        ChunkSurvey survey = surveyTrusting(weights, begin, end);
        if (!survey.sum.allFinite())
            survey = surveyChecking(weights, begin, end);
        parts[static_cast<std::size_t>(chunk)] = std::move(survey);
        progress.add(end - begin);
    });
    if (stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    return merge(parts, weights.rows(), weights.cols());
}

Result<Eigen::MatrixXd> covarianceOf(const ConstMatrixRef& weights, const RowSurvey& survey, std::stop_token stop,
                                     Progress& progress)
{
    if (weights.cols() == 0)
        return Eigen::MatrixXd(0, 0);
    return CovarianceSum(weights, survey).run(stop, progress);
}

} // namespace embedscope
