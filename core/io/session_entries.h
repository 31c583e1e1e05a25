// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/progress.h"
#include "core/io/session_file.h"
#include "core/io/zip_reader.h"
#include "core/io/zip_writer.h"

#include <stop_token>
#include <string>
#include <vector>

namespace embedscope {

/// Puts the tables and arrays of a session into an archive.
class SessionEntryWriter
{
public:
    SessionEntryWriter(ZipWriter& zip, const std::stop_token& stop, Progress& progress)
        : m_zip(zip)
        , m_stop(stop)
        , m_progress(progress)
    {
    }

    Result<void> add(const std::string& name, const EmbeddingTable& table);
    Result<void> add(const std::string& name, const SessionArray& array);
    Result<void> add(const SessionPart& part);

private:
    template <class Number>
    Result<void> numbers(const std::string& name, const Number* data, std::vector<Index> shape);
    /// Texts of any bytes: end to end, and where each ends.
    template <class TextAt>
    Result<void> texts(const std::string& name, Index count, TextAt textAt);
    Result<void> addColumns(const std::string& name, const EmbeddingTable& table);

    ZipWriter& m_zip;
    const std::stop_token& m_stop;
    Progress& m_progress;
};

/// Takes them out again. Every count is held against the bytes that are there: FileDamaged.
class SessionEntryReader
{
public:
    SessionEntryReader(const ZipReader& zip, const std::string& place, const std::stop_token& stop, Progress& progress)
        : m_zip(zip)
        , m_place(place)
        , m_stop(stop)
        , m_progress(progress)
    {
    }

    /// `columns` and `numberColumns` are the names of its columns, in their order.
    Result<EmbeddingTable> table(const std::string& name, const std::vector<std::string>& columns,
                                 const std::vector<std::string>& numberColumns) const;
    [[nodiscard]] Result<SessionArray> array(const std::string& name) const;
    [[nodiscard]] Result<std::string> part(const std::string& name) const;

private:
    [[nodiscard]] tl::unexpected<Error> damaged(const std::string& entry, const std::string& what) const;
    [[nodiscard]] Result<std::string> bytes(const std::string& entry) const;
    template <class Number>
    Result<std::vector<Number>> numbers(const std::string& entry, Index count) const;
    [[nodiscard]] Result<Matrix> matrix(const std::string& entry) const;
    /// Calls `take` with each text, of which there are `count`.
    template <class Take>
    Result<void> texts(const std::string& name, Index count, Take take) const;
    Result<CategoryColumn> column(const std::string& entry, const std::string& title, Index rows) const;

    const ZipReader& m_zip;
    const std::string& m_place;
    const std::stop_token& m_stop;
    Progress& m_progress;
};

} // namespace embedscope
