// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/model/vocabulary_model.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QStackedWidget;
class QToolButton;

namespace embedscope {

class HelpText;
class Selection;
class TokenTable;

/// The list of all tokens: filter, sort, and choose one for every other view.
class VocabularyPanel : public QWidget
{
    Q_OBJECT

public:
    /// `selection` and `runner` outlive the panel.
    VocabularyPanel(Selection* selection, JobRunner* runner, QWidget* parent = nullptr);

    /// Both null, or one norm a row.
    void setTable(VocabularyModel::Table table, VocabularyModel::Norms norms);
    /// New norms of the same rows, while training.
    void updateNorms(VocabularyModel::Norms norms);

    [[nodiscard]] VocabularyModel* model() const { return m_model; }

public Q_SLOTS:
    void focusFilter();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void createTable();
    void fitColumns();
    void createLayout();
    void connectParts();

    bool handleFilterKey(int key);
    void enterTable();
    void chooseFirst();
    void takeSelectionOfView();
    [[nodiscard]] QModelIndex selectedIndex() const;
    void showSelection();
    void scrollToSelection();
    void showHover();
    void hoverPlace(int place);
    void onOrderChanged();
    void updateTexts();
    void showChosen();

    Selection* m_selection;
    VocabularyModel* m_model;
    QLineEdit* m_filter;
    TokenTable* m_table;
    QStackedWidget* m_pages;
    QLabel* m_empty;
    HelpText* m_count;
    QToolButton* m_only;             // the chosen rows alone
    bool m_showing = false;          // the view follows the selection, not the other way round
    bool m_chooseWhenSorted = false; // Enter came before the filter was done
};

} // namespace embedscope
