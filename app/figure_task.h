// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/application.h"

#include <QTimer>

namespace embedscope {

/// `embedscope --figure FILE`: opens what is named, makes the map that is wanted, writes it as the window would, and
/// ends.
class FigureTask : public QObject
{
    Q_OBJECT

public:
    FigureTask(Application& application, const CommandLine& commandLine);

    /// The event loop until the figure is there: 0; 1 where nothing could be opened or mapped; 3 where it cannot be
    /// written.
    int run();

private:
    void look();
    void selectToken();
    void beginMap();
    void write();
    void finish(int code, const QString& sentence);

    Application& m_application;
    CommandLine m_commandLine;
    QTimer m_poll;
    bool m_begun = false;
    int m_settled = 0; // looks in a row at which nothing ran
};

} // namespace embedscope
