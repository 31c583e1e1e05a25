// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/content.h"

#include "core/base/strings.h"
#include "core/io/text_kinds.h"
#include "core/io/text_lines.h"

#include <algorithm>
#include <cctype>

namespace embedscope {

namespace {

using namespace std::string_view_literals;

constexpr std::size_t kSampleBytes = 16384;

constexpr const char* kUnpack = "Unpack it first, then open the file inside.";
constexpr const char* kPickleWhy = "a pickle can run code when it is opened, so nothing of it was run";
constexpr const char* kPickleWayOut = "In Python, save the matrix by itself, with numpy.save or as safetensors.";

struct Signature
{
    std::string_view magic;
    Refusal refusal;
};

constexpr Signature kSignatures[] = {
    {"version https://git-lfs.github.com/spec/"sv,
     {"a Git LFS pointer", "the file itself was not downloaded",
      "Run \"git lfs pull\" in the repository, or download the file from its page."}},
    // Gzip and zip are unpacked before; here come those that lie in others.
    {"\x1f\x8b"sv, {"a gzip archive", "it is packed several times over", kUnpack}},
    {"PK\x03\x04"sv, {"a zip archive", "it is packed several times over", kUnpack}},
    {"BZh"sv, {"a bzip2 archive", "it is compressed", kUnpack}},
    {"\xfd"
     "7zXZ\0"sv,
     {"an xz archive", "it is compressed", kUnpack}},
    {"\x28\xb5\x2f\xfd"sv, {"a zstd archive", "it is compressed", kUnpack}},
    {"7z\xbc\xaf\x27\x1c"sv, {"a 7-zip archive", "it is compressed", kUnpack}},
    {"\x89HDF\r\n\x1a\n"sv,
     {"an HDF5 file", "its layout belongs to the program that wrote it", "Export the matrix as .npy."}},
    {"SQLite format 3\0"sv,
     {"an SQLite database", "its layout belongs to the program that wrote it", "Export the vectors as text or .npy."}},
    {"\xff\xfe"sv, {"UTF-16 text", "vectors are stored as UTF-8", "Save the file as UTF-8."}},
    {"\xfe\xff"sv, {"UTF-16 text", "vectors are stored as UTF-8", "Save the file as UTF-8."}},
};

constexpr Refusal kPickle{"a Python pickle", kPickleWhy, kPickleWayOut};
constexpr Refusal kPyTorchTar{"a PyTorch file of before version 0.1.10", "that layout, a tar archive, is not read",
                              "In Python, load it and save it again with torch.save."};

bool isPickle(std::string_view bytes)
{
    // Protocol 2 and above name themselves; older ones are text that begins with a mark and a memo, or an import.
    const bool binary = bytes.size() > 2 && bytes[0] == '\x80' && bytes[1] >= 2 && bytes[1] <= 5;
    const bool text = bytes.starts_with("(dp0\n") || bytes.starts_with("(lp0\n") || bytes.starts_with("(dp1\n") ||
                      bytes.starts_with("(lp1\n") || bytes.starts_with("ccopy_reg\n") || bytes.starts_with("cnumpy");
    return binary || text;
}

/// The names of the files in such an archive are these four, and one of them comes first.
bool isPyTorchTar(std::string_view bytes)
{
    constexpr std::size_t kMagicAt = 257;
    if (bytes.size() < kMagicAt || !bytes.substr(kMagicAt).starts_with("ustar"))
        return false;
    const std::string_view names[] = {"sys_info\0"sv, "pickle\0"sv, "tensors\0"sv, "storages\0"sv};
    return std::any_of(std::begin(names), std::end(names),
                       [bytes](std::string_view name) { return bytes.starts_with(name); });
}

bool startsWithoutCase(std::string_view text, std::string_view start)
{
    const auto same = [](char lower, char any) { return lower == std::tolower(static_cast<unsigned char>(any)); };
    return text.size() >= start.size() && std::equal(start.begin(), start.end(), text.begin(), same);
}

bool isText(std::string_view sample)
{
    return std::none_of(sample.begin(), sample.end(), [](char c) {
        const auto code = static_cast<unsigned char>(c);
        return code < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f';
    });
}

/// A bracket and what may follow it; not a token in brackets, as vocabularies begin.
bool isJson(std::string_view start)
{
    if (start.front() != '{' && start.front() != '[')
        return false;
    const std::size_t next = start.find_first_not_of(" \t\r\n", 1);
    const std::string_view rest = next == start.npos ? std::string_view() : start.substr(next);
    const bool word = rest.starts_with("true") || rest.starts_with("false") || rest.starts_with("null");
    return rest.empty() || word || std::string_view("\"{[]}-0123456789").find(rest.front()) != rest.npos;
}

bool isPython(std::string_view sample)
{
    constexpr std::string_view kStarts[] = {"import ", "from ", "def ", "class ", "@", "if __name__", "#!/usr/bin/"};
    for (std::size_t position = 0; position < sample.size();) {
        const std::string_view line = nextLine(sample, position);
        const bool starts = std::any_of(std::begin(kStarts), std::end(kStarts),
                                        [line](std::string_view start) { return line.starts_with(start); });
        if (starts && (line.ends_with(':') || line.starts_with("import ") || line.find(" import ") != line.npos ||
                       line.find("python") != line.npos))
            return true;
    }
    return false;
}

std::string describeText(std::string_view sample)
{
    const std::size_t first = sample.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return "blank lines";
    const std::string_view start = sample.substr(first);
    if (startsWithoutCase(start, "<!doctype html") || startsWithoutCase(start, "<html"))
        return "a web page (HTML)";
    if (startsWithoutCase(start, "<?xml"))
        return "XML";
    if (isPython(sample))
        return "Python source";
    if (isJson(start))
        return "JSON";
    return kindOfText(sample);
}

} // namespace

std::optional<Refusal> refusalOf(std::string_view bytes)
{
    for (const Signature& signature : kSignatures)
        if (bytes.starts_with(signature.magic))
            return signature.refusal;
    if (isPyTorchTar(bytes))
        return kPyTorchTar;
    if (isPickle(bytes))
        return kPickle;
    return std::nullopt;
}

std::string describeContent(std::string_view bytes)
{
    const std::string_view sample = bytes.substr(0, kSampleBytes);
    return isText(sample) ? describeText(sample) : "binary data of an unknown kind";
}

} // namespace embedscope
