// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/icons.h"

#include <QString>
#include <QVector>

#include <functional>

namespace embedscope {

/// One thing that can be found and run: a command, a token, a formula.
struct CommandItem
{
    QString text = {};
    QString detail = {};   // grey beside the text: the menu of a command, the row of a token
    QString shortcut = {}; // grey at the right
    IconName icon = IconName::Command;
    bool enabled = true;
    int score = 0;                   // from fuzzyMatch; only commands are sorted by it
    QVector<qsizetype> matches = {}; // letters of `text` that were typed
    QString commandId = {};          // empty for what is not a command
    std::function<void()> run = {};
};

/// Finds more than commands, in the order they are to be shown. Called at every key, so it returns within a frame.
using CommandProvider = std::function<QVector<CommandItem>(const QString& query)>;

} // namespace embedscope
