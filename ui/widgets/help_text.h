// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace embedscope {

/// Small grey text that wraps: the effective rule of a switch in words.
class HelpText : public QLabel
{
    Q_OBJECT

public:
    explicit HelpText(const QString& text = {}, QWidget* parent = nullptr);
};

} // namespace embedscope
