// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/a.h"
#include "core/optim/a.h"
#include "core/search/a.h"   // caught
#include <nlohmann/json.hpp> // caught
