// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/model/document.h"
#include "ui/model/map_kind.h"
#include "ui/model/map_run.h"

#include <QWidget>

class QStackedWidget;

namespace embedscope {

class MapRunControls;
class SectionCaption;
class TsneSection;
class UmapSection;

/// The strip beside the map: the settings of the method that is shown, and for t-SNE and UMAP the run.
class MapSettings : public QWidget
{
    Q_OBJECT

public:
    MapSettings(Document* document, MapRun* run, QWidget* parent = nullptr);

    /// Pages for kinds that have settings elsewhere.
    void setPage(MapKind kind, QWidget* page);
    void setKind(MapKind kind);
    /// What belongs to all kinds, below the pages.
    void addSection(QWidget* section);

    [[nodiscard]] TsneSection& tsne() { return *m_tsne; }
    [[nodiscard]] UmapSection& umap() { return *m_umap; }
    [[nodiscard]] MapRunControls& controls() { return *m_controls; }

Q_SIGNALS:
    void closeRequested();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QWidget* createHeader();
    void takeOptions();
    void showOptions();
    void showColumns();

    Document* m_document;
    MapRun* m_run;
    MapKind m_kind = MapKind::Pca;
    SectionCaption* m_caption = nullptr;
    QStackedWidget* m_pages = nullptr;
    TsneSection* m_tsne = nullptr;
    UmapSection* m_umap = nullptr;
    MapRunControls* m_controls = nullptr;
};

} // namespace embedscope
