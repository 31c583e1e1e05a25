// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/fields.h"
#include "core/base/matrix.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/io/linked_file.h"
#include "core/table/embedding_table.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace embedscope {

/// Files of this version and of older ones are read; a newer one is refused.
inline constexpr int kSessionVersion = 1;

using SessionArray = std::variant<Matrix, std::vector<std::int64_t>, std::vector<double>>;

/// What one session file holds, each kind by names that mean something to whoever saves a session. Texts are any bytes.
struct Session
{
    std::string program;                    // "embedscope 0.1.0"
    std::map<std::string, Fields> sections; // settings
    std::map<std::string, LinkedFile> links;
    std::map<std::string, std::shared_ptr<const EmbeddingTable>> tables; // bit for bit, with tokens and columns
    std::map<std::string, SessionArray> arrays;
    std::map<std::string, std::string> parts; // whole files inside, such as a checkpoint

    /// The value of a section's field; empty where there is none.
    [[nodiscard]] EMBEDSCOPE_EXPORT std::string field(const std::string& section, const std::string& name) const;
};

/// A whole file to be put into the session, in pieces that lie in somebody's memory.
struct SessionPart
{
    std::string name;
    std::vector<std::string_view> pieces;
};

/// One file, a zip archive of session.json and of entries that numpy.load can read, whole or not at all. `parts` come
/// besides those of the session. FileUnwritable, DiskFull, Cancelled.
EMBEDSCOPE_EXPORT Result<void> writeSession(const Session& session, const std::vector<SessionPart>& parts,
                                            const std::filesystem::path& path, const std::stop_token& stop,
                                            Progress& progress);

/// Nothing in the file is believed, and what this version does not know is passed over. FileNotFound, FileUnreadable,
/// FileEmpty, FormatUnknown, FormatRefused, FileDamaged, SessionNewer, Cancelled.
EMBEDSCOPE_EXPORT Result<Session> readSession(const std::filesystem::path& path, const std::stop_token& stop,
                                              Progress& progress);
/// Its sections and links alone: quick, whatever the size of the file.
EMBEDSCOPE_EXPORT Result<Session> readSessionSummary(const std::filesystem::path& path);

/// By content, whatever the name.
EMBEDSCOPE_EXPORT bool isSessionFile(const std::filesystem::path& path);

} // namespace embedscope
