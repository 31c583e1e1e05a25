// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/session_file.h"
#include "ui/jobs/training_session.h"

namespace embedscope {

/// The steps and epochs behind the curves, as arrays of a session.
void putHistory(const TrainingPast& past, Session& session);
/// FileDamaged where the arrays are not equally long; `place` names the file.
Result<TrainingPast> takeHistory(const Session& session, std::int64_t stepsPerEpoch, const std::string& place);

} // namespace embedscope
