// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/npy_strings.h"

#include "core/base/strings.h"

#include <algorithm>
#include <optional>

namespace embedscope {

namespace {

constexpr std::size_t kCodePointBytes = 4;
constexpr std::size_t kLargestArray = std::size_t{1} << 30U;

/// "<U7", ">U7" or "|S7".
struct StringLayout
{
    bool wide = false; // code points, not bytes
    bool bigEndian = false;
    std::size_t width = 0; // bytes a text
};

std::optional<StringLayout> stringLayout(std::string_view descr)
{
    if (descr.size() < 3)
        return std::nullopt;
    StringLayout layout{descr[1] == 'U', descr[0] == '>', 0};
    const auto length = parseInteger(descr.substr(2));
    const bool known = descr[1] == 'S' || (layout.wide && (descr[0] == '<' || descr[0] == '>'));
    if (!known || !length || *length < 0 || *length > (1LL << 40))
        return std::nullopt;
    layout.width = static_cast<std::size_t>(*length) * (layout.wide ? kCodePointBytes : 1);
    return layout;
}

char32_t codePointAt(const char* in, bool bigEndian)
{
    char32_t code = 0;
    for (std::size_t i = 0; i < kCodePointBytes; ++i) {
        const char byte = in[bigEndian ? i : kCodePointBytes - 1 - i];
        code = code << 8U | static_cast<unsigned char>(byte);
    }
    return code;
}

void readText(std::string_view field, const StringLayout& layout, std::string& out)
{
    out.clear();
    const std::size_t length = field.find_last_not_of('\0') + 1;
    if (!layout.wide) {
        out.append(field.substr(0, length));
        return;
    }
    for (std::size_t i = 0; i < length; i += kCodePointBytes)
        appendUtf8(out, codePointAt(field.data() + i, layout.bigEndian));
}

tl::unexpected<Error> refusedToken(const std::string& place, Index row, const char* why)
{
    return fail(ErrorCode::FormatRefused,
                {place, "a .npz file with a text array", "the token of row " + std::to_string(row) + " " + why,
                 "Choose .npy, word2vec-bin or glove, which keep such tokens."});
}

/// Code points of the longest token.
Result<std::size_t> longestToken(const Vocabulary& vocabulary, const std::string& place)
{
    // As numpy, which has no texts of width 0.
    std::size_t longest = 1;
    for (Index row = 0; row < vocabulary.size(); ++row) {
        const std::string_view token = vocabulary[row];
        if (firstInvalidUtf8(token))
            return refusedToken(place, row, "is not UTF-8");
        if (token.ends_with('\0'))
            return refusedToken(place, row, "ends in a zero byte");
        const auto isStart = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
        longest = std::max(longest, static_cast<std::size_t>(std::count_if(token.begin(), token.end(), isStart)));
    }
    return longest;
}

void putCodePoint(char* out, char32_t code)
{
    for (unsigned i = 0; i < kCodePointBytes; ++i)
        out[i] = static_cast<char>(static_cast<unsigned char>(code >> (8 * i) & 0xFFU));
}

} // namespace

bool holdsStrings(const NpyDescription& description)
{
    return description.shape.size() == 1 && stringLayout(description.descr);
}

Result<Vocabulary> readNpyStrings(std::string_view bytes, Index wanted, const std::string& place,
                                  const std::stop_token& stop)
{
    const auto description = readNpyDescription(bytes, place);
    if (!description)
        return fail(description.error());
    const auto layout = stringLayout(description->descr);
    if (!layout || description->shape.size() != 1)
        return fail(ErrorCode::Internal, {"no array of text"});
    const std::string_view data = bytes.substr(description->dataOffset);
    const auto rows = static_cast<std::size_t>(description->shape[0]);
    if (layout->width > 0 && rows > data.size() / layout->width)
        return fail(ErrorCode::FileTruncated,
                    {place, std::to_string(data.size() / layout->width), std::to_string(rows)});
    if (rows * layout->width != data.size())
        return fail(ErrorCode::FileDamaged, {place, "the array", "bytes follow its last text"});
    Vocabulary vocabulary;
    std::string text;
    for (Index row = 0; row < wanted; ++row) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        readText(data.substr(static_cast<std::size_t>(row) * layout->width, layout->width), *layout, text);
        vocabulary.add(text);
    }
    return vocabulary;
}

Result<NpyStrings> formatNpyStrings(const Vocabulary& vocabulary, const std::string& place)
{
    const auto longest = longestToken(vocabulary, place);
    if (!longest)
        return fail(longest.error());
    const auto rows = static_cast<std::size_t>(vocabulary.size());
    if (*longest > kLargestArray / kCodePointBytes / std::max<std::size_t>(1, rows))
        return fail(ErrorCode::FormatRefused, {place, "a .npz file with a text array",
                                               "its longest token has " + std::to_string(*longest) +
                                                   " characters, and numpy gives every row room for as many",
                                               "Choose safetensors, which keeps any text."});
    const std::size_t width = *longest * kCodePointBytes;
    NpyStrings out{npyHeaderFor("<U" + std::to_string(*longest), {vocabulary.size()}), std::string(rows * width, '\0')};
    for (Index row = 0; row < vocabulary.size(); ++row) {
        char* field = out.data.data() + static_cast<std::size_t>(row) * width;
        for (std::size_t position = 0; position < vocabulary[row].size(); field += kCodePointBytes)
            putCodePoint(field, nextCodePoint(vocabulary[row], position));
    }
    return out;
}

} // namespace embedscope
