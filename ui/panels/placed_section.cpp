// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/placed_section.h"

#include "ui/bridge/qt_text.h"
#include "ui/model/placed_points.h"
#include "ui/panels/map_form.h"
#include "ui/widgets/help_text.h"
#include "ui/widgets/section_caption.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QShortcut>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

namespace embedscope {

namespace {

constexpr int kMostLines = 4; // seen at once

QString listed(const std::vector<std::string>& tokens)
{
    QStringList out;
    for (const std::string& token : tokens)
        out << displayToken(token);
    return out.join(QStringLiteral(", "));
}

} // namespace

PlacedSection::PlacedSection(PlacedPoints* points, QWidget* parent)
    : QWidget(parent)
    , m_points(points)
    , m_text(new QLineEdit)
    , m_list(new QListWidget)
    , m_remove(new QPushButton(tr("Remove")))
    , m_clear(new QPushButton(tr("Clear")))
    , m_note(new HelpText)
{
    auto* column = formColumn(this);
    column->setSpacing(6);
    column->addWidget(new SectionCaption(tr("Placed points")));
    m_text->setPlaceholderText(tr("king - man + woman"));
    m_text->setAccessibleName(tr("Word, formula or sentence to place on the map"));
    m_text->setToolTip(plainToolTip(tr(
        "A word, a formula, or a sentence, of whose words the mean is taken. On t-SNE and UMAP maps a new point lies "
        "between its nearest rows, on principal components and axes where it belongs exactly; the map stays as it "
        "is. Takes effect with Enter.")));
    m_list->setAccessibleName(tr("Placed points"));
    column->addWidget(m_text);
    column->addWidget(m_list);
    column->addWidget(m_note);
    createButtons();
    connect(m_text, &QLineEdit::returnPressed, this, &PlacedSection::addTyped);
    connect(m_list, &QListWidget::currentRowChanged, this, &PlacedSection::showPoints);
    connect(m_points, &PlacedPoints::changed, this, &PlacedSection::showPoints);
    hide();
    showPoints();
}

void PlacedSection::createButtons()
{
    auto* row = new QHBoxLayout;
    row->addWidget(m_remove);
    row->addWidget(m_clear);
    row->addStretch();
    static_cast<QVBoxLayout*>(layout())->addLayout(row);
    m_remove->setToolTip(tr("Takes the chosen point away (Delete)."));
    m_clear->setToolTip(tr("Takes all placed points away."));
    auto* key = new QShortcut(QKeySequence::Delete, m_list);
    key->setContext(Qt::WidgetShortcut);
    connect(key, &QShortcut::activated, this, &PlacedSection::removeChosen);
    connect(m_remove, &QPushButton::clicked, this, &PlacedSection::removeChosen);
    connect(m_clear, &QPushButton::clicked, this, [this] {
        m_points->clear();
        setVisible(false);
    });
}

void PlacedSection::ask()
{
    setVisible(true);
    m_text->setFocus();
    m_text->selectAll();
}

void PlacedSection::addTyped()
{
    m_points->add(m_text->text());
    m_text->clear();
    m_list->setCurrentRow(m_list->count() - 1);
}

void PlacedSection::removeChosen()
{
    if (const int row = m_list->currentRow(); row >= 0)
        m_points->remove(static_cast<std::size_t>(row));
}

QString PlacedSection::noteOn(const PlacedPoint& point)
{
    QStringList notes;
    if (point.error)
        notes << errorText(*point.error);
    if (point.mean)
        notes << tr("The mean of its words.");
    if (!point.composed.empty())
        notes << tr("Not in the vocabulary, composed from their parts: %1.").arg(listed(point.composed));
    if (!point.leftOut.empty())
        notes << tr("Not in the vocabulary, left out: %1.").arg(listed(point.leftOut));
    return notes.join(QLatin1Char('\n'));
}

/// A list that is as before is not filled anew: on a live map its points move at display rate.
void PlacedSection::showPoints()
{
    const auto& points = m_points->points();
    bool same = m_list->count() == static_cast<int>(points.size());
    for (int i = 0; same && i < m_list->count(); ++i)
        same = m_list->item(i)->text() == points[static_cast<std::size_t>(i)].text;
    if (!same) {
        const QSignalBlocker quiet(m_list);
        const int before = m_list->currentRow();
        m_list->clear();
        for (const PlacedPoint& point : points)
            m_list->addItem(point.text);
        m_list->setCurrentRow(std::min(before, m_list->count() - 1));
        const int lines = std::clamp(m_list->count(), 1, kMostLines);
        m_list->setFixedHeight(lines * std::max(m_list->sizeHintForRow(0), m_list->fontMetrics().height()) +
                               2 * m_list->frameWidth());
    }
    if (!points.empty() && isHidden())
        setVisible(true);
    m_list->setVisible(!points.empty());
    m_clear->setVisible(!points.empty());
    m_remove->setVisible(!points.empty());
    m_remove->setEnabled(m_list->currentRow() >= 0);
    const int chosen = m_list->currentRow();
    const QString note = chosen >= 0 ? noteOn(points[static_cast<std::size_t>(chosen)]) : QString();
    if (note != m_note->text())
        m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

} // namespace embedscope
