// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/session_json.h"

#include "core/base/strings.h"

#include <nlohmann/json.hpp>

#include <charconv>
#include <optional>
#include <stdexcept>

namespace embedscope {

namespace {

using Json = nlohmann::json;

constexpr const char* kFormat = "embedscope session";
// The deepest value, an option of a link, lies at 4.
constexpr int kDeepest = 16;
constexpr std::size_t kHexDigits = 2;

/// JSON holds UTF-8 alone; a text of other bytes, such as a path may be, stands as {"hex": "ff00"}.
Json textJson(const std::string& text)
{
    if (!firstInvalidUtf8(text))
        return text;
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string hex;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        hex += kDigits[byte >> 4U];
        hex += kDigits[byte & 15U];
    }
    return {{"hex", hex}};
}

std::string textFrom(const Json& json)
{
    if (!json.is_object())
        return json.get<std::string>();
    const auto hex = json.at("hex").get<std::string>();
    std::string text;
    for (std::size_t i = 0; i < hex.size(); i += kHexDigits) {
        unsigned byte = 0;
        const char* end = hex.data() + std::min(i + kHexDigits, hex.size());
        const auto [stop, error] = std::from_chars(hex.data() + i, end, byte, 16);
        if (error != std::errc{} || stop != hex.data() + i + kHexDigits)
            throw std::invalid_argument("hex");
        text += static_cast<char>(static_cast<unsigned char>(byte));
    }
    return text;
}

Json fieldsJson(const Fields& fields)
{
    Json json = Json::object();
    for (const auto& [name, value] : fields)
        json[name] = textJson(value);
    return json;
}

/// A value of a kind that this version does not know is passed over, like an unknown key.
Fields fieldsFrom(const Json& json)
{
    Fields fields;
    for (const auto& [name, value] : json.items())
        if (value.is_string() || (value.is_object() && value.contains("hex")))
            fields[name] = textFrom(value);
    return fields;
}

Json linkJson(const LinkedFile& link)
{
    return {{"path", textJson(link.stamp.path)},
            {"relative", textJson(link.relative)},
            {"bytes", link.stamp.bytes},
            {"crc32", link.stamp.crc32},
            {"options", fieldsJson(link.options)}};
}

LinkedFile linkFrom(const Json& json)
{
    return {{textFrom(json.at("path")), json.at("bytes").get<std::uintmax_t>(), json.at("crc32").get<std::uint32_t>()},
            textFrom(json.at("relative")),
            fieldsFrom(json.at("options"))};
}

Json namesJson(const std::vector<std::string>& names)
{
    Json json = Json::array();
    for (const std::string& name : names)
        json.push_back(textJson(name));
    return json;
}

std::vector<std::string> namesFrom(const Json& json)
{
    std::vector<std::string> names;
    for (const Json& name : json)
        names.push_back(textFrom(name));
    return names;
}

SessionDescription descriptionFrom(const Json& json)
{
    SessionDescription out;
    out.session.program = textFrom(json.at("program"));
    for (const auto& [name, section] : json.at("sections").items())
        out.session.sections[name] = fieldsFrom(section);
    for (const auto& [name, link] : json.at("links").items())
        out.session.links[name] = linkFrom(link);
    for (const auto& [name, table] : json.at("tables").items())
        out.tables[name] = {namesFrom(table.at("columns")), namesFrom(table.at("numbers"))};
    out.arrays = namesFrom(json.at("arrays"));
    out.parts = namesFrom(json.at("parts"));
    return out;
}

/// Depth is limited while it is read, so that a file of brackets cannot fill the memory.
Json parsed(std::string_view text)
{
    return Json::parse(text, [](int depth, Json::parse_event_t, Json&) {
        if (depth > kDeepest)
            throw std::length_error("depth");
        return true;
    });
}

tl::unexpected<Error> damaged(const std::string& place, const std::string& what)
{
    return fail(ErrorCode::FileDamaged, {place, "session.json", what});
}

} // namespace

std::string sessionJson(const SessionDescription& description)
{
    Json json = {{"format", kFormat},
                 {"version", kSessionVersion},
                 {"program", textJson(description.session.program)},
                 {"sections", Json::object()},
                 {"links", Json::object()},
                 {"tables", Json::object()},
                 {"arrays", namesJson(description.arrays)},
                 {"parts", namesJson(description.parts)}};
    for (const auto& [name, fields] : description.session.sections)
        json["sections"][name] = fieldsJson(fields);
    for (const auto& [name, link] : description.session.links)
        json["links"][name] = linkJson(link);
    for (const auto& [name, columns] : description.tables)
        json["tables"][name] = {{"columns", namesJson(columns.categories)}, {"numbers", namesJson(columns.numbers)}};
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<SessionDescription> parseSessionJson(std::string_view text, const std::string& place)
{
    // The border to the JSON library, which throws.
    try {
        const Json json = parsed(text);
        if (!json.is_object() || json.value("format", "") != kFormat)
            return fail(ErrorCode::FormatUnknown, {place, "a zip archive"});
        const auto version = json.at("version").get<std::int64_t>();
        if (version > kSessionVersion)
            return fail(ErrorCode::SessionNewer, {place, std::to_string(version), std::to_string(kSessionVersion)});
        if (version < 1)
            return damaged(place, "its version is " + std::to_string(version));
        return descriptionFrom(json);
    } catch (const Json::exception&) {
        return damaged(place, "it is not the description of a session");
    } catch (const std::logic_error&) { // a depth or a text that nobody wrote
        return damaged(place, "it is not the description of a session");
    }
}

} // namespace embedscope
