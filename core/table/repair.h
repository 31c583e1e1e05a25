// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/table/embedding_table.h"

#include <stop_token>
#include <string>

namespace embedscope {

enum class RepeatedTokens { Keep, KeepFirst, KeepLast };
/// What becomes of rows with NaN or infinite values.
enum class NanRows { Keep, Drop, Zero };

/// How a table is mended. As it stands, nothing is.
struct RepairOptions
{
    RepeatedTokens repeated_tokens = RepeatedTokens::Keep;
    NanRows nan_rows = NanRows::Keep;
    bool drop_zero_rows = false;
    bool valid_utf8 = false; // each ill-formed byte of a token becomes U+FFFD
    std::string blank;       // stands for each blank, tab, line break and NUL in a token; empty: they stay

    bool operator==(const RepairOptions&) const = default;
};

/// What was mended. A row counts once, by the first of these that it was dropped for.
struct RepairCounts
{
    Index tokensEncoded = 0;
    Index tokensJoined = 0; // had a blank
    Index nanDropped = 0;
    Index nanZeroed = 0;
    Index zeroDropped = 0;
    Index repeatedDropped = 0;

    [[nodiscard]] Index dropped() const { return nanDropped + zeroDropped + repeatedDropped; }
    bool operator==(const RepairCounts&) const = default;
};

struct RepairedTable
{
    EmbeddingTable table;
    RepairCounts counts;
};

/// A mended copy; columns keep step with their rows. Tokens are mended first, so what becomes the same counts as
/// repeated. A repeated token is one among the rows that are left: where the first of two is dropped for its NaN, the
/// other stays. Rows whose NaN became zeros are not dropped as rows of zeros. Cancelled; ValueRefused where no row
/// would be left.
EMBEDSCOPE_EXPORT Result<RepairedTable> repairTable(const EmbeddingTable& table, const RepairOptions& options,
                                                    std::stop_token stop, Progress& progress);

} // namespace embedscope
