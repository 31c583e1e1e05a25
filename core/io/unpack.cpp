// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/unpack.h"

#include "core/io/gzip.h"
#include "core/io/registry.h"
#include "core/io/zip_reader.h"

#include <algorithm>
#include <utility>

namespace embedscope {

namespace {

// A gzipped file in an archive that was gzipped again: more is not made by honest people.
constexpr int kMostLayers = 3;
constexpr std::size_t kMostNamed = 12;

bool canBeChosen(const std::string& name)
{
    const std::size_t slash = name.rfind('/');
    const std::string_view file = std::string_view(name).substr(slash == std::string::npos ? 0 : slash + 1);
    return !file.empty() && file.front() != '.' && !name.starts_with("__MACOSX/");
}

std::vector<std::string> namesOf(const ZipReader& zip)
{
    std::vector<std::string> names;
    for (const ZipEntry& entry : zip.entries())
        if (canBeChosen(entry.name))
            names.push_back(entry.name);
    return names;
}

Result<std::string> chooseEntry(const ZipReader& zip, const std::string& wanted, const std::string& place)
{
    if (!wanted.empty()) {
        if (zip.find(wanted))
            return wanted;
        return fail(ErrorCode::ValueRefused, {"The file to read", wanted, place + " holds none of this name"});
    }
    std::vector<std::string> names = namesOf(zip);
    if (names.empty())
        return fail(ErrorCode::FileEmpty, {place});
    if (names.size() == 1)
        return names.front();
    std::string list;
    for (std::size_t i = 0; i < names.size() && i < kMostNamed; ++i)
        list += (i == 0 ? "" : ", ") + names[i];
    return fail(ErrorCode::EntryNeeded, {place, names.size() > kMostNamed ? list + ", ..." : list});
}

/// An archive whose file as such is a format, such as .npz.
bool isFormat(std::string_view bytes)
{
    const auto formats = formatRegistry();
    return std::any_of(formats.begin(), formats.end(),
                       [bytes](const FormatEntry& entry) { return entry.magic && entry.recognises(bytes); });
}

struct Request
{
    const ReadOptions& options;
    const std::stop_token& stop;
    Progress& progress;
    std::size_t most;
};

Result<Source> unzipped(const Source& outer, const Request& request)
{
    const auto zip = ZipReader::open(outer.bytes(), outer.place());
    if (!zip)
        return fail(zip.error());
    const auto name = chooseEntry(*zip, request.options.entry, outer.place());
    if (!name)
        return fail(name.error());
    const std::size_t index = zip->find(*name).value_or(0);
    const bool whole = zip->entries()[index].size <= request.most;
    auto content = whole ? zip->read(index, request.stop, &request.progress) : zip->readStart(index, request.most);
    if (!content)
        return fail(content.error());
    if (content->empty())
        return fail(ErrorCode::FileEmpty, {outer.place() + ": " + *name});
    return Source::unpacked(outer, *name, std::move(*content));
}

Result<Source> gunzipped(const Source& outer, const Request& request)
{
    auto content = gunzip(outer.bytes(), request.most, outer.place(), request.stop, request.progress);
    if (!content)
        return fail(content.error());
    if (content->empty())
        return fail(ErrorCode::FileEmpty, {outer.place()});
    return Source::unpacked(outer, "gzip", std::move(*content));
}

} // namespace

std::vector<std::string> entriesToChoose(std::string_view bytes, const std::string& place)
{
    if (!startsAsZip(bytes) || isFormat(bytes))
        return {};
    const auto zip = ZipReader::open(bytes, place);
    return zip ? namesOf(*zip) : std::vector<std::string>();
}

Result<Source> openSource(const std::filesystem::path& path, const ReadOptions& options, const std::stop_token& stop,
                          Progress& progress, std::size_t most)
{
    auto source = Source::open(path);
    const Request request{options, stop, progress, most};
    for (int layer = 0; source && layer < kMostLayers; ++layer) {
        const std::string_view bytes = source->bytes();
        if (startsAsGzip(bytes))
            source = gunzipped(*source, request);
        else if (startsAsZip(bytes) && !isFormat(bytes))
            source = unzipped(*source, request);
        else
            break;
    }
    return source;
}

} // namespace embedscope
