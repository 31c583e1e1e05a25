// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/strings.h"
#include "core/io/piecewise_writer.h"
#include "core/io/registry.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <system_error>
#include <utility>

namespace embedscope {

namespace {

namespace fs = std::filesystem;

constexpr const char* kVectors = "vectors.tsv";
constexpr const char* kMetadata = "metadata.tsv";
constexpr const char* kJsonConfig = "projector_config.json";  // of the standalone projector
constexpr const char* kTextConfig = "projector_config.pbtxt"; // of TensorBoard, which looks for this name
constexpr const char* kTensorName = "embedding";
// Texts that the projector would drop or move to another row.
constexpr const char* kEmpty = "(empty)";
constexpr const char* kBlank = "\xE2\x90\xA3"; // U+2423, open box

tl::unexpected<Error> refused(const WriteRequest& request, const std::string& why, const char* wayOut)
{
    return fail(ErrorCode::FormatRefused, {request.path.string(), "the Embedding Projector", why, wayOut});
}

/// The projector reads NaN as a label and refuses vectors of one number.
Result<void> checkValues(const WriteRequest& request)
{
    const auto& weights = request.table.weights();
    if (request.table.dim() < 2)
        return refused(request, "it reads no vectors of one dimension", "Choose another format.");
    for (Index row = 0; row < request.table.rows(); ++row) {
        if (request.stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        if (!weights.row(row).allFinite())
            return refused(request, "row " + std::to_string(row) + " has NaN or infinite values, which it cannot read",
                           "Choose another format, or leave the row out.");
    }
    return {};
}

/// Tabs and line breaks part cells and rows here, and nothing quotes them.
std::string labelOf(std::string_view token)
{
    std::string label = toValidUtf8(token);
    for (char& c : label)
        if (c == '\t' || c == '\n' || c == '\r')
            c = ' ';
    if (label.empty())
        return kEmpty;
    if (label.find_first_not_of(' ') != std::string::npos)
        return label;
    std::string shown;
    for (std::size_t i = 0; i < label.size(); ++i)
        shown += kBlank;
    return shown;
}

bool hasColumns(const EmbeddingTable& table)
{
    return !table.columns().empty() || !table.numberColumns().empty();
}

/// There is a header exactly where there are several columns.
std::string metadataHeader(const EmbeddingTable& table)
{
    if (!hasColumns(table))
        return {};
    std::string out = "label";
    for (const CategoryColumn& column : table.columns())
        out.append("\t").append(labelOf(column.name));
    for (const NumberColumn& column : table.numberColumns())
        out.append("\t").append(labelOf(column.name));
    return out + '\n';
}

void appendMetadataRow(const EmbeddingTable& table, Index row, std::string& out)
{
    const auto at = static_cast<std::size_t>(row);
    out += labelOf(table.vocabulary()[row]);
    for (const CategoryColumn& column : table.columns()) {
        const std::int32_t value = column.values[at];
        out += '\t';
        if (value >= 0)
            out += labelOf(column.categories[static_cast<std::size_t>(value)]);
    }
    for (const NumberColumn& column : table.numberColumns()) {
        out += '\t';
        if (!std::isnan(column.values[at]))
            out += formatNumber(column.values[at]);
    }
    out += '\n';
}

void appendVector(const EmbeddingTable& table, Index row, std::string& out)
{
    const auto& weights = table.weights();
    for (Index i = 0; i < table.dim(); ++i) {
        if (i > 0)
            out += '\t';
        appendNumber(out, weights(row, i));
    }
    out += '\n';
}

std::string jsonConfig(const EmbeddingTable& table)
{
    const nlohmann::ordered_json json{{"embeddings",
                                       {{{"tensorName", kTensorName},
                                         {"tensorShape", {table.rows(), table.dim()}},
                                         {"tensorPath", kVectors},
                                         {"metadataPath", kMetadata}}}}};
    return json.dump(2) + '\n';
}

std::string textConfig(const EmbeddingTable& table)
{
    return std::string("embeddings {\n  tensor_name: \"") + kTensorName +
           "\"\n  tensor_shape: " + std::to_string(table.rows()) + "\n  tensor_shape: " + std::to_string(table.dim()) +
           "\n  tensor_path: \"" + kVectors + "\"\n  metadata_path: \"" + kMetadata + "\"\n}\n";
}

/// The folder of the four files, and the path of the JSON configuration.
struct Place
{
    fs::path folder;
    fs::path json;
};

/// A path that ends in .json or .pbtxt is that of the configuration, any other one that of the folder.
Result<Place> placeOf(const fs::path& path)
{
    if (path.extension() == ".json")
        return Place{path.parent_path(), path};
    if (path.extension() == ".pbtxt")
        return Place{path.parent_path(), fs::path(path).replace_filename(kJsonConfig)};
    std::error_code error;
    if (!fs::is_directory(path, error) && !fs::create_directory(path, error) && !fs::is_directory(path))
        return fail(ErrorCode::FileUnwritable, {path.string(), error.message()});
    return Place{path, path / kJsonConfig};
}

using AppendRow = void (*)(const EmbeddingTable&, Index, std::string&);

Result<AtomicFile> writeRowsTo(const fs::path& path, const std::string& head, const WriteRequest& request,
                               AppendRow append)
{
    auto file = AtomicFile::create(path);
    if (!file)
        return file;
    if (const auto written = file->write(head); !written)
        return fail(written.error());
    const auto format = [&request, append](Index begin, Index end, std::string& out) {
        for (Index row = begin; row < end; ++row)
            append(request.table, row, out);
    };
    const auto written =
        writeRows(*file, request.table.rows(), request.table.dim(), format, request.stop, request.progress);
    if (!written)
        return fail(written.error());
    if (const auto synced = file->sync(); !synced)
        return fail(synced.error());
    return file;
}

Result<AtomicFile> writeText(const fs::path& path, const std::string& text)
{
    auto file = AtomicFile::create(path);
    if (!file)
        return file;
    if (const auto written = file->write(text); !written)
        return fail(written.error());
    if (const auto synced = file->sync(); !synced)
        return fail(synced.error());
    return file;
}

} // namespace

Result<WrittenFiles> writeProjectorTable(const WriteRequest& request)
{
    if (const auto fine = checkValues(request); !fine)
        return fail(fine.error());
    const auto place = placeOf(request.path);
    if (!place)
        return fail(place.error());
    const WrittenFiles paths{place->json, place->folder / kTextConfig, place->folder / kVectors,
                             place->folder / kMetadata};
    auto vectors = writeRowsTo(paths[2], {}, request, appendVector);
    if (!vectors)
        return fail(vectors.error());
    auto metadata = writeRowsTo(paths[3], metadataHeader(request.table), request, appendMetadataRow);
    if (!metadata)
        return fail(metadata.error());
    auto text = writeText(paths[1], textConfig(request.table));
    if (!text)
        return fail(text.error());
    auto json = writeText(paths[0], jsonConfig(request.table));
    if (!json)
        return fail(json.error());
    // All are on the disk by now, so that only renames lie between the old files and the new ones; what names the
    // others comes last.
    for (auto* file : {&*vectors, &*metadata, &*text, &*json})
        if (const auto done = file->commit(); !done)
            return fail(done.error());
    return paths;
}

} // namespace embedscope
