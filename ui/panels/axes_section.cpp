// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/axes_section.h"

#include "ui/bridge/qt_text.h"
#include "ui/panels/map_form.h"
#include "ui/widgets/help_text.h"
#include "ui/widgets/section_caption.h"

#include <QComboBox>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

namespace embedscope {

AxesSection::AxesSection(Document* document, AxesMap* map, QWidget* parent)
    : QWidget(parent)
    , m_document(document)
    , m_map(map)
{
    auto* column = formColumn(this);
    column->setSpacing(14);
    createAxis(column, 0, tr("Across"), tr("man -> woman"));
    createAxis(column, 1, tr("Up"), tr("bad -> good"));
    createAxis(column, 2, tr("Deep"), tr("small -> large"));
    column->addWidget(new HelpText(tr("Two words or formulas with an arrow between them make an axis: rows lie where "
                                      "their vectors fall on the line from one to the other, 0 halfway.")));
    connect(document, &Document::tableChanged, this, &AxesSection::offerKinds);
    connect(document, &Document::columnsChanged, this, &AxesSection::offerKinds);
    connect(map, &AxesMap::axesChanged, this, &AxesSection::showAxes);
    connect(map, &AxesMap::changed, this, &AxesSection::showProblems);
    offerKinds();
}

void AxesSection::createAxis(QVBoxLayout* column, std::size_t place, const QString& caption, const QString& example)
{
    Axis& axis = m_axes.at(place);
    axis.part = new QWidget;
    auto* rows = formColumn(axis.part);
    rows->setSpacing(6);
    rows->addWidget(new SectionCaption(caption));
    axis.kind = new QComboBox;
    axis.kind->setAccessibleName(tr("What is on the axis: %1").arg(caption));
    axis.kind->setToolTip(tr("What is on this axis. Takes effect at once."));
    axis.formula = new QLineEdit;
    axis.formula->setPlaceholderText(example);
    axis.formula->setAccessibleName(tr("Words or formula of the axis: %1").arg(caption));
    axis.formula->setToolTip(tr("Two words or formulas with an arrow between them, or one. Takes effect as you type."));
    axis.dimension = new QSpinBox;
    axis.dimension->setAccessibleName(tr("Dimension on the axis: %1").arg(caption));
    axis.dimension->setToolTip(tr("Which dimension of the vectors, counted from 0. Takes effect at once."));
    axis.problem = new HelpText;
    for (QWidget* widget : std::initializer_list<QWidget*>{axis.kind, axis.formula, axis.dimension, axis.problem})
        rows->addWidget(widget);
    column->addWidget(axis.part);
    connect(axis.kind, &QComboBox::currentIndexChanged, this, [this, place] { take(place); });
    connect(axis.formula, &QLineEdit::textChanged, this, [this, place] { take(place); });
    connect(axis.dimension, &QSpinBox::valueChanged, this, [this, place] { take(place); });
}

void AxesSection::offerKinds()
{
    using Kind = AxisSpec::Kind;
    for (Axis& axis : m_axes) {
        const QSignalBlocker quiet(axis.kind);
        const QSignalBlocker still(axis.dimension);
        axis.kind->clear();
        axis.kind->addItem(tr("Words or formula"), static_cast<int>(Kind::Direction));
        axis.kind->addItem(tr("Norm"), static_cast<int>(Kind::Norm));
        axis.kind->addItem(tr("Dimension"), static_cast<int>(Kind::Dimension));
        axis.kind->addItem(tr("Place in the table"), static_cast<int>(Kind::Row));
        if (!m_document->hasTable())
            continue;
        const EmbeddingTable& table = *m_document->snapshot().table;
        for (const NumberColumn& column : table.numberColumns()) {
            axis.kind->addItem(displayToken(column.name), static_cast<int>(Kind::Column));
            axis.kind->setItemData(axis.kind->count() - 1, QByteArray::fromStdString(column.name), Qt::UserRole + 1);
        }
        axis.dimension->setRange(0, static_cast<int>(table.dim()) - 1);
    }
    showAxes();
}

void AxesSection::take(std::size_t place)
{
    const Axis& axis = m_axes.at(place);
    AxisSpec spec = m_map->axis(place);
    spec.kind = static_cast<AxisSpec::Kind>(axis.kind->currentData().toInt());
    spec.formula = axis.formula->text();
    spec.dimension = axis.dimension->value();
    spec.column = axis.kind->currentData(Qt::UserRole + 1).toByteArray().toStdString();
    m_map->setAxis(place, spec);
    showAxes();
}

void AxesSection::showAxes()
{
    for (std::size_t place = 0; place < m_axes.size(); ++place) {
        const Axis& axis = m_axes.at(place);
        const AxisSpec& spec = m_map->axis(place);
        const QSignalBlocker quiet(axis.kind);
        const QSignalBlocker still(axis.dimension);
        const QSignalBlocker silent(axis.formula);
        for (int i = 0; i < axis.kind->count(); ++i)
            if (axis.kind->itemData(i).toInt() == static_cast<int>(spec.kind) &&
                axis.kind->itemData(i, Qt::UserRole + 1).toByteArray().toStdString() == spec.column)
                axis.kind->setCurrentIndex(i);
        if (axis.formula->text() != spec.formula)
            axis.formula->setText(spec.formula);
        axis.dimension->setValue(static_cast<int>(spec.dimension));
        axis.formula->setVisible(spec.kind == AxisSpec::Kind::Direction);
        axis.dimension->setVisible(spec.kind == AxisSpec::Kind::Dimension);
        axis.part->setVisible(place < 2 || m_map->dims() == 3);
    }
    showProblems();
}

/// An axis that nothing was typed for yet is no mistake.
void AxesSection::showProblems()
{
    for (std::size_t place = 0; place < m_axes.size(); ++place) {
        const AxisSpec& spec = m_map->axis(place);
        const auto& error = m_map->error(place);
        const bool untouched = spec.kind == AxisSpec::Kind::Direction && spec.formula.trimmed().isEmpty();
        m_axes.at(place).problem->setText(
            untouched ? tr("Type two words, such as %1.").arg(m_axes.at(place).formula->placeholderText())
            : error   ? errorText(*error)
                      : QString());
        m_axes.at(place).problem->setVisible(untouched || error.has_value());
    }
}

} // namespace embedscope
