// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/model/document.h"

#include <QWidget>

#include <memory>
#include <vector>

class QComboBox;

namespace embedscope {

class MapView;

/// What the size and the opacity of the dots tell: the norm, a column of numbers, or nothing.
class MapShapes : public QWidget
{
    Q_OBJECT

public:
    MapShapes(Document* document, MapView* view, QWidget* parent = nullptr);

private:
    void offer();
    void showShapes();
    [[nodiscard]] std::shared_ptr<const std::vector<float>> valuesOf(const QComboBox& box) const;

    Document* m_document;
    MapView* m_view;
    QComboBox* m_size;
    QComboBox* m_opacity;
};

} // namespace embedscope
