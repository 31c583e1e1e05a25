// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/pytorch_project.h"

#include "core/io/atomic_file.h"
#include "core/io/tensor_file.h"
#include "core/train/project_config.h"
#include "core/train/project_files.h"

#include <fstream>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace embedscope {

namespace fs = std::filesystem;

constexpr const char* kConfigFile = "config.json"; // the mark of a project

bool isPyTorchProject(const fs::path& folder)
{
    constexpr std::size_t kHead = 4096;
    std::string head(kHead, '\0');
    std::ifstream file(folder / kConfigFile, std::ios::binary);
    file.read(head.data(), kHead);
    head.resize(static_cast<std::size_t>(file.gcount()));
    return head.find(detail::kProjectKind) != std::string::npos;
}

namespace {

constexpr const char* kWeightsFile = "model.safetensors";
constexpr const char* kVocabularyFile = "vocabulary.txt";

tl::unexpected<Error> unwritable(const fs::path& path, const std::string& reason)
{
    return fail(ErrorCode::FileUnwritable, {path.string(), reason});
}

/// Exists under a hidden name beside `target` until it is moved there; else it goes without a trace.
class FolderBeside
{
public:
    static Result<FolderBeside> create(const fs::path& target)
    {
        std::error_code error;
        fs::create_directories(target.parent_path(), error);
        const std::string hidden = std::string(1, '.').append(target.filename().string()).append(".part");
        const fs::path stem = target.parent_path() / hidden;
        fs::path path = stem;
        for (int i = 1; !error && !fs::create_directory(path, error) && !error; ++i)
            path = stem.string() + std::to_string(i);
        if (error)
            return unwritable(target, error.message());
        return FolderBeside(std::move(path));
    }
    FolderBeside(FolderBeside&& other) noexcept
        : m_path(std::exchange(other.m_path, {}))
    {
    }
    FolderBeside& operator=(FolderBeside&&) = delete;
    ~FolderBeside()
    {
        std::error_code ignored;
        if (!m_path.empty())
            fs::remove_all(m_path, ignored);
    }

    [[nodiscard]] const fs::path& path() const { return m_path; }

private:
    explicit FolderBeside(fs::path path)
        : m_path(std::move(path))
    {
    }

    fs::path m_path;
};

/// Whether a folder is there whose files are to be replaced; FileUnwritable for what is not to be touched.
Result<bool> replaces(const fs::path& target)
{
    std::error_code error;
    if (!fs::exists(target, error))
        return false;
    if (!fs::is_directory(target, error))
        return unwritable(target, "a file has this name");
    if (fs::is_empty(target, error) && !error)
        return false;
    if (isPyTorchProject(target))
        return true;
    return unwritable(target, "the folder is not empty and holds no PyTorch project");
}

Result<void> writeText(const fs::path& path, std::string_view content)
{
    auto file = AtomicFile::create(path);
    if (!file)
        return fail(file.error());
    return file->write(content).and_then([&] { return file->commit(); });
}

/// The names of the files written; that of config.json is the last.
Result<std::vector<std::string>> writeProject(const RunDirectory& run, const fs::path& folder)
{
    const auto config = detail::projectConfig(run);
    if (!config)
        return fail(config.error());
    const auto tokens = vocabularyText(run.vocabulary, folder / kVocabularyFile);
    if (!tokens)
        return fail(tokens.error());
    if (auto written = writeSafetensors(run.model, folder / kWeightsFile); !written)
        return fail(written.error());
    std::vector<std::pair<std::string, std::string_view>> texts{{kVocabularyFile, *tokens}};
    for (const detail::ProjectFile& file : detail::projectFiles())
        texts.emplace_back(file.name, file.content);
    texts.emplace_back(kConfigFile, *config);
    std::vector<std::string> names{kWeightsFile};
    for (const auto& [name, content] : texts) {
        if (auto written = writeText(folder / name, content); !written)
            return fail(written.error());
        names.push_back(name);
    }
    return names;
}

/// All at once where nothing is there, else file by file: each is the old one or the new one.
Result<void> move(const fs::path& from, const fs::path& target, const std::vector<std::string>& names, bool replace)
{
    std::error_code error;
    if (!replace)
        fs::rename(from, target, error);
    for (std::size_t i = 0; replace && i < names.size() && !error; ++i)
        fs::rename(from / names[i], target / names[i], error);
    if (error)
        return unwritable(target, error.message());
    return {};
}

/// The place that `folder` means, without links and without a slash at its end.
fs::path placeOf(const fs::path& folder)
{
    std::error_code error;
    const fs::path absolute = fs::absolute(folder, error).lexically_normal();
    const fs::path target = fs::weakly_canonical(absolute, error);
    const fs::path& place = error ? absolute : target;
    return place.has_filename() ? place : place.parent_path();
}

} // namespace

Result<std::vector<fs::path>> exportProject(const RunDirectory& run, const fs::path& folder)
{
    const fs::path target = placeOf(folder);
    const auto replace = replaces(target);
    if (!replace)
        return fail(replace.error());
    const auto beside = FolderBeside::create(target);
    if (!beside)
        return fail(beside.error());
    const auto names = writeProject(run, beside->path());
    if (!names)
        return fail(names.error());
    if (auto moved = move(beside->path(), target, *names, *replace); !moved)
        return fail(moved.error());
    std::vector<fs::path> files;
    for (const std::string& name : *names)
        files.push_back(folder / name);
    return files;
}

} // namespace embedscope
