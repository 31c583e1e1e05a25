// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/table/embedding_table.h"
#include "core/train/word_vector_corpus.h"
#include "core/train/word_vector_options.h"

#include <stop_token>

namespace embedscope {

/// Trains a vector for each word of the corpus, by skip-gram with negative sampling as word2vec.c defines it (Mikolov
/// et al. 2013, "Distributed Representations of Words and Phrases and their Compositionality"). The same corpus and
/// options give the same vectors on any number of threads, unless `hogwild` is set. `progress` counts words. Errors:
/// ValueRefused (an option), TrainingDiverged, Cancelled.
EMBEDSCOPE_EXPORT Result<EmbeddingTable> trainWordVectors(const WordCorpus& corpus, const WordVectorOptions& options,
                                                          std::stop_token stop, Progress& progress);

} // namespace embedscope
