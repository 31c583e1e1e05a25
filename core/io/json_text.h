// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace embedscope {

/// A value of a settings file; nullptr is JSON's null. A double is finite.
using JsonValue = std::variant<std::nullptr_t, bool, std::int64_t, double, std::string, std::vector<std::string>>;

template <class T>
JsonValue jsonOrNull(const std::optional<T>& value)
{
    return value ? JsonValue(*value) : JsonValue(nullptr);
}

/// Named values in the order in which they are written.
using JsonSection = std::vector<std::pair<std::string, JsonValue>>;

/// An object of objects, indented for people to read and change. Ill-formed UTF-8 becomes U+FFFD.
std::string jsonText(const std::vector<std::pair<std::string, JsonSection>>& sections);

} // namespace embedscope
