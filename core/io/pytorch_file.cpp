// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/pytorch_file.h"

#include "core/io/registry.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace embedscope {

namespace {

constexpr std::string_view kPickleEntry = "/data.pkl";

tl::unexpected<Error> damaged(const std::string& place, const std::string& where, const std::string& what)
{
    return fail(ErrorCode::FileDamaged, {place, where, what});
}

/// The folder inside the archive, or nullopt where it holds no data.pkl.
std::optional<std::string> folderOf(const ZipReader& zip)
{
    for (const ZipEntry& entry : zip.entries())
        if (entry.name.ends_with(kPickleEntry))
            return entry.name.substr(0, entry.name.size() - kPickleEntry.size());
    return std::nullopt;
}

/// The name of the first file in an archive, as it stands before its content.
std::string_view firstEntryName(std::string_view bytes)
{
    constexpr std::size_t kLengthAt = 26;
    constexpr std::size_t kNameAt = 30;
    if (!startsAsZip(bytes) || bytes.size() < kNameAt)
        return {};
    const auto low = static_cast<unsigned char>(bytes[kLengthAt]);
    const auto high = static_cast<unsigned char>(bytes[kLengthAt + 1]);
    return bytes.substr(kNameAt, low + std::size_t{256} * high);
}

/// A key of the legacy layout's dict of the system.
std::optional<std::int64_t> systemValue(const Pickle& system, std::string_view key)
{
    const auto items = system.heap.items(system.root);
    for (std::size_t i = 0; i + 1 < items.size(); i += 2)
        if (system.heap.text(items[i]) == key)
            return system.heap.integer(items[i + 1]);
    return std::nullopt;
}

} // namespace

bool startsAsLegacyPyTorch(std::string_view bytes)
{
    using namespace std::string_view_literals;
    // The integer 0x1950a86a20f9469cfc6c, in a pickle of whatever protocol.
    constexpr std::string_view kMagicNumber = "\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19."sv;
    constexpr std::size_t kLongestStart = 32;
    return bytes.starts_with("\x80"sv) && bytes.substr(0, kLongestStart).find(kMagicNumber) != std::string_view::npos;
}

bool recognisesPyTorch(std::string_view bytes)
{
    if (startsAsLegacyPyTorch(bytes))
        return true;
    if (!startsAsZip(bytes))
        return false;
    // Where the file is cut off, its beginning still tells.
    if (firstEntryName(bytes).ends_with(kPickleEntry))
        return true;
    const auto zip = ZipReader::open(bytes, {});
    return zip && folderOf(*zip);
}

Result<PyTorchFile> PyTorchFile::open(std::string_view bytes, const std::string& place, const std::stop_token& stop)
{
    PyTorchFile file;
    const auto opened = startsAsZip(bytes) ? file.openZip(bytes, place, stop) : file.openLegacy(bytes, place, stop);
    if (!opened)
        return fail(opened.error());
    return file;
}

Result<void> PyTorchFile::openZip(std::string_view bytes, const std::string& place, const std::stop_token& stop)
{
    auto zip = ZipReader::open(bytes, place);
    if (!zip)
        return fail(zip.error());
    m_zip = std::move(*zip);
    const auto folder = folderOf(*m_zip);
    if (!folder)
        return fail(ErrorCode::FormatUnknown, {place, "a zip archive without data.pkl"});
    auto content = m_zip->read(*m_zip->find(*folder + std::string(kPickleEntry)), stop);
    if (!content)
        return fail(content.error());
    m_pickle = std::make_unique<const std::string>(std::move(*content));
    if (const auto order = m_zip->find(*folder + "/byteorder")) {
        const auto text = m_zip->readStart(*order, 8);
        if (!text)
            return fail(text.error());
        if (*text != "little" && *text != "big")
            return damaged(place, "its byteorder", "it is neither little nor big");
        m_bigEndian = *text == "big";
    }
    auto pickle = readPickle(*m_pickle, pyTorchRules(place), stop);
    if (!pickle)
        return fail(pickle.error());
    auto state = findTensors(std::move(*pickle), place, stop);
    if (!state)
        return fail(state.error());
    m_state = std::make_unique<const PyTorchState>(std::move(*state));
    return findEntries(*folder, place);
}

