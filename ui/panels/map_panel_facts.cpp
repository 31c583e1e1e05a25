// SPDX-License-Identifier: GPL-3.0-or-later
// What the map on screen was made with, for files.
#include "core/base/strings.h"
#include "core/project/map_settings.h"
#include "ui/panels/map_panel.h"

#include <cmath>

namespace embedscope {

namespace {

Fields factsOf(const ComputedMap& map)
{
    const MapFrame& frame = map.frame;
    Fields facts = mapSettings(frame.options);
    facts["rows"] = std::to_string(frame.points);
    facts["neighbors_kind"] = frame.exact ? "exact" : "approximate";
    if (!frame.exact)
        facts["neighbors_recall"] = formatNumber(frame.recall);
    facts[frame.options.method == MapMethod::Tsne ? "iterations_done" : "epochs_done"] = std::to_string(frame.step);
    if (!std::isnan(frame.kl))
        facts["kl_divergence"] = formatNumber(frame.kl);
    if (!map.labelColumn.empty() && frame.options.tsne.supervision > 0)
        facts["label_column"] = map.labelColumn;
    return facts;
}

Fields factsOf(const PcaMap& pca)
{
    MapOptions options;
    options.method = MapMethod::Pca;
    options.dims = pca.shownAxes().dims;
    Fields facts = mapSettings(options);
    facts["rows"] = std::to_string(pca.points());
    facts["whiten"] = pca.shownAxes().whiten ? "true" : "false";
    std::string components;
    for (Index axis = 0; axis < options.dims; ++axis) {
        components.append(components.empty() ? "" : " ");
        components.append(std::to_string(pca.shownAxes().components.at(static_cast<std::size_t>(axis)) + 1));
    }
    facts["components"] = components;
    return facts;
}

} // namespace

Fields MapPanel::facts() const
{
    if (!m_document->hasTable())
        return {};
    Fields facts;
    if (const ComputedMap* map = shownMap()) {
        facts = factsOf(*map);
        if (m_maps->isOfOlderTable(*map))
            facts["table_changed_since"] = "true";
    } else if (showsAxes()) {
        const MapPicture picture = axesPicture();
        facts = {{"method", "axes"},
                 {"dims", std::to_string(picture.coordinates->cols())},
                 {"x", picture.xTitle.toStdString()},
                 {"y", picture.yTitle.toStdString()}};
        if (!picture.zTitle.isEmpty())
            facts["z"] = picture.zTitle.toStdString();
    } else
        facts = factsOf(*m_pca);
    facts["rows_of_table"] = std::to_string(m_document->snapshot().table->rows());
    return facts;
}

} // namespace embedscope
