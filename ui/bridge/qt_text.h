// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/io/format.h"

#include <QString>

#include <string_view>

namespace embedscope {

/// The text of UTF-8 bytes; each ill-formed byte becomes U+FFFD. Nothing is dropped, not even a leading U+FEFF.
QString toQString(std::string_view utf8);

/// One line that shows a token to a person: control characters and lone blanks become visible signs, and a text that
/// would fill the window is cut with an ellipsis.
QString displayToken(std::string_view utf8);

/// The translated sentence of an error, its arguments put in as they are, whatever percent signs they hold.
QString errorText(const Error& error);
QString warningText(const Warning& warning);

/// A cancelled job is no failure: views show nothing for it.
bool isCancelled(const Error& error);

/// A tooltip that shows `text` letter by letter: tooltips guess at markup, and `<unk>` is a token, not a tag.
QString plainToolTip(const QString& text);

/// A number in the user's locale with `decimals` places; scientific where these would show only zeros or a long row of
/// digits.
QString numberText(double value, int decimals);

/// A value of a number column in the user's locale: whole numbers with all their digits, others with six that matter;
/// nothing for NaN, which stands for a row without one.
QString cellText(double value);

} // namespace embedscope
