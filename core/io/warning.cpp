// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/translate.h"
#include "core/io/format.h"

namespace embedscope {

namespace {

struct WarningInfo
{
    WarningCode code;
    const char* text;
};

// Worded so that no number needs a plural form.
constexpr WarningInfo kWarnings[] = {
    {WarningCode::DuplicateTokens,
     EMBEDSCOPE_TRANSLATE("Warning",
                          "Repeated tokens: %1, first \"%2\" in %3. Every row is kept; a search by name finds "
                          "the earliest.")},
    {WarningCode::InvalidUtf8,
     EMBEDSCOPE_TRANSLATE("Warning", "Tokens that are not UTF-8: %1, first in %2. Their bytes are kept as they are.")},
    {WarningCode::UndecodableTokens,
     EMBEDSCOPE_TRANSLATE("Warning", "Tokens that are not %2: %1. Their bytes are kept as they are.")},
    {WarningCode::NanRows,
     EMBEDSCOPE_TRANSLATE("Warning", "Rows with NaN or infinite values: %1, first %2. They have no neighbours and no "
                                     "place on a map.")},
    {WarningCode::ZeroRows,
     EMBEDSCOPE_TRANSLATE("Warning", "Rows of zeros: %1, first %2. They have no direction, so no cosine.")},
    {WarningCode::FewerRows,
     EMBEDSCOPE_TRANSLATE("Warning", "The file holds %1 of the %2 rows that its header announces; all that exist were "
                                     "read.")},
    {WarningCode::MoreRows,
     EMBEDSCOPE_TRANSLATE("Warning", "The header announces %1 rows, but the file holds more; all were read.")},
    {WarningCode::TokensWithBlanks,
     EMBEDSCOPE_TRANSLATE("Warning", "Tokens that contain blanks: %1, first in %2. Other programs may not read them.")},
    {WarningCode::TokensMissing,
     EMBEDSCOPE_TRANSLATE("Warning",
                          "No list of tokens was found, so the rows are named by their numbers. Put one token "
                          "a line into %1.")},
    {WarningCode::LabelsLeftOut,
     EMBEDSCOPE_TRANSLATE("Warning", "Labels of the classifier: %1, first \"%2\". They have no word vectors, so only "
                                     "the words were read.")},
    {WarningCode::EmptyLines, EMBEDSCOPE_TRANSLATE("Warning", "Empty lines that were skipped: %1, first %2.")},
    {WarningCode::SkippedLines,
     EMBEDSCOPE_TRANSLATE("Warning", "Damaged lines that were left out, as asked: %1, first %2 (%3).")},
    {WarningCode::BytesLeft, EMBEDSCOPE_TRANSLATE("Warning", "Nothing was read from %1 on: %2.")},
    {WarningCode::ColumnsTaken,
     EMBEDSCOPE_TRANSLATE("Warning", "Columns were taken as follows. Tokens: %1. Vector: %2. Other columns: %3.")},
    {WarningCode::ColumnsLeftOut,
     EMBEDSCOPE_TRANSLATE("Warning", "Columns of text that were left out: %1. Up to %2 go along, each with up to %3 "
                                     "different values.")},
    {WarningCode::Limited, EMBEDSCOPE_TRANSLATE("Warning", "Only the first rows were read, as asked: %1 of %2.")},
    {WarningCode::TokensUnfit,
     EMBEDSCOPE_TRANSLATE("Warning", "%1 does not fit the rows, so they are named by their numbers. Choose it as the "
                                     "list of tokens to see where it differs.")},
    {WarningCode::TokensAmbiguous,
     EMBEDSCOPE_TRANSLATE("Warning", "Several lists fit the rows and differ (%1), so the rows are named by their "
                                     "numbers. Choose one as the list of tokens.")},
    {WarningCode::RowsUnnamed,
     EMBEDSCOPE_TRANSLATE("Warning", "Rows whose number is the id of no token: %1, first row %2. They are named by "
                                     "their numbers.")},
    {WarningCode::RowsWithoutData,
     EMBEDSCOPE_TRANSLATE("Warning", "%1 was joined by token. Rows without a record: %2, records of no row: %3.")},
    {WarningCode::IdsRepeated,
     EMBEDSCOPE_TRANSLATE("Warning", "Tokens with the id of another token: %1, first id %2. One of them names the "
                                     "row.")},
};

} // namespace

const char* warningTemplate(WarningCode code)
{
    for (const WarningInfo& entry : kWarnings)
        if (entry.code == code)
            return entry.text;
    return "";
}

std::string describe(const Warning& warning)
{
    return substitute(warningTemplate(warning.code), warning.args);
}

} // namespace embedscope
