// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/table_check.h"
#include "tests/fuzz/target.h"

namespace embedscope::fuzz {

static const AddTarget kAdded("projector_bytes",
                              [](std::string_view bytes) { return problemOfTable(bytes, Format::ProjectorBytes); });

} // namespace embedscope::fuzz
