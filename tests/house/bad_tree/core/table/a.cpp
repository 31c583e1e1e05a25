// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/a.h"
#include "core/io/a.h"      // caught
#include "core/table/a.h"
#include "ui/model/a.h"     // caught
# include "app/a.h"         // caught
#include "vocabulary.h"     // caught
