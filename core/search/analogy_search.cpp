// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/analogy_search.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <span>
#include <utility>

namespace embedscope {

namespace {

constexpr Index kQuestionsPerBatch = 8192; // bounds the memory for the cosines of their words
constexpr Index kRowsPerBlock = 512;
constexpr Index kRowsPerLook = 64; // their best is compared with what a question has before each of them is
constexpr std::size_t kAnswers = 5;
constexpr std::size_t kCandidates = kAnswers + 3; // a, b and c may be among the best, and are left out
constexpr float kLeftOut = -std::numeric_limits<float>::infinity();

/// Puts the row at length 1 into `out`, or zero where it has no direction.
bool copyUnit(const ConstMatrixRef& weights, Index row, Eigen::Ref<RowVector> out)
{
    const double norm = weights.row(row).cast<double>().norm();
    const bool valid = norm > 0 && std::isfinite(norm);
    if (valid)
        out = (weights.row(row).cast<double>() / norm).cast<float>();
    else
        out.setZero();
    return valid;
}

/// The rows with the largest scores of one question, largest first. Rows come in ascending order, so that of equal
/// scores the first rows stay.
class Candidates
{
public:
    Candidates()
    {
        m_scores.fill(kLeftOut);
        m_rows.fill(-1);
    }

    [[nodiscard]] float smallest() const { return m_scores.back(); }

    void offer(float score, Index row)
    {
        if (!(score > smallest()))
            return;
        std::size_t place = kCandidates - 1;
        for (; place > 0 && score > m_scores[place - 1]; --place) {
            m_scores[place] = m_scores[place - 1];
            m_rows[place] = m_rows[place - 1];
        }
        m_scores[place] = score;
        m_rows[place] = static_cast<std::int32_t>(row);
    }

    [[nodiscard]] const std::array<std::int32_t, kCandidates>& rows() const { return m_rows; }

private:
    std::array<float, kCandidates> m_scores;
    std::array<std::int32_t, kCandidates> m_rows;
};

/// 512 rows of the table at length 1, with a penalty for those that are no answer.
class Block
{
public:
    explicit Block(Index dim)
        : m_units(kRowsPerBlock, dim)
        , m_penalty(kRowsPerBlock)
    {
    }

    void load(const ConstMatrixRef& weights, const EvaluationWords& words, Index first)
    {
        m_first = first;
        parallelFor(kRowsPerBlock, kRowsPerLook, [&](Index begin, Index end) {
            for (Index i = begin; i < end; ++i)
                m_penalty[i] = loadRow(weights, words, i) ? 0.0F : kLeftOut;
        });
    }

    [[nodiscard]] Index first() const { return m_first; }
    [[nodiscard]] const Matrix& units() const { return m_units; }
    [[nodiscard]] const RowVector& penalty() const { return m_penalty; }

private:
    bool loadRow(const ConstMatrixRef& weights, const EvaluationWords& words, Index i)
    {
        const Index row = m_first + i;
        if (row < words.rowEnd() && words.wordOf(row) != EvaluationWords::kNone)
            return copyUnit(weights, row, m_units.row(i));
        m_units.row(i).setZero();
        return false;
    }

    Index m_first = 0;
    Matrix m_units;
    RowVector m_penalty;
};

/// Some thousand questions, answered in one pass over the table.
class Batch
{
public:
    Batch(const ConstMatrixRef& weights, const EvaluationWords& words, std::span<const AnalogyInput> inputs)
        : m_weights(weights)
        , m_words(words)
        , m_inputs(inputs)
        , m_best(inputs.size())
    {
        for (const auto& input : inputs)
            m_distinct.insert(m_distinct.end(), {input.a, input.b, input.c});
        std::sort(m_distinct.begin(), m_distinct.end());
        m_distinct.erase(std::unique(m_distinct.begin(), m_distinct.end()), m_distinct.end());
        const auto count = static_cast<Index>(m_distinct.size());
        m_units.resize(count, weights.cols());
        m_cosines.resize(count, kRowsPerBlock);
        parallelFor(count, kRowsPerLook, [&](Index begin, Index end) {
            for (Index i = begin; i < end; ++i)
                copyUnit(weights, words.rowOf(m_distinct[static_cast<std::size_t>(i)]), m_units.row(i));
        });
        for (const auto& input : inputs)
            m_places.push_back({placeOf(input.a), placeOf(input.b), placeOf(input.c)});
    }

    void scan(const Block& block, const std::stop_token& stop)
    {
        multiply(block, stop);
        constexpr Index kQuestionsPerChunk = 256;
        parallelFor(static_cast<Index>(m_inputs.size()), kQuestionsPerChunk, [&](Index begin, Index end) {
            if (stop.stop_requested())
                return;
            for (Index question = begin; question < end; ++question)
                offerRows(block, static_cast<std::size_t>(question));
        });
    }

