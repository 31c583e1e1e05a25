// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/about_dialog.h"

#include "ui/widgets/fonts.h"
#include "ui/widgets/help_text.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/section_caption.h"

#include <QApplication>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <array>

namespace embedscope {

namespace {

struct Library
{
    const char* name;
    const char* licence;
};

constexpr std::array kLibraries{
    Library{"Qt", "LGPL-3.0-only"},      Library{"QCustomPlot", "GPL-3.0-or-later"},
    Library{"Eigen", "MPL-2.0"},         Library{"oneTBB", "Apache-2.0"},
    Library{"FFTW", "GPL-2.0-or-later"}, Library{"JSON for Modern C++", "MIT"},
    Library{"libzip", "BSD-3-Clause"},   Library{"zlib", "Zlib"},
    Library{"CLI11", "BSD-3-Clause"},    Library{"tl::expected", "CC0-1.0"},
};

} // namespace

AboutDialog::AboutDialog(QWidget* parent)
    : QDialog(parent)
{
    setWindowTitle(tr("About Embedscope"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* licence = new HelpText(tr("Free software under the GNU General Public License, version 3 or later "
                                    "(GPL-3.0-or-later). It comes without any warranty."));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 24, 24, 16);
    column->setSpacing(16);
    column->addWidget(makeHead());
    column->addWidget(licence);
    column->addWidget(new SectionCaption(tr("Built on")));
    column->addWidget(makeLibraries());
    column->addStretch();
    column->addWidget(buttons);
    setMinimumWidth(420);
}

QWidget* AboutDialog::makeHead()
{
    auto* logo = new QLabel;
    logo->setPixmap(appIcon().pixmap(QSize(64, 64), devicePixelRatioF()));
    auto* name = new QLabel(QStringLiteral("Embedscope"));
    name->setFont(titleFont(name->font()));
    auto* version = new QLabel(tr("Version %1").arg(QApplication::applicationVersion()));
    version->setTextInteractionFlags(Qt::TextSelectableByMouse);

    auto* head = new QWidget;
    auto* grid = new QGridLayout(head);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(16);
    grid->setColumnStretch(1, 1);
    grid->addWidget(logo, 0, 0, 2, 1);
    grid->addWidget(name, 0, 1);
    grid->addWidget(version, 1, 1, Qt::AlignTop);
    return head;
}

QWidget* AboutDialog::makeLibraries()
{
    auto* table = new QWidget;
    auto* grid = new QGridLayout(table);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(0, 1);
    int row = 0;
    for (const Library& library : kLibraries) {
        auto* licence = new QLabel(QLatin1String(library.licence));
        licence->setForegroundRole(QPalette::PlaceholderText);
        grid->addWidget(new QLabel(QLatin1String(library.name)), row, 0);
        grid->addWidget(licence, row++, 1, Qt::AlignRight);
    }
    return table;
}

} // namespace embedscope
