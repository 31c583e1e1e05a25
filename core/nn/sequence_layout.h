// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"

#include <cstdint>
#include <span>
#include <vector>

namespace embedscope::detail {

/// Consecutive rows: one step in time of all sentences of a shard that are that long.
struct StepRows
{
    Index begin;
    Index count;
};

/// Sentences that go through a recurrence together, the longest first.
struct Shard
{
    std::vector<Index> sentences;
    std::vector<StepRows> steps; // counts fall: the first sentences are still there when the others have ended
};

/// The order of a batch's tokens in a recurrence: shard after shard, within it step after step, so that each step is
/// one matrix product over the sentences that are that long (the meaning of torch's packed sequences; nothing is
/// padded). Shards depend on the sentences alone, never on the number of threads. Empty sentences have no rows.
struct SequenceLayout
{
    std::vector<Shard> shards;
    std::vector<Index> tokens;   // of each row: the token's place in the batch
    std::vector<Index> previous; // of each row: the row of the step before, -1 in the first
    std::vector<Index> last;     // of each sentence: the row of its last step, -1 where it is empty

    /// Sentence i has the tokens offsets[i] .. offsets[i + 1]. Reversed, each starts at its own end.
    SequenceLayout(std::span<const std::int64_t> offsets, bool reversed);

    [[nodiscard]] Index rows() const { return static_cast<Index>(tokens.size()); }
};

} // namespace embedscope::detail
