// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/help_text.h"

#include "ui/widgets/fonts.h"

namespace embedscope {

HelpText::HelpText(const QString& text, QWidget* parent)
    : QLabel(text, parent)
{
    setFont(smallFont(font()));
    setForegroundRole(QPalette::PlaceholderText);
    setWordWrap(true);
    setTextFormat(Qt::PlainText);
}

} // namespace embedscope
