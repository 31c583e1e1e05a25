// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

namespace embedscope {

/// Path of the sample sentences as an ordinary file in the user's data folder, written there from the program when
/// missing or old: then the sample is opened, trained on and replayed like any other file. FileUnwritable.
Result<QString> sampleFile(const QString& name = QStringLiteral("sample.tsv"));

} // namespace embedscope
