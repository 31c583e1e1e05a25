// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMenu>

namespace embedscope {

class MapView;

/// The classes of the map as items to check: the legend for the keyboard, with the names that the legend only counts.
class ClassMenu : public QMenu
{
    Q_OBJECT

public:
    explicit ClassMenu(MapView* view, QWidget* parent = nullptr);

private:
    void fill();

    MapView* m_view;
};

} // namespace embedscope
