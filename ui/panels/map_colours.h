// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/latest_job.h"
#include "ui/model/document.h"

#include <QWidget>

#include <memory>
#include <vector>

class QComboBox;
class QSpinBox;

namespace embedscope {

class MapView;

/// What the dots of a map are coloured by: a column of categories or numbers, the norm, a dimension, clusters, or
/// nothing. Clusters are found in a job: by k-means among the vectors, or by density on the map that is on screen.
class MapColours : public QWidget
{
    Q_OBJECT

public:
    MapColours(Document* document, MapView* view, JobRunner* jobs, QWidget* parent = nullptr);

    /// "norm", "none", "dimension 3", "clusters 10", "density", or "column " and the name of a column.
    [[nodiscard]] QString colour() const;
    /// Does nothing where the table has no such column or dimension.
    void setColour(const QString& colour);

    /// The dots were coloured from elsewhere: the list says by what, and nothing is coloured anew before another
    /// choice.
    void showElsewhere(const QString& name);

    /// Another table, or other columns of it: a colour that is still there stays where it is wanted to.
    void showTable(bool keep);
    /// Other numbers of the same rows.
    void showWeights();

Q_SIGNALS:
    /// A choice of the list.
    void coloursChosen();

protected:
    void changeEvent(QEvent* event) override;

private:
    enum class Kind { Norm, Dimension, None, Category, Number, Clusters, Density, Elsewhere };
    struct Choice
    {
        Kind kind = Kind::Norm;
        std::size_t column = 0;
    };

    void offer();
    void add(const QString& text, Kind kind, std::size_t column = 0);
    void show();
    void forgetElsewhere();
    void showCategories(const CategoryColumn& column);
    void showNumbers(const NumberColumn& column);
    void showDimension();
    void findClusters();
    void findDensity(std::chrono::milliseconds delay);
    void followMap();
    void outline(const std::vector<std::int32_t>& labels);
    void forgetOutlines();
    void showClusters(const std::vector<std::int32_t>& labels);
    [[nodiscard]] Choice chosen() const;

    Document* m_document;
    MapView* m_view;
    QComboBox* m_box = nullptr;
    QSpinBox* m_dimension = nullptr;
    QSpinBox* m_clusters = nullptr;
    LatestJob m_job;
    bool m_outlined = false;
    std::vector<Choice> m_choices; // in the order of the list
    QString m_shown;               // what colour() was when it was last shown
};

} // namespace embedscope
