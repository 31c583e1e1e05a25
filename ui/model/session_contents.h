// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/session_file.h"
#include "ui/model/document.h"
#include "ui/model/map_run.h"
#include "ui/model/training_run.h"

#include <QDateTime>
#include <QString>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace embedscope {

/// A file as it was when it was read, told without reading it again.
struct FileState
{
    QString path;
    qint64 bytes = 0;
    QDateTime changed;

    static FileState of(const QString& path);
    bool operator==(const FileState&) const = default;
    /// It is there and still the same.
    [[nodiscard]] bool holds() const { return !path.isEmpty() && bytes > 0 && of(path) == *this; }
};

/// All that a session keeps, as it stands at one moment: immutable, to be written off the GUI thread.
struct SessionContents
{
    TableSnapshot snapshot;
    Document::Origin origin = Document::Origin::None;
    QString tableName;
    FileState tableFile; // path empty unless the table is that of this file, read as it comes
    OpenText text;
    bool textIsSample = false;
    FileState textFile;
    std::optional<CapturedRun> run;
    std::optional<Index> selected;
    std::vector<ComputedMap> maps;      // of the table as it is
    std::map<std::string, Fields> view; // settings of the window that belong to the work
    QString sessionPath;                // of the session that this is; in copies that are saved by themselves
    bool keepInside = false;            // no link where the thing itself can be stored
};

/// Tables up to this size are stored even where a file holds them.
inline constexpr qint64 kStoredTableBytes = 64LL << 20;

Result<void> saveSession(const SessionContents& contents, const QString& path, const std::stop_token& stop,
                         Progress& progress);

/// What a session file was opened to.
struct OpenedSession
{
    std::optional<TableSnapshot> snapshot; // none where the run's table is the one on screen
    Document::Origin origin = Document::Origin::None;
    QString tableName;
    QString tablePath;
    OpenText text;
    std::optional<RunStart> run;
    std::optional<Index> selected;
    std::vector<ComputedMap> maps;
    std::map<std::string, Fields> view;
    QString sessionPath;
    bool keepInside = false;
};

/// `found` is where a linked file is that could not be located. Errors of readSession() and locate(), FileDamaged where
/// the parts do not fit together, Cancelled.
Result<OpenedSession> openSession(const QString& path, const QString& found, const std::stop_token& stop,
                                  Progress& progress);

} // namespace embedscope
