// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/job.h"
#include "ui/model/document.h"
#include "ui/model/map_job.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace embedscope {

class JobRunner;

/// A map that is there to be shown, and what it was made of.
struct ComputedMap
{
    MapFrame frame;
    ChosenRows rows; // none for all
    std::string labelColumn;
    int tableState = 0; // of MapRun when it began
};

/// The t-SNE and UMAP maps of the document's table: made in a job that shows its frames, pauses, goes on with other
/// settings and ends. One map of each method is kept; a map that is cancelled or fails leaves the one before.
/// Neighbours are found once for all maps of the same rows, metric and pca_dims. Knows no widget.
class MapRun : public QObject
{
    Q_OBJECT

public:
    MapRun(Document* document, JobRunner* jobs, QObject* parent = nullptr);
    ~MapRun() override;

    enum class State { Idle, Preparing, Running, Paused };
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool active() const { return m_state != State::Idle; }
    /// Of the run at hand; while there is one.
    [[nodiscard]] MapMethod method() const { return m_running.options.method; }
    [[nodiscard]] double stepsPerSecond() const { return m_stepsPerSecond; }

    /// What the next map shall be made by. A run at hand takes no notice before goOn().
    [[nodiscard]] const MapOptions& options() const { return m_options; }
    void setOptions(const MapOptions& options);
    [[nodiscard]] const ChosenRows& rows() const { return m_rows; }
    /// Ascending; null or empty for all.
    void setRows(ChosenRows rows);
    [[nodiscard]] const std::string& labelColumn() const { return m_labelColumn; }
    void setLabelColumn(const std::string& name);

    /// A map from the start, by the options; a run at hand is given up. Nothing for PCA, which is no run.
    void start();
    /// From where the points are, by the options: at once where a run is at hand, else by as many more iterations as
    /// wanted, at least one early phase. Nothing where canGoOn() is false.
    void goOn();
    [[nodiscard]] bool canGoOn() const;
    /// Shakes the points of a t-SNE map a little, and goes on.
    void perturb();
    [[nodiscard]] bool canPerturb() const;
    void pause();
    void resume();
    /// Ends after the step at hand; what was reached stays.
    void stop();
    /// Ends, and the map of before is there again.
    void cancel();

    /// Null where there is none. While a run is at hand, its last frame.
    [[nodiscard]] const ComputedMap* map(MapMethod method) const;
    /// All that are of the table as it is now and not still on their way.
    [[nodiscard]] std::vector<ComputedMap> currentMaps() const;
    /// A map that was kept elsewhere, of the table as it is now.
    void restore(const ComputedMap& map);
    /// Other options than those it was made by, as far as they matter to its method.
    [[nodiscard]] bool hasOtherSettings(const ComputedMap& map) const;
    [[nodiscard]] bool hasOtherRows(const ComputedMap& map) const;
    /// The numbers of the table have changed since.
    [[nodiscard]] bool isOfOlderTable(const ComputedMap& map) const;

    /// Neighbours of the rows by metric and pca_dims of the options, where they were found already; else null.
    [[nodiscard]] std::shared_ptr<const NeighborGraph> graph() const;
    [[nodiscard]] std::shared_ptr<const MapPoints> points() const;
    /// What a map was made of, where it is known still; else null.
    [[nodiscard]] std::shared_ptr<const MapPoints> pointsOf(const ComputedMap& map) const;

Q_SIGNALS:
    void optionsChanged();
    void rowsChanged();
    void stateChanged();
    void started();
    /// A picture of the run's method.
    void frameChanged();
    void finished();
    /// The map of before is there again, or none.
    void cancelled();
    /// Maps went or became those of an older table.
    void mapsChanged();
    void failed(const embedscope::Error& error);
    /// The run goes on without the change.
    void changeRefused(const embedscope::Error& error);

private:
    struct Neighbours
    {
        int tableState = -1;
        ChosenRows rows;
        Metric metric = Metric::Euclidean;
        Index pcaDims = 0;
        std::uint64_t seed = 0;
        std::shared_ptr<const MapPoints> points;
        std::shared_ptr<const NeighborGraph> graph;
    };

    void begin(MapTask task);
    void poll();
    void take(Result<MapOutcome> result);
    void show(MapFrame frame);
    void setState(State state);
    void dropJob();
    void onTable();
    void growMaps();
    void measureSpeed(const MapFrame& frame);
    void keepNeighbours(const MapLayout& layout);
    [[nodiscard]] bool fits(const Neighbours& found) const;
    [[nodiscard]] std::optional<ComputedMap>& slot(MapMethod method)
    {
        return m_maps.at(static_cast<std::size_t>(method));
    }

    Document* m_document;
    JobRunner* m_jobs;
    JobHandle m_job;
    QTimer m_poll;
    State m_state = State::Idle;

    MapOptions m_options;
    ChosenRows m_rows;
    std::string m_labelColumn;
    int m_tableState = 0; // grows as the numbers of the table change
    bool m_tableGrows = false;

    MapTask m_running; // what the run at hand was begun with
    int m_runningTableState = 0;
    std::shared_ptr<MapExchange> m_exchange; // while there is a run
    std::optional<ComputedMap> m_before;     // of its method
    std::shared_ptr<MapLayout> m_layout;     // of the last run that ended well
    ComputedMap m_layoutOf;
    std::array<std::optional<ComputedMap>, 3> m_maps;
    Neighbours m_neighbours;

    QElapsedTimer m_sinceFirstStep;
    Index m_firstStep = 0;
    double m_stepsPerSecond = 0;
};

} // namespace embedscope
