// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/a.h"
#include "core/optim/a.h"
#include "core/table/a.h" // caught
