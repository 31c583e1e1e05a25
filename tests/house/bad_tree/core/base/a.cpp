// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/a.h"
#include "core/table/vocabulary.h" // caught
#include <QString>                 // caught
#include <QtCore/qglobal.h>        // caught
#include <queue>
#include <thread>

// A comment may speak of std::thread, processEvents() and terminate().
void wait()
{
    std::this_thread::yield();
    std::jthread worker([] {}); // caught
    std::terminate();           // caught
    isTerminate();
}
