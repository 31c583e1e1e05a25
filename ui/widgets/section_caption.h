// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace embedscope {

/// The small grey upper-case title of a section. The text itself stays as written, for screen readers and translators.
class SectionCaption : public QLabel
{
    Q_OBJECT

public:
    explicit SectionCaption(const QString& text, QWidget* parent = nullptr);
};

} // namespace embedscope
