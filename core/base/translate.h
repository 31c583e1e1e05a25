// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// Marks a text of the Qt-free core for translation: lupdate reads it as QT_TRANSLATE_NOOP(context, text).
#define EMBEDSCOPE_TRANSLATE(context, text) text
