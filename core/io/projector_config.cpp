// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/projector_config.h"

#include "core/io/mapped_file.h"
#include "core/io/text_lines.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

namespace embedscope {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

// Real ones hold a few lines; the projector's own demo 3 KB.
constexpr std::size_t kLargestConfig = std::size_t{1} << 20U;
constexpr std::size_t kSearched = std::size_t{1} << 16U;
constexpr const char* kNames[] = {"projector_config.json", "projector_config.pbtxt", "oss_demo_projector_config.json"};

constexpr const char* kWhat = "a configuration of the Embedding Projector";

std::string textOf(const Json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::vector<Index> shapeOf(const Json& object)
{
    std::vector<Index> shape;
    const auto found = object.find("tensorShape");
    if (found == object.end() || !found->is_array())
        return shape;
    for (const Json& size : *found) {
        if (!size.is_number_integer() || size.get<std::int64_t>() < 0)
            return {};
        shape.push_back(size.get<std::int64_t>());
    }
    return shape;
}

Result<std::vector<ProjectorEmbedding>> parseJson(std::string_view bytes, const std::string& place)
{
    const Json json = Json::parse(bytes.begin(), bytes.end(), nullptr, false);
    if (json.is_discarded())
        return fail(ErrorCode::FileDamaged, {place, kWhat, "it is not JSON"});
    std::vector<ProjectorEmbedding> embeddings;
    const auto list = json.is_object() ? json.find("embeddings") : json.end();
    if (!json.is_object() || list == json.end() || !list->is_array())
        return fail(ErrorCode::FileDamaged, {place, kWhat, "it has no list of embeddings"});
    for (const Json& item : *list)
        if (item.is_object())
            embeddings.push_back(
                {textOf(item, "tensorName"), shapeOf(item), textOf(item, "tensorPath"), textOf(item, "metadataPath")});
    return embeddings;
}

bool startsAsJson(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && text[first] == '{';
}

} // namespace

bool startsAsProjectorConfig(std::string_view bytes)
{
    const std::string_view start = bytes.substr(textBegin(bytes), kSearched);
    if (startsAsJson(start))
        return start.find("\"embeddings\"") != std::string_view::npos &&
               start.find("\"tensorPath\"") != std::string_view::npos;
    const std::size_t name = start.find("embeddings");
    if (name == std::string_view::npos || start.find('\0') != std::string_view::npos)
        return false;
    const std::size_t next = start.find_first_not_of(" \t\r\n:", name + std::string_view("embeddings").size());
    return next != std::string_view::npos && (start[next] == '{' || start[next] == '<') &&
           start.find("tensor_", next) != std::string_view::npos;
}

Result<std::vector<ProjectorEmbedding>> parseProjectorConfig(std::string_view bytes, const std::string& place)
{
    if (bytes.size() > kLargestConfig)
        return fail(ErrorCode::FormatRefused, {place, kWhat, "it is larger than any that a program writes",
                                               "Open the file of vectors that it names."});
    const std::string_view text = bytes.substr(textBegin(bytes));
    auto embeddings = startsAsJson(text) ? parseJson(text, place) : parseProjectorText(text, place);
    if (embeddings && embeddings->empty())
        return fail(ErrorCode::FormatRefused,
                    {place, kWhat, "it names no embedding", "Open the file of vectors itself."});
    return embeddings;
}

Result<fs::path> projectorFile(const fs::path& config, const std::string& named)
{
    const fs::path path(named);
    const bool outside = path.is_absolute() || named.find("://") != std::string::npos ||
                         std::find(path.begin(), path.end(), fs::path("..")) != path.end();
    if (outside)
        return fail(ErrorCode::FormatRefused,
                    {config.string(), "the file " + named, "it lies outside of the folder of the configuration",
                     "Put it beside the configuration, or open it by itself."});
    return config.parent_path() / path;
}

Result<std::optional<ProjectorEmbedding>> findProjectorEmbedding(const fs::path& tensor)
{
    for (const char* name : kNames) {
        const fs::path config = fs::path(tensor).replace_filename(name);
        std::error_code error;
        if (!fs::is_regular_file(config, error))
            continue;
        const auto file = MappedFile::open(config);
        if (!file)
            return fail(file.error());
        auto embeddings = parseProjectorConfig(file->bytes(), config.string());
        if (!embeddings)
            return fail(embeddings.error());
        for (ProjectorEmbedding& embedding : *embeddings)
            if (fs::path(embedding.tensorPath).filename() == tensor.filename())
                return std::optional(std::move(embedding));
    }
    return std::optional<ProjectorEmbedding>();
}

} // namespace embedscope
