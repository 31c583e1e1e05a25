// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QTimer>

#include <functional>
#include <vector>

namespace embedscope {

class Application;

/// Does the main job by itself in the real window: opens the sample, shows the map, trains, flips freeze and padding
/// while it trains, exports. Leaves a picture of the window after each step and the exported files in a folder.
class Tour : public QObject
{
    Q_OBJECT

public:
    Tour(Application& application, const QString& folder);

    /// Returns 0 when every step came true, 1 where one did not in time, 3 where the folder cannot be written.
    int run();

private:
    /// One step: what is done, and what has to be true before its picture is taken.
    struct Step
    {
        QString name;
        std::function<void()> act;
        std::function<bool()> reached;
    };

    void plan();
    void planTraining();
    void planExport();
    void begin();
    void look();
    void finish(int code, const QString& sentence);
    void snap(const QString& name);
    /// A copy of the table as the document has it now, for a later comparison.
    void rememberTable();
    [[nodiscard]] bool tableUnchanged() const;

    Application& m_application;
    QString m_folder;
    std::vector<Step> m_steps;
    std::size_t m_current = 0;
    QTimer m_poll;
    QElapsedTimer m_sinceAct;
    QElapsedTimer m_sinceReached;
    std::shared_ptr<const std::vector<float>> m_norms;
    QStringList m_saved;
    int m_exit = 0;
};

} // namespace embedscope
