// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/a.h"
#include "core/io/a.h"
#include "core/table/a.h"
#include "core/nn/a.h" // caught
#include <nlohmann/json.hpp>
#include <zip.h>
#include <zlib.h>

void write()
{
    char name[] = "table.XXXXXX; [";
    std::snprintf(name, 1, "; ]");
    std::printf("done");   // caught
    std::cerr << "failed"; // caught
}
