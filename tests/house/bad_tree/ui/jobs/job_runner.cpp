// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/a.h" // caught
#include "core/train/a.h"
#include "ui/jobs/job_runner.h"
#include <QThreadPool>

void work()
{
    QThreadPool pool;
    QCoreApplication::processEvents(); // caught
    thread.terminate();                // caught
}
