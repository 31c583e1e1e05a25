// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"
#include "core/base/strings.h"

#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace embedscope {

/// The token of each row, put down as they come.
class RowTokens
{
public:
    explicit RowTokens(Index rows)
        : m_spans(static_cast<std::size_t>(rows))
    {
    }

    /// The first token of a row stays, unless another one is added on top of the model.
    void put(std::string_view token, std::uint64_t id, bool override = false)
    {
        if (id >= m_spans.size()) {
            if (!beyond)
                beyond = "the id " + std::to_string(id) + " of \"" + toValidUtf8(token.substr(0, kShownBytes)) + "\"";
            return;
        }
        Span& span = m_spans[id];
        const bool known = span.begin != kUnset;
        if (known && (*this)[id] == token)
            return;
        if (known && repeated++ == 0)
            firstRepeated = id;
        if (known && !override)
            return;
        span = {m_bytes.size(), token.size()};
        m_bytes.append(token);
    }

    [[nodiscard]] std::string_view operator[](std::size_t row) const
    {
        return std::string_view(m_bytes).substr(m_spans[row].begin, m_spans[row].length);
    }
    [[nodiscard]] bool named(std::size_t row) const { return m_spans[row].begin != kUnset; }
    [[nodiscard]] std::size_t size() const { return m_spans.size(); }

    std::optional<std::string> beyond; // the first id that is no row
    Index repeated = 0;
    std::uint64_t firstRepeated = 0;

private:
    static constexpr std::size_t kShownBytes = 60;
    static constexpr std::size_t kUnset = std::numeric_limits<std::size_t>::max();
    struct Span
    {
        std::size_t begin = kUnset;
        std::size_t length = 0;
    };
    std::vector<Span> m_spans;
    std::string m_bytes;
};

/// Takes what it needs from the events of the parser; no tree is built, and what is of no use is skipped.
class VocabularyReader final : public nlohmann::json::json_sax_t
{
public:
    VocabularyReader(Index rows, const std::stop_token& stop)
        : map(rows)
        , model(rows)
        , m_stop(stop)
    {
    }

    bool null() override { return scalar("null"); }
    bool boolean(bool) override { return scalar("true or false"); }
    bool number_integer(number_integer_t value) override
    {
        return score(static_cast<double>(value), "a negative number");
    }
    bool number_unsigned(number_unsigned_t value) override;
    bool number_float(number_float_t value, const string_t&) override { return score(value, "a fraction"); }
    bool string(string_t& text) override;
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return open(false); }
    bool start_array(std::size_t) override { return open(true); }
    bool key(string_t& name) override;
    bool end_object() override;
    bool end_array() override;
    bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception&) override
    {
        return refuse("it is no JSON at character " + std::to_string(position));
    }

    RowTokens map;                  // of a plain map
    RowTokens model;                // of tokenizer.json
    Index listed = 0;               // items of a plain list, or of model.vocab where that is one
    std::vector<double> scores;     // of model.vocab
    bool isList = false;            // the whole is one
    bool hasModel = false;          // model.vocab was there
    std::optional<std::string> odd; // the first key of the whole whose value is no id
    std::string problem;
    std::vector<std::pair<std::uint64_t, std::string>> added;

private:
    /// Where the parser is, as far as that matters.
    enum class Place { Outside, List, Top, Model, ModelMap, ModelList, ModelItem, AddedList, Added, Skipped };

    bool refuse(std::string what)
    {
        problem = std::move(what);
        return false;
    }
    bool open(bool array);
    [[nodiscard]] Place placeInside(bool array) const;
    bool close();
    bool scalar(const char* what);
    bool score(double value, const char* what);
    [[nodiscard]] bool stopped();

    const std::stop_token& m_stop;
    Index m_events = 0;
    std::vector<Place> m_places{Place::Outside};
    std::string m_top; // the key that was read last, of each kind
    std::string m_model;
    std::string m_token;
    std::string m_field;
    std::string m_content;
    std::optional<std::uint64_t> m_id;
};

} // namespace embedscope
