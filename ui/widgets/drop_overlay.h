// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace embedscope {

/// Lies over a window while files are dragged across it and says what a drop will do.
class DropOverlay : public QWidget
{
    Q_OBJECT

public:
    /// Takes over drag and drop of `host`; starts hidden.
    explicit DropOverlay(QWidget* host);

    bool eventFilter(QObject* watched, QEvent* event) override;

Q_SIGNALS:
    void filesDropped(const QStringList& paths);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void cover();
};

} // namespace embedscope
