// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QModelIndex>
#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace embedscope {

class JobsModel;

/// The newest job in a status bar, before those that run in the background: its title, how far it is, and Cancel; "+2
/// more" where others run beside it. Takes no room while nothing runs.
class JobStatusWidget : public QWidget
{
    Q_OBJECT

public:
    /// `jobs` outlives the widget.
    explicit JobStatusWidget(JobsModel* jobs, QWidget* parent = nullptr);

private:
    void refresh();
    [[nodiscard]] QModelIndex shown() const;
    void showFraction(double fraction);
    void cancelShown();

    JobsModel* m_jobs;
    QLabel* m_title;
    QProgressBar* m_bar;
    QPushButton* m_cancel;
    QLabel* m_others;
};

} // namespace embedscope
