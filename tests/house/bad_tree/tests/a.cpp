// SPDX-License-Identifier: GPL-3.0-or-later
#include "a.h"
#include <QThread>
// FIXME and XXX are caught in tests as well.
