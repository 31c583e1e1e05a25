// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/option_fields.h"

namespace embedscope::detail {

void FieldReader::operator()(const char* name, bool& value)
{
    const std::string* text = find(name);
    if (text == nullptr)
        return;
    if (*text != "on" && *text != "off")
        refuse(name, *text, "it is on or off");
    value = *text == "on";
}

void FieldReader::operator()(const char* name, double& value)
{
    const std::string* text = find(name);
    if (text == nullptr)
        return;
    const auto number = parseNumber(*text);
    if (number)
        value = *number;
    else
        refuse(name, *text, "it is a number");
}

void FieldReader::operator()(const char* name, std::string& value)
{
    if (const std::string* text = find(name))
        value = *text;
}

void FieldReader::operator()(const char* name, std::optional<std::int64_t>& value)
{
    std::int64_t number = value.value_or(0);
    (*this)(name, number);
    value = number == 0 ? std::nullopt : std::optional(number);
}

const std::string* FieldReader::find(const char* name) const
{
    const auto found = m_fields->find(name);
    return found == m_fields->end() ? nullptr : &found->second;
}

void FieldReader::refuse(const char* name, const std::string& text, const std::string& allowed)
{
    if (m_outcome)
        m_outcome = fail(ErrorCode::ValueRefused, {name, text, allowed});
}

} // namespace embedscope::detail
