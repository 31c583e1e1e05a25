// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/load_report_text.h"

#include <QDialog>

class QPushButton;
class QVBoxLayout;

namespace embedscope {

/// What was found while a table was read, with what it means; to be copied as text, or mended.
class LoadReportDialog : public QDialog
{
    Q_OBJECT

public:
    LoadReportDialog(const QString& name, const LoadReport& report, QWidget* parent = nullptr);

    [[nodiscard]] const QString& text() const { return m_text; }

Q_SIGNALS:
    void repairRequested();

private:
    QWidget* makeItems(const LoadReport& report);
    void addItems(QVBoxLayout* column, const QString& caption, const QVector<ReportItem>& items);

    QString m_text;
};

} // namespace embedscope
