// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window_selection.h"

#include "ui/bridge/qt_text.h"
#include "ui/dialogs/export_dialog.h"
#include "ui/panels/vocabulary_panel.h"
#include "ui/plot/map_view.h"

#include <QActionGroup>
#include <QClipboard>
#include <QGuiApplication>
#include <QLocale>

namespace embedscope {

WindowSelection::WindowSelection(Workspace* workspace, ActionRegistry* actions, MapView* map,
                                 VocabularyPanel* vocabulary, QWidget* window)
    : QObject(window)
    , m_workspace(workspace)
    , m_actions(actions)
    , m_map(map)
    , m_vocabulary(vocabulary)
    , m_window(window)
{
    addTools();
    addChoices();
    addUses();
    connect(&m_workspace->selection, &Selection::rowsChanged, this, &WindowSelection::updateActions);
    connect(&m_workspace->selection, &Selection::selectedChanged, this, &WindowSelection::updateActions);
    connect(&m_workspace->document, &Document::tableChanged, this, &WindowSelection::updateActions);
    updateActions();
}

void WindowSelection::addTools()
{
    auto* group = new QActionGroup(this);
    addTool(group, "select.move", tr("&Move the Map"), {}, MapTool::Move, tr("Dragging moves or turns the map."));
    addTool(group, "select.rectangle", tr("By &Rectangle"), Qt::CTRL | Qt::SHIFT | Qt::Key_B, MapTool::Rectangle,
            tr("Dragging on the map selects the rows in a rectangle."));
    addTool(group, "select.lasso", tr("By &Lasso"), Qt::CTRL | Qt::SHIFT | Qt::Key_L, MapTool::Lasso,
            tr("Dragging on the map selects the rows one draws around."));
}

void WindowSelection::addTool(QActionGroup* group, const char* id, const QString& text, const QKeySequence& key,
                              MapTool tool, const QString& toolTip)
{
    QList<QKeySequence> keys;
    if (!key.isEmpty())
        keys.append(key);
    QAction* action = m_actions->add({QString::fromLatin1(id), text, tr("Select"), keys, std::nullopt, toolTip, true});
    group->addAction(action);
    action->setChecked(m_map->tool() == tool);
    connect(action, &QAction::triggered, m_map, [this, tool] { m_map->setTool(tool); });
    connect(m_map, &MapView::toolChanged, action, [action, tool](MapTool now) { action->setChecked(now == tool); });
}

QAction* WindowSelection::add(const char* id, const QString& text, const QString& toolTip,
                              void (WindowSelection::*act)(), const QList<QKeySequence>& keys)
{
    QAction* action = m_actions->add({QString::fromLatin1(id), text, tr("Select"), keys, std::nullopt, toolTip});
    connect(action, &QAction::triggered, this, act);
    return action;
}

void WindowSelection::addChoices()
{
    add("select.word", tr("&Add the Word"), tr("Adds the word that is shown to the selected rows, or takes it away."),
        &WindowSelection::addWord);
    add("select.neighbours", tr("Add Its &Neighbours"), tr("Adds the neighbours that are listed for the word."),
        &WindowSelection::addNeighbours);
    add("select.listed", tr("Add the L&isted Rows"), tr("Adds the rows that the vocabulary lists, by its filter."),
        &WindowSelection::addListed);
    add("select.invert", tr("In&vert"), tr("Selects all rows that are not selected."), &WindowSelection::invert);
    add("select.clear", tr("&Clear"), tr("Nothing is selected."), &WindowSelection::clear);
}

void WindowSelection::addUses()
{
    add("select.copy", tr("C&opy Tokens"), tr("Copies the tokens of the selected rows, one a line."),
        &WindowSelection::copyTokens, {Qt::CTRL | Qt::SHIFT | Qt::Key_C});
    add("select.export", tr("&Export Selected Rows…"), tr("Writes the selected rows as a table of their own."),
        &WindowSelection::exportRows);
}

void WindowSelection::addWord()
{
    Selection& selection = m_workspace->selection;
    if (const auto row = selection.selected())
        selection.changeRows({*row}, selection.contains(*row) ? Selection::Combine::Remove : Selection::Combine::Add);
}

void WindowSelection::addNeighbours()
{
    m_workspace->selection.addRows(m_map->neighbours());
}

void WindowSelection::addListed()
{
    const VocabularyModel& model = *m_vocabulary->model();
    Selection::Rows rows;
    rows.reserve(static_cast<std::size_t>(model.rowCount()));
    for (int place = 0; place < model.rowCount(); ++place)
        rows.push_back(model.rowAt(place));
    m_workspace->selection.addRows(std::move(rows));
}

void WindowSelection::invert()
{
    m_workspace->selection.invertRows(m_workspace->document.snapshot().table->rows());
}

void WindowSelection::clear()
{
    m_workspace->selection.clearRows();
}

void WindowSelection::copyTokens()
{
    const Vocabulary& vocabulary = m_workspace->document.snapshot().table->vocabulary();
    QStringList tokens;
    for (const Index row : m_workspace->selection.rows())
        tokens.append(toQString(vocabulary[row]));
    QGuiApplication::clipboard()->setText(tokens.join(QLatin1Char('\n')));
}

void WindowSelection::exportRows()
{
    Document& document = m_workspace->document;
    // What is selected when one asks; the dialog may stand open for long.
    const auto rows = m_workspace->selection.sharedRows();
    const QLocale locale;
    const QString shape =
        QStringLiteral("%1 × %2").arg(locale.toString(static_cast<qlonglong>(rows->size())),
                                      locale.toString(static_cast<qlonglong>(document.snapshot().table->dim())));
    ExportDialog dialog({document.tableName(), shape, false, m_workspace->settings.lastFolder(FolderUse::Export), {}},
                        m_window);
    if (dialog.exec() != QDialog::Accepted)
        return;
    const ExportRequest request = dialog.request();
    m_workspace->settings.setLastFolder(FolderUse::Export, request.path);
    if (const auto format = tableFormat(request.format))
        document.saveRows(request.path, *format, rows);
}

void WindowSelection::updateActions()
{
    const Selection& selection = m_workspace->selection;
    const bool open = m_workspace->document.hasTable();
    for (const auto& [id, enabled] : {std::pair("select.word", open && selection.selected()),
                                      {"select.neighbours", open && selection.selected()},
                                      {"select.listed", open},
                                      {"select.invert", open},
                                      {"select.clear", selection.hasRows()},
                                      {"select.copy", open && selection.hasRows()},
                                      {"select.export", open && selection.hasRows()}})
        m_actions->action(QString::fromLatin1(id))->setEnabled(enabled);
}

} // namespace embedscope
