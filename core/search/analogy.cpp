// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/analogy.h"

#include "core/search/analogy_search.h"

#include <algorithm>
#include <utility>

namespace embedscope {

namespace {

/// A question whose words are all known, and where its answer counts.
struct Asked
{
    std::size_t section = 0;
    Index expected = 0;
};

/// The questions that can be asked, and the scores so far.
struct Sheet
{
    std::vector<AnalogyInput> inputs;
    std::vector<Asked> asked;
    AnalogyResult result;
};

void addQuestion(const AnalogyQuestion& question, const std::vector<Index>& numbers, std::size_t section,
                 const EvaluationOptions& options, Sheet& sheet)
{
    const auto number = [&numbers](std::int32_t word) { return numbers[static_cast<std::size_t>(word)]; };
    const AnalogyInput input{number(question.a), number(question.b), number(question.c)};
    const Index expected = number(question.expected);
    ++sheet.result.questions;
    if (std::min({input.a, input.b, input.c, expected}) == EvaluationWords::kNone) {
        ++sheet.result.unknown;
        sheet.result.sections[section].total += options.dummy4unknown ? 1 : 0;
        return;
    }
    ++sheet.result.sections[section].total;
    sheet.inputs.push_back(input);
    sheet.asked.push_back({section, expected});
}

Result<Sheet> prepare(const AnalogyQuestions& questions, const std::vector<Index>& numbers,
                      const EvaluationOptions& options, const std::stop_token& stop)
{
    constexpr Index kQuestionsPerLook = 65'536;
    Sheet sheet;
    for (std::size_t i = 0; i < questions.sections.size(); ++i) {
        sheet.result.sections.push_back({questions.sections[i].name, 0, 0});
        for (const auto& question : questions.sections[i].questions) {
            if (sheet.result.questions % kQuestionsPerLook == 0 && stop.stop_requested())
                return fail(ErrorCode::Cancelled);
            addQuestion(question, numbers, i, options, sheet);
        }
    }
    return sheet;
}

AnalogyResult graded(Sheet sheet, const std::vector<Index>& answers)
{
    AnalogyResult& result = sheet.result;
    for (std::size_t i = 0; i < answers.size(); ++i)
        if (answers[i] == sheet.asked[i].expected)
            ++result.sections[sheet.asked[i].section].correct;
    result.total.name = "Total accuracy";
    for (const auto& section : result.sections) {
        result.total.correct += section.correct;
        result.total.total += section.total;
    }
    return std::move(result);
}

} // namespace

double AnalogyScore::accuracy() const
{
    return total == 0 ? 0.0 : static_cast<double>(correct) / static_cast<double>(total);
}

Result<AnalogyResult> evaluateAnalogies(const EmbeddingTable& table, const AnalogyQuestions& questions,
                                        const EvaluationOptions& options, std::stop_token stop, Progress& progress)
{
    const auto words = EvaluationWords::create(table.vocabulary(), options, stop);
    if (!words)
        return fail(words.error());
    const auto numbers = words->find(questions.words, stop);
    if (!numbers)
        return fail(numbers.error());
    auto sheet = prepare(questions, *numbers, options, stop);
    if (!sheet)
        return fail(sheet.error());
    const auto answers = answerAnalogies(table.weights(), *words, sheet->inputs, stop, progress);
    if (!answers)
        return fail(answers.error());
    return graded(std::move(*sheet), *answers);
}

} // namespace embedscope
