// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace embedscope {

/// Which classes of a map are hidden, and the rows that this hides.
class ClassFilter
{
public:
    using ClassOfRow = std::shared_ptr<const std::vector<std::int32_t>>; // below 0: of no class
    using Marks = std::shared_ptr<const std::vector<std::uint8_t>>;      // one a row, not 0 where it is hidden

    /// All of `count` classes are shown.
    void setClasses(ClassOfRow classOfRow, std::size_t count);
    void toggle(std::size_t number);
    /// Shows this class alone, without the rows of no class; once more, all of them.
    void isolate(std::size_t number);
    void showAll();
    [[nodiscard]] bool isHidden(std::size_t number) const { return m_hidden.at(number) != 0; }
    [[nodiscard]] bool isAlone(std::size_t number) const;
    [[nodiscard]] bool hidesAny() const;
    /// One a class, not 0 where it is hidden.
    [[nodiscard]] const std::vector<std::uint8_t>& hiddenClasses() const { return m_hidden; }

    /// What this hides, and what `others` hide where they are of the same rows. `others` as they are where it hides
    /// nothing.
    [[nodiscard]] Marks hiddenRows(const Marks& others) const;

    bool operator==(const ClassFilter&) const = default;

private:
    ClassOfRow m_classOfRow;
    std::vector<std::uint8_t> m_hidden;
    bool m_hidesRest = false; // rows of no class
};

} // namespace embedscope
