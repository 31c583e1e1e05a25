// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/io/npy.h"
#include "core/table/vocabulary.h"

#include <stop_token>
#include <string>
#include <string_view>

namespace embedscope {

// Arrays of text of fixed width, which numpy reads without a pickle: dtype <U holds four bytes a code point, dtype S
// holds bytes. Both fill short ones up with zeros, so that zeros at the end of a text cannot be told from these.

/// Whether this is an array of one dimension of such text.
bool holdsStrings(const NpyDescription& description);

/// The first `wanted` texts of a whole .npy for which holdsStrings() is true. FileDamaged, FileTruncated, Cancelled.
Result<Vocabulary> readNpyStrings(std::string_view bytes, Index wanted, const std::string& place,
                                  const std::stop_token& stop);

/// A text array in the parts of a .npy file.
struct NpyStrings
{
    std::string header;
    std::string data;
};

/// The tokens as dtype <U. FormatRefused where one is not UTF-8 or ends in zeros, and where the longest is so long that
/// the array would be out of proportion.
Result<NpyStrings> formatNpyStrings(const Vocabulary& vocabulary, const std::string& place);

} // namespace embedscope
