// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/load_report_dialog.h"

#include "ui/widgets/form_row.h"
#include "ui/widgets/section_caption.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace embedscope {

LoadReportDialog::LoadReportDialog(const QString& name, const LoadReport& report, QWidget* parent)
    : QDialog(parent)
    , m_text(reportText(name, report))
{
    setWindowTitle(tr("Load Report: %1").arg(name));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    auto* copy = buttons->addButton(tr("&Copy as Text"), QDialogButtonBox::ActionRole);
    auto* repair = buttons->addButton(tr("&Repair and Save a Clean Copy…"), QDialogButtonBox::ActionRole);
    copy->setAutoDefault(false);
    repair->setAutoDefault(false);
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_text); });
    connect(repair, &QPushButton::clicked, this, [this] {
        accept();
        Q_EMIT repairRequested();
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto* area = new QScrollArea;
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(makeItems(report));
    area->setAccessibleName(tr("Findings"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 16);
    column->setSpacing(14);
    column->addWidget(area, 1);
    column->addWidget(buttons);
    resize(560, 600);
}

QWidget* LoadReportDialog::makeItems(const LoadReport& report)
{
    auto* items = new QWidget;
    auto* column = new QVBoxLayout(items);
    column->setContentsMargins(0, 0, 8, 0);
    column->setSpacing(8);
    addItems(column, tr("What was read"), reportFacts(report));
    column->addSpacing(10);
    addItems(column, tr("What was looked for"), reportFindings(report));
    column->addStretch();
    return items;
}

void LoadReportDialog::addItems(QVBoxLayout* column, const QString& caption, const QVector<ReportItem>& items)
{
    column->addWidget(new SectionCaption(caption));
    for (const ReportItem& item : items) {
        auto* value = new QLabel(item.value);
        value->setTextFormat(Qt::PlainText);
        auto* row = new FormRow(item.label, value);
        row->setHelp(item.meaning);
        column->addWidget(row);
    }
}

} // namespace embedscope
