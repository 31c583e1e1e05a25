// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/data_section.h"

#include "ui/bridge/qt_text.h"

#include <QFileInfo>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QStringList>
#include <QVBoxLayout>

namespace embedscope {

namespace {

QLabel* wrappingLabel(bool muted)
{
    auto* label = new QLabel;
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    if (muted)
        label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

QString classNames(const LabelledText& data)
{
    constexpr std::size_t kShown = 6;
    QStringList names;
    for (std::size_t i = 0; i < std::min(kShown, data.classes.size()); ++i)
        names.append(displayToken(data.classes[i]));
    if (data.classes.size() > kShown)
        names.append(QStringLiteral("…"));
    return names.join(QStringLiteral(" · "));
}

QString findings(const LabelledTextReport& report)
{
    QStringList out;
    if (report.emptySentences > 0)
        out.append(DataSection::tr("%n empty sentence(s)", nullptr, static_cast<int>(report.emptySentences)));
    if (report.unlabelled > 0)
        out.append(
            DataSection::tr("%n line(s) without a label left out", nullptr, static_cast<int>(report.unlabelled)));
    if (report.invalidUtf8 > 0)
        out.append(
            DataSection::tr("%n line(s) with bytes that are not UTF-8", nullptr, static_cast<int>(report.invalidUtf8)));
    return out.join(QStringLiteral(", "));
}

} // namespace

DataSection::DataSection(QWidget* parent)
    : QWidget(parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    m_file = wrappingLabel(false);
    m_counts = wrappingLabel(true);
    m_classes = wrappingLabel(true);
    m_coverage = wrappingLabel(true);
    auto* open = new QPushButton(tr("Open Text…"));
    open->setToolTip(tr("Labelled sentences: TSV, CSV, JSON Lines, fastText or \"label text\" lines."));
    connect(open, &QPushButton::clicked, this, &DataSection::openRequested);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_file, m_counts, m_classes, m_coverage})
        column->addWidget(widget);
    column->addSpacing(4);
    column->addWidget(open, 0, Qt::AlignLeft);
    setText({});
    setCoverage(std::nullopt);
}

void DataSection::setText(const OpenText& text)
{
    const bool open = text.data != nullptr;
    m_file->setText(open ? QFileInfo(text.path).fileName() : tr("Open labelled sentences to train on."));
    m_file->setToolTip(plainToolTip(text.path));
    m_counts->setVisible(open);
    m_classes->setVisible(open);
    if (!open)
        return;
    const QLocale locale;
    QString counts = tr("%1 sentences, %2 classes")
                         .arg(locale.toString(static_cast<qlonglong>(text.data->texts.size())),
                              locale.toString(static_cast<qlonglong>(text.data->classes.size())));
    if (const QString more = findings(text.data->report); !more.isEmpty())
        counts += QStringLiteral("; ") + more;
    m_counts->setText(counts);
    m_classes->setText(classNames(*text.data));
}

void DataSection::setCoverage(std::optional<double> coverage)
{
    m_coverage->setVisible(coverage.has_value());
    if (coverage)
        m_coverage->setText(tr("%1 % of its words have a vector").arg(QLocale().toString(*coverage * 100, 'f', 1)));
    m_coverage->setToolTip(tr("Counted as often as they occur; the others share the row of unknown words."));
}

} // namespace embedscope
