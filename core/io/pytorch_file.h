// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/pytorch_state.h"
#include "core/io/zip_reader.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace embedscope {

/// What torch.save() wrote: a pickle that describes tensors, and storages with their numbers. Two layouts:
///
///     zip, since PyTorch 1.6: NAME/data.pkl, NAME/data/KEY for each storage, NAME/byteorder in newer ones
///     legacy: pickles of a magic number, a version, the system, the object and a list of keys, one behind the other;
///             then for each key an int64 count and the numbers
class PyTorchFile
{
public:
    /// Reads everything but the numbers, and holds the storages against the file. `bytes` must outlive the file.
    /// Errors of ZipReader::open(), readPickle() and findTensors(); FileDamaged.
    static Result<PyTorchFile> open(std::string_view bytes, const std::string& place, const std::stop_token& stop);

    [[nodiscard]] const PyTorchState& state() const { return *m_state; }
    [[nodiscard]] bool bigEndian() const { return m_bigEndian; }

    /// The bytes of a storage where they lie in memory already, as in the legacy layout.
    [[nodiscard]] std::optional<std::string_view> inPlace(const PyTorchStorage& storage) const;
    /// All bytes of a storage that is not in place, to where they belong: storage.bytes() of them.
    [[nodiscard]] Result<void> readInto(const PyTorchStorage& storage, char* out, const std::stop_token& stop) const;
    /// The same in pieces, each a multiple of 16 bytes but for the last, until `take` returns false.
    [[nodiscard]] Result<void> readPieces(const PyTorchStorage& storage,
                                          const std::function<bool(std::string_view piece)>& take,
                                          const std::stop_token& stop) const;

private:
    Result<void> openZip(std::string_view bytes, const std::string& place, const std::stop_token& stop);
    Result<void> openLegacy(std::string_view bytes, const std::string& place, const std::stop_token& stop);
    Result<void> findEntries(const std::string& folder, const std::string& place);
    Result<void> findRanges(std::string_view bytes, const Pickle& keys, const std::string& place);

    std::unique_ptr<const std::string> m_pickle; // of a zip; the state points into it
    std::unique_ptr<const PyTorchState> m_state;
    bool m_bigEndian = false;
    std::optional<ZipReader> m_zip;
    std::map<std::string_view, std::size_t> m_entries;      // by key
    std::map<std::string_view, std::string_view> m_inPlace; // by key
};

bool startsAsLegacyPyTorch(std::string_view bytes);

} // namespace embedscope
