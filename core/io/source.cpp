// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/source.h"

#include <utility>

namespace embedscope {

Result<Source> Source::open(const std::filesystem::path& path)
{
    auto file = MappedFile::open(path);
    if (!file)
        return fail(file.error());
    Source source;
    source.m_place = path.string();
    source.m_fileBytes = file->bytes().size();
    source.m_mapped = std::make_shared<const MappedFile>(std::move(*file));
    return source;
}

Source Source::unpacked(const Source& outer, std::string step, std::string bytes)
{
    Source source;
    source.m_place = step == "gzip" ? outer.m_place : outer.m_place + ": " + step;
    source.m_fileBytes = outer.m_fileBytes;
    source.m_steps = outer.m_steps;
    source.m_steps.push_back(std::move(step));
    source.m_unpacked = std::make_shared<const std::string>(std::move(bytes));
    return source;
}

} // namespace embedscope
