// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/a.h"
#include "ui/panels/a.h" // caught
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>
