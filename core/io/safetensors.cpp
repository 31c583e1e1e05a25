// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/safetensors.h"

#include "core/base/strings.h"
#include "core/io/atomic_file.h"
#include "core/io/mapped_file.h"
#include "core/io/safetensors_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

namespace embedscope {

namespace {

constexpr std::size_t kLengthBytes = 8;
constexpr std::size_t kAlignment = 8;
// What the reference implementation accepts.
constexpr std::uint64_t kLongestHeader = 100'000'000;

tl::unexpected<Error> damaged(const std::string& place, const std::string& what)
{
    return fail(ErrorCode::FileDamaged, {place, "the safetensors header", what});
}

std::uint64_t headerLength(std::string_view bytes)
{
    std::uint64_t length = 0;
    for (std::size_t i = kLengthBytes; i-- > 0;)
        length = length << 8U | static_cast<unsigned char>(bytes[i]);
    return length;
}

/// Also of the types that are never converted, so that the extent of every tensor can be checked. 0 where unknown.
std::size_t bitsOf(const std::string& dtype)
{
    if (const auto type = elementFromSafetensorsCode(dtype))
        return elementSize(*type) * 8;
    if (dtype == "C64")
        return 64;
    if (dtype.starts_with("F8_"))
        return 8;
    if (dtype.starts_with("F6_"))
        return 6;
    return dtype == "F4" ? 4 : 0;
}

/// Empty where the tensor is as long as its type and shape say.
std::string lengthProblem(const SafetensorsEntry& entry, std::size_t bits)
{
    const auto count = elementCount(entry.shape);
    const std::size_t length = entry.end - entry.begin;
    // No tensor has more elements than the file has bits; so the product cannot overflow.
    if (count && *count / 8 <= length && *count * bits == length * 8)
        return {};
    return entry.name + " is " + std::to_string(length) + " bytes long, which does not fit its type " + entry.dtype +
           " and shape " + shapeText(entry.shape);
}

Result<void> checkEntry(const SafetensorsEntry& entry, std::size_t expectedBegin, const std::string& place)
{
    if (entry.begin != expectedBegin || entry.end < entry.begin)
        return damaged(place, "the bytes of " + entry.name + " overlap others or leave a hole");
    const std::size_t bits = bitsOf(entry.dtype);
    if (bits == 0)
        return fail(ErrorCode::FormatRefused, {place, "the type " + entry.dtype + " of " + entry.name,
                                               "it is not known here", "Save the tensor as float32."});
    if (std::string problem = lengthProblem(entry, bits); !problem.empty())
        return damaged(place, problem);
    return {};
}

/// Holds the entries against the data and makes their offsets absolute.
Result<void> checkEntries(SafetensorsHeader& header, std::size_t dataBegin, std::size_t fileSize,
                          const std::string& place)
{
    auto& entries = header.entries;
    std::sort(entries.begin(), entries.end(),
              [](const auto& a, const auto& b) { return std::pair(a.begin, a.end) < std::pair(b.begin, b.end); });
    std::size_t position = 0;
    for (SafetensorsEntry& entry : entries) {
        if (const auto fine = checkEntry(entry, position, place); !fine)
            return fine;
        position = entry.end;
    }
    if (position != fileSize - dataBegin)
        return damaged(place, "it announces " + std::to_string(position) + " bytes of data, but " +
                                  std::to_string(fileSize - dataBegin) + " follow");
    for (SafetensorsEntry& entry : entries) {
        entry.begin += dataBegin;
        entry.end += dataBegin;
    }
    return {};
}

nlohmann::ordered_json describeTensors(const SafetensorsLayout& layout,
                                       const std::map<std::string, std::string>& metadata)
{
    auto json = nlohmann::ordered_json::object();
    if (!metadata.empty())
        json["__metadata__"] = metadata;
    std::size_t position = 0;
    for (const TensorView* view : layout.order) {
        const std::size_t end = position + view->bytes.size();
        json[view->name] = {{"dtype", safetensorsCode(view->type)},
                            {"shape", view->shape},
                            {"data_offsets", {std::exchange(position, end), end}}};
    }
    return json;
}

bool allUtf8(const std::vector<TensorView>& tensors, const std::map<std::string, std::string>& metadata)
{
    const auto fine = [](const std::string& text) { return !firstInvalidUtf8(text).has_value(); };
    return std::all_of(tensors.begin(), tensors.end(), [&](const auto& view) { return fine(view.name); }) &&
           std::all_of(metadata.begin(), metadata.end(),
                       [&](const auto& entry) { return fine(entry.first) && fine(entry.second); });
}

std::string framed(std::string json)
{
    json.resize((json.size() + kAlignment - 1) / kAlignment * kAlignment, ' ');
    std::string out;
    for (std::size_t i = 0; i < kLengthBytes; ++i)
        out += static_cast<char>(static_cast<unsigned char>(json.size() >> (8 * i) & 0xFFU));
    return out + json;
}

} // namespace

bool startsAsSafetensors(std::string_view bytes)
{
    return bytes.size() >= kLengthBytes + 2 && bytes[kLengthBytes] == '{' && headerLength(bytes) <= kLongestHeader;
}

Result<SafetensorsHeader> readSafetensorsHeader(std::string_view bytes, const std::string& place)
{
    if (!startsAsSafetensors(bytes))
        return damaged(place, "it does not begin with its length and a brace");
    const auto length = static_cast<std::size_t>(headerLength(bytes));
    if (length > bytes.size() - kLengthBytes)
        return damaged(place, "it is cut off");
    SafetensorsHeader header;
    if (const auto problem = parseSafetensorsJson(bytes.substr(kLengthBytes, length), header))
        return damaged(place, *problem);
    if (const auto fine = checkEntries(header, kLengthBytes + length, bytes.size(), place); !fine)
        return fail(fine.error());
    return header;
}

Result<SafetensorsLayout> layOutSafetensors(const std::vector<TensorView>& tensors,
                                            const std::map<std::string, std::string>& metadata,
                                            const std::string& place)
{
    if (!allUtf8(tensors, metadata))
        return fail(ErrorCode::FormatRefused,
                    {place, "safetensors", "some names or tokens are not UTF-8, as it demands",
                     "Choose .npy or word2vec-bin, which keep any bytes."});
    SafetensorsLayout layout;
    for (const TensorView& view : tensors)
        layout.order.push_back(&view);
    std::sort(layout.order.begin(), layout.order.end(), [](const TensorView* a, const TensorView* b) {
        const auto wideA = elementSize(a->type);
        const auto wideB = elementSize(b->type);
        return wideA != wideB ? wideA > wideB : a->name < b->name;
    });
    layout.header = framed(describeTensors(layout, metadata).dump());
    if (layout.header.size() > kLongestHeader)
        return fail(ErrorCode::FormatRefused, {place, "safetensors", "the vocabulary is longer than its header may be",
                                               "Choose .npy, which keeps the tokens in a file of their own."});
    return layout;
}

Result<TensorFile> readSafetensors(const std::filesystem::path& path)
{
    const auto mapped = MappedFile::open(path);
    if (!mapped)
        return fail(mapped.error());
    return readSafetensors(mapped->bytes(), path.string());
}

Result<TensorFile> readSafetensors(std::string_view bytes, const std::string& filePlace)
{
    auto header = readSafetensorsHeader(bytes, filePlace);
    if (!header)
        return fail(header.error());
    TensorFile file{{}, std::move(header->metadata)};
    for (SafetensorsEntry& entry : header->entries) {
        const std::string place = filePlace + ": " + entry.name;
        const auto type = elementFromSafetensorsCode(entry.dtype);
        if (!type)
            return fail(ErrorCode::FormatRefused,
                        {place, "the type " + entry.dtype, "it is not a plain number", "Save the tensor as float32."});
        auto tensor = makeTensor(bytes.substr(entry.begin, entry.end - entry.begin), {*type, false},
                                 std::move(entry.shape), place);
        if (!tensor)
            return fail(tensor.error());
        file.tensors.emplace(std::move(entry.name), std::move(*tensor));
    }
    return file;
}

Result<void> writeSafetensors(const TensorFile& file, const std::filesystem::path& path)
{
    const auto views = viewsOf(file.tensors);
    if (!views)
        return fail(views.error());
    return writeSafetensors(*views, file.metadata, path);
}

Result<void> writeSafetensors(const std::vector<TensorView>& tensors,
                              const std::map<std::string, std::string>& metadata, const std::filesystem::path& path)
{
    const auto layout = layOutSafetensors(tensors, metadata, path.string());
    if (!layout)
        return fail(layout.error());
    auto output = AtomicFile::create(path);
    if (!output)
        return fail(output.error());
    if (const auto written = output->write(layout->header); !written)
        return written;
    for (const TensorView* view : layout->order)
        if (const auto written = output->write(view->bytes); !written)
            return written;
    return output->commit();
}

} // namespace embedscope
