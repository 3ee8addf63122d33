// Outcome reports from values to proto. See convert.h.
#pragma once

#include "services/disclosure/publishable.h"
#include "services/outcome/outcome_report.h"
#include "stegvis/v1/outcome.pb.h"

namespace stegvis::handlers {

// With true counts: zeros are there, what is unknown is absent.
v1::OutcomeReport ToProto(const outcome::OutcomeReport& report);

// For everybody: what is withheld is named.
v1::OutcomeReport ToProto(const disclosure::PublishableReport& report);

}  // namespace stegvis::handlers
