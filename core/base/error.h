// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace embedscope {

/// What went wrong. Each code has one sentence with places %1, %2, ... for the arguments, in error.cpp.
enum class ErrorCode {
    Internal,         // what
    Cancelled,        //
    FileNotFound,     // path
    FileUnreadable,   // path, reason of the system
    FileUnwritable,   // path, reason of the system
    DiskFull,         // path
    FileEmpty,        // path
    FormatUnknown,    // path, what the content looks like
    FormatRefused,    // path, format, why, what to do
    FileDamaged,      // path, place ("line 7" or "byte 120"), what is wrong
    FileTruncated,    // path, rows found, rows announced
    FileNotText,      // path, place
    ArrayNeeded,      // path, names of its arrays
    EntryNeeded,      // path, names of the files inside
    ShapeMismatch,    // what, expected, found
    ValueRefused,     // name of the option, value, what is allowed
    UnknownToken,     // token
    FormulaInvalid,   // formula, position, what is wrong
    NoLabels,         // path, what to do
    NoSentences,      // path
    TooFewClasses,    // path, classes found
    IndexOutOfRange,  // index, number of rows
    OptionsConflict,  // first option, second option, what to choose instead
    TrainingDiverged, // step, likely cause
    RunDirectory,     // path, what is wrong
    DataChanged,      // path: the file is not the one that the run was trained on
    SessionNewer,     // path, its version, the newest version that is read
    LinkMissing,      // path of the session, path of the file that it needs
    LinkChanged,      // path of the session, path of the file that is another one now
};

/// The classes that decide the exit code of the headless tool.
enum class ErrorKind { Internal, Usage, File, Value, Cancelled, Diverged };

struct Error
{
    ErrorCode code = ErrorCode::Internal;
    std::vector<std::string> args;
};

/// The English sentence of a code, with %1, %2, ... where the arguments go. The GUI translates it in the context
/// "Error".
EMBEDSCOPE_EXPORT const char* errorTemplate(ErrorCode code);

EMBEDSCOPE_EXPORT ErrorKind errorKind(ErrorCode code);

/// Puts `args` into the places %1 ... %9 of `text`.
EMBEDSCOPE_EXPORT std::string substitute(std::string_view text, const std::vector<std::string>& args);

/// The whole English sentence, for the headless tool, logs and tests.
EMBEDSCOPE_EXPORT std::string describe(const Error& error);

} // namespace embedscope
