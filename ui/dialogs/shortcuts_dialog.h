// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLineEdit;
class QTreeWidget;

namespace embedscope {

class ActionRegistry;

/// All shortcuts of the registry by menu, with a filter.
class ShortcutsDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ShortcutsDialog(const ActionRegistry& registry, QWidget* parent = nullptr);

private:
    void fill(const ActionRegistry& registry);
    void filter(const QString& text);

    QLineEdit* m_filter = nullptr;
    QTreeWidget* m_list = nullptr;
};

} // namespace embedscope
