// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSize>
#include <QString>
#include <QStringList>

#include <optional>

namespace embedscope {

/// What the program was asked to do.
struct CommandLine
{
    QStringList files;   // to open: vectors or labelled sentences
    bool sample = false; // open the sample
    QString tour;        // folder for the tour's pictures; empty: no tour
    QString language;    // empty: as remembered
    QString theme;       // "light", "dark" or empty
    QString screenshot;  // PNG of the window once all files are open, then end; empty: none
    QString figure;      // SVG, PDF or PNG of the map, then end; empty: none
    QSize figureSize{1280, 800};
    double figureScale = 1;
    QString method; // of the figure: pca, tsne or umap; empty: the map that is shown
    QString select; // token to select once the files are open
};

/// Answers --help, --version and mistakes itself, without a display: then the exit code is returned, and nothing else
/// is to be done.
std::optional<int> parseCommandLine(const QStringList& arguments, CommandLine& out);

} // namespace embedscope
