// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope {

/// Reads the few Python literals of a .npy header, one after the other. Nothing is ever evaluated.
class PythonLiteral
{
public:
    explicit PythonLiteral(std::string_view text)
        : m_text(text)
    {
    }

    /// Skips blanks, then takes `sign` where it comes next.
    bool take(char sign);
    [[nodiscard]] bool atEnd();
    [[nodiscard]] bool nextIs(char sign);

    /// 'text' or "text", without escapes.
    std::optional<std::string> string();
    /// True or False.
    std::optional<bool> boolean();
    /// (), (5,), (3, 300) and Python 2's (5L,); no negative numbers.
    std::optional<std::vector<Index>> tuple();

private:
    void skipBlanks();
    bool takeWord(std::string_view word);
    std::optional<Index> integer();

    std::string_view m_text;
    std::size_t m_position = 0;
};

} // namespace embedscope
