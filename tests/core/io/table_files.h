// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/format.h"

#include <QTemporaryDir>
#include <QtTest>

#include <bit>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

// What the tests of readers and writers share.

namespace embedscope {

/// A folder of files that goes away with the test; in memory where that is possible, so that no test waits for the
/// disk.
class TableFolder
{
public:
    [[nodiscard]] std::filesystem::path path(const std::string& name) const
    {
        return std::filesystem::path(m_folder.path().toStdString()) / name;
    }

    std::filesystem::path write(const std::string& name, std::string_view bytes) const
    {
        std::ofstream out(path(name), std::ios::binary);
        out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        return path(name);
    }

    /// Names of all files, hidden ones too.
    [[nodiscard]] std::vector<std::string> names() const
    {
        std::vector<std::string> out;
        for (const auto& entry : std::filesystem::directory_iterator(path({})))
            out.push_back(entry.path().filename().string());
        std::sort(out.begin(), out.end());
        return out;
    }

private:
    static QString place()
    {
        const QString memory = QStringLiteral("/dev/shm");
        return (QFileInfo(memory).isWritable() ? memory : QDir::tempPath()) + QStringLiteral("/embedscope-XXXXXX");
    }

    QTemporaryDir m_folder{place()};
};

inline std::string readBytes(const std::filesystem::path& path)
{
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

inline std::filesystem::path sampleFolder()
{
    return std::filesystem::path(EMBEDSCOPE_SOURCE_DIR) / "tests/data/formats";
}

inline Result<LoadedTable> read(const std::filesystem::path& path, std::optional<Index> limit = std::nullopt)
{
    Progress progress;
    return readTable(path, {.limit = limit}, {}, progress);
}

inline Result<WriteReport> write(const EmbeddingTable& table, const std::filesystem::path& path, Format format)
{
    Progress progress;
    return writeTable(table, path, format, {}, progress);
}

inline EmbeddingTable makeTable(const Matrix& weights, const std::vector<std::string>& tokens)
{
    return *EmbeddingTable::create(weights, Vocabulary(tokens));
}

/// Not ==, for which NaN differs from itself and -0 is 0.
inline bool sameBits(const Matrix& a, const Matrix& b)
{
    if (a.rows() != b.rows() || a.cols() != b.cols())
        return false;
    for (Index i = 0; i < a.size(); ++i)
        if (std::bit_cast<std::uint32_t>(a.data()[i]) != std::bit_cast<std::uint32_t>(b.data()[i]))
            return false;
    return true;
}

inline std::vector<std::string> tokensOf(const EmbeddingTable& table)
{
    std::vector<std::string> out;
    for (Index row = 0; row < table.rows(); ++row)
        out.emplace_back(table.vocabulary()[row]);
    return out;
}

/// "the|new york" for a failure that can be read.
inline QByteArray joined(const std::vector<std::string>& tokens)
{
    QByteArray out;
    for (const std::string& token : tokens)
        out += QByteArray::fromStdString(token) + '|';
    out.chop(1);
    return out;
}

/// The arguments of the first warning of a kind, or nullopt.
inline std::optional<std::vector<std::string>> warningArgs(const LoadReport& report, WarningCode code)
{
    for (const Warning& warning : report.warnings)
        if (warning.code == code)
            return warning.args;
    return std::nullopt;
}

/// The four bytes of each float32, as word2vec stores them.
inline std::string floatBytes(std::initializer_list<float> values)
{
    std::string out;
    for (const float value : values) {
        const auto bits = std::bit_cast<std::uint32_t>(value);
        for (unsigned shift = 0; shift < 32; shift += 8)
            out += static_cast<char>(static_cast<unsigned char>(bits >> shift & 0xFFU));
    }
    return out;
}

} // namespace embedscope

Q_DECLARE_METATYPE(embedscope::ErrorCode)
