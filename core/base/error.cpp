// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"

#include "core/base/translate.h"

namespace embedscope {

namespace {

struct ErrorInfo
{
    ErrorCode code;
    ErrorKind kind;
    const char* text;
};

constexpr ErrorInfo kErrors[] = {
    {ErrorCode::Internal, ErrorKind::Internal,
     EMBEDSCOPE_TRANSLATE("Error", "Internal error: %1. Save your work under a new name and report what you did.")},
    {ErrorCode::Cancelled, ErrorKind::Cancelled, EMBEDSCOPE_TRANSLATE("Error", "Cancelled; nothing was changed.")},
    {ErrorCode::FileNotFound, ErrorKind::File,
     EMBEDSCOPE_TRANSLATE("Error", "%1: there is no such file. Check the path.")},
    {ErrorCode::FileUnreadable, ErrorKind::File,
     EMBEDSCOPE_TRANSLATE("Error", "%1: cannot be read (%2). Check its permissions.")},
    {ErrorCode::FileUnwritable, ErrorKind::File,
     EMBEDSCOPE_TRANSLATE("Error", "%1: cannot be written (%2). Choose another place.")},
    {ErrorCode::DiskFull, ErrorKind::File,
     EMBEDSCOPE_TRANSLATE("Error",
                          "%1: the disk is full; no file was left behind. Free some space or choose another place.")},
    {ErrorCode::FileEmpty, ErrorKind::File,
     EMBEDSCOPE_TRANSLATE("Error", "%1: the file is empty. Download or export it again.")},
    {ErrorCode::FormatUnknown, ErrorKind::File,
     EMBEDSCOPE_TRANSLATE("Error", "%1: holds no vectors that can be read; it looks like %2. Choose a file of vectors, "
                                   "such as GloVe, word2vec, fastText, .npy, safetensors or .pt.")},
    {ErrorCode::FormatRefused, ErrorKind::File, EMBEDSCOPE_TRANSLATE("Error", "%1: %2 cannot be used (%3). %4")},
    {ErrorCode::FileDamaged, ErrorKind::File,
     EMBEDSCOPE_TRANSLATE("Error", "%1, %2: %3. Mend the file or fetch it again.")},
    {ErrorCode::FileTruncated, ErrorKind::File,
     EMBEDSCOPE_TRANSLATE("Error",
                          "%1: ends after %2 of the %3 rows that its header announces. Fetch the file again.")},
    {ErrorCode::FileNotText, ErrorKind::File,
     EMBEDSCOPE_TRANSLATE("Error", "%1, %2: is not UTF-8 text. Convert the file to UTF-8.")},
    {ErrorCode::ArrayNeeded, ErrorKind::Value,
     EMBEDSCOPE_TRANSLATE("Error", "%1: holds several arrays that could be the table (%2). Choose one by its name.")},
    {ErrorCode::EntryNeeded, ErrorKind::Value,
     EMBEDSCOPE_TRANSLATE("Error", "%1: holds several files (%2). Choose one by its name.")},
    {ErrorCode::ShapeMismatch, ErrorKind::Value,
     EMBEDSCOPE_TRANSLATE("Error", "%1: expected %2, found %3. Choose files that belong together.")},
    {ErrorCode::ValueRefused, ErrorKind::Value, EMBEDSCOPE_TRANSLATE("Error", "%1 cannot be %2: %3.")},
    {ErrorCode::UnknownToken, ErrorKind::Value,
     EMBEDSCOPE_TRANSLATE("Error", "\"%1\" is not in the vocabulary. Check the spelling and upper or lower case.")},
    {ErrorCode::FormulaInvalid, ErrorKind::Value,
     EMBEDSCOPE_TRANSLATE("Error",
                          "The formula \"%1\" cannot be read at character %2: %3. Write it like: king - man + woman.")},
    {ErrorCode::NoLabels, ErrorKind::File, EMBEDSCOPE_TRANSLATE("Error", "%1: no label was found (%2).")},
    {ErrorCode::NoSentences, ErrorKind::File,
     EMBEDSCOPE_TRANSLATE("Error", "%1: holds no labelled sentence. Use one sentence a line with its label.")},
    {ErrorCode::TooFewClasses, ErrorKind::Value,
     EMBEDSCOPE_TRANSLATE("Error", "%1: all sentences have the same label, %2; a classifier needs at least two.")},
    {ErrorCode::IndexOutOfRange, ErrorKind::Value,
     EMBEDSCOPE_TRANSLATE("Error", "Index %1 is out of range: the table has %2 rows, numbered from 0.")},
    {ErrorCode::OptionsConflict, ErrorKind::Value, EMBEDSCOPE_TRANSLATE("Error", "%1 and %2 do not go together. %3")},
    {ErrorCode::TrainingDiverged, ErrorKind::Diverged,
     EMBEDSCOPE_TRANSLATE(
         "Error", "Training diverged at step %1 (%2). The last good weights were kept; try a smaller learning rate.")},
    {ErrorCode::RunDirectory, ErrorKind::File,
     EMBEDSCOPE_TRANSLATE(
         "Error", "%1: is not the folder of a training run (%2). Choose a folder that the train command wrote.")},
    {ErrorCode::DataChanged, ErrorKind::File,
     EMBEDSCOPE_TRANSLATE("Error", "%1: has changed since the run was trained on it. Bring the old file back.")},
    {ErrorCode::SessionNewer, ErrorKind::File,
     EMBEDSCOPE_TRANSLATE("Error",
                          "%1: was written by a newer Embedscope, version %2; this one reads up to version %3. "
                          "Open it with the newer program.")},
    {ErrorCode::LinkMissing, ErrorKind::File,
     EMBEDSCOPE_TRANSLATE("Error", "%1: needs the file %2, which is not there. Put it back, or beside the session.")},
    {ErrorCode::LinkChanged, ErrorKind::File,
     EMBEDSCOPE_TRANSLATE("Error", "%1: needs the file %2 as it was when the session was saved, but it has changed. "
                                   "Bring the old file back, or put a copy of it beside the session.")},
};

const ErrorInfo& info(ErrorCode code)
{
    for (const ErrorInfo& entry : kErrors)
        if (entry.code == code)
            return entry;
    return kErrors[0];
}

} // namespace

const char* errorTemplate(ErrorCode code)
{
    return info(code).text;
}

ErrorKind errorKind(ErrorCode code)
{
    return info(code).kind;
}

std::string substitute(std::string_view text, const std::vector<std::string>& args)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool place = text[i] == '%' && i + 1 < text.size() && text[i + 1] >= '1' && text[i + 1] <= '9';
        if (!place) {
            out += text[i];
            continue;
        }
        const auto index = static_cast<std::size_t>(text[++i] - '1');
        if (index < args.size())
            out += args[index];
    }
    return out;
}

std::string describe(const Error& error)
{
    return substitute(errorTemplate(error.code), error.args);
}

} // namespace embedscope
