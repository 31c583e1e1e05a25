// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/model/pca_map.h"

#include <QWidget>

#include <array>

class QComboBox;
class QLabel;
class QSpinBox;

namespace embedscope {

class FormRow;
class ScreePlot;
class ToggleSwitch;

/// What is on the axes of a PCA map: the components, how much of the variance each has, and what an axis is made of.
class PcaSection : public QWidget
{
    Q_OBJECT

public:
    explicit PcaSection(PcaMap* map, QWidget* parent = nullptr);

    [[nodiscard]] ScreePlot& scree() { return *m_scree; }

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void createChoices();
    void showAxes();
    void offerComponents();
    void showLoadings();
    void takeAxes();
    void removeFirst(int count);

    PcaMap* m_map;
    std::array<QComboBox*, 3> m_components{};
    FormRow* m_deepRow = nullptr;
    QSpinBox* m_removed = nullptr;
    ToggleSwitch* m_whiten = nullptr;
    ScreePlot* m_scree = nullptr;
    QComboBox* m_loadingsOf = nullptr;
    QLabel* m_loadings = nullptr;
    std::shared_ptr<const Pca> m_offered;
};

/// The dimensions with the largest weights in a component, largest first: "dimension 12  +0.41", a line each.
QString loadingsText(const Pca& pca, Index component);

} // namespace embedscope
