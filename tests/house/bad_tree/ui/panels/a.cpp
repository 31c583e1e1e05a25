// SPDX-License-Identifier: GPL-3.0-or-later
#include "a.moc"
#include <QThread>       // caught
#include <qcustomplot.h> // caught
#include <zlib.h>        // caught
// TODO: caught
