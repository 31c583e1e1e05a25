// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/map_settings.h"

#include "ui/bridge/qt_text.h"
#include "ui/panels/map_run_controls.h"
#include "ui/panels/tsne_section.h"
#include "ui/panels/umap_section.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/section_caption.h"
#include "ui/widgets/theme.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QScrollArea>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace embedscope {

namespace {

constexpr int kWidth = 280;

/// A page as high as its own content, and scrolled where that is higher than the strip.
QScrollArea* scrolled(QWidget* content)
{
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(14, 2, 14, 8);
    column->addWidget(content);
    column->addStretch();
    auto* area = new QScrollArea;
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(page);
    return area;
}

} // namespace

MapSettings::MapSettings(Document* document, MapRun* run, QWidget* parent)
    : QWidget(parent)
    , m_document(document)
    , m_run(run)
    , m_pages(new QStackedWidget)
    , m_tsne(new TsneSection)
    , m_umap(new UmapSection)
    , m_controls(new MapRunControls(run))
{
    setAccessibleName(tr("Map settings"));
    setFixedWidth(kWidth);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 8, 0, 10);
    column->setSpacing(8);
    column->addWidget(createHeader());
    column->addWidget(m_pages, 1);
    for (int i = 0; i < 4; ++i)
        m_pages->addWidget(new QWidget);
    setPage(MapKind::Tsne, m_tsne);
    setPage(MapKind::Umap, m_umap);
    m_controls->setContentsMargins(14, 0, 14, 0);
    column->addWidget(m_controls);
    connect(m_tsne, &TsneSection::edited, this, &MapSettings::takeOptions);
    connect(m_umap, &UmapSection::edited, this, &MapSettings::takeOptions);
    connect(m_run, &MapRun::optionsChanged, this, &MapSettings::showOptions);
    connect(m_document, &Document::tableChanged, this, &MapSettings::showColumns);
    connect(m_document, &Document::columnsChanged, this, &MapSettings::showColumns);
    showColumns();
    showOptions();
    setKind(MapKind::Pca);
}

QWidget* MapSettings::createHeader()
{
    auto* header = new QWidget;
    auto* row = new QHBoxLayout(header);
    row->setContentsMargins(14, 0, 8, 0);
    m_caption = new SectionCaption(tr("Map settings"));
    auto* close = new QToolButton;
    close->setIcon(icon(IconName::Close));
    close->setAutoRaise(true);
    close->setToolTip(tr("Hides the settings; they stay as they are."));
    close->setAccessibleName(tr("Hide map settings"));
    row->addWidget(m_caption, 1);
    row->addWidget(close);
    connect(close, &QToolButton::clicked, this, &MapSettings::closeRequested);
    return header;
}

/// A thin line between the map and its settings.
void MapSettings::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(QRect(0, 0, 1, height()), themeColors(palette()).border);
}

void MapSettings::setPage(MapKind kind, QWidget* page)
{
    const int place = static_cast<int>(kind);
    QWidget* before = m_pages->widget(place);
    m_pages->removeWidget(before);
    delete before;
    m_pages->insertWidget(place, scrolled(page));
    m_pages->setCurrentIndex(static_cast<int>(m_kind));
}

void MapSettings::setKind(MapKind kind)
{
    m_kind = kind;
    m_pages->setCurrentIndex(static_cast<int>(kind));
    const auto method = runMethod(kind);
    m_controls->setVisible(method.has_value());
    if (!method)
        return;
    m_controls->setMethod(*method);
    MapOptions options = m_run->options();
    options.method = *method;
    m_run->setOptions(options);
    showOptions();
}

void MapSettings::addSection(QWidget* section)
{
    auto* column = static_cast<QVBoxLayout*>(layout());
    section->setContentsMargins(14, 0, 14, 0);
    column->insertWidget(column->indexOf(m_controls), section);
}

void MapSettings::takeOptions()
{
    MapOptions options = m_run->options();
    if (m_kind == MapKind::Tsne)
        m_tsne->fill(options);
    else if (m_kind == MapKind::Umap)
        m_umap->fill(options);
    m_run->setLabelColumn(m_tsne->labelColumn().toStdString());
    m_run->setOptions(options);
}

void MapSettings::showOptions()
{
    const MapOptions& options = m_run->options();
    MapOptions shown = options;
    m_tsne->fill(shown);
    if (shown != options)
        m_tsne->setOptions(options);
    shown = options;
    m_umap->fill(shown);
    if (shown != options)
        m_umap->setOptions(options);
}

void MapSettings::showColumns()
{
    QStringList names;
    if (m_document->hasTable())
        for (const CategoryColumn& column : m_document->snapshot().table->columns())
            names << toQString(column.name);
    m_tsne->setLabelColumns(names, toQString(m_run->labelColumn()));
}

} // namespace embedscope
