// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/array_choice.h"
#include "core/io/matrix_reader.h"
#include "core/io/npy.h"
#include "core/io/npy_strings.h"
#include "core/io/token_list.h"
#include "core/io/zip_reader.h"
#include "core/io/zip_writer.h"

#include <algorithm>
#include <utility>

namespace embedscope {

namespace {

constexpr std::string_view kEnding = ".npy";
// What a person expects of np.load(file)["weight"]: nn.Embedding's own name for it.
constexpr const char* kWeightName = "weight";
constexpr const char* kVocabularyName = "vocabulary";
// In the order of preference.
constexpr std::string_view kTokenNames[] = {kVocabularyName, "vocab", "tokens", "words", "labels"};

bool isArray(const ZipEntry& entry)
{
    return entry.name.ends_with(kEnding);
}

/// The first entry's name, from the bytes before it: also of archives that are cut off.
bool firstEntryIsArray(std::string_view bytes)
{
    constexpr std::size_t kNameLength = 26;
    constexpr std::size_t kName = 30;
    if (bytes.size() < kName)
        return false;
    const auto at = [bytes](std::size_t i) { return std::size_t{static_cast<unsigned char>(bytes[i])}; };
    return bytes.substr(kName, at(kNameLength) | at(kNameLength + 1) << 8U).ends_with(kEnding);
}

/// An array in the archive, of which only the header was read.
struct NpzArray
{
    std::size_t entry = 0;
    ArrayInfo info;
    bool strings = false;
};

Result<NpzArray> describeEntry(const ZipReader& zip, std::size_t entry, const std::string& place)
{
    const std::string& name = zip.entries()[entry].name;
    const auto start = zip.readStart(entry, kNpyStart);
    if (!start)
        return fail(start.error());
    const auto description = readNpyDescription(*start, place + ": " + name);
    if (!description)
        return fail(description.error());
    const std::string_view code =
        std::string_view(description->descr).substr(std::min<std::size_t>(1, description->descr.size()));
    const auto type = elementFromNumpyCode(code);
    return NpzArray{entry,
                    {name.substr(0, name.size() - kEnding.size()), description->shape,
                     type ? std::string(elementName(*type)) : description->descr, type && isFloatingPoint(*type)},
                    holdsStrings(*description)};
}

/// All arrays, records and damaged ones among them without shape: they matter only where they are asked for.
Result<std::vector<NpzArray>> describeArrays(const ZipReader& zip, const ReadRequest& request)
{
    std::vector<NpzArray> arrays;
    for (std::size_t i = 0; i < zip.entries().size(); ++i) {
        if (request.stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        if (!isArray(zip.entries()[i]))
            continue;
        auto array = describeEntry(zip, i, request.place());
        if (!array && zip.entries().size() == 1)
            return fail(array.error());
        const std::string& name = zip.entries()[i].name;
        arrays.push_back(array ? std::move(*array)
                               : NpzArray{i, {name.substr(0, name.size() - kEnding.size()), {}, "unknown", false}});
    }
    return arrays;
}

std::vector<ArrayInfo> infosOf(const std::vector<NpzArray>& arrays)
{
    std::vector<ArrayInfo> infos;
    std::transform(arrays.begin(), arrays.end(), std::back_inserter(infos), [](const auto& a) { return a.info; });
    return infos;
}

/// The text array that names the rows: one of the known names, else the only one of their number.
const NpzArray* findTokens(const std::vector<NpzArray>& arrays, Index rows)
{
    std::vector<const NpzArray*> fitting;
    for (const NpzArray& array : arrays)
        if (array.strings && array.info.shape.front() == rows)
            fitting.push_back(&array);
    for (const std::string_view name : kTokenNames)
        for (const NpzArray* array : fitting)
            if (array->info.name == name)
                return array;
    return fitting.size() == 1 ? fitting.front() : nullptr;
}

Result<Vocabulary> readTokens(const ZipReader& zip, const std::vector<NpzArray>& arrays, const ReadRequest& request,
                              Index rows, LoadReport& report)
{
    const NpzArray* tokens = findTokens(arrays, rows);
    if (tokens == nullptr)
        return readTokensBeside(request.path, rows, request.wanted(rows), report);
    const auto bytes = zip.read(tokens->entry, request.stop);
    if (!bytes)
        return fail(bytes.error());
    return readNpyStrings(*bytes, request.wanted(rows), request.place() + ": " + zip.entries()[tokens->entry].name,
                          request.stop);
}

Result<TableDraft> readArray(const ZipReader& zip, const std::vector<NpzArray>& arrays, std::size_t chosen,
                             const ReadRequest& request)
{
    const std::size_t entry = arrays[chosen].entry;
    auto bytes = zip.read(entry, request.stop);
    if (!bytes)
        return fail(bytes.error());
    const Source source = Source::unpacked(request.file, zip.entries()[entry].name, std::move(*bytes));
    const ReadRequest inner{request.path, source, request.options, request.stop, request.progress};
    const auto header = readNpyTableHeader(source.bytes(), source.place());
    if (!header)
        return fail(header.error());
    const Index rows = header->shape[0];
    const Index wanted = request.wanted(rows);
    const StoredMatrix stored{source.bytes().substr(header->dataOffset), header->layout, rows, header->shape[1],
                              header->fortranOrder};
    auto weights = readMatrix(stored, wanted, inner);
    if (!weights)
        return fail(weights.error());
    TableDraft draft;
    auto tokens = readTokens(zip, arrays, request, rows, draft.report);
    if (!tokens)
        return fail(tokens.error());
    draft.weights = std::move(*weights);
    draft.vocabulary = std::move(*tokens);
    draft.report.dtype = elementName(header->layout.type);
    if (arrays.size() > 1)
        draft.report.array = arrays[chosen].info.name;
    if (wanted < rows)
        addLimitFinding(draft.report, wanted, rows);
    addFindings(draft, rowNumbers(), request.stop);
    return draft;
}

} // namespace

bool recognisesNpz(std::string_view bytes)
{
    if (!startsAsZip(bytes))
        return false;
    const auto zip = ZipReader::open(bytes, {});
    if (!zip)
        return firstEntryIsArray(bytes);
    return !zip->entries().empty() && std::all_of(zip->entries().begin(), zip->entries().end(), isArray);
}

Result<std::vector<ArrayInfo>> arraysOfNpz(const ReadRequest& request)
{
    const auto zip = ZipReader::open(request.bytes(), request.place());
    if (!zip)
        return fail(zip.error());
    const auto arrays = describeArrays(*zip, request);
    if (!arrays)
        return fail(arrays.error());
    return infosOf(*arrays);
}

Result<TableDraft> readNpzTable(const ReadRequest& request)
{
    const auto zip = ZipReader::open(request.bytes(), request.place());
    if (!zip)
        return fail(zip.error());
    const auto arrays = describeArrays(*zip, request);
    if (!arrays)
        return fail(arrays.error());
    const auto chosen = chooseArray(infosOf(*arrays), request.options.array, request.place());
    if (!chosen)
        return fail(chosen.error());
    return readArray(*zip, *arrays, *chosen, request);
}

Result<WrittenFiles> writeNpzTable(const WriteRequest& request)
{
    const auto tokens = formatNpyStrings(request.table.vocabulary(), request.path.string());
    if (!tokens)
        return fail(tokens.error());
    const TensorView weight = viewOf(kWeightName, request.table.weights());
    auto file = AtomicFile::create(request.path);
    if (!file)
        return fail(file.error());
    ZipWriter zip(*file);
    const ZipEntryOptions options{.stop = request.stop, .progress = &request.progress};
    request.progress.start(static_cast<std::int64_t>(weight.bytes.size() + tokens->data.size()));
    const auto addArray = [&](const std::string& name, std::string_view header, std::string_view data) {
        return zip.add(name + std::string(kEnding), header, data, options);
    };
    if (const auto added = addArray(kWeightName, npyHeaderFor(weight), weight.bytes); !added)
        return fail(added.error());
    if (const auto added = addArray(kVocabularyName, tokens->header, tokens->data); !added)
        return fail(added.error());
    if (const auto finished = zip.finish(); !finished)
        return fail(finished.error());
    if (const auto done = file->commit(); !done)
        return fail(done.error());
    return WrittenFiles{request.path};
}

} // namespace embedscope
