// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/array_choice.h"

#include "core/io/tensor_view.h"

#include <algorithm>

namespace embedscope {

namespace {

constexpr std::size_t kMostNamed = 12;

using Choice = std::vector<std::size_t>;

template <class Matches>
Choice filtered(const Choice& choice, const Matches& matches)
{
    Choice out;
    std::copy_if(choice.begin(), choice.end(), std::back_inserter(out), matches);
    return out;
}

std::string namesOf(const std::vector<ArrayInfo>& arrays, const Choice& choice)
{
    std::string names;
    for (std::size_t i = 0; i < choice.size() && i < kMostNamed; ++i)
        names += (i == 0 ? "" : ", ") + arrays[choice[i]].name;
    return choice.size() > kMostNamed ? names + ", ..." : names;
}

Result<std::size_t> findWanted(const std::vector<ArrayInfo>& arrays, const std::string& wanted,
                               const std::string& place)
{
    const auto found =
        std::find_if(arrays.begin(), arrays.end(), [&](const auto& each) { return each.name == wanted; });
    if (found == arrays.end())
        return fail(ErrorCode::ValueRefused, {"The array to read", wanted, place + " holds none of this name"});
    if (found->shape.size() != 2)
        return fail(ErrorCode::FormatRefused,
                    {place, "the array " + wanted + " of shape " + shapeText(found->shape),
                     "a table has rows and columns", "Choose an array of shape (rows, dim)."});
    return static_cast<std::size_t>(found - arrays.begin());
}

} // namespace

Result<std::size_t> chooseArray(const std::vector<ArrayInfo>& arrays, const std::string& wanted,
                                const std::string& place)
{
    if (!wanted.empty())
        return findWanted(arrays, wanted, place);
    Choice tables;
    for (std::size_t i = 0; i < arrays.size(); ++i)
        if (arrays[i].shape.size() == 2 && arrays[i].floating)
            tables.push_back(i);
    const Choice named = filtered(tables, [&arrays](std::size_t i) { return arrays[i].name == "embedding.weight"; });
    const Choice weights = filtered(tables, [&arrays](std::size_t i) { return arrays[i].name.ends_with(".weight"); });
    for (const Choice& choice : {tables, named, weights})
        if (choice.size() == 1)
            return choice.front();
    if (tables.empty())
        return fail(ErrorCode::FormatRefused, {place, "a file without a 2-D array of floating-point numbers",
                                               "there is no table in it", "Save an array of shape (rows, dim)."});
    return fail(ErrorCode::ArrayNeeded, {place, namesOf(arrays, tables)});
}

} // namespace embedscope
