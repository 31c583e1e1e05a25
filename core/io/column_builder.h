// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/table/embedding_table.h"

#include <string>
#include <string_view>
#include <utility>

namespace embedscope {

/// What the cells of a column have in common. The first one is apart, since it may be a header.
struct CellSurvey
{
    bool numbers = true; // all that are not missing
    bool integers = true;
    bool anyValue = false;
    bool firstIsNumber = false;
    bool firstIsMissing = false;

    void addFirst(std::string_view cell);
    void add(std::string_view cell);
    /// Takes the first cell for one like the others.
    void joinFirst();
    [[nodiscard]] bool isNumeric() const { return numbers && anyValue; }
};

/// Makes a column of text cell by cell; an empty cell is no category.
class CategoryBuilder
{
public:
    explicit CategoryBuilder(std::string name) { m_column.name = std::move(name); }
    void reserve(Index rows) { m_column.values.reserve(static_cast<std::size_t>(rows)); }
    void add(std::string_view cell);
    [[nodiscard]] Index distinct() const { return m_categories.size(); }
    [[nodiscard]] Index rows() const { return static_cast<Index>(m_column.values.size()); }
    /// Leaves nothing behind.
    CategoryColumn take();

private:
    CategoryColumn m_column;
    Vocabulary m_categories;
};

} // namespace embedscope
