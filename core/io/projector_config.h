// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"
#include "core/base/result.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope {

/// One table of TensorFlow's Embedding Projector, as its configuration names it.
struct ProjectorEmbedding
{
    std::string name;
    std::vector<Index> shape; // empty where it is not said
    std::string tensorPath;   // relative to the configuration
    std::string metadataPath; // empty where there is none
};

/// Whether this begins as projector_config.json (of the standalone projector) or projector_config.pbtxt (of
/// TensorBoard).
bool startsAsProjectorConfig(std::string_view bytes);

/// The embeddings of either. FileDamaged, FormatRefused (none in it, or a file out of proportion).
Result<std::vector<ProjectorEmbedding>> parseProjectorConfig(std::string_view bytes, const std::string& place);

/// The same of protobuf's text format.
Result<std::vector<ProjectorEmbedding>> parseProjectorText(std::string_view text, const std::string& place);

/// A file that the configuration at `config` names. FormatRefused where it lies outside of the folder, such as on the
/// web: a configuration that somebody else wrote must not make the program read any file.
Result<std::filesystem::path> projectorFile(const std::filesystem::path& config, const std::string& named);

/// What a configuration beside `tensor` says of it; nullopt where there is none that names it. Errors of parsing.
Result<std::optional<ProjectorEmbedding>> findProjectorEmbedding(const std::filesystem::path& tensor);

} // namespace embedscope
