// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>
#include <QVector>

#include <optional>

namespace embedscope {

/// How well typed letters fit a text, and which letters of the text they met.
struct FuzzyMatch
{
    int score = 0; // higher is better; comparable only for one pattern
    QVector<qsizetype> positions;
};

/// Finds the letters of `pattern` in `text` in their order, ignoring case and blanks in the pattern. Of all ways to
/// place them the best counts: letters in a row and at the starts of words weigh most, then an early start and a short
/// text. An empty pattern fits everything. Nothing when a letter is missing.
[[nodiscard]] std::optional<FuzzyMatch> fuzzyMatch(QStringView pattern, QStringView text);

} // namespace embedscope
