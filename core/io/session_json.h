// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/io/session_file.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope {

/// The names of a table's columns, in their order; their values are entries of their own.
struct SessionColumns
{
    std::vector<std::string> categories;
    std::vector<std::string> numbers;
};

/// What session.json says: settings and links in full, and the names of all else.
struct SessionDescription
{
    Session session; // program, sections and links
    std::map<std::string, SessionColumns> tables;
    std::vector<std::string> arrays;
    std::vector<std::string> parts;
};

std::string sessionJson(const SessionDescription& description);
/// FileDamaged; SessionNewer before anything else is looked at. Keys that are not known are passed over.
Result<SessionDescription> parseSessionJson(std::string_view text, const std::string& place);

} // namespace embedscope
