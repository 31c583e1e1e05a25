// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/model/axes_map.h"

#include <QWidget>

#include <array>

class QComboBox;
class QLineEdit;
class QSpinBox;
class QVBoxLayout;

namespace embedscope {

class HelpText;

/// What is on each axis of the map: words or a formula, the norm, a dimension, a column of numbers.
class AxesSection : public QWidget
{
    Q_OBJECT

public:
    AxesSection(Document* document, AxesMap* map, QWidget* parent = nullptr);

private:
    struct Axis
    {
        QWidget* part = nullptr;
        QComboBox* kind = nullptr;
        QLineEdit* formula = nullptr;
        QSpinBox* dimension = nullptr;
        HelpText* problem = nullptr;
    };

    void createAxis(QVBoxLayout* column, std::size_t place, const QString& caption, const QString& example);
    void offerKinds();
    void take(std::size_t place);
    void showAxes();
    void showProblems();

    Document* m_document;
    AxesMap* m_map;
    std::array<Axis, AxesMap::kAxes> m_axes;
};

} // namespace embedscope
