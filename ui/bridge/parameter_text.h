// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/fields.h"
#include "core/base/matrix.h"
#include "core/train/train_options.h"

#include <QString>

namespace embedscope {

/// Translated label and help of an option of a run; the help ends with its technical name.
QString parameterLabel(const char* name);
QString parameterHelp(const char* name);
QString parameterLabel(const ParamSpec& parameter);
QString parameterHelp(const ParamSpec& parameter);

/// What a mark on the curves says of a switch: "freeze on", "padding row 3, lr 0.01".
QString switchText(const Fields& changes);

/// What decides the effective rule of a live setting besides the setting itself.
struct RuleContext
{
    LiveSettings settings;
    QString optimizer; // PyTorch's name
    double weightDecay = 0;
    Index rowsAboveMaxNorm = 0; // of the table as last seen
    QString paddingToken;       // of the padding row, as shown to people
};

/// The effective rules in words, as they stand beside the switches.
QString freezeRule(const RuleContext& context);
QString paddingRule(const RuleContext& context);
QString learningRateRule(const RuleContext& context);
QString maxNormRule(const RuleContext& context);
QString scaleRule(const RuleContext& context);

} // namespace embedscope
