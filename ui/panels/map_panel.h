// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/model/document.h"
#include "ui/model/selection.h"
#include "ui/model/training_run.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;

namespace embedscope {

class MapView;

/// The map of the open table, what it is coloured by, and how its axes were found.
class MapPanel : public QWidget
{
    Q_OBJECT

public:
    MapPanel(Document* document, TrainingRun* run, Selection* selection, QWidget* parent = nullptr);

    [[nodiscard]] MapView& view() { return *m_view; }
    void showNeighbours(std::vector<Index> rows);
    /// The axes switch matters while a table moves.
    void setTraining(bool training);

    /// What the dots are coloured by: "norm", "none", or "column " and the name of a column.
    [[nodiscard]] QString colour() const;
    /// Does nothing where the table has no such column.
    void setColour(const QString& colour);

private:
    /// What stands in the list of colours; from FirstColumn on, the columns of the table.
    enum Colour { Norm, None, FirstColumn };

    void createBar();
    void connectDocument();
    void showTable();
    void showWeights();
    void showPicture();
    void showColours();
    void showColumn(const CategoryColumn& column);
    void offerColours();
    void showColumns();
    void nameTokens();
    [[nodiscard]] QString badge() const;
    [[nodiscard]] QString axisTitle(std::size_t axis) const;
    [[nodiscard]] QString tooltipOf(Index row) const;

    Document* m_document;
    TrainingRun* m_run;
    MapView* m_view = nullptr;
    QLabel* m_method = nullptr;
    QComboBox* m_colour = nullptr;
    QCheckBox* m_follow = nullptr;
    std::shared_ptr<const Pca> m_shownAxes;
};

} // namespace embedscope
