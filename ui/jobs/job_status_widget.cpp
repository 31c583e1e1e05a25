// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/job_status_widget.h"

#include "ui/jobs/jobs_model.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

#include <algorithm>
#include <cmath>

namespace embedscope {

namespace {

constexpr QSize kBarSize(160, 8);
constexpr int kSpacing = 8;
constexpr int kSteps = 1000;

} // namespace

JobStatusWidget::JobStatusWidget(JobsModel* jobs, QWidget* parent)
    : QWidget(parent)
    , m_jobs(jobs)
    , m_title(new QLabel(this))
    , m_bar(new QProgressBar(this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
    , m_others(new QLabel(this))
{
    m_title->setTextFormat(Qt::PlainText);
    m_bar->setTextVisible(false);
    m_bar->setFixedSize(kBarSize);
    m_bar->setAccessibleName(tr("Progress of the job"));
    m_cancel->setFlat(true);
    m_cancel->setToolTip(tr("Stops this job. What was there before stays as it is."));
    m_others->setForegroundRole(QPalette::PlaceholderText);

    auto* const layout = new QHBoxLayout(this);
    layout->setContentsMargins(kSpacing, 0, 0, 0);
    layout->setSpacing(kSpacing);
    layout->addWidget(m_title);
    layout->addWidget(m_bar);
    layout->addWidget(m_cancel);
    layout->addWidget(m_others);

    connect(m_cancel, &QPushButton::clicked, this, &JobStatusWidget::cancelShown);
    connect(jobs, &QAbstractItemModel::rowsInserted, this, &JobStatusWidget::refresh);
    connect(jobs, &QAbstractItemModel::rowsRemoved, this, &JobStatusWidget::refresh);
    connect(jobs, &QAbstractItemModel::dataChanged, this, &JobStatusWidget::refresh);
    refresh();
}

/// The newest that somebody waits for, else the newest.
QModelIndex JobStatusWidget::shown() const
{
    for (int row = m_jobs->rowCount() - 1; row >= 0; --row)
        if (!m_jobs->index(row).data(JobsModel::BackgroundRole).toBool())
            return m_jobs->index(row);
    return m_jobs->index(m_jobs->rowCount() - 1);
}

void JobStatusWidget::refresh()
{
    const int count = m_jobs->rowCount();
    setVisible(count > 0);
    if (count == 0)
        return;
    const QModelIndex newest = shown();
    const QString title = newest.data().toString();
    m_title->setText(title);
    showFraction(newest.data(JobsModel::FractionRole).toDouble());
    m_cancel->setAccessibleName(tr("Cancel: %1").arg(title));
    m_others->setVisible(count > 1);
    m_others->setText(tr("+%n more", nullptr, count - 1));
}

void JobStatusWidget::showFraction(double fraction)
{
    // A range without length lets the style show that nobody knows.
    m_bar->setRange(0, fraction < 0 ? 0 : kSteps);
    if (fraction >= 0)
        m_bar->setValue(static_cast<int>(std::lround(std::min(fraction, 1.0) * kSteps)));
}

void JobStatusWidget::cancelShown()
{
    if (m_jobs->rowCount() > 0)
        m_jobs->cancel(shown().data(JobsModel::IdRole).toULongLong());
}

} // namespace embedscope