Result<void> PyTorchFile::findEntries(const std::string& folder, const std::string& place)
{
    std::map<std::string_view, std::size_t> found;
    const std::string prefix = folder + "/data/";
    const auto& entries = m_zip->entries();
    for (std::size_t i = 0; i < entries.size(); ++i)
        if (std::string_view(entries[i].name).starts_with(prefix))
            found.emplace(std::string_view(entries[i].name).substr(prefix.size()), i);
    for (const PyTorchStorage& storage : m_state->storages) {
        const auto entry = found.find(storage.key);
        if (entry == found.end())
            return damaged(place, "the storage " + std::string(storage.key), "the archive does not hold it");
        if (entries[entry->second].size != storage.bytes())
            return damaged(place, "the storage " + std::string(storage.key),
                           "it has " + std::to_string(entries[entry->second].size) + " bytes in place of " +
                               std::to_string(storage.bytes()));
        m_entries.emplace(storage.key, entry->second);
    }
    return {};
}

Result<void> PyTorchFile::openLegacy(std::string_view bytes, const std::string& place, const std::stop_token& stop)
{
    constexpr std::int64_t kProtocolVersion = 1001;
    if (!startsAsLegacyPyTorch(bytes))
        return fail(ErrorCode::FormatUnknown, {place, "no file of PyTorch"});
    const PickleRules rules = pyTorchRules(place);
    std::string_view rest = bytes;
    const auto next = [&]() -> Result<Pickle> {
        auto pickle = readPickle(rest, rules, stop);
        if (pickle)
            rest.remove_prefix(pickle->end);
        return pickle;
    };
    if (const auto magic = next(); !magic)
        return fail(magic.error());
    const auto version = next();
    if (!version)
        return fail(version.error());
    if (version->heap.integer(version->root) != kProtocolVersion)
        return damaged(place, "its version", "it is not 1001, the only one that there is");
    const auto system = next();
    if (!system)
        return fail(system.error());
    m_bigEndian = systemValue(*system, "little_endian") == 0;
    auto pickle = next();
    if (!pickle)
        return fail(pickle.error());
    auto state = findTensors(std::move(*pickle), place, stop);
    if (!state)
        return fail(state.error());
    m_state = std::make_unique<const PyTorchState>(std::move(*state));
    const auto keys = next();
    if (!keys)
        return fail(keys.error());
    return findRanges(rest, *keys, place);
}

/// `bytes` are those behind the list of keys.
Result<void> PyTorchFile::findRanges(std::string_view bytes, const Pickle& keys, const std::string& place)
{
    std::map<std::string_view, const PyTorchStorage*> known;
    for (const PyTorchStorage& storage : m_state->storages)
        known.emplace(storage.key, &storage);
    for (const PickleRef item : keys.heap.items(keys.root)) {
        const auto storage = known.find(keys.heap.text(item).value_or(std::string_view()));
        if (storage == known.end())
            return damaged(place, "its list of storages", "it names one that no tensor has");
        std::int64_t count = 0;
        if (bytes.size() < sizeof(count))
            return damaged(place, "the storage " + std::string(storage->first), "it is cut off");
        // The count is little-endian whatever the numbers are.
        for (std::size_t i = sizeof(count); i-- > 0;)
            count = static_cast<std::int64_t>(static_cast<std::uint64_t>(count) << 8U |
                                              static_cast<unsigned char>(bytes[i]));
        bytes.remove_prefix(sizeof(count));
        if (count != static_cast<std::int64_t>(storage->second->count))
            return damaged(place, "the storage " + std::string(storage->first), "it has another length than announced");
        if (storage->second->bytes() > bytes.size())
            return damaged(place, "the storage " + std::string(storage->first), "it is cut off");
        m_inPlace.emplace(storage->first, bytes.substr(0, storage->second->bytes()));
        bytes.remove_prefix(storage->second->bytes());
    }
    for (const PyTorchStorage& storage : m_state->storages)
        if (const auto found = m_inPlace.find(storage.key);
            found == m_inPlace.end() || found->second.size() != storage.bytes())
            return damaged(place, "the storage " + std::string(storage.key), "the file does not hold it");
    return {};
}

std::optional<std::string_view> PyTorchFile::inPlace(const PyTorchStorage& storage) const
{
    const auto found = m_inPlace.find(storage.key);
    return found == m_inPlace.end() ? std::nullopt : std::optional(found->second);
}

Result<void> PyTorchFile::readInto(const PyTorchStorage& storage, char* out, const std::stop_token& stop) const
{
    return m_zip->readInto(m_entries.at(storage.key), out, storage.bytes(), stop);
}

Result<void> PyTorchFile::readPieces(const PyTorchStorage& storage,
                                     const std::function<bool(std::string_view piece)>& take,
                                     const std::stop_token& stop) const
{
    return m_zip->readPieces(m_entries.at(storage.key), take, stop);
}

} // namespace embedscope
