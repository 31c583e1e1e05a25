// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"
#include "core/base/result.h"
#include "core/base/strings.h"

#include <charconv>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>

namespace embedscope::detail {

/// A value of an enumeration and its name in files and on the command line.
template <class E>
struct Choice
{
    const char* name;
    E value;
};

/// Visitors of option structs: a struct lists its fields once, in a function `visit(options, visitor)`, and is read and
/// written by that list.
class FieldWriter
{
public:
    void operator()(const char* name, const std::integral auto& value) { m_fields[name] = std::to_string(value); }
    void operator()(const char* name, const double& value) { m_fields[name] = formatNumber(value); }
    void operator()(const char* name, const bool& value) { m_fields[name] = value ? "on" : "off"; }
    void operator()(const char* name, const std::string& value) { m_fields[name] = value; }
    /// 0 stands for none.
    void operator()(const char* name, const std::optional<std::int64_t>& value) { (*this)(name, value.value_or(0)); }
    template <class E, std::size_t kCount>
    void operator()(const char* name, const E& value, const Choice<E> (&choices)[kCount])
    {
        for (const Choice<E>& choice : choices)
            if (choice.value == value)
                m_fields[name] = choice.name;
    }

    [[nodiscard]] Fields take() { return std::move(m_fields); }

private:
    Fields m_fields;
};

/// Leaves fields that are not there as they are; keeps the first error.
class FieldReader
{
public:
    explicit FieldReader(const Fields& fields)
        : m_fields(&fields)
    {
    }

    template <std::integral T>
    void operator()(const char* name, T& value)
    {
        const std::string* text = find(name);
        if (text == nullptr)
            return;
        const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
        if (error != std::errc{} || end != text->data() + text->size())
            refuse(name, *text, "it is a whole number");
    }
    void operator()(const char* name, bool& value);
    void operator()(const char* name, double& value);
    void operator()(const char* name, std::string& value);
    void operator()(const char* name, std::optional<std::int64_t>& value);
    template <class E, std::size_t kCount>
    void operator()(const char* name, E& value, const Choice<E> (&choices)[kCount])
    {
        const std::string* text = find(name);
        if (text == nullptr)
            return;
        std::string allowed = "it is one of";
        for (const Choice<E>& choice : choices) {
            if (*text == choice.name) {
                value = choice.value;
                return;
            }
            allowed += std::string(&choice == choices ? " " : ", ") + choice.name;
        }
        refuse(name, *text, allowed);
    }

    [[nodiscard]] const Result<void>& outcome() const { return m_outcome; }

private:
    [[nodiscard]] const std::string* find(const char* name) const;
    void refuse(const char* name, const std::string& text, const std::string& allowed);

    const Fields* m_fields;
    Result<void> m_outcome;
};

} // namespace embedscope::detail
