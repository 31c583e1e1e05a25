// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/settings/app_settings.h"

#include <QObject>

class QMenu;

namespace embedscope {

/// The ten files opened last, newest first, kept in the settings. The start page and the menu show the same list.
class RecentFiles : public QObject
{
    Q_OBJECT

public:
    static constexpr int kMost = 10;

    /// `settings` outlives this object.
    explicit RecentFiles(AppSettings& settings, QObject* parent = nullptr);

    [[nodiscard]] const QVector<RecentFile>& files() const { return m_files; }

    /// Moves a known path to the front.
    void add(const QString& path, const QDateTime& opened = QDateTime::currentDateTime());
    void remove(const QString& path);
    void clear();

    /// Keeps `menu` filled: one entry a file, missing ones greyed, Clear at the end.
    void fillMenu(QMenu* menu);

    /// "today 14:05", "yesterday", "3 days ago", a date.
    [[nodiscard]] static QString age(const QDateTime& opened, const QDateTime& now);

    /// The path with the home folder as "~".
    [[nodiscard]] static QString shortPath(const QString& path);

Q_SIGNALS:
    void changed();
    void openRequested(const QString& path);

private:
    void store();
    void rebuild(QMenu* menu);

    AppSettings& m_settings;
    QVector<RecentFile> m_files;
};

} // namespace embedscope
