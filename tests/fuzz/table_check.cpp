// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/table_check.h"

#include "core/base/parallel.h"
#include "tests/support/memory_file.h"

#include <cstring>

namespace embedscope::fuzz {

namespace {

Result<LoadedTable> readAs(const MemoryFile& file, const ReadOptions& options)
{
    Progress progress;
    return readTable(file.path(), options, {}, progress);
}

std::string problemOfVocabulary(const EmbeddingTable& table)
{
    const Vocabulary& vocabulary = table.vocabulary();
    if (vocabulary.size() != table.rows())
        return "the table has another number of tokens than of rows";
    Index seenBefore = 0;
    for (Index row = 0; row < table.rows(); ++row) {
        const auto found = vocabulary.find(vocabulary[row]);
        if (!found || *found > row || vocabulary[*found] != vocabulary[row])
            return "a token is not found where it stands first";
        seenBefore += *found < row ? 1 : 0;
    }
    return seenBefore == vocabulary.duplicates() ? "" : "the repeated tokens are miscounted";
}

// What readers let a packed file grow to.
constexpr std::uintmax_t kUnpacked = std::uintmax_t{64} << 20U;

/// A value takes at least one byte of the file that holds it.
std::string problemOfReport(const LoadedTable& loaded, std::size_t bytes)
{
    const auto& [table, report] = loaded;
    if (table.rows() < 1 || table.dim() < 1)
        return "the table is empty";
    if (report.rows != table.rows() || report.dim != table.dim())
        return "the report has another shape than the table";
    if (report.bytes != bytes)
        return "the report has another size than the file";
    // A byte of a quantised fastText model stands for up to 16 values.
    const std::uintmax_t plain = report.format == Format::FastTextBin ? 16 * bytes : bytes;
    const bool packed = !report.unpacked.empty() || report.format == Format::PyTorch || report.format == Format::Npz;
    if (static_cast<std::uintmax_t>(table.rows() * table.dim()) > (packed ? kUnpacked : plain))
        return "the table is larger than the file justifies";
    if (report.duplicates != table.vocabulary().duplicates())
        return "the report miscounts repeated tokens";
    for (const Warning& warning : report.warnings)
        if (describe(warning).empty())
            return "a warning without words";
    return problemOfVocabulary(table);
}

/// Bits, not values: NaN differs from itself.
std::string problemOfFirstRows(const LoadedTable& whole, const Result<LoadedTable>& first, Index limit)
{
    if (!first)
        return "the whole file can be read, but not its first rows";
    const auto& table = first->table;
    if (table.rows() != std::min(limit, whole.table.rows()) || table.dim() != whole.table.dim())
        return "the first rows have another shape than the whole";
    const auto values = static_cast<std::size_t>(table.rows() * table.dim());
    if (std::memcmp(table.weights().data(), whole.table.weights().data(), values * sizeof(float)) != 0)
        return "the first rows hold other values than the whole";
    for (Index row = 0; row < table.rows(); ++row)
        if (table.vocabulary()[row] != whole.table.vocabulary()[row])
            return "the first rows have other tokens than the whole";
    return {};
}

} // namespace

std::string problemOf(const Error& error)
{
    if (error.code == ErrorCode::Internal)
        return describe(error);
    if (error.code == ErrorCode::Cancelled)
        return "cancelled, though nobody asked for it";
    return error.args.empty() ? "an error that names nothing" : "";
}

std::string problemOf(const Result<LoadedTable>& loaded, std::size_t bytes)
{
    return loaded ? problemOfReport(*loaded, bytes) : problemOf(loaded.error());
}

ReadOptions optionsFor(std::size_t bytes)
{
    ReadOptions options;
    options.skip_damaged = bytes % 2 == 1;
    if (bytes % 3 == 1)
        options.header = bytes % 6 < 3;
    if (bytes % 5 == 1)
        options.dim = static_cast<Index>(bytes % 7 + 1);
    if (bytes % 4 == 1)
        options.encoding = bytes % 8 < 4 ? "ISO-8859-1" : "CP1252";
    if (bytes % 11 == 1)
        options.array = "weight";
    return options;
}

std::string problemOfTable(std::string_view bytes, Format format)
{
    static const MemoryFile file;
    setThreadCount(1); // files this small need no threads, and handing them around would be most of the time
    file.write(bytes);
    const auto found = readAs(file, {});
    if (auto problem = problemOf(found, bytes.size()); !problem.empty())
        return problem;
    if (found) {
        const Index limit = 1 + static_cast<Index>(bytes.size() % 3);
        const auto first = readAs(file, {.limit = limit});
        if (auto problem = problemOfFirstRows(*found, first, limit); !problem.empty())
            return problem;
        if (found->report.format == format)
            return {};
    }
    return problemOf(readAs(file, {.format = format}), bytes.size());
}

} // namespace embedscope::fuzz
