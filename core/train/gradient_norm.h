// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/text_classifier.h"

namespace embedscope {

/// torch.nn.utils.clip_grad_norm_: where the Euclidean length of all gradients together is above `max_norm`, they are
/// multiplied by max_norm / (length + 1e-6). The length before.
double clipGradients(TextClassifier& model, double max_norm);

} // namespace embedscope
