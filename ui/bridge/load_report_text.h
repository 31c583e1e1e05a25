// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/format.h"

#include <QString>
#include <QVector>

namespace embedscope {

/// One line of a load report.
struct ReportItem
{
    QString label;
    QString value;
    QString meaning; // what a finding means and where it is met first; empty where all is well
};

/// What was read: format, shape, size.
QVector<ReportItem> reportFacts(const LoadReport& report);
/// What was looked for in it, found or not.
QVector<ReportItem> reportFindings(const LoadReport& report);

/// All of it as lines of text, to be copied.
QString reportText(const QString& title, const LoadReport& report);

} // namespace embedscope
