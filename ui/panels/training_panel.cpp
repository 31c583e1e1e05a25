// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/training_panel.h"

#include "ui/bridge/qt_text.h"
#include "ui/model/preflight.h"
#include "ui/panels/data_section.h"
#include "ui/panels/live_section.h"
#include "ui/panels/model_section.h"
#include "ui/panels/ratings_section.h"
#include "ui/widgets/form_row.h"
#include "ui/widgets/section_caption.h"

#include <QComboBox>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace embedscope {

namespace {

constexpr double kSampleHaste = 10;
constexpr int kWatchablePace = 1; // in the list: one step a frame

bool touchesTable(const Document& document)
{
    return document.hasTable() && document.origin() != Document::Origin::None;
}

/// Editors below their title, as one part of the panel.
QWidget* captioned(const QString& caption, std::initializer_list<QWidget*> sections)
{
    auto* part = new QWidget;
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    column->addWidget(new SectionCaption(caption));
    for (QWidget* section : sections)
        column->addWidget(section);
    return part;
}

Index rowsAbove(const TableSnapshot& snapshot, const LiveSettings& settings)
{
    if (!snapshot.table || !settings.max_norm)
        return 0;
    if (settings.norm_type == 2.0) {
        const auto limit = static_cast<float>(*settings.max_norm);
        return std::count_if(snapshot.norms->begin(), snapshot.norms->end(),
                             [limit](float norm) { return norm > limit; });
    }
    return rowsAboveNorm(snapshot.table->weights(), *settings.max_norm, settings.norm_type);
}

} // namespace

TrainingPanel::TrainingPanel(Document* document, TrainingRun* run, RecommenderRun* recommender, Selection* selection,
                             QWidget* parent)
    : QScrollArea(parent)
    , m_document(document)
    , m_run(run)
    , m_recommender(recommender)
    , m_selection(selection)
{
    createSections();
    connectSections();
    showText();
    showRatings();
    showTable();
    showRun();
}

void TrainingPanel::createSections()
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setAccessibleName(tr("Training"));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(14, 12, 14, 12);
    column->setSpacing(18);
    m_data = new DataSection;
    m_ratings = new RatingsSection(m_recommender);
    m_model = new ModelSection;
    m_live = new LiveSection;
    m_ratingsPart = captioned(tr("Recommender"), {m_ratings});
    for (QWidget* part : {m_ratingsPart, captioned(tr("Data"), {m_data}), captioned(tr("Model"), {m_model}),
                          captioned(tr("Live switches"), {createPace(), m_live})})
        column->addWidget(part);
    column->addStretch();
    setWidget(content);
    suggestRate(QStringLiteral("adam"));
}

QWidget* TrainingPanel::createPace()
{
    auto* pace = new QComboBox;
    for (const int steps : {10, 60, 300})
        pace->addItem(tr("%1 steps a second").arg(steps), static_cast<double>(steps));
    pace->addItem(tr("Full speed"), 0.0);
    TrainingSession* session = &m_run->session();
    const auto choose = [session, pace] { session->setPace(pace->currentData().toDouble()); };
    pace->setCurrentIndex(kWatchablePace);
    choose();
    connect(pace, &QComboBox::currentIndexChanged, session, choose);
    auto* row = new FormRow(tr("Pace"), pace);
    row->setToolTip(tr("How fast the run may go while you watch; what is learned does not depend on it."));
    return row;
}

void TrainingPanel::connectSections()
{
    connect(m_data, &DataSection::openRequested, this, &TrainingPanel::openTextRequested);
    connect(m_model, &ModelSection::optimizerChanged, this, &TrainingPanel::suggestRate);
    connect(m_model, &ModelSection::edited, this, &TrainingPanel::showRules);
    connect(m_live, &LiveSection::settingsEdited, this, &TrainingPanel::takeSettings);
    connect(m_document, &Document::textChanged, this, &TrainingPanel::showText);
    connect(m_document, &Document::tableChanged, this, &TrainingPanel::showTable);
    connect(m_document, &Document::weightsChanged, this, &TrainingPanel::showRules);
    connect(m_document, &Document::coverageChanged, this, [this] { m_data->setCoverage(m_document->coverage()); });
    connect(m_run, &TrainingRun::stateChanged, this, &TrainingPanel::showRun);
    connect(m_recommender, &RecommenderRun::ratingsChanged, this, &TrainingPanel::showRatings);
    connect(m_run, &TrainingRun::settingsChanged, this, [this] {
        m_live->setSettings(m_run->settings());
        showRules();
    });
    connect(m_selection, &Selection::selectedChanged, this,
            [this] { m_live->setSelectedRow(m_selection->selected()); });
}

