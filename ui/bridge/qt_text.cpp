// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/qt_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace embedscope {

namespace {

constexpr qsizetype kLongestToken = 200;
constexpr QChar kByteOrderMark(0xFEFF);
constexpr QChar kNoBreakSpace(0x00A0);

bool isBidiControl(char32_t c)
{
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F;
}

QString named(char32_t c)
{
    return QStringLiteral("<U+%1>").arg(static_cast<uint>(c), 4, 16, QLatin1Char('0')).toUpper();
}

/// Characters that would break a line or turn the text around are named wherever they stand.
bool breaksTheLine(QChar c)
{
    return c.category() == QChar::Other_Control || c.category() == QChar::Separator_Line ||
           c.category() == QChar::Separator_Paragraph || isBidiControl(c.unicode());
}

/// U+2400 and what follows are pictures of the ASCII control characters, U+2421 that of DEL.
QString picture(QChar c)
{
    if (c.unicode() < 0x20)
        return QChar(0x2400 + c.unicode());
    if (c.unicode() == 0x7F)
        return QChar(0x2421);
    return named(c.unicode());
}

QString withoutControls(const QString& text)
{
    if (std::none_of(text.cbegin(), text.cend(), breaksTheLine))
        return text;
    QString out;
    for (const QChar c : text)
        out += breaksTheLine(c) ? picture(c) : QString(c);
    return out;
}

bool isInvisible(QChar c)
{
    return c.isSpace() || c.category() == QChar::Other_Format;
}

QString signOfBlank(QChar c)
{
    if (c == QLatin1Char(' '))
        return QChar(0x2420);
    if (c == kNoBreakSpace)
        return QChar(0x237D);
    return breaksTheLine(c) ? picture(c) : named(c.unicode());
}

QString visibleBlanks(const QString& text)
{
    QString out;
    for (const QChar c : text)
        out += signOfBlank(c);
    return out;
}

/// Cuts between characters, never inside a surrogate pair.
QString cut(const QString& text)
{
    if (text.size() <= kLongestToken)
        return text;
    const bool insidePair = text.at(kLongestToken - 1).isHighSurrogate();
    return text.left(kLongestToken - (insidePair ? 1 : 0)) + QChar(0x2026);
}

QString sentence(const char* context, const char* text, const std::vector<std::string>& args)
{
    std::vector<std::string> shown;
    shown.reserve(args.size());
    for (const std::string& arg : args)
        shown.push_back(withoutControls(toQString(arg)).toStdString());
    return toQString(substitute(QCoreApplication::translate(context, text).toStdString(), shown));
}

} // namespace

QString toQString(std::string_view utf8)
{
    const QString text = QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
    // fromUtf8 takes a leading byte order mark for a mark; in a token it is a character.
    return utf8.starts_with("\xEF\xBB\xBF") ? kByteOrderMark + text : text;
}

QString displayToken(std::string_view utf8)
{
    if (utf8.empty())
        return QCoreApplication::translate("Token", "(empty)");
    // A code unit takes one byte or more, so these bytes hold all that can be shown.
    constexpr auto kEnoughBytes = static_cast<std::size_t>(4 * kLongestToken + 4);
    const QString text = toQString(utf8.substr(0, kEnoughBytes));
    return cut(std::all_of(text.cbegin(), text.cend(), isInvisible) ? visibleBlanks(text) : withoutControls(text));
}

QString errorText(const Error& error)
{
    return sentence("Error", errorTemplate(error.code), error.args);
}

QString warningText(const Warning& warning)
{
    return sentence("Warning", warningTemplate(warning.code), warning.args);
}

bool isCancelled(const Error& error)
{
    return error.code == ErrorCode::Cancelled;
}

QString plainToolTip(const QString& text)
{
    return QStringLiteral("<qt>") + text.toHtmlEscaped() + QStringLiteral("</qt>");
}

QString numberText(double value, int decimals)
{
    if (!std::isfinite(value))
        return std::isnan(value) ? QStringLiteral("NaN") : QString::fromUtf8(value < 0 ? "\u2212\u221E" : "\u221E");
    const double size = std::abs(value);
    const bool fits = size == 0 || (size < 1e5 && size >= 0.5 * std::pow(10.0, -decimals));
    return QLocale().toString(value, fits ? 'f' : 'g', fits ? decimals : 3);
}

QString cellText(double value)
{
    constexpr double kExact = 9007199254740992.0; // 2^53
    if (std::isnan(value))
        return {};
    const bool whole = std::abs(value) <= kExact && std::trunc(value) == value;
    return whole ? QLocale().toString(static_cast<qlonglong>(value)) : QLocale().toString(value, 'g', 6);
}

} // namespace embedscope
