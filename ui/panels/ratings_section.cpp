// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/ratings_section.h"

#include "ui/bridge/qt_text.h"
#include "ui/panels/option_editors.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSpinBox>
#include <QStandardItemModel>
#include <QVBoxLayout>

#include <limits>

namespace embedscope {

namespace {

QString grouped(qint64 number)
{
    return QLocale().toString(number);
}

} // namespace

RatingsSection::RatingsSection(RecommenderRun* run, QWidget* parent)
    : QWidget(parent)
    , m_run(run)
{
    createEditors();
    createRows();
    connect(m_loss, &QComboBox::currentIndexChanged, this, &RatingsSection::suggest);
    connect(m_train, &QPushButton::clicked, this, [this] { m_run->begin(options()); });
    connect(m_items, &QPushButton::clicked, this, [this] { m_run->showSide(RatingSide::Items); });
    connect(m_users, &QPushButton::clicked, this, [this] { m_run->showSide(RatingSide::Users); });
    connect(m_run, &RecommenderRun::ratingsChanged, this, &RatingsSection::showRatings);
    connect(m_run, &RecommenderRun::stateChanged, this, &RatingsSection::showRun);
    suggest();
    showRatings();
}

void RatingsSection::createEditors()
{
    const RecommenderOptions usual;
    m_file = new QLabel;
    m_counts = new QLabel;
    for (QLabel* label : {m_file, m_counts}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_counts->setForegroundRole(QPalette::PlaceholderText);
    m_loss = choice({{tr("Squared error"), static_cast<int>(RecommenderLoss::Squared)},
                     {tr("BPR"), static_cast<int>(RecommenderLoss::Bpr)},
                     {tr("Softmax"), static_cast<int>(RecommenderLoss::Softmax)}});
    m_dim = wholeNumber(1, 4096, static_cast<int>(usual.embedding_dim));
    m_reg = realNumber(0, 100, 4, usual.reg);
    m_epochs = wholeNumber(1, 100000, static_cast<int>(usual.epochs));
    m_seed = wholeNumber(0, std::numeric_limits<int>::max(), 0);
    m_train = new QPushButton(tr("Train Recommender"));
    m_train->setToolTip(
        tr("Learns a vector for each user and item; a tenth of the ratings is held out to measure it."));
    m_items = new QPushButton(tr("Show Items"));
    m_items->setToolTip(tr("Opens the vectors of the items as the table on the map."));
    m_users = new QPushButton(tr("Show Users"));
    m_users->setToolTip(tr("Opens the vectors of the users as the table on the map."));
}

void RatingsSection::createRows()
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(m_file);
    column->addWidget(m_counts);
    m_rows = new QWidget;
    auto* rows = new QVBoxLayout(m_rows);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(8);
    addOptionRow(rows, recommenderParameter("loss"), m_loss);
    addOptionRow(rows, recommenderParameter("embedding_dim"), m_dim);
    addOptionRow(rows, recommenderParameter("reg"), m_reg);
    addOptionRow(rows, recommenderParameter("epochs"), m_epochs);
    addOptionRow(rows, recommenderParameter("seed"), m_seed);
    column->addWidget(m_rows);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(6);
    for (QPushButton* button : {m_train, m_items, m_users})
        buttons->addWidget(button);
    buttons->addStretch();
    column->addLayout(buttons);
}

RecommenderLoss RatingsSection::loss() const
{
    return static_cast<RecommenderLoss>(m_loss->currentData().toInt());
}

RecommenderOptions RatingsSection::options() const
{
    RecommenderOptions options = defaultsFor(loss());
    options.embedding_dim = m_dim->value();
    options.reg = m_reg->value();
    options.epochs = m_epochs->value();
    options.seed = static_cast<std::uint64_t>(m_seed->value());
    return options;
}

void RatingsSection::suggest()
{
    const RecommenderOptions usual = defaultsFor(loss());
    m_reg->setValue(usual.reg);
    m_epochs->setValue(static_cast<int>(usual.epochs));
}

void RatingsSection::showRatings()
{
    if (const auto& set = m_run->ratings().set) {
        m_file->setText(QFileInfo(m_run->ratings().path).fileName());
        m_file->setToolTip(plainToolTip(m_run->ratings().path));
        m_counts->setText(
            tr("%1 ratings of %2 items by %3 users")
                .arg(grouped(std::ssize(set->ratings)), grouped(set->items.size()), grouped(set->users.size())));
        auto* items = qobject_cast<QStandardItemModel*>(m_loss->model());
        const int squared = m_loss->findData(static_cast<int>(RecommenderLoss::Squared));
        items->item(squared)->setEnabled(set->hasValues);
        const auto suited = set->hasValues ? RecommenderLoss::Squared : RecommenderLoss::Bpr;
        m_loss->setCurrentIndex(m_loss->findData(static_cast<int>(suited)));
    }
    showRun();
}

void RatingsSection::showRun()
{
    m_rows->setEnabled(!m_run->training());
    m_train->setEnabled(m_run->hasRatings() && !m_run->training() && !m_blocked);
    for (QPushButton* button : {m_items, m_users}) {
        button->setVisible(m_run->hasModel());
        button->setEnabled(!m_run->training() && !m_blocked);
    }
}

void RatingsSection::setBlocked(bool blocked)
{
    m_blocked = blocked;
    showRun();
}

} // namespace embedscope
