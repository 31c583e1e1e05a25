// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/start_page.h"

#include "ui/widgets/fonts.h"
#include "ui/widgets/help_text.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/recent_row.h"
#include "ui/widgets/section_caption.h"
#include "ui/widgets/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

namespace embedscope {

namespace {

constexpr int kColumn = 560;
constexpr int kLogo = 64;
constexpr int kEdge = 14;

QPushButton* bigButton(IconName name, const QString& text, const QString& toolTip)
{
    auto* button = new QPushButton(icon(name), text);
    button->setMinimumHeight(38);
    button->setToolTip(toolTip);
    button->setAutoDefault(false);
    return button;
}

/// Shows the program's mark sharply at any device pixel ratio.
class Logo : public QWidget
{
public:
    Logo() { setFixedSize(kLogo, kLogo); }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        appIcon().paint(&painter, rect());
    }
};

} // namespace

StartPage::StartPage(QWidget* parent)
    : QWidget(parent)
    , m_recentHead(makeRecentHead())
    , m_recentRows(new QVBoxLayout)
    , m_hint(new HelpText(tr("Or drop a file anywhere in this window. Everything stays on this computer.")))
{
    m_recentRows->setSpacing(0);
    m_hint->setAlignment(Qt::AlignHCenter);

    auto* content = new QWidget;
    content->setMaximumWidth(kColumn);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(24, 24, 24, 24);
    column->setSpacing(0);
    column->addStretch(2);
    column->addWidget(makeHead());
    column->addSpacing(28);
    column->addWidget(makeButtons());
    column->addSpacing(32);
    column->addWidget(m_recentHead);
    column->addSpacing(4);
    column->addLayout(m_recentRows);
    column->addStretch(3);
    column->addWidget(m_hint);

    auto* middle = new QWidget;
    auto* row = new QHBoxLayout(middle);
    row->setContentsMargins(0, 0, 0, 0);
    row->addStretch(1);
    row->addWidget(content, 100);
    row->addStretch(1);

    auto* scroll = new QScrollArea;
    scroll->setWidget(middle);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    middle->setAutoFillBackground(false);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(kEdge, kEdge, kEdge, kEdge);
    outer->addWidget(scroll);
    setRecent({});
}

QWidget* StartPage::makeHead()
{
    auto* title = new QLabel(QStringLiteral("Embedscope"));
    QFont big = titleFont(title->font());
    big.setPointSizeF(big.pointSizeF() * 1.3);
    title->setFont(big);
    auto* sentence =
        new QLabel(tr("See word vectors as a map, train a classifier on them and watch the table move, then take the "
                      "weights into PyTorch."));
    sentence->setWordWrap(true);
    sentence->setForegroundRole(QPalette::PlaceholderText);

    auto* head = new QWidget;
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(20);
    row->addWidget(new Logo, 0, Qt::AlignTop);
    auto* words = new QVBoxLayout;
    words->setSpacing(6);
    words->addWidget(title);
    words->addWidget(sentence);
    row->addLayout(words, 1);
    return head;
}

QWidget* StartPage::makeButtons()
{
    auto* vectors =
        bigButton(IconName::Open, tr("Open &Vectors…"),
                  tr("Open a table of vectors: GloVe, word2vec, fastText, NumPy, PyTorch, safetensors, CSV"));
    auto* text = bigButton(IconName::Text, tr("Open &Text…"), tr("Open labelled sentences to train a classifier on"));
    auto* sample =
        bigButton(IconName::Sample, tr("Open the &Sample"), tr("Open the sentences that come with Embedscope"));
    vectors->setDefault(true);
    vectors->setIcon(icon(IconName::Open, QPalette::BrightText));
    connect(vectors, &QPushButton::clicked, this, &StartPage::openVectorsRequested);
    connect(text, &QPushButton::clicked, this, &StartPage::openTextRequested);
    connect(sample, &QPushButton::clicked, this, &StartPage::openSampleRequested);

    auto* buttons = new QWidget;
    auto* row = new QHBoxLayout(buttons);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    for (QPushButton* button : {vectors, text, sample})
        row->addWidget(button, 1);
    return buttons;
}

QWidget* StartPage::makeRecentHead()
{
    auto* clear = new QToolButton;
    clear->setText(tr("Clear"));
    clear->setAutoRaise(true);
    clear->setFocusPolicy(Qt::StrongFocus);
    clear->setAccessibleName(tr("Clear the list of recent files"));
    clear->setToolTip(tr("Forget these files; the files themselves stay"));
    connect(clear, &QToolButton::clicked, this, &StartPage::clearRecentRequested);

    auto* head = new QWidget;
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(new SectionCaption(tr("Recent")), 1);
    row->addWidget(clear);
    return head;
}

QWidget* StartPage::makeRecentRow(const RecentEntry& entry)
{
    auto* row = new RecentRow(entry.shown, entry.exists ? entry.age : tr("missing"));
    row->setEnabled(entry.exists);
    row->setToolTip(entry.path);
    connect(row, &QAbstractButton::clicked, this, [this, path = entry.path] { Q_EMIT openRecentRequested(path); });
    return row;
}

void StartPage::setRecent(const QVector<RecentEntry>& entries)
{
    while (QLayoutItem* item = m_recentRows->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    for (const RecentEntry& entry : entries)
        m_recentRows->addWidget(makeRecentRow(entry));
    m_recentHead->setVisible(!entries.isEmpty());
}

void StartPage::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(themeColors(palette()).separator, 1.5, Qt::CustomDashLine));
    QPen pen = painter.pen();
    pen.setDashPattern({5, 5});
    painter.setPen(pen);
    painter.drawRoundedRect(QRectF(rect()).adjusted(kEdge, kEdge, -kEdge, -kEdge), 10, 10);
}

} // namespace embedscope
