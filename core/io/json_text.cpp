// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/json_text.h"

#include <nlohmann/json.hpp>

namespace embedscope {

std::string jsonText(const std::vector<std::pair<std::string, JsonSection>>& sections)
{
    using Json = nlohmann::ordered_json;
    Json out = Json::object();
    for (const auto& [section, values] : sections) {
        Json& object = out[section] = Json::object();
        for (const auto& [name, value] : values) {
            Json& place = object[name]; // clang 14 captures no structured binding
            std::visit([&place](const auto& plain) { place = plain; }, value);
        }
    }
    return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace embedscope
