// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/class_names.h"

#include "core/base/strings.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <unordered_map>

namespace embedscope {

namespace {

using ClassNumbers = std::unordered_map<std::string_view, std::int32_t>;

bool isNumber(const std::string& name)
{
    const auto value = parseNumber(name);
    return value && std::isfinite(*value);
}

void sortClasses(std::vector<std::string>& classes)
{
    std::ranges::sort(classes);
    if (std::ranges::all_of(classes, isNumber))
        std::ranges::stable_sort(classes, {}, [](const std::string& name) { return *parseNumber(name); });
}

ClassNumbers numbersOf(const std::vector<std::string>& classes)
{
    ClassNumbers numbers;
    for (const std::string& name : classes)
        numbers.emplace(name, static_cast<std::int32_t>(numbers.size()));
    return numbers;
}

std::string listed(const std::vector<std::string>& classes)
{
    constexpr std::size_t kShown = 10;
    std::string list;
    for (std::size_t i = 0; i < std::min(classes.size(), kShown); ++i)
        list += (i == 0 ? "\"" : ", \"") + classes[i] + '"';
    return classes.size() > kShown ? list + ", ..." : list;
}

} // namespace

void numberClasses(LabelledText& data, const std::vector<std::string>& labels)
{
    ClassNumbers seen;
    for (const std::string& label : labels)
        if (seen.try_emplace(label, 0).second)
            data.classes.push_back(label);
    sortClasses(data.classes);
    const ClassNumbers numbers = numbersOf(data.classes);
    data.labels.reserve(labels.size());
    for (const std::string& label : labels)
        data.labels.push_back(numbers.at(label));
}

Result<LabelledText> withClasses(LabelledText data, const std::vector<std::string>& classes,
                                 const std::filesystem::path& path)
{
    const ClassNumbers numbers = numbersOf(classes);
    std::vector<std::int32_t> renumbered;
    for (const std::string& name : data.classes) {
        const auto found = numbers.find(name);
        if (found == numbers.end())
            return fail(ErrorCode::NoLabels,
                        {path.string(), "\"" + name + "\" is not a class of the training data, which has " +
                                            listed(classes) + "; use data with the same classes"});
        renumbered.push_back(found->second);
    }
    for (std::int32_t& label : data.labels)
        label = renumbered[static_cast<std::size_t>(label)];
    data.classes = classes;
    return data;
}

} // namespace embedscope
