// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/fold_section.h"

#include "ui/widgets/help_text.h"
#include "ui/widgets/icons.h"

#include <QToolButton>
#include <QVBoxLayout>

namespace embedscope {

FoldSection::FoldSection(const QString& title, QWidget* content, QWidget* parent)
    : QWidget(parent)
    , m_button(new QToolButton)
    , m_summary(new HelpText)
    , m_content(content)
{
    m_button->setText(title);
    m_button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_button->setAutoRaise(true);
    m_button->setCheckable(true);
    m_button->setFocusPolicy(Qt::StrongFocus);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(m_button, 0, Qt::AlignLeft);
    column->addWidget(m_summary);
    column->addWidget(m_content);
    connect(m_button, &QToolButton::toggled, this, &FoldSection::unfold);
    unfold(false);
}

bool FoldSection::isOpen() const
{
    return m_button->isChecked();
}

void FoldSection::setOpen(bool open)
{
    m_button->setChecked(open);
}

QString FoldSection::summary() const
{
    return m_summary->text();
}

void FoldSection::setSummary(const QString& text)
{
    m_summary->setText(text);
    m_button->setAccessibleDescription(text);
    m_summary->setVisible(!isOpen() && !text.isEmpty());
}

void FoldSection::unfold(bool open)
{
    m_button->setIcon(icon(open ? IconName::ChevronDown : IconName::ChevronRight));
    m_content->setVisible(open);
    m_summary->setVisible(!open && !m_summary->text().isEmpty());
}

} // namespace embedscope
