// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/table/vocabulary.h"
#include "core/train/word_vector_options.h"

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <vector>

namespace embedscope {

/// word2vec's MAX_SENTENCE_LENGTH: longer lines are cut, so that a text without line ends can be trained on.
constexpr std::size_t kMaxSentenceLength = 1000;

/// A text as rows of its vocabulary.
struct WordCorpus
{
    Vocabulary vocabulary;                 // falling count; among equals the word that comes first in the text
    std::vector<std::int64_t> counts;      // one a row
    std::vector<std::int32_t> words;       // rare words are left out
    std::vector<std::size_t> sentenceEnds; // in `words`, the place behind each sentence; none is empty
    std::int64_t tokens = 0;               // of the text, with the rare ones
};

/// Reads a text with one sentence a line. `progress` counts bytes.
/// Errors: FileNotFound, FileUnreadable, FileEmpty, FileNotText (a zero byte), FormatRefused (no word at all),
/// ValueRefused (no word occurs min_count times), Cancelled.
EMBEDSCOPE_EXPORT Result<WordCorpus> readWordCorpus(const std::filesystem::path& path, std::int64_t min_count,
                                                    WordSplit split, std::stop_token stop, Progress& progress);

} // namespace embedscope
