// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>

namespace embedscope {

/// Small upper-case letters, a little apart: the title of a panel or section.
[[nodiscard]] QFont captionFont(QFont base);

/// Help below a control, units, axes.
[[nodiscard]] QFont smallFont(QFont base);

/// The token in the inspector, the name on the start page.
[[nodiscard]] QFont titleFont(QFont base);

/// `base` when all its digits are equally wide, else the system's fixed font in the same size: columns of numbers
/// align.
[[nodiscard]] QFont figureFont(const QFont& base);

} // namespace embedscope
