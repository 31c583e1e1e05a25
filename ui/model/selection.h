// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/matrix.h"

#include <QObject>

#include <optional>

namespace embedscope {

/// The selected and the hovered row, shared by all views: choose a word anywhere, and every view shows it.
class Selection : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    [[nodiscard]] std::optional<Index> selected() const { return m_selected; }
    [[nodiscard]] std::optional<Index> hovered() const { return m_hovered; }

    void select(std::optional<Index> row);
    void hover(std::optional<Index> row);
    void clear();

Q_SIGNALS:
    void selectedChanged();
    void hoveredChanged();

private:
    std::optional<Index> m_selected;
    std::optional<Index> m_hovered;
};

} // namespace embedscope
