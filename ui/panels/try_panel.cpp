// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/try_panel.h"

#include "ui/bridge/qt_text.h"
#include "ui/panels/class_bars.h"
#include "ui/panels/sentence_words.h"
#include "ui/widgets/help_text.h"

#include <QLineEdit>
#include <QLocale>
#include <QVBoxLayout>

namespace embedscope {

TryPanel::TryPanel(TrainingRun* run, SentenceProbe* probe, Selection* selection, QWidget* parent)
    : QScrollArea(parent)
    , m_run(run)
    , m_probe(probe)
    , m_selection(selection)
{
    createContent();
    connect(m_line, &QLineEdit::textEdited, m_probe, &SentenceProbe::setText);
    connect(m_words, &SentenceWords::wordChosen, this, [this](Index row) {
        if (m_run->showsTable())
            m_selection->select(row);
    });
    connect(m_run, &TrainingRun::begun, this, &TryPanel::showRun);
    connect(m_probe, &SentenceProbe::wordsChanged, this, &TryPanel::showWords);
    connect(m_probe, &SentenceProbe::probabilitiesChanged, this, &TryPanel::showProbabilities);
    connect(m_selection, &Selection::selectedChanged, this, &TryPanel::showSelection);
    showRun();
    showWords();
    showProbabilities();
}

void TryPanel::createContent()
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Try a sentence"));
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(14, 10, 14, 10);
    column->setSpacing(8);
    m_line = new QLineEdit(m_probe->text());
    m_line->setPlaceholderText(tr("Type a sentence…"));
    m_line->setAccessibleName(tr("Sentence to try"));
    m_line->setClearButtonEnabled(true);
    m_words = new SentenceWords;
    m_bars = new ClassBars;
    m_note = new HelpText;
    for (QWidget* widget : std::initializer_list<QWidget*>{m_line, m_words, m_bars, m_note})
        column->addWidget(widget);
    column->addStretch();
    setWidget(content);
}

void TryPanel::showRun()
{
    std::vector<QString> names;
    if (const PreparedRun* run = m_run->prepared())
        for (const std::string& name : run->classes)
            names.push_back(displayToken(name));
    m_bars->setClasses(std::move(names));
    m_bars->setVisible(m_run->hasModel());
    m_line->setEnabled(m_run->hasModel());
    m_note->setText(note());
}

void TryPanel::showWords()
{
    m_words->setWords(m_probe->words());
    m_words->setVisible(!m_probe->words().empty());
    showSelection();
}

void TryPanel::showProbabilities()
{
    m_bars->setProbabilities(m_probe->probabilities());
    m_note->setText(note());
}

void TryPanel::showSelection()
{
    m_words->setSelectedRow(m_run->showsTable() ? m_selection->selected() : std::nullopt);
}

QString TryPanel::note() const
{
    if (!m_run->hasModel())
        return tr("Start a run; then the model says here what it takes your sentence for.");
    if (m_probe->wordsCut() > 0)
        return tr("The last %n word(s) are not read: the longest sentence is set to fewer.", nullptr,
                  static_cast<int>(m_probe->wordsCut()));
    if (m_probe->probabilities().empty())
        return {};
    return tr("Probabilities after step %1.").arg(QLocale().toString(static_cast<qlonglong>(m_probe->step())));
}

} // namespace embedscope
