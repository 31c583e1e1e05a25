// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLineEdit;
class QListWidget;
class QPushButton;

namespace embedscope {

class HelpText;
class PlacedPoints;
struct PlacedPoint;

/// The points that were placed on the map: one line to add another, and a list to take them away. Hidden until one is
/// asked for.
class PlacedSection : public QWidget
{
    Q_OBJECT

public:
    explicit PlacedSection(PlacedPoints* points, QWidget* parent = nullptr);

    /// Shows it, ready to type.
    void ask();

private:
    void createButtons();
    void addTyped();
    void removeChosen();
    void showPoints();
    [[nodiscard]] static QString noteOn(const PlacedPoint& point);

    PlacedPoints* m_points;
    QLineEdit* m_text;
    QListWidget* m_list;
    QPushButton* m_remove;
    QPushButton* m_clear;
    HelpText* m_note;
};

} // namespace embedscope
