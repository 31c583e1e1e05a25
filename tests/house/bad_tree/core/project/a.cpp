// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/a.h"
#include "core/project/a.h"
#include "core/table/a.h"
#include "core/nn/a.h" // caught
