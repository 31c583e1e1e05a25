// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/load_report_text.h"

#include "ui/bridge/preview_text.h"
#include "ui/bridge/qt_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace embedscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LoadReport)
};

QString grouped(Index number)
{
    return QLocale().toString(static_cast<qlonglong>(number));
}

const Warning* findWarning(const LoadReport& report, WarningCode code)
{
    const auto found = std::find_if(report.warnings.begin(), report.warnings.end(),
                                    [code](const Warning& warning) { return warning.code == code; });
    return found == report.warnings.end() ? nullptr : &*found;
}

/// The argument of a warning as it is shown: a token or a place such as "line 7".
QString argument(const Warning& warning, std::size_t index)
{
    return index < warning.args.size() ? displayToken(warning.args[index]) : QString();
}

/// A number of rows that should be none; `meaning` has a place %1 for where the first one is.
struct Check
{
    WarningCode code;
    const char* label;
    const char* meaning;
};

constexpr Check kChecks[] = {
    {WarningCode::NanRows, QT_TRANSLATE_NOOP("LoadReport", "NaN or infinite rows"),
     QT_TRANSLATE_NOOP("LoadReport",
                       "First: %1. They have no neighbours and no place on the map, and training on them fails.")},
    {WarningCode::ZeroRows, QT_TRANSLATE_NOOP("LoadReport", "Rows of zeros"),
     QT_TRANSLATE_NOOP("LoadReport", "First: %1. They have no direction, so no cosine with other rows.")},
    {WarningCode::InvalidUtf8, QT_TRANSLATE_NOOP("LoadReport", "Tokens that are not UTF-8"),
     QT_TRANSLATE_NOOP("LoadReport", "First: %1. Their bytes are kept as they are; each ill-formed one is shown as "
                                     "U+FFFD. Where most are, the file has another encoding: choose it when opening.")},
    {WarningCode::TokensWithBlanks, QT_TRANSLATE_NOOP("LoadReport", "Tokens with blanks"),
     QT_TRANSLATE_NOOP("LoadReport",
                       "First: %1. The blanks belong to the token. The word2vec formats cannot express them.")},
};

QString none()
{
    return Text::tr("none");
}

ReportItem repeatedTokens(const LoadReport& report)
{
    ReportItem item{Text::tr("Repeated tokens"), none(), {}};
    if (const Warning* warning = findWarning(report, WarningCode::DuplicateTokens)) {
        item.value = grouped(report.duplicates);
        item.meaning = Text::tr("First: \"%1\" in %2. Every row is kept, and the earliest row of a token wins: a "
                                "search by name finds that one.")
                           .arg(argument(*warning, 1), argument(*warning, 2));
    }
    return item;
}

ReportItem checked(const LoadReport& report, const Check& check)
{
    ReportItem item{Text::tr(check.label), none(), {}};
    if (const Warning* warning = findWarning(report, check.code)) {
        item.value = QLocale().toString(QString::fromStdString(warning->args[0]).toLongLong());
        item.meaning = Text::tr(check.meaning).arg(argument(*warning, 1));
    }
    return item;
}

ReportItem skippedLines(const LoadReport& report)
{
    ReportItem item{Text::tr("Damaged lines left out"), none(), {}};
    if (const Warning* warning = findWarning(report, WarningCode::SkippedLines)) {
        item.value = grouped(report.skippedLines);
        item.meaning = Text::tr("First: %1 (%2). They were no rows, and you chose to leave such lines out.")
                           .arg(argument(*warning, 1), argument(*warning, 2));
    }
    return item;
}

bool isListed(WarningCode code)
{
    return code == WarningCode::DuplicateTokens || code == WarningCode::SkippedLines || code == WarningCode::Limited ||
           std::any_of(std::begin(kChecks), std::end(kChecks),
                       [code](const Check& check) { return check.code == code; });
}

QString rowsText(const LoadReport& report)
{
    const QString limit = limitText(report);
    return limit.isEmpty() ? grouped(report.rows) : limit;
}

} // namespace

QVector<ReportItem> reportFacts(const LoadReport& report)
{
    QVector<ReportItem> items{{Text::tr("Format"), formatTitle(report.format), {}}};
    QStringList unpacked;
    for (const std::string& step : report.unpacked)
        unpacked << displayToken(step);
    if (!unpacked.isEmpty())
        items.append({Text::tr("Unpacked from"), unpacked.join(QStringLiteral(", ")), {}});
    if (!report.array.empty())
        items.append({Text::tr("Array"), displayToken(report.array), {}});
    items.append({Text::tr("Rows"), rowsText(report), {}});
    items.append({Text::tr("Values a row"), grouped(report.dim), {}});
    items.append({Text::tr("Stored as"), toQString(report.dtype), {}});
    items.append({Text::tr("Size of the file"),
                  QLocale().formattedDataSize(static_cast<qint64>(report.bytes), 1, QLocale::DataSizeSIFormat),
                  {}});
    items.append({Text::tr("Read in"), Text::tr("%1 s").arg(QLocale().toString(report.seconds, 'f', 2)), {}});
    return items;
}

QVector<ReportItem> reportFindings(const LoadReport& report)
{
    QVector<ReportItem> items{repeatedTokens(report)};
    for (const Check& check : kChecks)
        items.append(checked(report, check));
    items.append(skippedLines(report));
    // What else there is to say is said as the message bar says it.
    for (const Warning& warning : report.warnings)
        if (!isListed(warning.code))
            items.append({Text::tr("Note"), {}, warningText(warning)});
    return items;
}

QString reportText(const QString& title, const LoadReport& report)
{
    QStringList lines{title};
    for (const auto& items : {reportFacts(report), reportFindings(report)})
        for (const ReportItem& item : items) {
            QString line = item.value.isEmpty() ? item.label : Text::tr("%1: %2").arg(item.label, item.value);
            if (!item.meaning.isEmpty())
                line = Text::tr("%1. %2").arg(line, item.meaning);
            lines << line;
        }
    return lines.join(u'\n') + u'\n';
}

} // namespace embedscope
