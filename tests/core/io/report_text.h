// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/format.h"

#include <QByteArray>

// Load reports and errors as one line each, so that a test can demand all of it and a failure can be read.

namespace embedscope {

inline QByteArray warningName(WarningCode code)
{
    switch (code) {
    case WarningCode::DuplicateTokens:
        return "DuplicateTokens";
    case WarningCode::InvalidUtf8:
        return "InvalidUtf8";
    case WarningCode::UndecodableTokens:
        return "UndecodableTokens";
    case WarningCode::SkippedLines:
        return "SkippedLines";
    case WarningCode::BytesLeft:
        return "BytesLeft";
    case WarningCode::LabelsLeftOut:
        return "LabelsLeftOut";
    case WarningCode::ColumnsTaken:
        return "ColumnsTaken";
    case WarningCode::ColumnsLeftOut:
        return "ColumnsLeftOut";
    case WarningCode::NanRows:
        return "NanRows";
    case WarningCode::ZeroRows:
        return "ZeroRows";
    case WarningCode::FewerRows:
        return "FewerRows";
    case WarningCode::MoreRows:
        return "MoreRows";
    case WarningCode::TokensWithBlanks:
        return "TokensWithBlanks";
    case WarningCode::TokensMissing:
        return "TokensMissing";
    case WarningCode::EmptyLines:
        return "EmptyLines";
    case WarningCode::TokensUnfit:
        return "TokensUnfit";
    case WarningCode::TokensAmbiguous:
        return "TokensAmbiguous";
    case WarningCode::RowsUnnamed:
        return "RowsUnnamed";
    case WarningCode::IdsRepeated:
        return "IdsRepeated";
    case WarningCode::RowsWithoutData:
        return "RowsWithoutData";
    case WarningCode::Limited:
        return "Limited";
    }
    return "?";
}

/// "DuplicateTokens(3, the, line 3)"
inline QByteArray textOf(const Warning& warning)
{
    QByteArray args;
    for (const std::string& arg : warning.args)
        args += (args.isEmpty() ? "" : ", ") + QByteArray::fromStdString(arg);
    return warningName(warning.code) + '(' + args + ')';
}

/// "gzip > glove 3 x 50 text" and, where there is any, what was counted, the array that was chosen and the warnings:
/// all but size and time.
inline QByteArray textOf(const LoadReport& report)
{
    QByteArray text;
    for (const std::string& step : report.unpacked)
        text += QByteArray::fromStdString(step) + " > ";
    text += QByteArray::fromStdString(std::string(formatName(report.format))) + ' ' + QByteArray::number(report.rows) +
            " x " + QByteArray::number(report.dim) + ' ' + QByteArray::fromStdString(report.dtype);
    const auto count = [&text](const char* what, Index number) {
        if (number != 0)
            text += QByteArray(", ") + what + ' ' + QByteArray::number(number);
    };
    if (!report.array.empty())
        text += ", array " + QByteArray::fromStdString(report.array);
    count("duplicates", report.duplicates);
    count("NaN", report.nanRows);
    count("zero", report.zeroRows);
    count("not UTF-8", report.invalidUtf8);
    count("skipped", report.skippedLines);
    for (const Warning& warning : report.warnings)
        text += "; " + textOf(warning);
    return text;
}

} // namespace embedscope