    void answer(std::span<Index> answers, const std::stop_token& stop) const
    {
        parallelFor(static_cast<Index>(m_inputs.size()), kRowsPerLook, [&](Index begin, Index end) {
            for (auto i = static_cast<std::size_t>(begin); i < static_cast<std::size_t>(end); ++i)
                if (!stop.stop_requested())
                    answers[i] = answerOf(i);
        });
    }

private:
    [[nodiscard]] Index placeOf(Index word) const
    {
        return std::lower_bound(m_distinct.begin(), m_distinct.end(), word) - m_distinct.begin();
    }

    void multiply(const Block& block, const std::stop_token& stop)
    {
        constexpr Index kProductsPerChunk = Index{1} << 24; // one to four milliseconds
        const Index grain = std::max<Index>(1, kProductsPerChunk / (kRowsPerBlock * m_units.cols()));
        parallelFor(m_units.rows(), grain, [&](Index begin, Index end) {
            if (!stop.stop_requested())
                m_cosines.middleRows(begin, end - begin).noalias() =
                    m_units.middleRows(begin, end - begin) * block.units().transpose();
        });
    }

    void offerRows(const Block& block, std::size_t question)
    {
        const auto& [a, b, c] = m_places[question];
        Candidates& best = m_best[question];
        for (Index i = 0; i < kRowsPerBlock; i += kRowsPerLook) {
            const auto part = [i](const auto& row) { return row.template segment<kRowsPerLook>(i); };
            const Eigen::Matrix<float, 1, kRowsPerLook> scores =
                part(m_cosines.row(b)) - part(m_cosines.row(a)) + part(m_cosines.row(c)) + part(block.penalty());
            if (scores.maxCoeff() <= best.smallest())
                continue;
            for (Index k = 0; k < kRowsPerLook; ++k)
                best.offer(scores[k], block.first() + i + k);
        }
    }

    [[nodiscard]] Eigen::RowVectorXd exactUnit(Index word) const
    {
        return m_weights.row(m_words.rowOf(word)).cast<double>().normalized();
    }

    /// Candidates but for the rows of the inputs, best first.
    [[nodiscard]] std::vector<Index> ranked(std::size_t question) const
    {
        const auto& input = m_inputs[question];
        const Eigen::RowVectorXd query = exactUnit(input.b) - exactUnit(input.a) + exactUnit(input.c);
        std::vector<std::pair<double, Index>> scored; // minus the score, so that both parts sort upwards
        for (const Index row : m_best[question].rows()) {
            if (row < 0 || row == m_words.rowOf(input.a) || row == m_words.rowOf(input.b) ||
                row == m_words.rowOf(input.c))
                continue;
            const auto vector = m_weights.row(row).cast<double>();
            scored.emplace_back(-vector.dot(query) / vector.norm(), row);
        }
        std::sort(scored.begin(), scored.end());
        std::vector<Index> rows;
        for (const auto& [score, row] : scored)
            rows.push_back(row);
        return rows;
    }

    [[nodiscard]] Index answerOf(std::size_t question) const
    {
        const auto& places = m_places[question];
        for (const Index place : places)
            if (m_units.row(place).isZero(0))
                return EvaluationWords::kNone;
        const auto& input = m_inputs[question];
        const auto rows = ranked(question);
        Index answer = EvaluationWords::kNone;
        for (std::size_t i = 0; i < std::min(kAnswers, rows.size()); ++i) {
            answer = m_words.wordOf(rows[i]);
            if (answer != input.a && answer != input.b && answer != input.c)
                break;
        }
        return answer;
    }

    const ConstMatrixRef& m_weights;
    const EvaluationWords& m_words;
    std::span<const AnalogyInput> m_inputs;
    std::vector<Candidates> m_best;
    std::vector<Index> m_distinct;              // words of the inputs, ascending
    std::vector<std::array<Index, 3>> m_places; // of a, b and c of a question among them
    Matrix m_units;                             // a row for each distinct word
    Matrix m_cosines;                           // the same by the rows of a block
};

} // namespace

Result<std::vector<Index>> answerAnalogies(const ConstMatrixRef& weights, const EvaluationWords& words,
                                           const std::vector<AnalogyInput>& inputs, std::stop_token stop,
                                           Progress& progress)
{
    const auto count = static_cast<Index>(inputs.size());
    std::vector<Index> answers(inputs.size(), EvaluationWords::kNone);
    progress.start(chunkCount(count, kQuestionsPerBatch) * words.rowEnd());
    Block block(weights.cols());
    for (Index begin = 0; begin < count; begin += kQuestionsPerBatch) {
        const auto from = static_cast<std::size_t>(begin);
        const auto size = static_cast<std::size_t>(std::min(kQuestionsPerBatch, count - begin));
        Batch batch(weights, words, std::span(inputs).subspan(from, size));
        for (Index row = 0; row < words.rowEnd() && !stop.stop_requested(); row += kRowsPerBlock) {
            block.load(weights, words, row);
            batch.scan(block, stop);
            progress.add(std::min(kRowsPerBlock, words.rowEnd() - row));
        }
        batch.answer(std::span(answers).subspan(from, size), stop);
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled);
    }
    return answers;
}

} // namespace embedscope
