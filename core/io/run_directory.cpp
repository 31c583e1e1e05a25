// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/run_directory.h"

#include "core/io/atomic_file.h"
#include "core/io/pytorch_writer.h"
#include "core/io/staged_folder.h"

#include <nlohmann/json.hpp>
#include <zlib.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

namespace embedscope {

namespace fs = std::filesystem;
using Json = nlohmann::json;

namespace {

constexpr int kVersion = 1;
constexpr const char* kRecordFile = "run.json";
constexpr const char* kModelFile = "model.safetensors";
constexpr const char* kVocabularyFile = "vocabulary.txt";
constexpr const char* kInitialFile = "initial.safetensors";

Result<std::string> readAll(const fs::path& path)
{
    std::error_code error;
    if (!fs::is_regular_file(path, error))
        return fail(ErrorCode::FileNotFound, {path.string()});
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream content;
    content << stream.rdbuf();
    if (!stream)
        return fail(ErrorCode::FileUnreadable, {path.string(), std::strerror(errno)});
    return std::move(content).str();
}

Result<void> writeAll(const fs::path& path, std::string_view content)
{
    auto file = AtomicFile::create(path);
    if (!file)
        return fail(file.error());
    if (auto written = file->write(content); !written)
        return written;
    return file->commit();
}

Json toJson(const FileStamp& stamp)
{
    return {{"path", stamp.path}, {"bytes", stamp.bytes}, {"crc32", stamp.crc32}};
}

FileStamp stampFrom(const Json& json)
{
    return {json.at("path").get<std::string>(), json.at("bytes").get<std::uintmax_t>(),
            json.at("crc32").get<std::uint32_t>()};
}

Json toJson(const RunRecord& record)
{
    Json json = {{"version", kVersion},
                 {"program", record.program},
                 {"options", record.options},
                 {"live", record.live},
                 {"data_options", record.data_options},
                 {"data", toJson(record.data)},
                 {"vectors", record.vectors ? toJson(*record.vectors) : Json()},
                 {"stored_table", record.stored_table},
                 {"classes", record.classes},
                 {"padding_row", record.padding_row},
                 {"unknown_row", record.unknown_row},
                 {"steps", record.steps},
                 {"switches", Json::array()},
                 {"epochs", Json::array()}};
    for (const auto& entry : record.switches)
        json["switches"].push_back({{"step", entry.step}, {"settings", entry.settings}});
    for (const auto& entry : record.epochs)
        json["epochs"].push_back({{"epoch", entry.epoch}, {"metrics", entry.metrics}});
    return json;
}

RunRecord recordFrom(const Json& json)
{
    RunRecord record;
    record.program = json.at("program").get<std::string>();
    record.options = json.at("options").get<Fields>();
    record.live = json.at("live").get<Fields>();
    record.data_options = json.at("data_options").get<Fields>();
    record.data = stampFrom(json.at("data"));
    if (!json.at("vectors").is_null())
        record.vectors = stampFrom(json.at("vectors"));
    record.stored_table = json.at("stored_table").get<bool>();
    record.classes = json.at("classes").get<std::vector<std::string>>();
    record.padding_row = json.at("padding_row").get<std::int64_t>();
    record.unknown_row = json.at("unknown_row").get<std::int64_t>();
    record.steps = json.at("steps").get<std::int64_t>();
    for (const Json& entry : json.at("switches"))
        record.switches.push_back({entry.at("step").get<std::int64_t>(), entry.at("settings").get<Fields>()});
    for (const Json& entry : json.at("epochs"))
        record.epochs.push_back({entry.at("epoch").get<std::int64_t>(), entry.at("metrics").get<Fields>()});
    return record;
}

/// The border to the JSON library, which throws.
Result<RunRecord> parseRecord(const std::string& text, const std::string& place)
{
    try {
        const Json json = Json::parse(text);
        const int version = json.at("version").get<int>();
        if (version != kVersion)
            return fail(ErrorCode::RunDirectory, {place, "its record has version " + std::to_string(version) +
                                                             ", this program reads " + std::to_string(kVersion)});
        return recordFrom(json);
    } catch (const Json::exception&) {
        return fail(ErrorCode::RunDirectory, {place, "its record is damaged"});
    }
}

Vocabulary vocabularyFrom(std::string_view text)
{
    Vocabulary vocabulary;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        vocabulary.add(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return vocabulary;
}

Result<void> checkParts(const RunDirectory& run, const fs::path& folder)
{
    const auto weight = run.model.tensors.find("embedding.weight");
    if (weight == run.model.tensors.end() || weight->second.shape.size() != 2)
        return fail(ErrorCode::RunDirectory, {folder.string(), "model.safetensors has no table embedding.weight"});
    if (weight->second.shape[0] != run.vocabulary.size())
        return fail(ErrorCode::RunDirectory, {folder.string(), "vocabulary.txt and model.safetensors differ in rows"});
    return {};
}

/// With the vocabulary and classes as metadata.
Result<std::vector<fs::path>> exportSafetensors(const RunDirectory& run, const fs::path& path)
{
    TensorFile file = run.model;
    Json tokens = Json::array();
    for (Index row = 0; row < run.vocabulary.size(); ++row)
        tokens.push_back(run.vocabulary[row]);
    file.metadata["vocabulary"] = tokens.dump(-1, ' ', false, Json::error_handler_t::replace);
    file.metadata["classes"] = Json(run.record.classes).dump(-1, ' ', false, Json::error_handler_t::replace);
    if (auto written = writeSafetensors(file, path); !written)
        return fail(written.error());
    return std::vector<fs::path>{path};
}

/// With the vocabulary and classes as attributes of the state dict.
Result<std::vector<fs::path>> exportPyTorch(const RunDirectory& run, const fs::path& path)
{
    const auto views = viewsOf(run.model.tensors);
    if (!views)
        return fail(views.error());
    const std::vector<PyTorchTexts> texts{textsOf("vocabulary", run.vocabulary),
                                          {"classes", {run.record.classes.begin(), run.record.classes.end()}}};
    Progress unwatched;
    if (auto written = writePyTorch(*views, texts, path, {}, unwatched); !written)
        return fail(written.error());
    return std::vector<fs::path>{path};
}

/// With the vocabulary as a token list beside it.
Result<std::vector<fs::path>> exportNpz(const RunDirectory& run, const fs::path& path)
{
    fs::path list = path;
    list.replace_extension(".vocab.txt");
    const auto tokens = vocabularyText(run.vocabulary, list);
    if (!tokens)
        return fail(tokens.error());
    if (auto written = writeNpz(run.model, path); !written)
        return fail(written.error());
    if (auto written = writeAll(list, *tokens); !written)
        return fail(written.error());
    return std::vector<fs::path>{path, list};
}

struct ModelFormat
{
    const char* name;
    Result<std::vector<fs::path>> (*write)(const RunDirectory& run, const fs::path& path);
};

constexpr ModelFormat kModelFormats[] = {
    {"safetensors", exportSafetensors},
    {"pt", exportPyTorch},
    {"npz", exportNpz},
};

} // namespace

Result<std::string> vocabularyText(const Vocabulary& vocabulary, const fs::path& path)
{
    std::string text;
    for (Index row = 0; row < vocabulary.size(); ++row) {
        if (vocabulary[row].find('\n') != std::string_view::npos)
            return fail(ErrorCode::FormatRefused,
                        {path.string(), "a token list",
                         "the token in row " + std::to_string(row) + " holds a line break", "Remove the row."});
        text.append(vocabulary[row]) += '\n';
    }
    return text;
}

Result<FileStamp> stampOf(const fs::path& path, const std::stop_token& stop)
{
    std::error_code error;
    if (!fs::exists(path, error))
        return fail(ErrorCode::FileNotFound, {path.string()});
    std::ifstream stream(path, std::ios::binary);
    FileStamp stamp{fs::absolute(path, error).lexically_normal().string()};
    std::array<char, 1 << 16> buffer{};
    uLong crc = ::crc32(0, nullptr, 0);
    while (stream.read(buffer.data(), buffer.size()) || stream.gcount() > 0) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        const auto count = static_cast<std::size_t>(stream.gcount());
        crc = ::crc32_z(crc, reinterpret_cast<const Bytef*>(buffer.data()), count);
        stamp.bytes += count;
    }
    if (!stream.eof())
        return fail(ErrorCode::FileUnreadable, {path.string(), std::strerror(errno)});
    stamp.crc32 = static_cast<std::uint32_t>(crc);
    return stamp;
}

Result<void> verify(const FileStamp& stamp)
{
    const auto now = stampOf(stamp.path);
    if (!now)
        return fail(now.error());
    if (now->bytes != stamp.bytes || now->crc32 != stamp.crc32)
        return fail(ErrorCode::DataChanged, {stamp.path});
    return {};
}

std::string recordText(const RunRecord& record)
{
    return toJson(record).dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<RunRecord> recordFromText(const std::string& text, const std::string& place)
{
    return parseRecord(text, place);
}

Result<std::vector<fs::path>> writeRun(const RunDirectory& run, const fs::path& folder)
{
    const auto views = viewsOf(run.model.tensors);
    if (!views)
        return fail(views.error());
    return writeRun(run, *views, folder);
}

Result<std::vector<fs::path>> writeRun(const RunDirectory& run, const std::vector<TensorView>& model,
                                       const fs::path& folder)
{
    // Over an older run all files change at once.
    auto staged = StagedFolder::create(folder);
    if (!staged)
        return fail(staged.error());
    const fs::path& place = staged->place();
    std::vector<std::string> names{kModelFile, kVocabularyFile};
    if (auto written = writeSafetensors(model, {}, place / kModelFile); !written)
        return fail(staged->named(written.error()));
    const auto tokens = vocabularyText(run.vocabulary, folder / kVocabularyFile);
    if (!tokens)
        return fail(tokens.error());
    if (auto written = writeAll(place / kVocabularyFile, *tokens); !written)
        return fail(staged->named(written.error()));
    if (run.initial) {
        names.emplace_back(kInitialFile);
        if (auto written = writeSafetensors(*run.initial, place / kInitialFile); !written)
            return fail(staged->named(written.error()));
    }
    // Last, since a folder without it is no run, whatever else is there.
    names.emplace_back(kRecordFile);
    if (auto written = writeAll(place / kRecordFile, recordText(run.record)); !written)
        return fail(staged->named(written.error()));
    if (auto done = staged->commit(names); !done)
        return fail(done.error());
    std::vector<fs::path> files{folder / kRecordFile, folder / kModelFile, folder / kVocabularyFile};
    if (run.initial)
        files.push_back(folder / kInitialFile);
    return files;
}

Result<RunDirectory> readRun(const fs::path& folder)
{
    const auto text = readAll(folder / kRecordFile);
    if (!text)
        return fail(ErrorCode::RunDirectory, {folder.string(), "it has no run.json"});
    RunDirectory run;
    auto record = parseRecord(*text, (folder / kRecordFile).string());
    if (!record)
        return fail(record.error());
    run.record = std::move(*record);
    auto model = readSafetensors(folder / kModelFile);
    if (!model)
        return fail(model.error());
    run.model = std::move(*model);
    const auto tokens = readAll(folder / kVocabularyFile);
    if (!tokens)
        return fail(tokens.error());
    run.vocabulary = vocabularyFrom(*tokens);
    if (run.record.stored_table) {
        auto initial = readSafetensors(folder / kInitialFile);
        if (!initial)
            return fail(initial.error());
        run.initial = std::move(*initial);
    }
    if (auto fits = checkParts(run, folder); !fits)
        return fail(fits.error());
    return run;
}

std::string modelFormatNames()
{
    std::string names;
    for (const ModelFormat& format : kModelFormats)
        names.append(names.empty() ? "" : ", ").append(format.name);
    return names;
}

Result<std::vector<fs::path>> exportModel(const RunDirectory& run, const fs::path& path, const std::string& format)
{
    for (const ModelFormat& each : kModelFormats)
        if (each.name == format)
            return each.write(run, path);
    return fail(ErrorCode::ValueRefused, {"Format of the model", format, "it is one of " + modelFormatNames()});
}

} // namespace embedscope
