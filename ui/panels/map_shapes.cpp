// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/map_shapes.h"

#include "ui/bridge/qt_text.h"
#include "ui/panels/map_form.h"
#include "ui/plot/map_view.h"

#include <QComboBox>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace embedscope {

namespace {

// What a choice stands for; the columns follow.
enum Choice { kNone = -2, kNorm = -1 };

} // namespace

MapShapes::MapShapes(Document* document, MapView* view, QWidget* parent)
    : QWidget(parent)
    , m_document(document)
    , m_view(view)
    , m_size(new QComboBox)
    , m_opacity(new QComboBox)
{
    auto* column = formColumn(this);
    column->setSpacing(6);
    addMapRow(column, tr("Size of dots"), m_size, tr("Larger dots for larger values of a column."),
              QStringLiteral("size"), MapEffect::AtOnce);
    addMapRow(column, tr("Opacity of dots"), m_opacity, tr("Fainter dots for smaller values of a column."),
              QStringLiteral("opacity"), MapEffect::AtOnce);
    for (QComboBox* box : {m_size, m_opacity})
        connect(box, &QComboBox::currentIndexChanged, this, &MapShapes::showShapes);
    connect(document, &Document::tableChanged, this, &MapShapes::offer);
    connect(document, &Document::columnsChanged, this, &MapShapes::offer);
    connect(document, &Document::weightsChanged, this, &MapShapes::showShapes);
    offer();
}

/// A column that is still there stays chosen.
void MapShapes::offer()
{
    for (QComboBox* box : {m_size, m_opacity}) {
        const QSignalBlocker quiet(box);
        const QString before = box->currentText();
        box->clear();
        box->addItem(tr("none"), kNone);
        box->addItem(tr("norm"), kNorm);
        if (m_document->hasTable()) {
            const auto& columns = m_document->snapshot().table->numberColumns();
            for (std::size_t i = 0; i < columns.size(); ++i)
                box->addItem(displayToken(columns[i].name), static_cast<int>(i));
        }
        box->setCurrentIndex(std::max(0, box->findText(before)));
    }
    showShapes();
}

std::shared_ptr<const std::vector<float>> MapShapes::valuesOf(const QComboBox& box) const
{
    const int choice = box.currentData().toInt();
    const TableSnapshot& snapshot = m_document->snapshot();
    if (choice == kNone || !snapshot.table)
        return nullptr;
    if (choice == kNorm)
        return snapshot.norms;
    const std::vector<double>& values = snapshot.table->numberColumns()[static_cast<std::size_t>(choice)].values;
    auto out = std::make_shared<std::vector<float>>();
    out->reserve(values.size());
    for (const double value : values)
        out->push_back(static_cast<float>(value));
    return out;
}

void MapShapes::showShapes()
{
    m_view->setSizes(valuesOf(*m_size));
    m_view->setOpacities(valuesOf(*m_opacity));
}

} // namespace embedscope
