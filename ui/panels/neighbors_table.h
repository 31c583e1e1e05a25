// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace embedscope {

class NeighborsModel;
class Selection;
class TokenTable;

/// A table of neighbours with their bars. Hovering one hovers its row everywhere; a click or Enter selects it.
TokenTable* makeNeighborsTable(NeighborsModel* model, Selection* selection, QWidget* parent);

} // namespace embedscope
