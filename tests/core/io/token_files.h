// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/io/table_files.h"

// What the tests of vocabulary and metadata files share.

namespace embedscope {

/// Float32 of shape (rows, 1): row i holds i + 1.
inline std::string npyOfRows(int rows)
{
    std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + std::to_string(rows) + ", 1), }";
    header.resize(64 * ((10 + header.size() + 1 + 63) / 64) - 11, ' ');
    header += '\n';
    std::string out("\x93NUMPY\x01\x00", 8);
    out += static_cast<char>(static_cast<unsigned char>(header.size() & 0xFFU));
    out += static_cast<char>(static_cast<unsigned char>(header.size() >> 8U));
    out += header;
    for (int i = 0; i < rows; ++i)
        out += floatBytes({static_cast<float>(i + 1)});
    return out;
}

/// Reads a table with the tokens of `list`.
inline Result<LoadedTable> readWith(const std::filesystem::path& table, const std::filesystem::path& list,
                                    std::optional<Index> limit = std::nullopt)
{
    Progress progress;
    return readTable(table, {.limit = limit, .tokens = list}, {}, progress);
}

/// Empty where the file is not below EMBEDSCOPE_DATA.
inline std::filesystem::path dataFile(const QString& name)
{
    const QByteArray folder = qgetenv("EMBEDSCOPE_DATA");
    const auto path = std::filesystem::path(folder.toStdString()) / name.toStdString();
    return !folder.isEmpty() && std::filesystem::exists(path) ? path : std::filesystem::path();
}

/// "count: 3, nan" for a number column, "class: a, -" for one of categories.
inline QByteArray columnText(const EmbeddingTable& table)
{
    QByteArray out;
    for (const CategoryColumn& column : table.columns()) {
        out += QByteArray::fromStdString(column.name) + ':';
        for (const std::int32_t value : column.values)
            out += ' ' + (value < 0 ? QByteArray("-")
                                    : QByteArray::fromStdString(column.categories[static_cast<std::size_t>(value)]));
        out += ';';
    }
    for (const NumberColumn& column : table.numberColumns()) {
        out += QByteArray::fromStdString(column.name) + '=';
        for (const double value : column.values)
            out += ' ' + QByteArray::number(value);
        out += ';';
    }
    return out;
}

} // namespace embedscope

#define NEEDS_DATA(path, name)                                                                                         \
    if ((path).empty())                                                                                                \
    QSKIP("missing below EMBEDSCOPE_DATA: " name)
