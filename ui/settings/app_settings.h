// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme.h"

#include <QByteArray>
#include <QDateTime>
#include <QSettings>
#include <QStringList>
#include <QVector>

namespace embedscope {

/// The two arrangements of the one window.
enum class Arrangement { Explore, Train };

/// What a file dialog is opened for; each remembers its own folder.
enum class FolderUse { OpenVectors, OpenText, Export, Run, Session };

struct RecentFile
{
    QString path;
    QDateTime opened;

    bool operator==(const RecentFile&) const = default;
};

/// Typed access to the INI file in the user's configuration folder. Values that cannot be read count as unset.
class AppSettings
{
public:
    /// `file` is for tests and portable installations; QStandardPaths' test mode is respected too.
    explicit AppSettings(const QString& file = defaultFile());

    [[nodiscard]] static QString defaultFile();
    [[nodiscard]] QString fileName() const { return m_settings.fileName(); }
    [[nodiscard]] int schemaVersion() const;

    /// "de", "en", ...; empty follows the system.
    [[nodiscard]] QString language() const;
    void setLanguage(const QString& language);

    [[nodiscard]] ThemeChoice theme() const;
    void setTheme(ThemeChoice theme);

    [[nodiscard]] Arrangement arrangement() const;
    void setArrangement(Arrangement arrangement);

    [[nodiscard]] QByteArray geometry() const;
    void setGeometry(const QByteArray& geometry);

    /// The docks of an arrangement. Empty when it was saved by a program with another `version` of the docks.
    [[nodiscard]] QByteArray windowState(Arrangement arrangement, int version) const;
    void setWindowState(Arrangement arrangement, int version, const QByteArray& state);
    void forgetWindowStates();

    /// The folder last used, or the user's documents when there is none or it is gone.
    [[nodiscard]] QString lastFolder(FolderUse use) const;
    /// `path` is a file or a folder.
    void setLastFolder(FolderUse use, const QString& path);

    [[nodiscard]] QVector<RecentFile> recentFiles() const;
    void setRecentFiles(const QVector<RecentFile>& files);

    /// Ids of the actions last run from the palette, newest first.
    [[nodiscard]] QStringList recentCommands() const;
    void setRecentCommands(const QStringList& ids);

    /// Seconds between two saves by itself while a run goes on; 0: never.
    [[nodiscard]] int autosaveSeconds() const;
    void setAutosaveSeconds(int seconds);

    /// A session holds its sentences and large tables too, instead of naming their files.
    [[nodiscard]] bool keepInside() const;
    void setKeepInside(bool keep);

    void sync() { m_settings.sync(); }

private:
    QSettings m_settings;
};

} // namespace embedscope
