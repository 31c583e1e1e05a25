// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/row_readers.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace embedscope {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kSampledObjects = 500;

/// Null where the line is not one whole object.
Json parseObject(std::string_view line)
{
    Json value = Json::parse(line, nullptr, false);
    return value.is_object() ? value : Json();
}

/// Strings and numbers as they are, lists of them joined by blanks (tokens), "" for anything else.
std::string valueText(const Json& value)
{
    if (value.is_string())
        return value.get<std::string>();
    if (value.is_number() || value.is_boolean())
        return value.dump();
    std::string text;
    if (!value.is_array())
        return text;
    for (const Json& item : value) {
        if (!item.is_string() && !item.is_number())
            continue;
        if (!text.empty())
            text += ' ';
        text += valueText(item);
    }
    return text;
}

/// Of several labels the first counts.
std::string labelText(const Json& value)
{
    return std::string(trimmed(value.is_array() && !value.empty() ? valueText(value.front()) : valueText(value)));
}

void addRow(ColumnSample& sample, const Json& object)
{
    SampleRow row(sample.names.size());
    for (const auto& [key, value] : object.items()) {
        const auto column = static_cast<std::size_t>(std::ranges::find(sample.names, key) - sample.names.begin());
        if (column == sample.names.size()) {
            sample.names.push_back(key);
            row.emplace_back();
        }
        row[column] = valueText(value);
    }
    sample.rows.push_back(std::move(row));
}

} // namespace

RowReader jsonReader(const Columns& columns)
{
    return [columns](std::string_view raw) -> tl::expected<LabelledRow, std::string> {
        const Json object = parseObject(raw);
        if (object.is_null())
            return tl::unexpected(std::string("is not one whole JSON object"));
        const auto text = object.find(columns.textName);
        if (text == object.end())
            return tl::unexpected("has no \"" + columns.textName + '"');
        const auto label = object.find(columns.labelName);
        return LabelledRow{std::string(trimmed(valueText(*text))),
                           label == object.end() ? std::string() : labelText(*label)};
    };
}

ColumnSample sampleJson(const std::vector<Record>& records)
{
    ColumnSample sample;
    for (std::size_t i = 0; i < std::min(records.size(), kSampledObjects); ++i)
        if (const Json object = parseObject(records[i].raw); !object.is_null())
            addRow(sample, object);
    sample.columns = sample.names.size();
    return sample;
}

} // namespace embedscope
