// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace embedscope {

/// The text without its mnemonic: "&Open" and "打开(&O)" lose it, "Find && Replace" keeps its written ampersand.
[[nodiscard]] QString withoutMnemonic(QString text);

} // namespace embedscope
