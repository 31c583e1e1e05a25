// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/json_vocabulary.h"

namespace embedscope {

namespace {

constexpr int kDeepest = 64;
constexpr Index kStopMask = 4095; // how often a stop is looked for, in events

} // namespace

bool VocabularyReader::stopped()
{
    return (m_events++ & kStopMask) == 0 && m_stop.stop_requested();
}

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

} // namespace embedscope
