// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/export.h"
#include "core/base/fields.h"
#include "core/project/map_options.h"

namespace embedscope {

/// What a map was made with, by the names of the options, as it goes beside its coordinates: what all methods have in
/// common, and the options of the one in use.
EMBEDSCOPE_EXPORT Fields mapSettings(const MapOptions& options);

} // namespace embedscope
