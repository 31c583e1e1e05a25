// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/recent_files.h"

#include <QDir>
#include <QFileInfo>
#include <QLocale>
#include <QMenu>

namespace embedscope {

RecentFiles::RecentFiles(AppSettings& settings, QObject* parent)
    : QObject(parent)
    , m_settings(settings)
    , m_files(settings.recentFiles())
{
    m_files.resize(std::min<qsizetype>(m_files.size(), kMost));
}

void RecentFiles::add(const QString& path, const QDateTime& opened)
{
    const QString absolute = QDir::cleanPath(QFileInfo(path).absoluteFilePath());
    m_files.removeIf([&](const RecentFile& file) { return file.path == absolute; });
    m_files.prepend({absolute, opened});
    m_files.resize(std::min<qsizetype>(m_files.size(), kMost));
    store();
}

void RecentFiles::remove(const QString& path)
{
    m_files.removeIf([&](const RecentFile& file) { return file.path == path; });
    store();
}

void RecentFiles::clear()
{
    m_files.clear();
    store();
}

void RecentFiles::store()
{
    m_settings.setRecentFiles(m_files);
    m_settings.sync();
    Q_EMIT changed();
}

void RecentFiles::fillMenu(QMenu* menu)
{
    // Built when it opens, so that a file deleted meanwhile is grey.
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { rebuild(menu); });
    const auto enable = [this, menu] { menu->setEnabled(!m_files.isEmpty()); };
    connect(this, &RecentFiles::changed, menu, enable);
    enable();
}

void RecentFiles::rebuild(QMenu* menu)
{
    menu->clear();
    for (const RecentFile& file : m_files) {
        auto* entry = menu->addAction(shortPath(file.path).replace(u'&', QStringLiteral("&&")));
        entry->setEnabled(QFileInfo::exists(file.path));
        connect(entry, &QAction::triggered, this, [this, path = file.path] { Q_EMIT openRequested(path); });
    }
    menu->addSeparator();
    connect(menu->addAction(tr("&Clear List")), &QAction::triggered, this, &RecentFiles::clear);
}

QString RecentFiles::age(const QDateTime& opened, const QDateTime& now)
{
    const qint64 days = opened.date().daysTo(now.date());
    if (!opened.isValid() || days < 0)
        return {};
    if (days == 0)
        return tr("today %1").arg(QLocale().toString(opened.time(), QLocale::ShortFormat));
    if (days == 1)
        return tr("yesterday");
    if (days < 30)
        return tr("%n days ago", nullptr, static_cast<int>(days));
    return QLocale().toString(opened.date(), QLocale::ShortFormat);
}

QString RecentFiles::shortPath(const QString& path)
{
    const QString home = QDir::homePath();
    return path.startsWith(home % u'/') ? u'~' % path.mid(home.size()) : path;
}

} // namespace embedscope
