// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/a.h"
#include "core/nn/a.h" // caught
#include "core/search/a.h"
#include "core/table/a.h"
#include <fftw3.h>    // caught
#include <tbb/task.h> // caught
