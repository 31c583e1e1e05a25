// SPDX-License-Identifier: GPL-3.0-or-later
// Vocabularies in JSON: a list of tokens, a map from tokens to ids, or tokenizer.json of Hugging Face.
#include "core/io/row_metadata.h"

#include "core/base/strings.h"

#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

namespace embedscope {

namespace {

using Json = nlohmann::json;

constexpr int kDeepest = 64;
constexpr Index kStopMask = 4095;
constexpr std::string_view kBlank = " \t\r\n";

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
                beyond = "the id " + std::to_string(id) + " of \"" + toValidUtf8(token) + "\"";
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
class VocabularyReader final : public Json::json_sax_t
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
    bool parse_error(std::size_t position, const std::string&, const Json::exception&) override
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
    [[nodiscard]] bool stopped() { return (m_events++ & kStopMask) == 0 && m_stop.stop_requested(); }

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

VocabularyReader::Place VocabularyReader::placeInside(bool array) const
{
    switch (m_places.back()) {
    case Place::Outside:
        return array ? Place::List : Place::Top;
    case Place::Top:
        if (m_top == "model" && !array)
            return Place::Model;
        return m_top == "added_tokens" && array ? Place::AddedList : Place::Skipped;
    case Place::Model:
        if (m_model != "vocab")
            return Place::Skipped;
        return array ? Place::ModelList : Place::ModelMap;
    case Place::ModelList:
        return array ? Place::ModelItem : Place::Skipped;
    case Place::AddedList:
        return array ? Place::Skipped : Place::Added;
    default:
        return Place::Skipped;
    }
}

bool VocabularyReader::open(bool array)
{
    if (stopped())
        return false;
    if (m_places.size() > kDeepest)
        return refuse("it is nested more than " + std::to_string(kDeepest) + " levels deep");
    const Place outer = m_places.back();
    if (outer == Place::List || outer == Place::ModelMap)
        return scalar(array ? "a list" : "an object");
    if (outer == Place::Top && !odd)
        odd = m_top;
    m_places.push_back(placeInside(array));
    isList = isList || m_places.back() == Place::List;
    hasModel = hasModel || m_places.back() == Place::ModelMap || m_places.back() == Place::ModelList;
    if (m_places.back() == Place::Added || m_places.back() == Place::ModelItem) {
        m_id.reset();
        m_content.clear();
    }
    return true;
}

bool VocabularyReader::close()
{
    m_places.pop_back();
    return true;
}

bool VocabularyReader::end_object()
{
    if (m_places.back() == Place::Added && m_id)
        added.emplace_back(*m_id, m_content);
    return close();
}

bool VocabularyReader::end_array()
{
    if (m_places.back() == Place::ModelItem) {
        model.put(m_content, static_cast<std::uint64_t>(listed++));
        if (scores.size() < static_cast<std::size_t>(listed))
            scores.push_back(std::numeric_limits<double>::quiet_NaN());
    }
    return close();
}

bool VocabularyReader::key(string_t& name)
{
    if (stopped())
        return false;
    switch (m_places.back()) {
    case Place::Top:
        m_top = std::move(name);
        break;
    case Place::Model:
        m_model = std::move(name);
        break;
    case Place::ModelMap:
        m_token = std::move(name);
        break;
    case Place::Added:
        m_field = std::move(name);
        break;
    default:
        break;
    }
    return true;
}

bool VocabularyReader::string(string_t& text)
{
    if (stopped())
        return false;
    switch (m_places.back()) {
    case Place::List:
        map.put(text, static_cast<std::uint64_t>(listed++));
        return true;
    case Place::ModelList:
        model.put(text, static_cast<std::uint64_t>(listed++));
        return true;
    case Place::ModelItem:
        m_content = std::move(text);
        return true;
    case Place::Added:
        if (m_field == "content")
            m_content = std::move(text);
        return true;
    default:
        return scalar("a text");
    }
}

bool VocabularyReader::number_unsigned(number_unsigned_t value)
{
    switch (m_places.back()) {
    case Place::Top:
        map.put(m_top, value);
        ++listed;
        return true;
    case Place::ModelMap:
        model.put(m_token, value);
        return true;
    case Place::Added:
        if (m_field == "id")
            m_id = value;
        return true;
    default:
        return score(static_cast<double>(value), "a number");
    }
}

bool VocabularyReader::score(double value, const char* what)
{
    if (m_places.back() != Place::ModelItem)
        return scalar(what);
    if (scores.size() == static_cast<std::size_t>(listed))
        scores.push_back(value);
    return true;
}

/// A value that is of no use: an error where it stands for a token or an id.
bool VocabularyReader::scalar(const char* what)
{
    if (stopped())
        return false;
    switch (m_places.back()) {
    case Place::List:
        return refuse("item " + std::to_string(listed) + " of the list is " + what + ", not a token");
    case Place::ModelMap:
        return refuse("the id of \"" + m_token + "\" is " + what);
    case Place::Outside:
        return refuse(std::string("it is ") + what + ", not a list or an object");
    case Place::Top:
        if (!odd)
            odd = m_top;
        return true;
    default:
        return true;
    }
}

Result<RowMetadata> finishList(const VocabularyReader& reader, const MetadataRequest& request)
{
    RowMetadata out;
    out.records = request.inPart ? std::min(reader.listed, request.rows) : reader.listed;
    if (out.records != request.rows)
        return out;
    out.tokens.emplace();
    out.tokens->reserve(out.records, 0);
    for (std::size_t row = 0; row < reader.map.size(); ++row)
        out.tokens->add(reader.map[row]);
    return out;
}

void addNumber(std::vector<Warning>& warnings, WarningCode code, Index count, std::uint64_t first)
{
    if (count > 0)
        warnings.push_back({code, {std::to_string(count), std::to_string(first)}});
}

/// Rows without a token are usual: tables are padded to a round number of rows.
Result<RowMetadata> finishIds(const RowTokens& tokens, const MetadataRequest& request)
{
    const std::string rows = std::to_string(request.rows);
    if (tokens.beyond && !request.inPart)
        return fail(ErrorCode::ShapeMismatch,
                    {request.file.string(), "ids below " + rows + ", the number of rows of " + request.table.string(),
                     *tokens.beyond});
    RowMetadata out;
    out.records = request.rows;
    out.tokens.emplace();
    out.tokens->reserve(request.rows, 0);
    Index unnamed = 0;
    std::size_t firstUnnamed = 0;
    for (std::size_t row = 0; row < tokens.size(); ++row) {
        if (!tokens.named(row) && unnamed++ == 0)
            firstUnnamed = row;
        out.tokens->add(tokens.named(row) ? tokens[row] : nameOfUnnamedRow(static_cast<Index>(row)));
    }
    if (unnamed * 2 > request.rows)
        return fail(ErrorCode::ShapeMismatch,
                    {request.file.string(), rows + " tokens, one for each row of " + request.table.string(),
                     std::to_string(request.rows - unnamed)});
    addNumber(out.warnings, WarningCode::RowsUnnamed, unnamed, firstUnnamed);
    addNumber(out.warnings, WarningCode::IdsRepeated, tokens.repeated, tokens.firstRepeated);
    return out;
}

Result<RowMetadata> finishModel(VocabularyReader& reader, const MetadataRequest& request)
{
    for (const auto& [id, token] : reader.added)
        reader.model.put(token, id, true);
    auto out = finishIds(reader.model, request);
    if (out && !reader.scores.empty()) {
        reader.scores.resize(static_cast<std::size_t>(request.rows), std::numeric_limits<double>::quiet_NaN());
        out->numberColumns.push_back({"score", std::move(reader.scores)});
    }
    return out;
}

/// Behind a text of JSON, or the end.
std::size_t behindString(std::string_view bytes, std::size_t begin)
{
    std::size_t place = begin + 1;
    while (place < bytes.size() && bytes[place] != '"')
        place += bytes[place] == '\\' ? 2U : 1U;
    return std::min(place + 1, bytes.size());
}

} // namespace

bool looksLikeJson(std::string_view bytes)
{
    const std::size_t begin = bytes.find_first_not_of(kBlank);
    if (begin == std::string_view::npos || (bytes[begin] != '{' && bytes[begin] != '['))
        return false;
    const std::size_t item = bytes.find_first_not_of(kBlank, begin + 1);
    if (item == std::string_view::npos || bytes[item] != '"')
        return false;
    const std::size_t next = bytes.find_first_not_of(kBlank, behindString(bytes, item));
    const std::string_view expected = bytes[begin] == '{' ? ":" : ",]";
    return next != std::string_view::npos && expected.find(bytes[next]) != std::string_view::npos;
}

Result<RowMetadata> readJsonMetadata(std::string_view bytes, const MetadataRequest& request)
{
    // The number of rows is a claim of another file; a token takes more than a byte.
    if (request.rows > static_cast<Index>(bytes.size()))
        return fail(ErrorCode::ShapeMismatch,
                    {request.file.string(),
                     std::to_string(request.rows) + " tokens, one for each row of " + request.table.string(),
                     "a file of " + std::to_string(bytes.size()) + " bytes"});
    VocabularyReader reader(request.rows, request.stop);
    const bool parsed = Json::sax_parse(bytes, &reader);
    if (request.stop.stop_requested())
        return fail(ErrorCode::Cancelled);
    if (!parsed)
        return fail(ErrorCode::FileDamaged,
                    {request.file.string(), "its JSON", reader.problem.empty() ? "it is refused" : reader.problem});
    if (reader.isList)
        return finishList(reader, request);
    if (reader.hasModel)
        return finishModel(reader, request);
    if (!reader.odd)
        return finishIds(reader.map, request);
    return fail(ErrorCode::FormatRefused,
                {request.file.string(), "this JSON", "the value of \"" + toValidUtf8(*reader.odd) + "\" is no id",
                 "Use a list of tokens, an object of tokens and their ids, or tokenizer.json."});
}

} // namespace embedscope
