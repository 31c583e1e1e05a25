// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

namespace embedscope {

/// A rounded surface that lies over the window, for lists that come and go. It is a child of the window, so it works
/// the same on X11 and Wayland and never takes the focus.
class PopupFrame : public QFrame
{
    Q_OBJECT

public:
    using QFrame::QFrame;

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace embedscope
