// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/format.h"

#include <string>
#include <string_view>

namespace embedscope::fuzz {

/// Reads the bytes as a file of vectors: as what they are taken for, as `format` whatever they are, and their first
/// rows only. Says what cannot be right: numbers in the report that contradict the table, a table larger than the bytes
/// justify, first rows that differ, an error that names nothing or is one of the program.
std::string problemOfTable(std::string_view bytes, Format format);
/// The same for one answer to `bytes` of a plain file.
std::string problemOf(const Result<LoadedTable>& loaded, std::size_t bytes);
std::string problemOf(const Error& error);

/// Options of reading, other ones for each size of the file, so that they need no place in it.
ReadOptions optionsFor(std::size_t bytes);

} // namespace embedscope::fuzz
