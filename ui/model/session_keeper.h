// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/model/selection.h"
#include "ui/model/session_contents.h"

#include <QObject>
#include <QString>

#include <functional>
#include <map>
#include <memory>
#include <string>

namespace embedscope {

/// The session of the workspace: whether there is something to lose, and how it is saved and opened. Writing and
/// reading go through jobs; on an error or a cancel nothing changes. Knows no widget: the window says what of it
/// belongs to the work.
class SessionKeeper : public QObject
{
    Q_OBJECT

public:
    using View = std::map<std::string, Fields>;

    SessionKeeper(Document* document, TrainingRun* run, Selection* selection, JobRunner* jobs,
                  QObject* parent = nullptr);

    /// Empty where the session has no file yet.
    [[nodiscard]] const QString& path() const { return m_path; }
    /// A run or a changed table would be lost, or the session's file is not what is open.
    [[nodiscard]] bool modified() const { return m_modified; }
    [[nodiscard]] bool canSave() const;
    [[nodiscard]] bool keepInside() const { return m_keepInside; }
    void setKeepInside(bool keep) { m_keepInside = keep; }
    /// Whose maps are kept too; outlives this.
    void setMaps(MapRun* maps) { m_maps = maps; }
    /// What the window adds; nothing takes it away again.
    void setView(std::function<View()> view) { m_view = std::move(view); }

    /// As it stands between two steps; a run goes on meanwhile.
    void save(const QString& path);
    /// `found`: where a linked file is that could not be located.
    void open(const QString& path, const QString& found = {});
    /// A copy that was saved by itself: it is not a file of the person's, and has not been saved there.
    void openCopy(const QString& path, std::function<void(bool opened)> done);
    void capture(std::function<void(std::shared_ptr<const SessionContents>)> done);

Q_SIGNALS:
    /// Path or modified().
    void changed();
    void saved(const QString& path);
    void opened(const QString& path);
    /// The last thing after opening: what the window had added.
    void viewOpened(const std::map<std::string, embedscope::Fields>& view);
    /// A file that the session needs is not where it was, or another one.
    void fileMissing(const QString& path, const embedscope::Error& error);
    void failed(const embedscope::Error& error);

private:
    void connectWork();
    void noteTable();
    /// The table on screen is that of its file, so that a session need not hold it again.
    void noteTableFile();
    void markModified();
    void setState(const QString& path, bool modified);
    void start(const QString& path, const QString& found, std::function<void(Result<OpenedSession>)> done);
    void take(OpenedSession session);
    [[nodiscard]] SessionContents contents() const;

    Document* m_document;
    TrainingRun* m_run;
    Selection* m_selection;
    MapRun* m_maps = nullptr;
    JobRunner* m_jobs;
    std::function<View()> m_view;
    View m_openedView; // what another version of the window may have put there is kept
    QString m_path;
    bool m_modified = false;
    bool m_keepInside = false;
    bool m_opening = false;
    FileState m_tableFile;
    std::shared_ptr<const EmbeddingTable> m_fileTable; // as it came from that file
    FileState m_textFile;
};

} // namespace embedscope
