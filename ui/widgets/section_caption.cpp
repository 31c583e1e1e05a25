// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/section_caption.h"

#include "ui/widgets/fonts.h"

namespace embedscope {

SectionCaption::SectionCaption(const QString& text, QWidget* parent)
    : QLabel(text, parent)
{
    setFont(captionFont(font()));
    setForegroundRole(QPalette::PlaceholderText);
}

} // namespace embedscope
