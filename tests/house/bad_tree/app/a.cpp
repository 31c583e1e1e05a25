// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/a.h"
#include "ui/panels/a.h"
#include <CLI/CLI.hpp> // caught
