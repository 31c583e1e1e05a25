// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/figure_dialog.h"

#include "ui/widgets/form_row.h"
#include "ui/widgets/help_text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace embedscope {

namespace {

QSpinBox* sideBox(int value, const QString& name)
{
    auto* box = new QSpinBox;
    box->setRange(16, 16000);
    box->setValue(value);
    box->setAccessibleName(name);
    return box;
}

} // namespace

FigureDialog::FigureDialog(const QString& path, QSize size, QWidget* parent)
    : QDialog(parent)
    , m_path(new QLineEdit(path))
    , m_note(new HelpText)
    , m_width(sideBox(size.width(), tr("Width")))
    , m_height(sideBox(size.height(), tr("Height")))
    , m_scale(new QComboBox)
    , m_colours(new QComboBox)
    , m_transparent(new QCheckBox(tr("&Transparent background")))
{
    setWindowTitle(tr("Export Figure"));
    for (const int scale : {1, 2, 3, 4})
        m_scale->addItem(tr("%1 dpi").arg(96 * scale), scale);
    m_scale->setCurrentIndex(1);
    m_colours->addItem(tr("As on screen"), static_cast<int>(FigureColours::AsShown));
    m_colours->addItem(tr("Light"), static_cast<int>(FigureColours::Light));
    m_colours->addItem(tr("Dark"), static_cast<int>(FigureColours::Dark));
    m_colours->addItem(tr("For print: black on white"), static_cast<int>(FigureColours::Print));

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_export = buttons->addButton(tr("&Export"), QDialogButtonBox::AcceptRole);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 16);
    column->setSpacing(14);
    column->addWidget(new FormRow(tr("&File"), makePathRow()));
    column->addWidget(m_note);
    column->addWidget(new FormRow(tr("&Size"), makeSizeRow()));
    column->addWidget(new FormRow(tr("&Resolution"), m_scale));
    column->addWidget(new FormRow(tr("&Colours"), m_colours));
    column->addWidget(m_transparent);
    column->addStretch();
    column->addWidget(buttons);
    setMinimumWidth(520);
    connect(m_path, &QLineEdit::textChanged, this, &FigureDialog::refresh);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    refresh();
}

QWidget* FigureDialog::makePathRow()
{
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* browseButton = new QPushButton(tr("&Browse…"));
    browseButton->setAutoDefault(false);
    connect(browseButton, &QPushButton::clicked, this, &FigureDialog::browse);
    m_path->setAccessibleName(tr("File to write"));
    m_path->setMinimumWidth(320); // room for the name, whatever the folder
    layout->addWidget(m_path, 1);
    layout->addWidget(browseButton);
    row->setFocusProxy(m_path);
    return row;
}

QWidget* FigureDialog::makeSizeRow()
{
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_width);
    layout->addWidget(new QLabel(QStringLiteral("×")));
    layout->addWidget(m_height);
    layout->addWidget(new QLabel(tr("pixels at 96 dpi")));
    layout->addStretch();
    row->setFocusProxy(m_width);
    return row;
}

void FigureDialog::browse()
{
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Export Figure"), m_path->text(), tr("Figures (*.svg *.pdf *.png)"), nullptr,
        QFileDialog::DontConfirmOverwrite); // the note below the path says it
    if (!path.isEmpty())
        setPath(path);
}

void FigureDialog::refresh()
{
    const QFileInfo file(path());
    const auto format = figureFormat(path());
    const bool folder = QFileInfo(file.absolutePath()).isWritable();
    m_scale->setEnabled(format == FigureFormat::Png);
    m_export->setEnabled(format && folder && !file.isDir());
    m_note->setText(!format         ? tr("The name must end in .svg, .pdf or .png.")
                    : !folder       ? tr("Choose another folder: this one does not exist or cannot be written.")
                    : file.exists() ? tr("This file exists. Export replaces it.")
                    : format == FigureFormat::Png
                        ? tr("An image of pixels.")
                        : tr("Shapes and real text, which a drawing program can change; more than 20,000 points "
                             "are one image in it."));
}

QString FigureDialog::path() const
{
    return m_path->text().trimmed();
}

void FigureDialog::setPath(const QString& path)
{
    m_path->setText(path);
}

FigureOptions FigureDialog::options() const
{
    return {{m_width->value(), m_height->value()},
            m_scale->currentData().toDouble(),
            m_transparent->isChecked(),
            static_cast<FigureColours>(m_colours->currentData().toInt())};
}

} // namespace embedscope
