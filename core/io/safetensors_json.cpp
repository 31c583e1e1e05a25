// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/safetensors_json.h"

#include <limits>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

namespace embedscope {

namespace {

using Json = nlohmann::json;

constexpr std::string_view kMetadata = "__metadata__";

/// A reader of parser events that refuses everything; the derived ones say what they expect. Reading events needs no
/// tree in memory, so a hostile header costs no more than its length.
class EventReader : public Json::json_sax_t
{
public:
    bool null() override { return refuse("null is not allowed"); }
    bool boolean(bool) override { return refuse("true and false are not allowed"); }
    bool number_integer(number_integer_t) override { return refuse("a negative number stands where none may be"); }
    bool number_unsigned(number_unsigned_t) override { return refuse("a number stands where none may be"); }
    bool number_float(number_float_t, const string_t&) override { return refuse("a number is not an integer"); }
    bool string(string_t&) override { return refuse("a text stands where none may be"); }
    bool binary(binary_t&) override { return refuse("binary values are not allowed"); }
    bool start_object(std::size_t) override { return refuse("an object stands where none may be"); }
    bool key(string_t&) override { return refuse("a key stands where none may be"); }
    bool end_object() override { return true; }
    bool start_array(std::size_t) override { return refuse("a list stands where none may be"); }
    bool end_array() override { return true; }
    bool parse_error(std::size_t position, const std::string&, const Json::exception&) override
    {
        return refuse("it is no JSON at character " + std::to_string(position));
    }

    [[nodiscard]] const JsonProblem& problem() const { return m_problem; }

protected:
    bool refuse(std::string what)
    {
        m_problem = std::move(what);
        return false;
    }

private:
    JsonProblem m_problem;
};

class HeaderReader final : public EventReader
{
public:
    explicit HeaderReader(SafetensorsHeader& header)
        : m_header(header)
    {
    }

    bool start_object(std::size_t) override
    {
        if (m_depth == 2 || m_list != nullptr)
            return refuse("it is nested too deeply");
        ++m_depth;
        return true;
    }

    bool key(string_t& name) override
    {
        if (m_depth == 1)
            return startEntry(name);
        m_field = name;
        if (!m_fields.insert(name).second)
            return refuse("the key \"" + name + "\" stands twice in " + m_name);
        return true;
    }

    bool end_object() override
    {
        --m_depth;
        if (m_depth == 1 && !m_inMetadata && m_fields.size() != 3)
            return refuse(m_name + " lacks dtype, shape or data_offsets");
        return true;
    }

    bool string(string_t& text) override
    {
        if (m_depth != 2 || m_list != nullptr)
            return EventReader::string(text);
        if (m_inMetadata)
            return m_header.metadata.emplace(m_field, std::move(text)).second;
        if (m_field != "dtype")
            return refuse("the field \"" + m_field + "\" of " + m_name + " is not known or not a text");
        m_header.entries.back().dtype = std::move(text);
        return true;
    }

    bool start_array(std::size_t size) override
    {
        const bool expected = m_depth == 2 && !m_inMetadata && m_list == nullptr;
        if (!expected || (m_field != "shape" && m_field != "data_offsets"))
            return EventReader::start_array(size);
        m_list = m_field == "shape" ? &m_header.entries.back().shape : &m_offsets;
        m_offsets.clear();
        return true;
    }

    bool number_unsigned(number_unsigned_t number) override
    {
        if (m_list == nullptr)
            return EventReader::number_unsigned(number);
        if (number > static_cast<number_unsigned_t>(std::numeric_limits<Index>::max()))
            return refuse("a number of " + m_name + " is too large");
        m_list->push_back(static_cast<Index>(number));
        return true;
    }

    bool end_array() override
    {
        const bool offsets = std::exchange(m_list, nullptr) == &m_offsets;
        if (!offsets)
            return true;
        if (m_offsets.size() != 2)
            return refuse("data_offsets of " + m_name + " are not two numbers");
        m_header.entries.back().begin = static_cast<std::size_t>(m_offsets[0]);
        m_header.entries.back().end = static_cast<std::size_t>(m_offsets[1]);
        return true;
    }

private:
    bool startEntry(const std::string& name)
    {
        if (!m_names.insert(name).second)
            return refuse("the name \"" + name + "\" stands twice");
        m_name = name;
        m_fields.clear();
        m_inMetadata = name == kMetadata;
        if (!m_inMetadata)
            m_header.entries.push_back({name, {}, {}, 0, 0});
        return true;
    }

    SafetensorsHeader& m_header;
    int m_depth = 0;
    bool m_inMetadata = false;
    std::string m_name;
    std::string m_field;
    std::set<std::string> m_names;
    std::set<std::string> m_fields;
    std::vector<Index> m_offsets;
    std::vector<Index>* m_list = nullptr;
};

class StringsReader final : public EventReader
{
public:
    bool start_array(std::size_t size) override
    {
        if (std::exchange(m_started, true))
            return EventReader::start_array(size);
        return true;
    }

    bool string(string_t& text) override
    {
        if (!m_started)
            return EventReader::string(text);
        strings.push_back(std::move(text));
        return true;
    }

    std::vector<std::string> strings;

private:
    bool m_started = false;
};

} // namespace

JsonProblem parseSafetensorsJson(std::string_view json, SafetensorsHeader& header)
{
    HeaderReader reader(header);
    if (Json::sax_parse(json, &reader))
        return std::nullopt;
    return reader.problem().value_or("it is not a safetensors header");
}

std::optional<std::vector<std::string>> parseJsonStrings(std::string_view json)
{
    StringsReader reader;
    if (!Json::sax_parse(json, &reader))
        return std::nullopt;
    return std::move(reader.strings);
}

} // namespace embedscope
