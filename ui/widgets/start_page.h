// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVector>
#include <QWidget>

class QAction;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace embedscope {

/// One line of the list on the start page.
struct RecentEntry
{
    QString path;  // what is opened
    QString shown; // what is read, e.g. with "~" for the home folder
    QString age;   // "yesterday"
    bool exists = true;

    bool operator==(const RecentEntry&) const = default;
};

/// What one meets first: what the program is, three ways to begin, and the files of the last days.
class StartPage : public QWidget
{
    Q_OBJECT

public:
    explicit StartPage(QWidget* parent = nullptr);

    void setRecent(const QVector<RecentEntry>& entries);

Q_SIGNALS:
    void openVectorsRequested();
    void openTextRequested();
    void openSampleRequested();
    void openRecentRequested(const QString& path);
    void clearRecentRequested();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QWidget* makeHead();
    QWidget* makeButtons();
    QWidget* makeRecentHead();
    QWidget* makeRecentRow(const RecentEntry& entry);

    QWidget* m_recentHead = nullptr;
    QVBoxLayout* m_recentRows = nullptr;
    QLabel* m_hint = nullptr;
};

} // namespace embedscope
