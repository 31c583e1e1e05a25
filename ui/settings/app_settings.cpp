// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/app_settings.h"

#include "ui/settings/keys.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>
#include <array>

namespace embedscope {

namespace {

constexpr int kSchema = 1;
constexpr int kAutosaveSeconds = 60;

// Words, not numbers, stand in the file: it stays readable and survives a change of order.
constexpr std::array kThemes{"system", "light", "dark"};
constexpr std::array kArrangements{"explore", "train"};
constexpr std::array kFolderUses{"openVectors", "openText", "export", "run", "session"};

template <class Enum, std::size_t N>
QString wordOf(Enum value, const std::array<const char*, N>& words)
{
    return QLatin1String(words.at(static_cast<std::size_t>(value)));
}

template <class Enum, std::size_t N>
Enum valueOf(const QString& word, const std::array<const char*, N>& words)
{
    for (std::size_t i = 0; i < N; ++i) {
        if (word == QLatin1String(words[i]))
            return static_cast<Enum>(i);
    }
    return Enum{};
}

QString below(QLatin1String key, const QString& name)
{
    return key % u'/' % name;
}

} // namespace

AppSettings::AppSettings(const QString& file)
    : m_settings(file, QSettings::IniFormat)
{
    // A file of a later program is left as it is: unknown keys are not ours to touch.
    if (schemaVersion() == 0)
        m_settings.setValue(keys::kSchemaVersion, kSchema);
}

QString AppSettings::defaultFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) % u"/embedscope/embedscope.ini";
}

int AppSettings::schemaVersion() const
{
    return m_settings.value(keys::kSchemaVersion, 0).toInt();
}

QString AppSettings::language() const
{
    return m_settings.value(keys::kLanguage).toString();
}

void AppSettings::setLanguage(const QString& language)
{
    m_settings.setValue(keys::kLanguage, language);
}

ThemeChoice AppSettings::theme() const
{
    return valueOf<ThemeChoice>(m_settings.value(keys::kTheme).toString(), kThemes);
}

void AppSettings::setTheme(ThemeChoice theme)
{
    m_settings.setValue(keys::kTheme, wordOf(theme, kThemes));
}

Arrangement AppSettings::arrangement() const
{
    return valueOf<Arrangement>(m_settings.value(keys::kArrangement).toString(), kArrangements);
}

void AppSettings::setArrangement(Arrangement arrangement)
{
    m_settings.setValue(keys::kArrangement, wordOf(arrangement, kArrangements));
}

QByteArray AppSettings::geometry() const
{
    return m_settings.value(keys::kGeometry).toByteArray();
}

void AppSettings::setGeometry(const QByteArray& geometry)
{
    m_settings.setValue(keys::kGeometry, geometry);
}

QByteArray AppSettings::windowState(Arrangement arrangement, int version) const
{
    if (m_settings.value(keys::kWindowStateVersion).toInt() != version)
        return {};
    return m_settings.value(below(keys::kWindowState, wordOf(arrangement, kArrangements))).toByteArray();
}

void AppSettings::setWindowState(Arrangement arrangement, int version, const QByteArray& state)
{
    if (m_settings.value(keys::kWindowStateVersion).toInt() != version)
        forgetWindowStates();
    m_settings.setValue(keys::kWindowStateVersion, version);
    m_settings.setValue(below(keys::kWindowState, wordOf(arrangement, kArrangements)), state);
}

void AppSettings::forgetWindowStates()
{
    m_settings.remove(keys::kWindowState);
    m_settings.remove(keys::kWindowStateVersion);
}

QString AppSettings::lastFolder(FolderUse use) const
{
    const QString folder = m_settings.value(below(keys::kLastFolder, wordOf(use, kFolderUses))).toString();
    if (!folder.isEmpty() && QFileInfo(folder).isDir())
        return folder;
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    return QFileInfo(documents).isDir() ? documents : QDir::homePath();
}

void AppSettings::setLastFolder(FolderUse use, const QString& path)
{
    const QFileInfo info(path);
    const QString folder = info.isDir() ? info.absoluteFilePath() : info.absolutePath();
    m_settings.setValue(below(keys::kLastFolder, wordOf(use, kFolderUses)), folder);
}

QVector<RecentFile> AppSettings::recentFiles() const
{
    // QSettings reads arrays only through a changing object.
    QSettings reader(m_settings.fileName(), QSettings::IniFormat);
    QVector<RecentFile> files;
    const int count = reader.beginReadArray(keys::kRecentFiles);
    for (int i = 0; i < count; ++i) {
        reader.setArrayIndex(i);
        files.append({reader.value(keys::kRecentPath).toString(), reader.value(keys::kRecentOpened).toDateTime()});
    }
    files.removeIf([](const RecentFile& file) { return file.path.isEmpty(); });
    return files;
}

void AppSettings::setRecentFiles(const QVector<RecentFile>& files)
{
    m_settings.remove(keys::kRecentFiles);
    m_settings.beginWriteArray(keys::kRecentFiles, static_cast<int>(files.size()));
    for (int i = 0; i < files.size(); ++i) {
        m_settings.setArrayIndex(i);
        m_settings.setValue(keys::kRecentPath, files[i].path);
        m_settings.setValue(keys::kRecentOpened, files[i].opened);
    }
    m_settings.endArray();
}

QStringList AppSettings::recentCommands() const
{
    return m_settings.value(keys::kRecentCommands).toStringList();
}

int AppSettings::autosaveSeconds() const
{
    return std::max(0, m_settings.value(keys::kAutosaveSeconds, kAutosaveSeconds).toInt());
}

void AppSettings::setAutosaveSeconds(int seconds)
{
    m_settings.setValue(keys::kAutosaveSeconds, seconds);
}

bool AppSettings::keepInside() const
{
    return m_settings.value(keys::kKeepInside, false).toBool();
}

void AppSettings::setKeepInside(bool keep)
{
    m_settings.setValue(keys::kKeepInside, keep);
}

void AppSettings::setRecentCommands(const QStringList& ids)
{
    m_settings.setValue(keys::kRecentCommands, ids);
}

} // namespace embedscope
