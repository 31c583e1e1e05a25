// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/text/labelled_text.h"

#include <string>
#include <vector>

namespace embedscope {

/// Fills data.labels and data.classes from the label of each text; classes are sorted as LabelledText says.
void numberClasses(LabelledText& data, const std::vector<std::string>& labels);

} // namespace embedscope