void TrainingPanel::begin(TrainingSession::State state)
{
    if (const auto fine = refusal(); !fine) {
        Q_EMIT refused(fine.error());
        return;
    }
    m_run->begin(options(), m_model->startFrom(), state);
}

TrainOptions TrainingPanel::options() const
{
    TrainOptions options = m_model->options();
    options.live = m_live->settings();
    options.live.zero_padding_row = 0;
    options.live.clear_table_state = 0;
    return options;
}

void TrainingPanel::setOptions(const TrainOptions& options, StartFrom from)
{
    m_model->setOptions(options);
    m_model->setStartFrom(from);
    m_live->setSettings(m_run->session().active() ? m_run->settings() : options.live);
    showRules();
}

Result<void> TrainingPanel::refusal() const
{
    RunShape shape{.dim = m_model->dim()};
    if (m_document->hasText())
        shape.classes = std::ssize(m_document->text().data->classes);
    return preflight(options(), shape);
}

void TrainingPanel::showRefusal()
{
    const auto fine = refusal();
    m_model->setRefusal(fine ? QString() : errorText(fine.error()));
}

void TrainingPanel::showTable()
{
    const bool trainable = touchesTable(*m_document) && m_document->origin() != Document::Origin::Fresh;
    const bool running = m_run->session().active() || m_run->preparing();
    m_live->setRows(m_document->hasTable() ? m_document->snapshot().table->rows() : 0);
    m_model->setOpenTable(trainable, m_document->hasTable() ? m_document->snapshot().table->dim() : 0);
    if (!running && m_document->origin() == Document::Origin::File)
        m_model->setStartFrom(StartFrom::OpenTable);
    m_live->setSelectedRow(m_selection->selected());
    showRules();
}

void TrainingPanel::showText()
{
    suggestRate(QString::fromStdString(m_model->options().optimizer));
    m_data->setText(m_document->text());
    m_data->setCoverage(m_document->coverage());
}

void TrainingPanel::showRatings()
{
    m_ratingsPart->setVisible(m_recommender->hasRatings());
    verticalScrollBar()->setValue(0);
}

void TrainingPanel::showRun()
{
    const bool active = m_run->session().active();
    m_model->setLocked(active || m_run->preparing());
    m_ratings->setBlocked(active || m_run->preparing());
    m_live->setRunning(active);
}

void TrainingPanel::showRules()
{
    const LiveSettings& settings = m_live->settings();
    RuleContext context;
    const TrainOptions options = m_model->options();
    context.optimizer = QString::fromStdString(options.optimizer);
    context.weightDecay = options.weight_decay;
    const TableSnapshot& snapshot = m_document->snapshot();
    context.rowsAboveMaxNorm = rowsAbove(snapshot, settings);
    if (snapshot.table && settings.padding_idx && *settings.padding_idx < snapshot.table->rows())
        context.paddingToken = displayToken(snapshot.table->vocabulary()[*settings.padding_idx]);
    m_live->setContext(context);
    showRefusal();
}

void TrainingPanel::takeSettings(const LiveSettings& settings)
{
    showRun();
    showRules();
    m_run->publish(settings);
}

void TrainingPanel::suggestRate(const QString& optimizer)
{
    LiveSettings settings = m_live->settings();
    settings.lr = defaultLearningRate(optimizer.toStdString());
    // The sample is small: with larger steps its words part in seconds.
    if (m_document->textIsSample() && optimizer.startsWith(QLatin1String("adam")))
        settings.lr *= kSampleHaste;
    m_live->setSettings(settings);
    showRules();
}

} // namespace embedscope
