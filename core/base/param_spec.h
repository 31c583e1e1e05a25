// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace embedscope {

/// What a person reads of an option, declared once for the window, the headless tool and files. Texts are marked with
/// EMBEDSCOPE_TRANSLATE("Parameter", ...).
struct ParamSpec
{
    const char* name;  // PyTorch's or the paper's, as in option structs and files
    const char* label; // sentence style, for the window
    const char* help;  // what it does and when it takes effect
    bool live = false; // may change while a run goes on, from the next step
};

} // namespace embedscope
