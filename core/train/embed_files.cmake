# cmake -DFOLDER=<files> -DOUTPUT=<source> -P embed_files.cmake: a source with the text of each file, for project_files.h.
cmake_minimum_required(VERSION 3.25)

set(rows "")
file(GLOB files "${FOLDER}/*.py" "${FOLDER}/*.md")
foreach(file IN LISTS files)
  get_filename_component(name "${file}" NAME)
  file(READ "${file}" content)
  string(APPEND rows "    {\"${name}\", R\"__file__(${content})__file__\"},\n")
endforeach()
file(WRITE "${OUTPUT}" "// Made by embed_files.cmake from ${FOLDER}
#include \"core/train/project_files.h\"

namespace embedscope::detail {

namespace {

constexpr ProjectFile kFiles[] = {
${rows}};

} // namespace

std::span<const ProjectFile> projectFiles()
{
    return kFiles;
}

} // namespace embedscope::detail
")
