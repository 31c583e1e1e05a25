// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/session_file.h"

#include "core/io/atomic_file.h"
#include "core/io/mapped_file.h"
#include "core/io/session_entries.h"
#include "core/io/session_json.h"

#include <numeric>
#include <utility>

namespace embedscope {

namespace {

constexpr const char* kDescription = "session.json";
// Settings and names: a hundred times what a real one takes.
constexpr std::uint64_t kLongestDescription = std::uint64_t{4} << 20U;

SessionColumns columnsOf(const EmbeddingTable& table)
{
    SessionColumns columns;
    for (const CategoryColumn& column : table.columns())
        columns.categories.push_back(column.name);
    for (const NumberColumn& column : table.numberColumns())
        columns.numbers.push_back(column.name);
    return columns;
}

SessionDescription describe(const Session& session, const std::vector<SessionPart>& parts)
{
    SessionDescription out{.session = {session.program, session.sections, session.links, {}, {}, {}},
                           .tables = {},
                           .arrays = {},
                           .parts = {}};
    for (const auto& [name, table] : session.tables)
        out.tables[name] = columnsOf(*table);
    for (const auto& [name, array] : session.arrays)
        out.arrays.push_back(name);
    for (const SessionPart& part : parts)
        out.parts.push_back(part.name);
    return out;
}

/// Those of the session and those beside it.
std::vector<SessionPart> allParts(const Session& session, const std::vector<SessionPart>& more)
{
    std::vector<SessionPart> parts = more;
    for (const auto& [name, bytes] : session.parts)
        parts.push_back({name, {bytes}});
    return parts;
}

/// Roughly what will be written, for the progress: tokens and columns count little.
std::int64_t expectedBytes(const Session& session, const std::vector<SessionPart>& parts)
{
    std::int64_t bytes = 0;
    for (const auto& [name, table] : session.tables)
        bytes += table->rows() * (table->dim() + 4) * std::int64_t{sizeof(float)};
    for (const SessionPart& part : parts)
        for (const std::string_view piece : part.pieces)
            bytes += std::ssize(piece);
    return bytes;
}

Result<void> writeEntries(const Session& session, const std::vector<SessionPart>& parts, const std::string& json,
                          AtomicFile& file, const std::stop_token& stop, Progress& progress)
{
    ZipWriter zip(file);
    if (auto added = zip.add(kDescription, json, {}); !added)
        return added;
    SessionEntryWriter entries(zip, stop, progress);
    for (const auto& [name, table] : session.tables)
        if (auto added = entries.add(name, *table); !added)
            return added;
    for (const auto& [name, array] : session.arrays)
        if (auto added = entries.add(name, array); !added)
            return added;
    for (const SessionPart& part : parts)
        if (auto added = entries.add(part); !added)
            return added;
    return zip.finish();
}

/// A session file that is open for reading.
struct OpenSession
{
    MappedFile file;
    ZipReader zip;
    SessionDescription description;
};

Result<OpenSession> openSession(const std::filesystem::path& path)
{
    auto file = MappedFile::open(path);
    if (!file)
        return fail(file.error());
    auto zip = ZipReader::open(file->bytes(), path.string());
    if (!zip)
        return fail(zip.error());
    const auto entry = zip->find(kDescription);
    if (!entry)
        return fail(ErrorCode::FormatUnknown, {path.string(), "a zip archive"});
    if (zip->entries()[*entry].size > kLongestDescription)
        return fail(ErrorCode::FileDamaged, {path.string(), kDescription, "it is far too long"});
    const auto text = zip->read(*entry);
    if (!text)
        return fail(text.error());
    auto description = parseSessionJson(*text, path.string());
    if (!description)
        return fail(description.error());
    return OpenSession{std::move(*file), std::move(*zip), std::move(*description)};
}

} // namespace

std::string Session::field(const std::string& section, const std::string& name) const
{
    const auto fields = sections.find(section);
    if (fields == sections.end())
        return {};
    const auto value = fields->second.find(name);
    return value == fields->second.end() ? std::string() : value->second;
}

Result<void> writeSession(const Session& session, const std::vector<SessionPart>& more,
                          const std::filesystem::path& path, const std::stop_token& stop, Progress& progress)
{
    const auto parts = allParts(session, more);
    const std::string json = sessionJson(describe(session, parts));
    if (json.size() > kLongestDescription)
        return fail(ErrorCode::FormatRefused, {path.string(), "a session", "its settings and names are too long",
                                               "Shorten the names of the columns."});
    auto file = AtomicFile::create(path);
    if (!file)
        return fail(file.error());
    progress.start(expectedBytes(session, parts));
    if (auto written = writeEntries(session, parts, json, *file, stop, progress); !written)
        return written;
    return stop.stop_requested() ? Result<void>(fail(ErrorCode::Cancelled)) : file->commit();
}

Result<Session> readSession(const std::filesystem::path& path, const std::stop_token& stop, Progress& progress)
{
    auto open = openSession(path);
    if (!open)
        return fail(open.error());
    progress.start(std::ssize(open->file.bytes()));
    const std::string place = path.string();
    const SessionEntryReader entries(open->zip, place, stop, progress);
    Session session = std::move(open->description.session);
    for (const auto& [name, columns] : open->description.tables) {
        auto table = entries.table(name, columns.categories, columns.numbers);
        if (!table)
            return fail(table.error());
        session.tables[name] = std::make_shared<const EmbeddingTable>(std::move(*table));
    }
    for (const std::string& name : open->description.arrays) {
        auto array = entries.array(name);
        if (!array)
            return fail(array.error());
        session.arrays[name] = std::move(*array);
    }
    for (const std::string& name : open->description.parts) {
        auto part = entries.part(name);
        if (!part)
            return fail(part.error());
        session.parts[name] = std::move(*part);
    }
    return session;
}

Result<Session> readSessionSummary(const std::filesystem::path& path)
{
    auto open = openSession(path);
    if (!open)
        return fail(open.error());
    return std::move(open->description.session);
}

bool isSessionFile(const std::filesystem::path& path)
{
    const auto file = MappedFile::open(path);
    if (!file || !startsAsZip(file->bytes()))
        return false;
    const auto zip = ZipReader::open(file->bytes(), path.string());
    return zip && zip->find(kDescription).has_value();
}

} // namespace embedscope
