// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/preview.h"

#include <QString>
#include <QStringList>

namespace embedscope {

/// "GloVe text": a format as people call it.
QString formatTitle(Format format);

/// What was found in a file, one fact each: "GloVe text", "no header", "about 400,000 rows", ...
QStringList previewFacts(const TablePreview& preview);

/// "first 10,000 of 400,000 rows", or "first 10,000 rows" where nobody counted them; empty where all were read.
QString limitText(const LoadReport& report);

/// "(400,000 × 300)"
QString arrayShapeText(const std::vector<Index>& shape);

} // namespace embedscope
