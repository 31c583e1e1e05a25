// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/sample.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QStandardPaths>

static void initSampleResources()
{
    Q_INIT_RESOURCE(resources);
}

namespace embedscope {

namespace {

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

Result<QString> sampleFile(const QString& name)
{
    const QString folder =
        QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/sample");
    const QString path = folder + QLatin1Char('/') + name;
    initSampleResources();
    const QByteArray wanted = contentOf(QStringLiteral(":/samples/") + name);
    if (wanted.isEmpty())
        return fail(ErrorCode::FileNotFound, {name.toStdString()});
    if (contentOf(path) == wanted)
        return path;
    QSaveFile file(path);
    if (!QDir().mkpath(folder) || !file.open(QIODevice::WriteOnly) || file.write(wanted) != wanted.size() ||
        !file.commit())
        return fail(ErrorCode::FileUnwritable, {path.toStdString(), file.errorString().toStdString()});
    return path;
}

} // namespace embedscope
