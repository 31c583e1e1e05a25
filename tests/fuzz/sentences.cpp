// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/text/labelled_text.h"

#include "tests/fuzz/table_check.h"
#include "tests/fuzz/target.h"
#include "tests/support/memory_file.h"

namespace embedscope::fuzz {

/// Labelled sentences in each of their formats, and the one that is guessed.
static const AddTarget kAdded("sentences", [](std::string_view bytes) {
    static const MemoryFile file;
    file.write(bytes);
    LabelledTextOptions options;
    constexpr TextFormat kFormats[] = {TextFormat::Tsv, TextFormat::Csv, TextFormat::JsonLines, TextFormat::FastText,
                                       TextFormat::LabelFirst};
    if (bytes.size() % 2 == 1)
        options.format = kFormats[bytes.size() % std::size(kFormats)];
    Progress progress;
    const auto read = readLabelledText(file.path(), options, {}, progress);
    if (!read)
        return problemOf(read.error());
    for (const std::int32_t label : read->labels)
        if (label < 0 || label >= std::ssize(read->classes))
            return std::string("a label is no class");
    const bool fits = read->texts.size() == read->labels.size() && std::ssize(read->texts) <= read->report.lines;
    return std::string(fits ? "" : "sentences, labels and lines do not fit together");
});

} // namespace embedscope::fuzz
