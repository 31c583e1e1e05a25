// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/fuzzy_match.h"

#include <QString>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <vector>

namespace embedscope {

namespace {

constexpr int kLetter = 10;
constexpr int kWordStart = 14;
constexpr int kInARow = 18;
constexpr int kTextStart = 8;
constexpr int kMostLate = 15;
constexpr int kNever = std::numeric_limits<int>::min() / 2;

bool isNever(int score)
{
    return score <= kNever / 2;
}

bool startsWord(QStringView text, qsizetype at)
{
    return at == 0 || (text[at].isLetterOrNumber() && !text[at - 1].isLetterOrNumber()) ||
           (text[at].isUpper() && text[at - 1].isLower());
}

int placeScore(QStringView text, qsizetype at)
{
    return kLetter + (startsWord(text, at) ? kWordStart : 0) + (at == 0 ? kTextStart : 0);
}

/// Row i, column j: the best score of the first i + 1 letters with letter i placed at j.
class Table
{
public:
    Table(qsizetype rows, qsizetype columns)
        : m_columns(static_cast<std::size_t>(columns))
        , m_best(static_cast<std::size_t>(rows) * m_columns, kNever)
        , m_from(m_best.size(), -1)
    {
    }

    int& best(qsizetype i, qsizetype j) { return m_best[index(i, j)]; }
    qsizetype& from(qsizetype i, qsizetype j) { return m_from[index(i, j)]; }

private:
    [[nodiscard]] std::size_t index(qsizetype i, qsizetype j) const
    {
        return static_cast<std::size_t>(i) * m_columns + static_cast<std::size_t>(j);
    }

    std::size_t m_columns;
    std::vector<int> m_best;
    std::vector<qsizetype> m_from;
};

void fillRow(Table& table, qsizetype i, QChar letter, QStringView text)
{
    int bestBefore = kNever;
    qsizetype placeBefore = -1;
    for (qsizetype j = 0; j < text.size(); ++j) {
        if (i > 0 && j > 0 && table.best(i - 1, j - 1) > bestBefore) {
            bestBefore = table.best(i - 1, j - 1);
            placeBefore = j - 1;
        }
        if (text[j].toCaseFolded() != letter)
            continue;
        const int here = placeScore(text, j);
        if (i == 0) {
            table.best(i, j) = here - static_cast<int>(std::min<qsizetype>(j, kMostLate));
            continue;
        }
        const int row = j > 0 ? table.best(i - 1, j - 1) + kInARow : kNever;
        const bool inARow = row >= bestBefore;
        if (isNever(std::max(row, bestBefore)))
            continue;
        table.best(i, j) = here + (inARow ? row : bestBefore);
        table.from(i, j) = inARow ? j - 1 : placeBefore;
    }
}

QString lettersOf(QStringView pattern)
{
    QString letters;
    for (const QChar letter : pattern) {
        if (!letter.isSpace())
            letters += letter.toCaseFolded();
    }
    return letters;
}

} // namespace

std::optional<FuzzyMatch> fuzzyMatch(QStringView pattern, QStringView text)
{
    const QString letters = lettersOf(pattern);
    if (letters.isEmpty())
        return FuzzyMatch{};
    if (letters.size() > text.size())
        return std::nullopt;
    Table table(letters.size(), text.size());
    for (qsizetype i = 0; i < letters.size(); ++i)
        fillRow(table, i, letters[i], text);

    const qsizetype last = letters.size() - 1;
    qsizetype end = 0;
    for (qsizetype j = 1; j < text.size(); ++j) {
        if (table.best(last, j) > table.best(last, end))
            end = j;
    }
    if (isNever(table.best(last, end)))
        return std::nullopt;
    FuzzyMatch match{table.best(last, end) - static_cast<int>(std::min<qsizetype>(text.size() / 8, kMostLate)), {}};
    for (qsizetype i = last, j = end; i >= 0; j = table.from(i, j), --i)
        match.positions.prepend(j);
    return match;
}

} // namespace embedscope
